// Results: a value, or an Error that says what was tried, on what, and what came back.
// The only includer of tl::expected, so that std::expected can replace it in one line.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace cutaway {

enum class ErrorCode {
  Usage,   ///< the caller's arguments or a document are wrong: exit status 2
  NotYet,  ///< promised, not built: exit status 2, "cutaway: not yet …"
  Cannot,  ///< this machine cannot do it: exit status 1, "cutaway: cannot …"
  Failed,  ///< tried and failed: exit status 1
};

/// An operational failure. `message` is one line for people; `hint` says what to do, may be empty.
struct Error {
  ErrorCode code = ErrorCode::Failed;
  std::string message;
  std::string hint;
};

template <class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

inline tl::unexpected<Error> fail(ErrorCode code, std::string message, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(hint)});
}
inline tl::unexpected<Error> fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

}  // namespace cutaway

// TRY(expression): returns its error to the caller, else goes on.
#define TRY(expression)                                                       \
  do {                                                                        \
    auto try_result_ = (expression);                                          \
    if (!try_result_) return ::cutaway::fail(std::move(try_result_).error()); \
  } while (false)

// TRY_ASSIGN(auto x, expression): the value, or returns the error to the caller.
#define TRY_JOIN2(a, b) a##b
#define TRY_JOIN(a, b) TRY_JOIN2(a, b)
#define TRY_ASSIGN(target, expression) \
  TRY_ASSIGN_AS(TRY_JOIN(try_value_, __LINE__), target, expression)
#define TRY_ASSIGN_AS(name, target, expression)               \
  auto name = (expression);                                   \
  if (!name) return ::cutaway::fail(std::move(name).error()); \
  target = std::move(*name)

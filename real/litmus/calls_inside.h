// System calls that a task of the sandbox is told to make, one after the other, while the sandbox
// is being put together.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "real/litmus/tasks.h"
#include "trace/abi/abi.h"

namespace cutaway::real {

/// An argument: a number, or a text by address.
struct InsideArg {
  template <std::integral Number>
  InsideArg(Number number)  // NOLINT(google-explicit-constructor): arguments are written as in C
      : value(static_cast<std::int64_t>(number)) {}
  InsideArg(const char* chars)  // NOLINT(google-explicit-constructor)
      : text(chars), is_text(true) {}
  InsideArg(std::string_view chars)  // NOLINT(google-explicit-constructor)
      : text(chars), is_text(true) {}
  std::int64_t value = 0;
  std::string_view text;
  bool is_text = false;
};

class CallsInside {
 public:
  CallsInside(LitmusArea& area, LitmusTasks& tasks, unsigned slot)
      : area_(area), tasks_(tasks), slot_(slot) {}

  /// What it returned; an Error names the call.
  Result<std::int64_t> call(abi::Sys sys, std::initializer_list<InsideArg> args);
  /// A clone: the child serves `child`.
  Status spawn(unsigned child, std::uint64_t flags);
  /// Given, not waited for.
  void reap();

 private:
  Result<std::int64_t> done(abi::Sys sys, std::string_view on);

  LitmusArea& area_;
  LitmusTasks& tasks_;
  unsigned slot_;
};

}  // namespace cutaway::real

// Front door: the vocabulary of litmus programs, and what the arguments of a call mean (CONTRACT
// §5, "Arguments"): from a document's JSON, with the variables' values, to arguments as the trace
// has them. The same for the checker of documents, the simulated kernel and the real one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/litmus.h"
#include "spec/litmus_layout.h"
#include "spec/litmus_variables.h"
#include "trace/event/arg.h"

namespace cutaway::spec {

/// How an argument travels.
enum class LitmusPass : std::uint8_t {
  Value,   ///< a number in its register
  Text,    ///< a pointer to a string that ends with NUL
  Texts,   ///< argv, envp: a pointer to such pointers, NULL behind the last
  Bytes,   ///< a pointer to bytes that the kernel reads
  Room,    ///< a pointer to bytes that the kernel fills: not written down in the document
  Struct,  ///< a pointer to a struct that the kernel reads
  Result,  ///< … that it fills: not written down
  Both,    ///< … that it reads and fills (poll's fds, an interface's ifreq)
};

/// One argument of a call. The rows follow the shape (trace/event/shape.h).
struct LitmusParameter {
  LitmusPass pass = LitmusPass::Value;
  const LitmusLayout* layout = nullptr;  ///< Struct, Result, Both
  bool many = false;                     ///< an array of those structs
  std::int32_t length = -1;  ///< which argument has the number of bytes (`many`: of structs)
};

/// A size that is not given and has nothing to be taken from: so many bytes.
inline constexpr std::uint64_t kLitmusRoom = 4096;

/// All calls that a litmus program may make; the real side's filter lets just these through.
const std::vector<abi::Sys>& litmus_vocabulary();
bool in_litmus_vocabulary(abi::Sys sys);
/// One for each argument of its shape. (fcntl, ioctl, prctl, setsockopt: by `LitmusCall`, what the
/// last argument is depends on another one.)
std::vector<LitmusParameter> litmus_parameters(abi::Sys sys);

/// A call, ready to be made.
struct LitmusCall {
  abi::Sys sys = abi::Sys::none;
  /// In the order of the shape, none left out. Missing: NULL, unless `parameters` says Room or
  /// Result and `given` is false. Integer: a number; for a pointer an address as it stands. Bytes:
  /// a pointer to these. Struct, List: a pointer to what the layout makes of it.
  std::vector<Arg> args;
  std::vector<LitmusParameter> parameters;  ///< with what depends on other arguments filled in
  std::vector<bool> given;                  ///< the document has this argument
  /// Room, Result, Both: how many bytes the caller provides; else 0.
  std::vector<std::uint64_t> room;
};

/// The call of a step (Call or Block). An Error's message opens with the JSON pointer.
Result<LitmusCall> resolve_call(const LitmusStep& step, const LitmusVariables& variables);

/// The address and length of a "touch".
struct LitmusTouch {
  std::uint64_t address = 0;
  std::uint64_t length = 0;
  bool write = false;
};
Result<LitmusTouch> resolve_touch(const LitmusStep& step, const LitmusVariables& variables);

/// Before anything runs: whatever resolve_call could say, with variables standing for anything.
struct LitmusProblem {
  std::string pointer;
  std::string text;
};
std::vector<LitmusProblem> check_call(abi::Sys sys, const Json& arguments,
                                      const std::string& pointer);

}  // namespace cutaway::spec

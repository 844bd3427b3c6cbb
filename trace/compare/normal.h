// What of a call is the same whoever runs it: pids, descriptors, addresses, container ids and the
// engine's folders are replaced by what they stand for.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "trace/event/shape.h"
#include "trace/log/trace.h"

namespace cutaway {

/// One argument in both forms, as text.
struct NormalArg {
  std::string literal, normal;
  bool known = true;  ///< false: not captured, or a pointer that was not decoded
};

struct NormalCall {
  std::vector<NormalArg> args;  ///< in the order of the shape
  std::string result, normal_result;

  std::string literal_key() const;  ///< all of it, as it stands in the trace
  std::string normal_key() const;   ///< arguments and result, normalised
  std::string normal_args() const;
};

/// Could these be the same argument? What was not captured agrees with everything.
bool may_be_same(const NormalArg& a, const NormalArg& b);

class Normaliser {
 public:
  explicit Normaliser(const Trace& trace);

  NormalCall call(const Syscall& syscall) const;
  /// Ids, pids in paths, numbers of pipes, and the engine's folders replaced.
  std::string text(std::string_view text) const;

 private:
  struct Buffers {
    bool renamed = false;  ///< a buffer held an id: its length means nothing then
  };
  Arg normal_arg(const Arg& arg, const ArgShape& shape, Buffers& buffers) const;
  std::string ids_replaced(std::string_view text) const;

  std::vector<std::string> ids_;  ///< of containers
};

}  // namespace cutaway

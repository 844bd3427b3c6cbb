// One traced task, as the ptrace tracer knows it.
#pragma once

#include <memory>
#include <optional>
#include <unordered_map>

#include "real/tracer/decode/decode.h"
#include "real/tracer/tracer.h"

namespace cutaway::real {

struct Tracee {
  int tid = 0;
  /// Observers know it: it was attached, or its forked() was told. Until then it is left in its
  /// first stop, whose status waits here. (The parent's fork event and the child's first stop come
  /// in either order.)
  bool announced = false;
  std::optional<int> waiting;

  bool in_call = false;  ///< `call` was entered and has not returned
  int interrupted = 0;   ///< it came out of the kernel to be restarted: with which errno
  bool forks = false;    ///< in a clone of which no child was told yet
  bool held = false;     ///< in front of `call`, until release()
  bool group_stopped = false;
  const volatile std::uint32_t* step = nullptr;
  /// What its handlers' table asks for with SA_RESTART, bit n−1 for signal n (no file of /proc says
  /// it). Tasks of one table (CLONE_SIGHAND) share it.
  std::shared_ptr<std::uint64_t> restarts = std::make_shared<std::uint64_t>(0);
  int fault = 0;  ///< the last fault's signal, when no call came after it

  std::uint64_t number = 0;  ///< of the call, as the kernel has it
  Registers registers{};
  SeenCall call;
};

/// By tid.
using Tracees = std::unordered_map<int, Tracee>;

}  // namespace cutaway::real

// The system calls that this kernel knows: one row each.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/kernel/decision.h"

namespace cutaway::sim {

/// To add a call: its handler in sys_<family>.cpp (declared in handlers.h), one row in
/// syscall_table.cpp.
struct SyscallRow {
  abi::Sys sys = abi::Sys::none;
  Decide decide = nullptr;
  std::int64_t cost_ns = 0;       ///< entry, work and return, without waiting
  std::int64_t ps_per_byte = 0;   ///< on top, for each byte that moves
  std::string_view not_modelled;  ///< the fidelity note; empty: nothing known
};

/// Null for a call that this kernel does not have (ENOSYS).
const SyscallRow* syscall_row(abi::Sys sys);
const std::vector<SyscallRow>& syscall_rows();

}  // namespace cutaway::sim

// The shape of each syscall's arguments: names of the man page's prototype (man-pages 6.03) and how
// each is shown and read. Shared by simulator, tracer, litmus programs and exports.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "trace/abi/abi.h"

namespace cutaway {

enum class ArgKind : std::uint8_t {
  Int,
  Unsigned,
  Fd,     ///< {"fd":3,"is":"pipe:[17]"}
  DirFd,  ///< "AT_FDCWD" or as Fd
  Path,
  Text,        ///< a string that is no path
  Buffer,      ///< bytes with a length
  Flags,       ///< sorted array of names; `table` says which
  Constant,    ///< one name out of `table`
  CloneFlags,  ///< Flags whose low byte is the exit signal
  OpenFlags,   ///< Flags with the access mode in the two low bits
  Mode,        ///< octal string
  Signal,      ///< name or 0
  Pid,
  Address,   ///< "0x…", null for 0
  TextList,  ///< argv, envp
  Caps,      ///< capset's sets: a Struct {effective, permitted, inheritable} of capability names
  Device,    ///< "8:0"
  Struct,    ///< an object as it stands
};

struct ArgShape {
  std::string_view name;
  ArgKind kind = ArgKind::Int;
  const abi::FlagTable* table = nullptr;
};

struct SyscallShape {
  abi::Sys sys = abi::Sys::none;
  std::vector<ArgShape> args;
};

/// The shape; for a syscall without a row one with no named arguments (shown as a0 … a5).
const SyscallShape& syscall_shape(abi::Sys sys);

}  // namespace cutaway

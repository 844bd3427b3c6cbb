// Families of system calls that a comparison treats alike.
#pragma once

#include "trace/event/event.h"

namespace cutaway {

/// Is this a call that the loader or the C library makes before main(), as it stands (readlink only
/// of /proc/self/exe, openat only of libraries)?
bool is_startup_call(const Syscall& call);
/// Memory management of the C library: when it asks for more is its own affair.
bool is_allocator_call(const Syscall& call);
/// Are these two ways to ask for the same (open and openat, fork and clone)?
bool are_equivalent(abi::Sys a, abi::Sys b);

/// Reads a file of /proc that tells of memory, processors and time, or of mounts: each machine's
/// own.
bool reads_meters(const Syscall& call);
/// Words without their figures, for what such a program writes.
std::string without_figures(std::string_view text);

}  // namespace cutaway

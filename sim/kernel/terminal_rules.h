// Calls on the two ends of a terminal (pty(7), ioctl_tty(2)): sys_terminal.cpp.
#pragma once

#include "sim/kernel/decision.h"

namespace cutaway::sim {

Decision read_terminal(const Ask& ask, const OpenFile& file);
Decision write_terminal(const Ask& ask, const OpenFile& file);
bool is_terminal_request(std::uint64_t code);
/// The process group of TIOCSPGRP, which is passed by a pointer (pid_t *).
Arg group_arg(std::int64_t group);
std::int64_t group_of(const Arg& arg);
Decision terminal_ioctl(const Ask& ask, const OpenFile& file, std::uint64_t code);

}  // namespace cutaway::sim

// ptrace(2)'s requests that this tracer makes. A task may be killed between any two of them; then
// they fail with ESRCH, and its end is what comes next. So nobody but attach looks at their
// failure.
#pragma once

#include <linux/ptrace.h>

#include <csignal>
#include <cstdint>

namespace cutaway::real::ptrace {

/// 0, or an errno.
int seize(int tid, bool kill_with_tracer);
int interrupt(int tid);
/// Goes on to the next entry or exit of a call, with this signal (0: none).
void go_on(int tid, int signal = 0);
/// Stays in its group-stop, but hears of SIGCONT.
void listen(int tid);
int detach(int tid, int signal = 0);
/// What PTRACE_EVENT_… says: the new task, how it ends, who execed. −1: it is gone.
std::int64_t event_message(int tid);
bool signal_information(int tid, siginfo_t& info);
bool syscall_information(int tid, ptrace_syscall_info& info);

}  // namespace cutaway::real::ptrace

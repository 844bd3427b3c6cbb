#include "real/tracer/ptrace/ptrace.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace cutaway::real::ptrace {

namespace {

// The raw call: glibc's <sys/ptrace.h> and <linux/ptrace.h> do not go together.
long request(unsigned what, int tid, std::uint64_t address, std::uint64_t data) {
  return ::syscall(SYS_ptrace, static_cast<long>(what), static_cast<long>(tid), address, data);
}
int errno_of(long result) { return result < 0 ? errno : 0; }
template <class T>
std::uint64_t address_of(T& value) {
  return reinterpret_cast<std::uint64_t>(&value);
}

}  // namespace

int seize(int tid, bool kill_with_tracer) {
  std::uint64_t options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                          PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT;
  if (kill_with_tracer) options |= PTRACE_O_EXITKILL;
  return errno_of(request(PTRACE_SEIZE, tid, 0, options));
}
int interrupt(int tid) { return errno_of(request(PTRACE_INTERRUPT, tid, 0, 0)); }
void go_on(int tid, int signal) {
  request(PTRACE_SYSCALL, tid, 0, static_cast<std::uint64_t>(signal));
}
void listen(int tid) { request(PTRACE_LISTEN, tid, 0, 0); }
int detach(int tid, int signal) {
  return errno_of(request(PTRACE_DETACH, tid, 0, static_cast<std::uint64_t>(signal)));
}
std::int64_t event_message(int tid) {
  unsigned long message = 0;
  return request(PTRACE_GETEVENTMSG, tid, 0, address_of(message)) < 0
             ? -1
             : static_cast<std::int64_t>(message);
}
bool signal_information(int tid, siginfo_t& info) {
  return request(PTRACE_GETSIGINFO, tid, 0, address_of(info)) == 0;
}
bool syscall_information(int tid, ptrace_syscall_info& info) {
  return request(PTRACE_GET_SYSCALL_INFO, tid, sizeof info, address_of(info)) > 0;
}

}  // namespace cutaway::real::ptrace

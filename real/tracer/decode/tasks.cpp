// The life of tasks: clone3's structure, how a child ended, limits, names, filters.
#include <linux/filter.h>
#include <linux/sched.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "real/tracer/decode/messages.h"
#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// Flags, exit signal, and whatever else is not 0 (clone(2), "The clone3 system call").
Arg clone_arguments(const Asked& asked) {
  clone_args args{};
  const std::size_t size = std::min<std::uint64_t>(asked.raw.at(1), sizeof args);
  if (asked.memory().read(asked.address(), &args, size) != size) return pointer(asked);
  Arg arg = structure({{"flags", number(args.flags)}, {"exit_signal", number(args.exit_signal)}});
  const auto add = [&arg](const char* key, std::uint64_t value) {
    if (value == 0) return;
    arg.keys.emplace_back(key);
    arg.items.push_back(number(value));
  };
  add("stack", args.stack);
  add("stack_size", args.stack_size);
  add("tls", args.tls);
  add("set_tid_size", args.set_tid_size);
  if ((args.flags & abi::clone::kIntoCgroup) != 0) {
    arg.keys.emplace_back("cgroup");
    arg.items.push_back(number(args.cgroup));
  }
  return arg;
}

/// {"exited":7}, {"signaled":9}, {"stopped":19}, {"continued":18}; nothing without a child.
Arg wait_status(const Asked& asked) {
  if (asked.call.ret <= 0) return {};
  return shown<std::int32_t>(asked, [](std::int32_t status) {
    if (WIFEXITED(status)) return structure({{"exited", signed_number(WEXITSTATUS(status))}});
    if (WIFSIGNALED(status)) return structure({{"signaled", signed_number(WTERMSIG(status))}});
    if (WIFCONTINUED(status)) return structure({{"continued", signed_number(SIGCONT)}});
    return structure({{"stopped", signed_number(WSTOPSIG(status))}});
  });
}
Arg wait_information(const Asked& asked) {
  return shown<siginfo_t>(asked, [](const siginfo_t& info) {
    return structure(
        {{"si_pid", signed_number(info.si_pid)}, {"si_status", signed_number(info.si_status)}});
  });
}

Arg limit_value(rlim_t value) {
  return value == RLIM_INFINITY ? text("RLIM_INFINITY") : number(value);
}
Arg limit(const Asked& asked) {
  return shown<rlimit>(asked, [](const rlimit& seen) {
    return structure(
        {{"rlim_cur", limit_value(seen.rlim_cur)}, {"rlim_max", limit_value(seen.rlim_max)}});
  });
}

Arg system_name(const Asked& asked) {
  return shown<utsname>(asked, [](const utsname& seen) {
    return structure({{"sysname", text(seen.sysname)},
                      {"nodename", text(seen.nodename)},
                      {"release", text(seen.release)}});
  });
}

/// struct sock_fprog: a filter is a program; its length is what can be said shortly.
Arg filter(const Asked& asked) {
  constexpr std::uint64_t kSetFilter = 1;
  if ((asked.raw.at(0) & 0xffffffff) != kSetFilter) return pointer(asked);
  return shown<sock_fprog>(asked, [](const sock_fprog& program) {
    return structure({{"len", number(program.len)}});
  });
}

constexpr std::uint64_t kPrSetName = 15, kPrGetName = 16;
std::uint64_t prctl_option(const Asked& asked) { return asked.raw.at(0) & 0xffffffff; }
Arg task_name(const Asked& asked) {
  if (prctl_option(asked) == kPrSetName) return c_string(asked.memory(), asked.address());
  return prctl_option(asked) == kPrGetName ? Arg{} : pointer(asked);
}
Arg task_name_got(const Asked& asked) {
  return prctl_option(asked) == kPrGetName ? c_string(asked.memory(), asked.address())
                                           : asked.call.args[asked.n];
}

}  // namespace

void fill_waitid(const Raw& raw, SeenCall& call) {
  siginfo_t info{};
  if (!raw.memory.value(raw.at(2), info)) return;
  std::int64_t status = 0;
  if (info.si_code == CLD_EXITED) status = static_cast<std::int64_t>(info.si_status & 0xff) << 8;
  if (info.si_code == CLD_KILLED) status = info.si_status;
  if (info.si_code == CLD_DUMPED) status = info.si_status | 0x80;
  if (info.si_code == CLD_STOPPED || info.si_code == CLD_TRAPPED)
    status = static_cast<std::int64_t>(info.si_status & 0xff) << 8 | 0x7f;
  if (info.si_code == CLD_CONTINUED) status = 0xffff;
  call.out = {status, info.si_pid};
}

Rows task_rows() {
  return {
      {Sys::clone3, 0, When::Entry, clone_arguments},
      {Sys::wait4, 1, When::Return, wait_status},
      {Sys::waitid, 2, When::Return, wait_information},
      {Sys::getrlimit, 1, When::Return, limit},
      {Sys::setrlimit, 1, When::Entry, limit},
      {Sys::prlimit64, 2, When::Entry, limit},
      {Sys::prlimit64, 3, When::Return, limit},
      {Sys::uname, 0, When::Return, system_name},
      {Sys::seccomp, 2, When::Entry, filter},
      {Sys::prctl, 1, When::Entry, task_name, true},
      {Sys::prctl, 1, When::Return, task_name_got, true},
  };
}

}  // namespace cutaway::real::decode

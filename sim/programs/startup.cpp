#include "sim/programs/startup.h"

#include <algorithm>
#include <iterator>

namespace cutaway::sim {

namespace {

struct StartupCall {
  abi::Sys sys;
  std::vector<Arg> args;
};

// `strace busybox true`, Debian 12. The addresses are those of one run (the loader picks others
// each time).
const std::vector<StartupCall>& startup_calls() {
  constexpr std::int64_t kHeap = 0x1b2e2000;
  static const std::vector<StartupCall> calls = {
      {abi::Sys::brk, {Arg::integer(0)}},
      {abi::Sys::brk, {Arg::integer(kHeap + 0xd40)}},
      {abi::Sys::arch_prctl,
       {Arg::integer(0x1002), Arg::integer(kHeap + 0x3c0)}},  // ARCH_SET_FS: thread-local storage
      {abi::Sys::set_tid_address, {Arg::integer(kHeap + 0x690)}},
      {abi::Sys::set_robust_list, {Arg::integer(kHeap + 0x6a0), Arg::integer(24)}},
      {abi::Sys::rseq,
       {Arg::integer(kHeap + 0xce0), Arg::integer(0x20), Arg::integer(0),
        Arg::integer(0x53053053)}},
      {abi::Sys::prlimit64,
       {Arg::integer(0), Arg::integer(3), Arg::integer(0),
        Arg::integer(0x7ffd1f9e0000)}},  // RLIMIT_STACK
      {abi::Sys::readlink, {Arg::bytes("/proc/self/exe"), Arg{}, Arg::integer(4096)}},
      {abi::Sys::getrandom,
       {Arg{}, Arg::integer(8), Arg::integer(1)}},  // GRND_NONBLOCK: for malloc's guard
      {abi::Sys::brk, {Arg::integer(0)}},
      {abi::Sys::brk, {Arg::integer(kHeap + 0x21d40)}},
      {abi::Sys::brk, {Arg::integer(kHeap + 0x22000)}},
      {abi::Sys::mprotect,
       {Arg::integer(0x5db000), Arg::integer(28672),
        Arg::integer(1)}},  // PROT_READ: relocations are done
  };
  return calls;
}

/// Who is not root may have come here through a set-user-id bit: but for the applets that need it,
/// busybox gives up what it was given (libbb/appletlib.c, check_suid).
Co<int> give_up_rights(Sys sys, std::string applet, std::int64_t uid) {
  constexpr std::string_view kKeep[] = {"su",   "login", "passwd", "vlock",  "crontab",
                                        "ping", "ping6", "mount",  "umount", "traceroute"};
  const std::string config = "/etc/busybox.conf";
  co_await sys.stat(config);
  const std::vector<Arg> none;
  const std::int64_t gid = co_await sys.call(abi::Sys::getgid, none);
  if (std::find(std::begin(kKeep), std::end(kKeep), applet) != std::end(kKeep)) co_return 0;
  const std::vector<Arg> group = {Arg::integer(gid)}, user = {Arg::integer(uid)};
  co_await sys.call(abi::Sys::setgid, group);
  co_await sys.call(abi::Sys::setuid, user);
  co_return 0;
}

}  // namespace

Co<int> static_startup(Sys sys, std::string applet) {
  for (const StartupCall& call : startup_calls()) co_await sys.call(call.sys, call.args);
  const std::vector<Arg> get_name = {Arg::integer(16)};  // PR_GET_NAME
  co_await sys.call(abi::Sys::prctl, get_name);
  // Started by the shell through /proc/self/exe: ps shall not show it as "exe".
  if (sys.reply().data == "exe") {
    const std::vector<Arg> set_name = {Arg::integer(15), Arg::bytes(applet)};  // PR_SET_NAME
    co_await sys.call(abi::Sys::prctl, set_name);
  }
  const std::vector<Arg> none;
  const std::int64_t uid = co_await sys.call(abi::Sys::getuid, none);
  if (uid == 0) co_return 0;
  auto giving = give_up_rights(sys, applet, uid);
  co_return co_await giving;
}

}  // namespace cutaway::sim

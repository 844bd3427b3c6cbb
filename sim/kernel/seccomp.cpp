// Docker's default profile as a small table (moby, profiles/seccomp/default.json, docker 28): calls
// that it lets through only to who has a capability. All others that this kernel has are let
// through.
#include "sim/kernel/seccomp.h"

#include "sim/kernel/rights.h"

namespace cutaway::sim {
namespace {

constexpr int kNever = -1;  // allowed to nobody

struct Rule {
  abi::Sys sys;
  int capability;  ///< lets it through
  abi::Errno answer;
};
constexpr abi::Errno kPerm = abi::Errno::kEPERM;
constexpr Rule kRules[] = {
    {abi::Sys::mount, cap::kSysAdmin, kPerm},
    {abi::Sys::umount2, cap::kSysAdmin, kPerm},
    {abi::Sys::unshare, cap::kSysAdmin, kPerm},
    {abi::Sys::setns, cap::kSysAdmin, kPerm},
    {abi::Sys::sethostname, cap::kSysAdmin, kPerm},
    {abi::Sys::setdomainname, cap::kSysAdmin, kPerm},
    {abi::Sys::fsopen, cap::kSysAdmin, kPerm},
    {abi::Sys::fsmount, cap::kSysAdmin, kPerm},
    {abi::Sys::fsconfig, cap::kSysAdmin, kPerm},
    {abi::Sys::move_mount, cap::kSysAdmin, kPerm},
    {abi::Sys::open_tree, cap::kSysAdmin, kPerm},
    {abi::Sys::mount_setattr, cap::kSysAdmin, kPerm},
    {abi::Sys::bpf, cap::kSysAdmin, kPerm},
    {abi::Sys::quotactl, cap::kSysAdmin, kPerm},
    {abi::Sys::perf_event_open, cap::kSysAdmin, kPerm},
    {abi::Sys::fanotify_init, cap::kSysAdmin, kPerm},
    // "The kernel knows this call; the C library falls back to clone" (moby#42681).
    {abi::Sys::clone3, cap::kSysAdmin, abi::Errno::kENOSYS},
    {abi::Sys::chroot, cap::kSysChroot, kPerm},
    {abi::Sys::reboot, 22, kPerm},       // CAP_SYS_BOOT
    {abi::Sys::init_module, 16, kPerm},  // CAP_SYS_MODULE
    {abi::Sys::finit_module, 16, kPerm},
    {abi::Sys::delete_module, 16, kPerm},
    {abi::Sys::acct, 20, kPerm},  // CAP_SYS_PACCT
    {abi::Sys::settimeofday, cap::kSysTime, kPerm},
    {abi::Sys::clock_settime, cap::kSysTime, kPerm},
    {abi::Sys::iopl, 17, kPerm},  // CAP_SYS_RAWIO
    {abi::Sys::ioperm, 17, kPerm},
    {abi::Sys::vhangup, 26, kPerm},  // CAP_SYS_TTY_CONFIG
    {abi::Sys::open_by_handle_at, cap::kDacReadSearch, kPerm},
    {abi::Sys::set_mempolicy, cap::kSysNice, kPerm},
    {abi::Sys::mbind, cap::kSysNice, kPerm},
    {abi::Sys::pivot_root, kNever, kPerm},
    {abi::Sys::kexec_load, kNever, kPerm},
    {abi::Sys::swapon, kNever, kPerm},
    {abi::Sys::swapoff, kNever, kPerm},
    {abi::Sys::add_key, kNever, kPerm},
    {abi::Sys::keyctl, kNever, kPerm},
    {abi::Sys::request_key, kNever, kPerm},
    {abi::Sys::userfaultfd, kNever, kPerm},
    {abi::Sys::io_uring_setup, kNever, kPerm},  // since docker 25 (moby#46762)
    {abi::Sys::io_uring_enter, kNever, kPerm},
    {abi::Sys::io_uring_register, kNever, kPerm},
};

/// clone is let through unless it would make a namespace (the profile masks its flags).
constexpr std::uint64_t kMaskedCloneFlags = 0x7E020000;

bool let_through(const Ask& ask, int capability) {
  // The profile is made when the container starts, with the capabilities that it is given then;
  // they stay in the bounding set.
  const std::uint64_t given = ask.task.credentials.bounding;
  return capability >= 0 && ((given >> capability) & 1U) != 0;
}

}  // namespace

abi::Errno seccomp_verdict(const Ask& ask) {
  if (ask.task.credentials.seccomp != SeccompMode::Filter) return abi::Errno::kOk;
  const abi::Sys sys = ask.request.sys;
  if (sys == abi::Sys::clone && (ask.bits(0) & kMaskedCloneFlags) != 0 &&
      !let_through(ask, cap::kSysAdmin)) {
    return abi::Errno::kEPERM;
  }
  for (const Rule& rule : kRules) {
    if (rule.sys == sys && !let_through(ask, rule.capability)) return rule.answer;
  }
  return abi::Errno::kOk;
}

}  // namespace cutaway::sim

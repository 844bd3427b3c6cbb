#include "app/live/less_privilege.h"

#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "base/text.h"

namespace cutaway::app {

namespace {

constexpr const char* kRefused[] = {"mount",
                                    "umount2",
                                    "pivot_root",
                                    "chroot",
                                    "move_mount",
                                    "open_tree",
                                    "fsopen",
                                    "fsmount",
                                    "mount_setattr",
                                    "setns",
                                    "unshare",
                                    "ptrace",
                                    "process_vm_readv",
                                    "process_vm_writev",
                                    "bpf",
                                    "init_module",
                                    "finit_module",
                                    "delete_module",
                                    "kexec_load",
                                    "kexec_file_load",
                                    "reboot",
                                    "swapon",
                                    "swapoff",
                                    "settimeofday",
                                    "clock_settime",
                                    "sethostname",
                                    "setdomainname",
                                    "mknod",
                                    "mknodat",
                                    "perf_event_open",
                                    "open_by_handle_at",
                                    "add_key",
                                    "request_key",
                                    "keyctl",
                                    "acct",
                                    "setuid",
                                    "setgid",
                                    "setresuid",
                                    "setresgid",
                                    "setgroups"};

Status failed(const char* what) {
  return fail(ErrorCode::Failed,
              std::string("cannot give up privileges: ") + what + ": " + std::strerror(errno));
}

bool id_from(const char* variable, unsigned& id) {
  const char* text = std::getenv(variable);
  std::int64_t value = 0;
  if (text == nullptr || !parse_decimal(text, value) || value <= 0) return false;
  id = static_cast<unsigned>(value);
  return true;
}

Status become(unsigned uid, unsigned gid) {
  const gid_t groups[] = {gid};
  if (::setgroups(1, groups) != 0) return failed("setgroups");
  if (::setresgid(gid, gid, gid) != 0) return failed("setresgid");
  if (::setresuid(uid, uid, uid) != 0) return failed("setresuid");
  return {};
}

/// Also what execve would give root again (capabilities(7), securebits).
Status drop_capabilities() {
  for (unsigned long each = 0; ::prctl(PR_CAPBSET_READ, each) >= 0; ++each) {
    if (::prctl(PR_CAPBSET_DROP, each) != 0 && errno != EPERM) return failed("PR_CAPBSET_DROP");
  }
  ::prctl(PR_SET_SECUREBITS, SECBIT_NOROOT | SECBIT_NOROOT_LOCKED | SECBIT_NO_CAP_AMBIENT_RAISE |
                                 SECBIT_NO_CAP_AMBIENT_RAISE_LOCKED);
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2] = {};
  if (::syscall(SYS_capset, &header, none) != 0) return failed("capset");
  return {};
}

Status load_filter() {
  scmp_filter_ctx filter = ::seccomp_init(SCMP_ACT_ALLOW);
  if (filter == nullptr) return failed("seccomp_init");
  for (const char* name : kRefused) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number != __NR_SCMP_ERROR) ::seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), number, 0);
  }
  const int loaded = ::seccomp_load(filter);
  ::seccomp_release(filter);
  errno = -loaded;
  if (loaded != 0) return failed("seccomp_load");
  return {};
}

}  // namespace

Status give_up_privileges() {
  unsigned uid = 0, gid = 0;
  if (::geteuid() == 0 && id_from("SUDO_UID", uid) && id_from("SUDO_GID", gid))
    TRY(become(uid, gid));
  TRY(drop_capabilities());
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("PR_SET_NO_NEW_PRIVS");
  return load_filter();
}

}  // namespace cutaway::app

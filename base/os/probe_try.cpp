// The probes that have to try: each in a child, so that nothing outlives it.
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>

#include "base/os/attempt.h"
#include "base/os/files.h"
#include "base/os/probe.h"
#include "base/text.h"

namespace cutaway::os {

namespace {

// Some systems hand out user namespaces whose root may do nothing: further namespaces show it. The
// kernel refuses a new /proc where ours is covered in part: it would show what is hidden here
// (mount_too_revealing; inside most containers it is so).
Outcome try_user_namespace() {
  const Outcome entered = enter_user_namespace();
  if (entered.error != 0) return entered;
  if (::unshare(CLONE_NEWUTS | CLONE_NEWNS | CLONE_NEWIPC | CLONE_NEWPID) != 0)
    return {errno, "unshare(CLONE_NEWUTS|CLONE_NEWNS|CLONE_NEWIPC|CLONE_NEWPID) inside it"};
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return {errno, "make mounts private inside it"};
  const pid_t first = ::fork();  // of the new pid namespace, whose /proc it mounts
  if (first < 0) return {errno, "fork inside it"};
  if (first == 0) ::_exit(::mount("proc", "/proc", "proc", 0, nullptr) == 0 ? 0 : errno);
  int status = 0;
  if (::waitpid(first, &status, 0) != first || !WIFEXITED(status))
    return {ECHILD, "wait inside it"};
  return {WEXITSTATUS(status),
          "mount a /proc of its own inside it (is this /proc covered in part?)"};
}

// Lower and upper folders on a tmpfs of a mount table of its own; then a file is written through
// the overlay.
Outcome try_overlay_here() {
  if (::unshare(CLONE_NEWNS) != 0) return {errno, "unshare(CLONE_NEWNS)"};
  if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
    return {errno, "make mounts private"};
  if (::mount("cutaway-doctor", "/tmp", "tmpfs", 0, "size=1m") != 0)
    return {errno, "mount a tmpfs"};
  for (const char* folder : {"/tmp/lower", "/tmp/upper", "/tmp/work", "/tmp/merged"}) {
    if (::mkdir(folder, 0700) != 0) return {errno, "mkdir"};
  }
  const char* options = "lowerdir=/tmp/lower,upperdir=/tmp/upper,workdir=/tmp/work";
  if (::mount("cutaway-doctor", "/tmp/merged", "overlay", 0, options) != 0)
    return {errno, "mount an overlay"};
  const int fd = ::open("/tmp/merged/file", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return {errno, "write through the overlay"};
  ::close(fd);
  if (::access("/tmp/upper/file", F_OK) != 0)
    return {errno, "find in the upper folder what was written"};
  return {};
}

Outcome try_overlay_in_user_namespace() {
  const Outcome entered = enter_user_namespace();
  return entered.error != 0 ? entered : try_overlay_here();
}

bool kernel_knows_overlay() {
  const auto text = read_file("/proc/filesystems");
  return text && text->find("\toverlay\n") != std::string::npos;
}

int bpf(bpf_cmd command, bpf_attr& attributes) {
  const long made = ::syscall(SYS_bpf, command, &attributes, sizeof attributes);
  if (made < 0) return errno;
  ::close(static_cast<int>(made));
  return 0;
}

int make_array_map() {
  bpf_attr attributes{};
  attributes.map_type = BPF_MAP_TYPE_ARRAY;
  attributes.key_size = 4;
  attributes.value_size = 4;
  attributes.max_entries = 1;
  return bpf(BPF_MAP_CREATE, attributes);
}

// "r0 = 0; exit" as a program for tracepoints: loaded, attached to nothing, gone with its
// descriptor.
int load_tracing_program() {
  bpf_insn program[2] = {};
  program[0].code = BPF_ALU64 | BPF_MOV | BPF_K;
  program[1].code = BPF_JMP | BPF_EXIT;
  static const char kLicense[] = "GPL";
  bpf_attr attributes{};
  attributes.prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT;
  attributes.insns = reinterpret_cast<std::uint64_t>(program);
  attributes.insn_cnt = 2;
  attributes.license = reinterpret_cast<std::uint64_t>(kLicense);
  return bpf(BPF_PROG_LOAD, attributes);
}

// In the child: makes a child of its own, which asks to be traced and is let go again.
Outcome try_ptrace() {
  const pid_t traced = ::fork();
  if (traced < 0) return {errno, "fork"};
  if (traced == 0) {
    if (::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr) != 0) ::_exit(errno);
    ::raise(SIGSTOP);
    ::_exit(0);
  }
  int status = 0;
  if (::waitpid(traced, &status, 0) != traced) return {errno, "waitpid"};
  if (!WIFSTOPPED(status))
    return {WIFEXITED(status) ? WEXITSTATUS(status) : ECHILD, "ptrace(PTRACE_TRACEME)"};
  const long options =
      ::ptrace(PTRACE_SETOPTIONS, traced, nullptr, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
  const Outcome outcome = options == 0 ? Outcome{} : Outcome{errno, "ptrace(PTRACE_SETOPTIONS)"};
  ::ptrace(PTRACE_CONT, traced, nullptr, nullptr);
  ::waitpid(traced, &status, 0);
  return outcome;
}

// A filter that answers getppid with EPERM, and whether it does.
Outcome try_seccomp() {
  const auto statement = [](unsigned code, unsigned k) {
    return sock_filter{static_cast<std::uint16_t>(code), 0, 0, k};
  };
  sock_filter rules[] = {
      statement(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      {BPF_JMP | BPF_JEQ | BPF_K, 0, 1, SYS_getppid},
      statement(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      statement(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  sock_fprog filter{sizeof rules / sizeof rules[0], rules};
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return {errno, "prctl(PR_SET_NO_NEW_PRIVS)"};
  if (::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &filter) != 0)
    return {errno, "seccomp(SECCOMP_SET_MODE_FILTER)"};
  if (::syscall(SYS_getppid) >= 0 || errno != EPERM)
    return {ENOSYS, "the filter that was accepted"};
  return {};
}

// " (name = value)" for a setting that is there.
std::string setting(const std::string& path) {
  const auto text = read_file("/proc/sys/" + path);
  if (!text) return {};
  return " (" + path + " = " + std::string(trim(*text)) + ")";
}

}  // namespace

Probe probe_user_namespace() {
  const Outcome outcome = attempt_in_child(try_user_namespace);
  const std::string limit = setting("user/max_user_namespaces");
  if (outcome.error == 0) return {true, "one was made, mapped and used" + limit};
  return {false, why_not(outcome) + limit + setting("kernel/unprivileged_userns_clone") +
                     setting("kernel/apparmor_restrict_unprivileged_userns")};
}

Probe probe_overlay() {
  // Mounting a type that the kernel has not got would make it load a module: that is not ours to
  // decide.
  if (!kernel_knows_overlay())
    return {false, "/proc/filesystems has no overlay (a module may be there: modprobe overlay)"};
  const Outcome outcome = attempt_in_child(try_overlay_here);
  if (outcome.error == 0) return {true, "one was mounted and written to"};
  if (::geteuid() == 0) return {false, why_not(outcome)};
  const Outcome inside = attempt_in_child(try_overlay_in_user_namespace);
  if (inside.error == 0) return {true, "one was mounted and written to, in a user namespace"};
  return {false, "the kernel has it; " + why_not(inside)};
}

Probe probe_ebpf() {
  const std::string who = setting("kernel/unprivileged_bpf_disabled");
  if (const int error = make_array_map())
    return {false, "bpf(BPF_MAP_CREATE): " + error_words(error) + who};
  if (const int error = load_tracing_program())
    return {false, "a map was made; bpf(BPF_PROG_LOAD): " + error_words(error) + who};
  return {true, "a map was made and a tracing program was accepted"};
}

Probe probe_ptrace() {
  const Outcome outcome = attempt_in_child(try_ptrace);
  const std::string scope = setting("kernel/yama/ptrace_scope");
  if (outcome.error == 0) return {true, "a child was traced" + scope};
  return {false, why_not(outcome) + scope};
}

Probe probe_seccomp() {
  const Outcome outcome = attempt_in_child(try_seccomp);
  if (outcome.error != 0) return {false, why_not(outcome)};
  const auto actions = read_file("/proc/sys/kernel/seccomp/actions_avail");
  return {true, "a filter was loaded and refused a call" +
                    (actions ? "; actions: " + std::string(trim(*actions)) : std::string())};
}

}  // namespace cutaway::os

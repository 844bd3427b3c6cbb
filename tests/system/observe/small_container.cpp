#include "small_container.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <iterator>

namespace cutaway::real {
namespace {

volatile std::uint32_t* g_word = nullptr;

void step(const char* name) {
  for (std::uint32_t i = 1; i < std::size(kSmallSteps); ++i) {
    if (std::strcmp(kSmallSteps[i], name) == 0) *g_word = i;
  }
}

void must(bool ok, const char* what) {
  if (ok) return;
  std::perror(what);
  ::_exit(99);
}

void new_mount(const std::string& target, const char* source, const char* type, unsigned long flags,
               const char* data) {
  ::mkdir(target.c_str(), 0755);
  must(::mount(source, target.c_str(), type, flags, data) == 0, target.c_str());
}

constexpr unsigned long kQuiet = MS_NOSUID | MS_NODEV | MS_NOEXEC;

void mounts(const std::string& root) {
  step("mnt.private");
  must(::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private");
  step("mnt.rootfs");
  must(::mount(root.c_str(), root.c_str(), nullptr, MS_BIND | MS_REC, nullptr) == 0, "rootfs");
  step("mnt.proc");
  new_mount(root + "/proc", "proc", "proc", kQuiet, "");
  step("mnt.dev");
  new_mount(root + "/dev", "tmpfs", "tmpfs", MS_NOSUID | MS_STRICTATIME, "mode=755,size=65536k");
  step("mnt.devpts");
  new_mount(root + "/dev/pts", "devpts", "devpts", MS_NOSUID | MS_NOEXEC,
            "newinstance,ptmxmode=0666,mode=0620,gid=5");
  step("mnt.sysfs");
  new_mount(root + "/sys", "sysfs", "sysfs", kQuiet | MS_RDONLY, "");
  step("mnt.mqueue");
  new_mount(root + "/dev/mqueue", "mqueue", "mqueue", kQuiet, "");
  step("mnt.shm");
  new_mount(root + "/dev/shm", "shm", "tmpfs", kQuiet, "mode=1777,size=65536k");
}

void devices(const std::string& root) {
  step("dev.nodes");
  ::umask(0);
  must(::mknod((root + "/dev/null").c_str(), S_IFCHR | 0666, makedev(1, 3)) == 0, "mknod");
  must(::mknod((root + "/dev/tty").c_str(), S_IFCHR | 0666, makedev(5, 0)) == 0, "mknod");
  must(::symlink("/proc/self/fd", (root + "/dev/fd").c_str()) == 0, "symlink");
  ::umask(022);
  step("net.setup");
  const int inet = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP;
  must(::ioctl(inet, SIOCSIFFLAGS, &request) == 0, "lo");
  ::close(inet);
}

void pivot(const std::string& root) {
  step("root.pivot");
  const int old_root = ::open("/", O_DIRECTORY | O_PATH | O_CLOEXEC);
  const int new_root = ::open(root.c_str(), O_DIRECTORY | O_PATH | O_CLOEXEC);
  must(::fchdir(new_root) == 0, "fchdir");
  must(::syscall(SYS_pivot_root, ".", ".") == 0, "pivot_root");
  step("root.detach");
  must(::fchdir(old_root) == 0, "fchdir");
  must(::mount(nullptr, ".", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0, "private .");
  must(::umount2(".", MNT_DETACH) == 0, "umount2");
  must(::chdir("/") == 0, "chdir");
  ::close(old_root);
  ::close(new_root);
  step("uts.hostname");
  must(::sethostname("small", 5) == 0, "sethostname");
}

void hide() {
  step("path.readonly");
  for (const char* path :
       {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"}) {
    if (::mount(path, path, nullptr, MS_BIND | MS_REC, nullptr) != 0) continue;
    must(::mount(nullptr, path, nullptr, MS_REMOUNT | MS_BIND | MS_RDONLY | kQuiet, nullptr) == 0,
         path);
  }
  step("path.mask");
  for (const char* path :
       {"/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats",
        "/proc/sched_debug", "/proc/scsi", "/proc/timer_list", "/proc/timer_stats",
        "/sys/devices/virtual/powercap", "/sys/firmware"}) {
    if (::mount("/dev/null", path, nullptr, MS_BIND, nullptr) != 0 && errno == ENOTDIR)
      must(::mount("tmpfs", path, "tmpfs", MS_RDONLY, nullptr) == 0, path);
  }
}

void rights(std::uint32_t uid) {
  constexpr std::uint64_t kDocker = 0xa80425fb;
  step("session");
  ::setsid();
  step("cap.bound");
  for (int cap = 0; cap <= CAP_LAST_CAP; ++cap) {
    if ((kDocker >> cap & 1U) == 0) ::prctl(PR_CAPBSET_DROP, cap, 0, 0, 0);
  }
  step("id.set");
  ::prctl(PR_SET_KEEPCAPS, 1, 0, 0, 0);
  const gid_t groups[] = {20, 4};
  must(::syscall(SYS_setgroups, 2, groups) == 0, "setgroups");
  must(::syscall(SYS_setresgid, uid, uid, uid) == 0, "setresgid");
  must(::syscall(SYS_setresuid, uid, uid, uid) == 0, "setresuid");
  ::prctl(PR_SET_KEEPCAPS, 0, 0, 0, 0);
  step("cap.set");
  const std::uint64_t held = uid == 0 ? kDocker : 0;
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct data[2]{};
  data[0].effective = data[0].permitted = static_cast<std::uint32_t>(held);
  must(::syscall(SYS_capset, &header, data) == 0, "capset");
  ::prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

[[noreturn]] void be_init(const SmallContainer& container) {
  mounts(container.root);
  devices(container.root);
  pivot(container.root);
  hide();
  rights(container.uid);
  step("exec");
  const char* const argv[] = {"sh", "-c", container.command.c_str(), nullptr};
  const char* const env[] = {"PATH=/bin", nullptr};
  ::execve("/bin/sh", const_cast<char* const*>(argv), const_cast<char* const*>(env));
  std::perror("execve");
  ::_exit(99);
}

void write_file(const std::string& path, const std::string& text) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  must(fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()),
       path.c_str());
  ::close(fd);
}

[[noreturn]] void be_runtime(const SmallContainer& container) {
  g_word = &container.page->runtime;
  step("ns.clone");
  int ready[2];
  must(::pipe2(ready, O_CLOEXEC) == 0, "pipe2");
  const long child = ::syscall(
      SYS_clone, CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWPID | CLONE_NEWNET | SIGCHLD,
      nullptr, nullptr, nullptr, nullptr);
  if (child == 0) {
    g_word = &container.page->init;
    step("ns.clone");
    char byte = 0;
    ::close(ready[1]);
    must(::read(ready[0], &byte, 1) == 1, "read");
    ::close(ready[0]);
    be_init(container);
  }
  container.page->first_pid = static_cast<std::int32_t>(child);
  if (!container.cgroup.empty()) {
    step("cg.create");
    must(::mkdir(container.cgroup.c_str(), 0755) == 0, "mkdir cgroup");
    step("cg.attach");
    write_file(container.cgroup + "/cgroup.procs", std::to_string(child));
  }
  step("ns.clone");
  ::close(ready[0]);
  must(::write(ready[1], "1", 1) == 1, "write");
  ::close(ready[1]);
  ::_exit(0);
}

/// As runc does it: the namespaces first, then a child, which is in the pid namespace.
[[noreturn]] void be_joiner(const SmallContainer& container) {
  g_word = &container.page->runtime;
  step("ns.clone");
  const std::string folder = "/proc/" + std::to_string(container.page->first_pid) + "/ns/";
  int fds[5];
  int at = 0;
  for (const char* kind : {"ipc", "uts", "net", "pid", "mnt"}) {
    fds[at] = ::open((folder + kind).c_str(), O_RDONLY | O_CLOEXEC);
    must(fds[at++] >= 0, kind);
  }
  for (const int fd : fds) {
    must(::setns(fd, 0) == 0, "setns");
    ::close(fd);
  }
  const pid_t child = ::fork();
  if (child == 0) {
    ::setsid();
    step("exec");
    const char* const argv[] = {"sh", "-c", "echo joined; exit 3", nullptr};
    ::execve("/bin/sh", const_cast<char* const*>(argv), nullptr);
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ::_exit(WIFEXITED(status) ? WEXITSTATUS(status) : 98);
}

/// "17 (sh) S": the program has begun, and sleeps in a call of its own. Its name alone changes
/// within execve, from which it may not have returned yet.
bool runs_and_sleeps(const char* stat) {
  const char* name = std::strchr(stat, '(');
  const char* end = std::strrchr(stat, ')');
  if (name == nullptr || end == nullptr || end[1] != ' ' || end[2] != 'S') return false;
  return std::strncmp(name, "(sh)", 4) == 0 || std::strncmp(name, "(sleep)", 7) == 0;
}

void wait_until_it_runs(const SmallContainer& container) {
  const std::string path = "/proc/" + std::to_string(container.page->first_pid) + "/stat";
  char stat[256] = {};
  for (int tries = 0; tries < 2000 && !runs_and_sleeps(stat); ++tries) {
    ::usleep(5000);
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t bytes = ::read(fd, stat, sizeof stat - 1);
    stat[bytes < 0 ? 0 : bytes] = 0;
    ::close(fd);
  }
}

}  // namespace

void run_small_container(const SmallContainer& container) {
  g_word = &container.page->shim;
  step("subreaper");
  ::prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
  step("ns.clone");
  const pid_t runtime = ::fork();
  if (runtime == 0) be_runtime(container);
  step("reap");
  int status = 0;
  ::waitpid(runtime, &status, 0);
  if (container.join || container.stop) wait_until_it_runs(container);
  if (container.join) {
    const pid_t joiner = ::fork();
    if (joiner == 0) be_joiner(container);
    ::waitpid(joiner, &status, 0);
    must(WIFEXITED(status) && WEXITSTATUS(status) == 3, "joiner");
  }
  if (container.stop) {
    ::kill(container.page->first_pid, SIGTERM);
    ::usleep(20000);
  }
  if (container.stop || container.join) ::kill(container.page->first_pid, SIGKILL);
  const pid_t orphan = ::waitpid(-1, &status, 0);
  step("cg.remove");
  if (!container.cgroup.empty()) must(::rmdir(container.cgroup.c_str()) == 0, "rmdir cgroup");
  if (orphan > 0 && WIFSIGNALED(status)) ::_exit(128 + WTERMSIG(status));
  ::_exit(orphan > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : 98);
}

}  // namespace cutaway::real

// The table: which system call changes what. A call without a row changes nothing.
//
// A call that failed has no effects, but for these:
//   clone, fork   EAGAIN of a pids cgroup is counted there (CgroupRefused)
//   write, send   EPIPE comes with SIGPIPE
//   connect       ECONNREFUSED is told (NetRefused)
//   close         the descriptor is gone whatever is reported, unless it was none (EBADF)
// exit and exit_group never return: their effects are taken at entry.
#include "trace/effects/effects.h"

#include <array>

#include "trace/effects/families.h"

namespace cutaway {
namespace {

using Effect = void (*)(const Call&);

struct EffectRow {
  abi::Sys sys;
  Effect effect;
};

constexpr EffectRow kEffectRows[] = {
#define EFFECT(name) \
  { abi::Sys::name, effect_##name }
    // tasks
    EFFECT(clone),
    EFFECT(clone3),
    EFFECT(fork),
    EFFECT(vfork),
    EFFECT(execve),
    EFFECT(execveat),
    EFFECT(exit),
    EFFECT(exit_group),
    EFFECT(wait4),
    EFFECT(waitid),
    EFFECT(setsid),
    EFFECT(setpgid),
    EFFECT(prctl),
    EFFECT(seccomp),
    EFFECT(brk),
    EFFECT(mmap),
    EFFECT(munmap),
    // signals
    EFFECT(kill),
    EFFECT(tkill),
    EFFECT(tgkill),
    EFFECT(pidfd_send_signal),
    EFFECT(rt_sigaction),
    EFFECT(rt_sigprocmask),
    // namespaces
    EFFECT(unshare),
    EFFECT(setns),
    EFFECT(sethostname),
    EFFECT(setdomainname),
    // mounts, roots
    EFFECT(mount),
    EFFECT(umount2),
    EFFECT(pivot_root),
    EFFECT(chroot),
    EFFECT(chdir),
    EFFECT(fchdir),
    EFFECT(umask),
    EFFECT(sched_setaffinity),
    // descriptors
    EFFECT(open),
    EFFECT(openat),
    EFFECT(openat2),
    EFFECT(creat),
    EFFECT(close),
    EFFECT(close_range),
    EFFECT(dup),
    EFFECT(dup2),
    EFFECT(dup3),
    EFFECT(fcntl),
    EFFECT(pipe),
    EFFECT(pipe2),
    EFFECT(pidfd_open),
    EFFECT(memfd_create),
    EFFECT(epoll_create),
    EFFECT(epoll_create1),
    EFFECT(eventfd2),
    EFFECT(inotify_init1),
    EFFECT(signalfd4),
    EFFECT(timerfd_create),
    EFFECT(ioctl),
    // bytes
    EFFECT(read),
    EFFECT(write),
    EFFECT(pread64),
    EFFECT(pwrite64),
    EFFECT(sendto),
    EFFECT(recvfrom),
    EFFECT(sendmsg),
    EFFECT(recvmsg),
    EFFECT(sendfile),
    EFFECT(lseek),
    EFFECT(getdents64),
    EFFECT(truncate),
    EFFECT(ftruncate),
    EFFECT(fallocate),
    {abi::Sys::readv, effect_read},
    {abi::Sys::writev, effect_write},
    {abi::Sys::preadv, effect_pread64},
    {abi::Sys::pwritev, effect_pwrite64},
    // names
    EFFECT(mkdir),
    EFFECT(mkdirat),
    EFFECT(mknod),
    EFFECT(mknodat),
    EFFECT(symlink),
    EFFECT(symlinkat),
    EFFECT(link),
    EFFECT(linkat),
    EFFECT(unlink),
    EFFECT(unlinkat),
    EFFECT(rmdir),
    EFFECT(rename),
    EFFECT(renameat),
    {abi::Sys::renameat2, effect_renameat},
    EFFECT(chmod),
    EFFECT(fchmod),
    EFFECT(fchmodat),
    {abi::Sys::fchmodat2, effect_fchmodat},
    EFFECT(chown),
    EFFECT(lchown),
    EFFECT(fchown),
    EFFECT(fchownat),
    // credentials
    EFFECT(setuid),
    EFFECT(setgid),
    EFFECT(setreuid),
    EFFECT(setregid),
    EFFECT(setresuid),
    EFFECT(setresgid),
    EFFECT(setfsuid),
    EFFECT(setfsgid),
    EFFECT(setgroups),
    EFFECT(capset),
    // sockets
    EFFECT(socket),
    EFFECT(socketpair),
    EFFECT(bind),
    EFFECT(listen),
    EFFECT(accept),
    EFFECT(accept4),
    EFFECT(connect),
    EFFECT(shutdown),
#undef EFFECT
};

constexpr std::size_t kSysCount = 512;  // x86-64 numbers end below

constexpr std::array<Effect, kSysCount> by_number() {
  std::array<Effect, kSysCount> table{};
  for (const EffectRow& row : kEffectRows) table[static_cast<std::size_t>(row.sys)] = row.effect;
  return table;
}
constexpr std::array<Effect, kSysCount> kEffects = by_number();

}  // namespace

Walk EffectSink::look_up(const Task& task, std::string_view path, LastLink last,
                         const Location* from) {
  return walk(world(), task, path, last, from);
}

void effects(const SyscallDone& done, EffectSink& sink) {
  const auto number = static_cast<std::size_t>(done.sys);
  if (number >= kSysCount || kEffects[number] == nullptr || !sink.world().tasks.contains(done.task))
    return;
  kEffects[number](Call(done, sink));
}

}  // namespace cutaway

// One row for each system call that this kernel has. The cost is what a quiet x86-64 machine of
// 2020 takes; it makes traces plausible and is no measurement.
#include "sim/kernel/syscall_table.h"

#include <array>

#include "sim/kernel/handlers.h"

namespace cutaway::sim {
namespace {

// NOLINTNEXTLINE(readability-function-size): data
const std::vector<SyscallRow>& table() {
  using abi::Sys;
  static const std::vector<SyscallRow> rows = {
      {Sys::read, decide_read, 250, 100,
       "A read from the Internet waits until the buffer is full or the answer ends."},
      {Sys::write, decide_write, 300, 120,
       "A file's whole content is replaced; no ENOSPC, no RLIMIT_FSIZE; beyond 64 MiB of hole "
       "EFBIG. To a tmpfs whose memory cgroup is full it is short, also when another process is "
       "killed for it."},
      {Sys::pread64, decide_pread64, 260, 100, ""},
      {Sys::pwrite64, decide_pwrite64, 310, 120, "As write."},
      {Sys::writev, decide_writev, 330, 120, "The parts are one buffer."},
      {Sys::sendfile, decide_sendfile, 400, 120,
       "The offset argument is NULL; from regular files only. What a file gets that is sent into "
       "itself depends on how the processor copies: here byte by byte (as those with ERMS)."},
      {Sys::sendto, decide_sendto, 500, 120,
       "Flags are not looked at; what is wrong with a netlink request is told by the call itself, "
       "not by a message."},
      {Sys::recvfrom, decide_recvfrom, 450, 100, "Of the flags only MSG_DONTWAIT and MSG_PEEK."},
      {Sys::poll, decide_poll, 400, 0,
       "Pipes and Unix sockets tell POLLIN, POLLOUT, POLLERR and POLLHUP; of all else POLLIN is "
       "what read would not wait for, and POLLOUT is always granted."},
      {Sys::epoll_create, decide_epoll_create, 900, 0, ""},
      {Sys::epoll_create1, decide_epoll_create1, 900, 0, ""},
      {Sys::epoll_ctl, decide_epoll_ctl, 400, 0,
       "No epoll within an epoll; one entry for each number of a descriptor."},
      {Sys::epoll_wait, decide_epoll_wait, 400, 0,
       "As poll; EPOLLET tells as often as without it."},
      {Sys::eventfd2, decide_eventfd2, 900, 0, ""},
      {Sys::timerfd_create, decide_timerfd_create, 900, 0,
       "All clocks are the trace's; no alarms."},
      {Sys::timerfd_settime, decide_timerfd_settime, 400, 0, "No TFD_TIMER_CANCEL_ON_SET."},
      {Sys::timerfd_gettime, decide_timerfd_gettime, 200, 0, ""},
      {Sys::sendmsg, decide_sendmsg, 900, 120, "One byte, with one descriptor (SCM_RIGHTS)."},
      {Sys::recvmsg, decide_recvmsg, 900, 100, "As sendmsg."},
      {Sys::getdents64, decide_getdents64, 900, 0,
       "All names come at once and sorted; the buffer is never full."},
      {Sys::open, decide_open, 1100, 0,
       "No leases, locks or ETXTBSY; O_PATH and O_TMPFILE only as flags."},
      {Sys::openat, decide_openat, 1100, 0, "As open."},
      {Sys::creat, decide_creat, 1300, 0, "As open."},
      {Sys::close, decide_close, 150, 0, ""},
      {Sys::close_range, decide_close_range, 400, 0, ""},
      {Sys::dup, decide_dup, 120, 0, ""},
      {Sys::dup2, decide_dup2, 150, 0, ""},
      {Sys::dup3, decide_dup3, 150, 0, ""},
      {Sys::pipe2, decide_pipe2, 900, 0, "No packet mode (O_DIRECT), no limits on pipe pages."},
      {Sys::lseek, decide_lseek, 80, 0, "No SEEK_DATA and SEEK_HOLE."},
      {Sys::fcntl, decide_fcntl, 100, 0,
       "Duplicating, descriptor and status flags, pipe size; no locks, no leases."},
      {Sys::ioctl, decide_ioctl, 200, 0,
       "Terminals (attributes, size, controlling, group in front, the other end), interface flags, "
       "FIONREAD."},
      {Sys::truncate, decide_truncate, 900, 0, "As ftruncate."},
      {Sys::ftruncate, decide_ftruncate, 800, 0,
       "A hole of a tmpfs is charged to memory as if it were written."},
      {Sys::stat, decide_stat, 650, 0, "No times, no blocks."},
      {Sys::lstat, decide_lstat, 650, 0, "As stat."},
      {Sys::fstat, decide_fstat, 250, 0, "As stat."},
      {Sys::newfstatat, decide_newfstatat, 650, 0, "As stat."},
      {Sys::statx, decide_statx, 700, 0, "As stat."},
      {Sys::access, decide_access, 600, 0, ""},
      {Sys::faccessat, decide_faccessat, 600, 0, ""},
      {Sys::readlink, decide_readlink, 700, 0, ""},
      {Sys::readlinkat, decide_readlinkat, 700, 0, ""},
      {Sys::mkdir, decide_mkdir, 4000, 0, "No quotas, no default ACLs."},
      {Sys::mkdirat, decide_mkdirat, 4000, 0, "As mkdir."},
      {Sys::mknod, decide_mknod, 4000, 0, ""},
      {Sys::mknodat, decide_mknodat, 4000, 0, ""},
      {Sys::symlink, decide_symlink, 3500, 0, ""},
      {Sys::symlinkat, decide_symlinkat, 3500, 0, ""},
      {Sys::link, decide_link, 3500, 0, ""},
      {Sys::linkat, decide_linkat, 3500, 0, "As link; AT_EMPTY_PATH is not known."},
      {Sys::unlink, decide_unlink, 4000, 0, ""},
      {Sys::unlinkat, decide_unlinkat, 4000, 0, ""},
      {Sys::rmdir, decide_rmdir, 5000, 0, ""},
      {Sys::rename, decide_rename, 5000, 0, ""},
      {Sys::renameat, decide_renameat, 5000, 0, ""},
      {Sys::renameat2, decide_renameat2, 5000, 0,
       "RENAME_NOREPLACE; RENAME_EXCHANGE and RENAME_WHITEOUT are EINVAL."},
      {Sys::chmod, decide_chmod, 1500, 0, ""},
      {Sys::fchmod, decide_fchmod, 1300, 0, ""},
      {Sys::chown, decide_chown, 1500, 0,
       "Of computed file systems only cgroups' folders and files change hands."},
      {Sys::lchown, decide_lchown, 1500, 0, "As chown."},
      {Sys::fchown, decide_fchown, 1300, 0, "As chown."},
      {Sys::utimensat, decide_utimensat, 1200, 0, "Files have no times: nothing is changed."},
      {Sys::statfs, decide_statfs, 800, 0, "Every disk has 40 GiB; no inode counts."},
      {Sys::sched_getaffinity, decide_sched_getaffinity, 150, 0, ""},
      {Sys::sched_setaffinity, decide_sched_setaffinity, 900, 0,
       "A cpuset that grows again does not give back what was not asked for."},
      {Sys::umask, decide_umask, 70, 0, ""},
      {Sys::clone, decide_clone, 45000, 0,
       "The stack, TLS and tid addresses mean nothing; no pidfd."},
      {Sys::clone3, decide_clone3, 45000, 0, "As clone; no cgroup is found (CLONE_INTO_CGROUP)."},
      {Sys::fork, decide_fork, 45000, 0, ""},
      {Sys::vfork, decide_vfork, 25000, 0, ""},
      {Sys::execve, decide_execve, 280000, 0,
       "Only programs of the table can be executed; no ELF loader, no E2BIG."},
      {Sys::exit, decide_exit, 15000, 0, ""},
      {Sys::exit_group, decide_exit, 40000, 0, ""},
      {Sys::wait4, decide_wait4, 900, 0, "SA_NOCLDSTOP is not looked at; no rusage."},
      {Sys::waitid, decide_waitid, 900, 0, "As wait4; no P_PIDFD."},
      {Sys::kill, decide_kill, 900, 0, ""},
      {Sys::tkill, decide_tkill, 900, 0, ""},
      {Sys::tgkill, decide_tgkill, 900, 0, ""},
      {Sys::rt_sigaction, decide_rt_sigaction, 120, 0,
       "A handler only notes its signal; of the flags only SA_RESTART is looked at, and no mask."},
      {Sys::rt_sigprocmask, decide_rt_sigprocmask, 110, 0, ""},
      {Sys::rt_sigpending, decide_rt_sigpending, 110, 0, ""},
      {Sys::rt_sigreturn, decide_rt_sigreturn, 150, 0, "Nothing is restored."},
      {Sys::rt_sigsuspend, decide_rt_sigsuspend, 250, 0, ""},
      {Sys::pause, decide_pause, 200, 0, ""},
      {Sys::getpid, decide_getpid, 60, 0, ""},
      {Sys::getppid, decide_getppid, 60, 0, ""},
      {Sys::gettid, decide_gettid, 60, 0, ""},
      {Sys::setsid, decide_setsid, 400, 0, ""},
      {Sys::getsid, decide_getsid, 80, 0, ""},
      {Sys::setpgid, decide_setpgid, 250, 0, "No EACCES after the child's exec."},
      {Sys::getpgid, decide_getpgid, 80, 0, ""},
      {Sys::getpgrp, decide_getpgrp, 60, 0, ""},
      {Sys::getuid, decide_getuid, 60, 0, ""},
      {Sys::geteuid, decide_geteuid, 60, 0, ""},
      {Sys::getgid, decide_getgid, 60, 0, ""},
      {Sys::getegid, decide_getegid, 60, 0, ""},
      {Sys::getresuid, decide_getresuid, 70, 0, ""},
      {Sys::getresgid, decide_getresgid, 70, 0, ""},
      {Sys::getgroups, decide_getgroups, 90, 0, ""},
      {Sys::setuid, decide_setuid, 500, 0, "No RLIMIT_NPROC."},
      {Sys::setgid, decide_setgid, 500, 0, ""},
      {Sys::setreuid, decide_setreuid, 500, 0, ""},
      {Sys::setregid, decide_setregid, 500, 0, ""},
      {Sys::setresuid, decide_setresuid, 500, 0, ""},
      {Sys::setresgid, decide_setresgid, 500, 0, ""},
      {Sys::setgroups, decide_setgroups, 600, 0, ""},
      {Sys::capget, decide_capget, 120, 0, "Only the caller's own sets."},
      {Sys::capset, decide_capset, 500, 0, ""},
      {Sys::prctl, decide_prctl, 120, 0,
       "Names, dumpable, keepcaps, no_new_privs, seccomp, bounding and ambient sets, subreaper; "
       "PDEATHSIG is taken and has no effect."},
      {Sys::seccomp, decide_seccomp, 12000, 0,
       "No BPF is run: every filter answers as docker's default profile does (docker 26.1's file, "
       "which the real side compiles). docker 20.10 also lets io_uring through."},
      {Sys::unshare, decide_unshare, 25000, 0, ""},
      {Sys::setns, decide_setns, 1500, 0, "By a namespace's file only, not by a pidfd."},
      {Sys::sethostname, decide_sethostname, 500, 0, ""},
      {Sys::setdomainname, decide_setdomainname, 500, 0, ""},
      {Sys::uname, decide_uname, 150, 0, ""},
      {Sys::mount, decide_mount, 14000, 0,
       "Known types only; block devices hold no file system; options of tmpfs, devpts are not "
       "checked."},
      {Sys::umount2, decide_umount2, 18000, 0, "MNT_FORCE and MNT_EXPIRE are as 0."},
      {Sys::pivot_root, decide_pivot_root, 15000, 0,
       "The root mount has no parent (on Linux: rootfs)."},
      {Sys::chroot, decide_chroot, 900, 0, ""},
      {Sys::chdir, decide_chdir, 700, 0, ""},
      {Sys::fchdir, decide_fchdir, 250, 0, ""},
      {Sys::getcwd, decide_getcwd, 350, 0, ""},
      {Sys::brk, decide_brk, 350, 0, "The heap's end is whatever was asked."},
      {Sys::mmap, decide_mmap, 900, 0,
       "Addresses are made up; files are not mapped in; no MAP_FIXED rules."},
      {Sys::munmap, decide_munmap, 1500, 0, ""},
      {Sys::mprotect, decide_mprotect, 900, 0, "Has no effect."},
      {Sys::arch_prctl, decide_arch_prctl, 80, 0, "Has no effect."},
      {Sys::set_tid_address, decide_set_tid_address, 60, 0, "Has no effect."},
      {Sys::set_robust_list, decide_nothing, 60, 0, "Has no effect."},
      {Sys::rseq, decide_nothing, 80, 0, "Has no effect."},
      {Sys::prlimit64, decide_prlimit64, 150, 0, "Limits are constants and cannot be set."},
      {Sys::getrandom, decide_getrandom, 250, 400, "From the trace's seed."},
      {Sys::sync, decide_nothing, 50000, 0, "Nothing is ever unwritten."},
      {Sys::fsync, decide_fsync, 50000, 0, "Nothing is ever unwritten."},
      {Sys::alarm, decide_alarm, 200, 0, ""},
      {Sys::getitimer, decide_getitimer, 150, 0, "As setitimer."},
      {Sys::setitimer, decide_setitimer, 250, 0,
       "ITIMER_VIRTUAL and ITIMER_PROF never run; a thread's execve forgets the timer."},
      {Sys::sched_yield, decide_nothing, 300, 0, "The task keeps its cpu."},
      {Sys::nanosleep, decide_nanosleep, 400, 0, "The time left is not told."},
      {Sys::clock_nanosleep, decide_clock_nanosleep, 400, 0,
       "All clocks are the trace's; the time left is not told."},
      {Sys::clock_gettime, decide_clock_gettime, 90, 0,
       "All clocks are the trace's; time namespaces shift nothing."},
      {Sys::times, decide_times, 150, 0, "All cpu time is system time."},
      {Sys::sysinfo, decide_sysinfo, 300, 0, "Swap and load are 0."},
      {Sys::futex, decide_futex, 500, 0,
       "Words have names; a wake wakes all; no timeouts, no other operations."},
      {Sys::socket, decide_socket, 1500, 0,
       "AF_UNIX; AF_INET streams, datagrams and raw packets (ICMP echo); netlink for "
       "interfaces, addresses, routes and rules. Others exist and do nothing; no IPv6."},
      {Sys::socketpair, decide_socketpair, 2500, 0, "As socket."},
      {Sys::bind, decide_bind, 3000, 0,
       "SO_REUSEADDR and SO_REUSEPORT change nothing: there is no TIME_WAIT."},
      {Sys::listen, decide_listen, 600, 0, "The backlog is not limited."},
      {Sys::accept, decide_accept4, 1500, 0, ""},
      {Sys::accept4, decide_accept4, 1500, 0, ""},
      {Sys::connect, decide_connect, 4000, 0,
       "Beyond this machine there is only the Internet port, behind which nobody but the hub "
       "answers; connections of a socket that never blocks are known at once."},
      {Sys::shutdown, decide_shutdown, 800, 0, ""},
      {Sys::getsockname, decide_getsockname, 300, 0, ""},
      {Sys::getpeername, decide_getpeername, 300, 0, ""},
      {Sys::setsockopt, decide_setsockopt, 350, 0, "Options have no effect."},
  };
  return rows;
}

constexpr std::size_t kNumbers = 512;

std::array<const SyscallRow*, kNumbers> by_number() {
  std::array<const SyscallRow*, kNumbers> index{};
  for (const SyscallRow& row : table()) index.at(static_cast<std::size_t>(row.sys)) = &row;
  return index;
}

}  // namespace

const SyscallRow* syscall_row(abi::Sys sys) {
  static const std::array<const SyscallRow*, kNumbers> index = by_number();
  const auto number = static_cast<std::size_t>(sys);
  return number < kNumbers ? index[number] : nullptr;
}

const std::vector<SyscallRow>& syscall_rows() { return table(); }

}  // namespace cutaway::sim

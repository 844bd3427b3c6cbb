// The calls that litmus programs may make. Left out: what would end or change the machine rather
// than ask it something (reboot, swapon, kexec_load, init_module …), keyrings, which outlive their
// program, bpf and perf, ptrace of others, io_uring, which makes calls behind the filter's back.
#include <algorithm>

#include "spec/litmus_call.h"

namespace cutaway::spec {

const std::vector<abi::Sys>& litmus_vocabulary() {
  using enum abi::Sys;
  static const std::vector<abi::Sys> calls = {
      // Descriptors
      read, write, close, lseek, pread64, pwrite64, readv, writev, preadv, pwritev, pipe, pipe2,
      dup, dup2, dup3, fcntl, ioctl, flock, fsync, fdatasync, syncfs, sync, ftruncate, getdents64,
      sendfile, splice, tee, copy_file_range, fallocate, fadvise64, close_range, memfd_create,
      // Paths
      open, openat, openat2, creat, stat, lstat, fstat, newfstatat, statx, access, faccessat,
      faccessat2, truncate, getcwd, chdir, fchdir, rename, renameat, renameat2, mkdir, mkdirat,
      rmdir, link, linkat, unlink, unlinkat, symlink, symlinkat, readlink, readlinkat, chmod,
      fchmod, fchmodat, fchmodat2, chown, lchown, fchown, fchownat, utimensat, mknod, mknodat,
      statfs, fstatfs, setxattr, lsetxattr, fsetxattr, getxattr, lgetxattr, fgetxattr, listxattr,
      removexattr, umask,
      // Mounts, roots, namespaces
      mount, umount2, pivot_root, chroot, open_tree, move_mount, fsopen, fsconfig, fsmount, fspick,
      mount_setattr, unshare, setns, sethostname, setdomainname, uname,
      // Tasks
      clone, clone3, fork, vfork, execve, execveat, exit, exit_group, wait4, waitid, getpid,
      getppid, gettid, setsid, getsid, setpgid, getpgid, getpgrp, prctl, prlimit64, getrlimit,
      setrlimit, getrusage, getpriority, setpriority, sched_yield, sched_setaffinity,
      sched_getaffinity, sched_setscheduler, sched_getscheduler, sched_setparam, sched_getparam,
      sched_get_priority_max, sched_get_priority_min, pidfd_open, pidfd_getfd, getcpu, personality,
      set_tid_address, arch_prctl, membarrier, seccomp,
      // Who a task is
      getuid, geteuid, getgid, getegid, setuid, setgid, setreuid, setregid, setresuid, setresgid,
      getresuid, getresgid, setfsuid, setfsgid, getgroups, setgroups, capget, capset,
      // Signals
      kill, tkill, tgkill, rt_sigaction, rt_sigprocmask, rt_sigpending, rt_sigsuspend,
      rt_sigtimedwait, rt_sigqueueinfo, pidfd_send_signal, rt_sigreturn, sigaltstack, signalfd4,
      pause, alarm, getitimer, setitimer,
      // Memory
      mmap, munmap, mprotect, mremap, brk, msync, madvise, mincore, mlock, munlock, futex,
      getrandom,
      // Time
      nanosleep, clock_nanosleep, clock_gettime, clock_settime, clock_getres, gettimeofday,
      settimeofday, time, times, sysinfo, timerfd_create, timerfd_settime, timerfd_gettime,
      // Waiting for descriptors
      poll, ppoll, select, epoll_create, epoll_create1, epoll_ctl, epoll_wait, eventfd2,
      inotify_init1, inotify_add_watch, inotify_rm_watch,
      // Sockets
      socket, socketpair, connect, bind, listen, accept, accept4, getsockname, getpeername, sendto,
      recvfrom, sendmsg, recvmsg, shutdown, setsockopt, getsockopt};
  return calls;
}

bool in_litmus_vocabulary(abi::Sys sys) {
  const std::vector<abi::Sys>& calls = litmus_vocabulary();
  return std::find(calls.begin(), calls.end(), sys) != calls.end();
}

}  // namespace cutaway::spec

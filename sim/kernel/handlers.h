// The handlers of all system calls, by family (sys_<family>.cpp). The table that uses them is
// syscall_table.cpp.
#pragma once

#include "sim/kernel/decision.h"

namespace cutaway::sim {

// sys_clone.cpp, sys_exec.cpp, sys_exit.cpp, sys_wait.cpp
Decision decide_clone(const Ask& ask);
Decision decide_clone3(const Ask& ask);
Decision decide_fork(const Ask& ask);
Decision decide_vfork(const Ask& ask);
Decision decide_execve(const Ask& ask);
Decision decide_exit(const Ask& ask);
Decision decide_wait4(const Ask& ask);
Decision decide_waitid(const Ask& ask);

// sys_signal.cpp
Decision decide_kill(const Ask& ask);
Decision decide_tkill(const Ask& ask);
Decision decide_tgkill(const Ask& ask);
Decision decide_rt_sigaction(const Ask& ask);
Decision decide_rt_sigprocmask(const Ask& ask);
Decision decide_rt_sigpending(const Ask& ask);
Decision decide_rt_sigreturn(const Ask& ask);
Decision decide_rt_sigsuspend(const Ask& ask);
Decision decide_pause(const Ask& ask);

// sys_timer.cpp
Decision decide_alarm(const Ask& ask);
Decision decide_getitimer(const Ask& ask);
Decision decide_setitimer(const Ask& ask);

// sys_ids.cpp
/// By its number in the caller's pid namespace; 0 means the caller. Null: there is none.
const Task* task_or_self(const Ask& ask, std::int64_t pid);
Decision decide_getpid(const Ask& ask);
Decision decide_getppid(const Ask& ask);
Decision decide_gettid(const Ask& ask);
Decision decide_setsid(const Ask& ask);
Decision decide_getsid(const Ask& ask);
Decision decide_setpgid(const Ask& ask);
Decision decide_getpgid(const Ask& ask);
Decision decide_getpgrp(const Ask& ask);
Decision decide_getuid(const Ask& ask);
Decision decide_geteuid(const Ask& ask);
Decision decide_getgid(const Ask& ask);
Decision decide_getegid(const Ask& ask);
Decision decide_getresuid(const Ask& ask);
Decision decide_getresgid(const Ask& ask);
Decision decide_getgroups(const Ask& ask);

// sys_setid.cpp
Decision decide_setuid(const Ask& ask);
Decision decide_setgid(const Ask& ask);
Decision decide_setreuid(const Ask& ask);
Decision decide_setregid(const Ask& ask);
Decision decide_setresuid(const Ask& ask);
Decision decide_setresgid(const Ask& ask);
Decision decide_setgroups(const Ask& ask);

// sys_credentials.cpp
Decision decide_capget(const Ask& ask);
Decision decide_capset(const Ask& ask);
Decision decide_prctl(const Ask& ask);
Decision decide_seccomp(const Ask& ask);

// sys_namespace.cpp
Decision decide_unshare(const Ask& ask);
Decision decide_setns(const Ask& ask);
Decision decide_sethostname(const Ask& ask);
Decision decide_setdomainname(const Ask& ask);
Decision decide_uname(const Ask& ask);

// sys_mount.cpp, sys_umount.cpp, sys_pivot.cpp
Decision decide_mount(const Ask& ask);
Decision decide_umount2(const Ask& ask);
Decision decide_pivot_root(const Ask& ask);
Decision decide_chroot(const Ask& ask);
Decision decide_chdir(const Ask& ask);
Decision decide_fchdir(const Ask& ask);
Decision decide_getcwd(const Ask& ask);

// sys_open.cpp
/// The lowest free descriptor (open(2)).
Decision new_descriptor(const Ask& ask);
Decision decide_open(const Ask& ask);
Decision decide_openat(const Ask& ask);
Decision decide_creat(const Ask& ask);

// sys_read.cpp
Decision decide_read(const Ask& ask);
Decision decide_pread64(const Ask& ask);
Decision decide_recvfrom(const Ask& ask);
Decision decide_getdents64(const Ask& ask);

// sys_attributes.cpp
Decision decide_statfs(const Ask& ask);
Decision decide_utimensat(const Ask& ask);
Decision decide_sched_getaffinity(const Ask& ask);
Decision decide_sched_setaffinity(const Ask& ask);

// sys_poll.cpp
Decision decide_poll(const Ask& ask);

// sys_special.cpp, sys_epoll.cpp
Decision decide_eventfd2(const Ask& ask);
Decision decide_timerfd_create(const Ask& ask);
Decision decide_timerfd_settime(const Ask& ask);
Decision decide_timerfd_gettime(const Ask& ask);
Decision decide_epoll_create(const Ask& ask);
Decision decide_epoll_create1(const Ask& ask);
Decision decide_epoll_ctl(const Ask& ask);
Decision decide_epoll_wait(const Ask& ask);

// sys_write.cpp
Decision decide_write(const Ask& ask);
Decision decide_pwrite64(const Ask& ask);
Decision decide_writev(const Ask& ask);
Decision decide_sendto(const Ask& ask);
Decision decide_sendmsg(const Ask& ask);
Decision decide_recvmsg(const Ask& ask);
Decision decide_sendfile(const Ask& ask);
Decision decide_ftruncate(const Ask& ask);
Decision decide_truncate(const Ask& ask);

// sys_descriptor.cpp
Decision decide_close(const Ask& ask);
Decision decide_close_range(const Ask& ask);
Decision decide_dup(const Ask& ask);
Decision decide_dup2(const Ask& ask);
Decision decide_dup3(const Ask& ask);
Decision decide_pipe2(const Ask& ask);
Decision decide_lseek(const Ask& ask);
Decision decide_fcntl(const Ask& ask);
Decision decide_fsync(const Ask& ask);
Decision decide_ioctl(const Ask& ask);

// sys_stat.cpp
Decision decide_stat(const Ask& ask);
Decision decide_lstat(const Ask& ask);
Decision decide_fstat(const Ask& ask);
Decision decide_newfstatat(const Ask& ask);
Decision decide_statx(const Ask& ask);
Decision decide_access(const Ask& ask);
Decision decide_faccessat(const Ask& ask);
Decision decide_readlink(const Ask& ask);
Decision decide_readlinkat(const Ask& ask);

// sys_folder.cpp, sys_rename.cpp, sys_attributes.cpp
Decision decide_mkdir(const Ask& ask);
Decision decide_mkdirat(const Ask& ask);
Decision decide_mknod(const Ask& ask);
Decision decide_mknodat(const Ask& ask);
Decision decide_symlink(const Ask& ask);
Decision decide_symlinkat(const Ask& ask);
Decision decide_unlink(const Ask& ask);
Decision decide_unlinkat(const Ask& ask);
Decision decide_rmdir(const Ask& ask);
Decision decide_link(const Ask& ask);
Decision decide_linkat(const Ask& ask);
Decision decide_rename(const Ask& ask);
Decision decide_renameat(const Ask& ask);
Decision decide_renameat2(const Ask& ask);
Decision decide_chmod(const Ask& ask);
Decision decide_fchmod(const Ask& ask);
Decision decide_chown(const Ask& ask);
Decision decide_lchown(const Ask& ask);
Decision decide_fchown(const Ask& ask);
Decision decide_umask(const Ask& ask);

// sys_memory.cpp
Decision decide_brk(const Ask& ask);
Decision decide_mmap(const Ask& ask);
Decision decide_munmap(const Ask& ask);
Decision decide_mprotect(const Ask& ask);
Decision decide_arch_prctl(const Ask& ask);
Decision decide_set_tid_address(const Ask& ask);
Decision decide_prlimit64(const Ask& ask);
Decision decide_getrandom(const Ask& ask);
Decision decide_nothing(const Ask& ask);  ///< returns 0: set_robust_list, rseq, sync …

// sys_time.cpp
Decision decide_nanosleep(const Ask& ask);
Decision decide_clock_nanosleep(const Ask& ask);
Decision decide_clock_gettime(const Ask& ask);
Decision decide_times(const Ask& ask);
Decision decide_sysinfo(const Ask& ask);
Decision decide_futex(const Ask& ask);

// sys_socket.cpp
Decision decide_socket(const Ask& ask);
Decision decide_socketpair(const Ask& ask);
Decision decide_bind(const Ask& ask);
Decision decide_listen(const Ask& ask);
Decision decide_accept4(const Ask& ask);
Decision decide_connect(const Ask& ask);
Decision decide_shutdown(const Ask& ask);

// sys_inet.cpp
Decision decide_getsockname(const Ask& ask);
Decision decide_getpeername(const Ask& ask);
Decision decide_setsockopt(const Ask& ask);

}  // namespace cutaway::sim

// What the families of effects offer each other, and the functions of the table in effects.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/effects/call.h"

namespace cutaway {

inline constexpr std::size_t kCommMax = 15;  ///< TASK_COMM_LEN, without the zero
/// −1 of chown(2), setresuid(2), …: leave this id as it is.
inline constexpr std::uint32_t kUnchanged = 0xffffffff;

// --- fork.cpp, exec.cpp, exit.cpp, wait.cpp
void effect_clone(const Call& call);
void effect_clone3(const Call& call);
void effect_fork(const Call& call);
void effect_vfork(const Call& call);
void effect_execve(const Call& call);
void effect_execveat(const Call& call);
void effect_exit(const Call& call);
void effect_exit_group(const Call& call);
void effect_wait4(const Call& call);
void effect_waitid(const Call& call);

// --- signals.cpp
void effect_kill(const Call& call);
void effect_tkill(const Call& call);
void effect_tgkill(const Call& call);
void effect_rt_sigaction(const Call& call);
void effect_rt_sigprocmask(const Call& call);
void effect_pidfd_send_signal(const Call& call);

// --- namespaces.cpp, namespace_end.cpp
void effect_unshare(const Call& call);
void effect_setns(const Call& call);
void effect_sethostname(const Call& call);
void effect_setdomainname(const Call& call);
/// New namespaces of these kinds (CLONE_NEW…) for `subject`, which is in its parent's so far.
/// `children_only`: unshare(2): pid and time are for children to come.
void make_namespaces(TaskId subject, std::uint64_t flags, bool children_only, EffectSink& sink);
/// Ends what nothing uses any more: these, then those that they in turn kept alive.
void end_unused_namespaces(TaskId subject, std::vector<NsId> candidates, EffectSink& sink);
/// All namespaces that a task holds.
std::vector<NsId> namespaces_of(const Task& task);

// --- mount*.cpp, umount.cpp, pivot_root.cpp
void effect_mount(const Call& call);
void effect_umount2(const Call& call);
void effect_pivot_root(const Call& call);
/// Copies the mount tree of one namespace for another one, and moves the subject's root and cwd
/// over.
void copy_mount_namespace(TaskId subject, NsId from, NsId to, bool less_privileged,
                          EffectSink& sink);
/// Detaches mounts (parents first in `mounts`), the deepest first.
void detach_mounts(TaskId subject, const std::vector<MountId>& mounts, EffectSink& sink);

// --- place.cpp
void effect_chroot(const Call& call);
void effect_chdir(const Call& call);
void effect_fchdir(const Call& call);
void effect_umask(const Call& call);
void effect_sched_setaffinity(const Call& call);
void effect_setsid(const Call& call);
void effect_setpgid(const Call& call);
void effect_prctl(const Call& call);
void effect_ioctl(const Call& call);

// --- open.cpp, descriptors.cpp
void effect_open(const Call& call);
void effect_openat(const Call& call);
void effect_openat2(const Call& call);
void effect_creat(const Call& call);
void effect_close(const Call& call);
void effect_close_range(const Call& call);
void effect_dup(const Call& call);
void effect_dup2(const Call& call);
void effect_dup3(const Call& call);
void effect_fcntl(const Call& call);
void effect_pipe(const Call& call);
void effect_pipe2(const Call& call);
void effect_pidfd_open(const Call& call);
void effect_memfd_create(const Call& call);
void effect_epoll_create(const Call& call);
void effect_epoll_create1(const Call& call);
void effect_eventfd2(const Call& call);
void effect_inotify_init1(const Call& call);
void effect_signalfd4(const Call& call);
void effect_timerfd_create(const Call& call);
/// A new descriptor of the caller for `file`, whose id is given here.
FileId open_file(const Call& call, std::int32_t fd, OpenFile file, bool cloexec);

// --- io.cpp, virtual_write.cpp
void effect_read(const Call& call);
void effect_write(const Call& call);
void effect_pread64(const Call& call);
void effect_pwrite64(const Call& call);
void effect_sendto(const Call& call);
void effect_recvfrom(const Call& call);
void effect_sendmsg(const Call& call);
void effect_recvmsg(const Call& call);
void effect_sendfile(const Call& call);
void effect_getdents64(const Call& call);
void effect_lseek(const Call& call);
void effect_truncate(const Call& call);
void effect_ftruncate(const Call& call);
void effect_fallocate(const Call& call);
/// Bytes written into a file of proc or of a cgroup file system.
void write_virtual(const Call& call, const OpenFile& file, const std::string& text);
/// The content of a file is this now; pages of a tmpfs are charged.
void set_content(const Call& call, InodeId inode, BlobId content, std::int64_t size);

// --- names.cpp, attributes.cpp, copy_up.cpp
void effect_mkdir(const Call& call);
void effect_mkdirat(const Call& call);
void effect_mknod(const Call& call);
void effect_mknodat(const Call& call);
void effect_symlink(const Call& call);
void effect_symlinkat(const Call& call);
void effect_link(const Call& call);
void effect_linkat(const Call& call);
void effect_unlink(const Call& call);
void effect_unlinkat(const Call& call);
void effect_rmdir(const Call& call);
void effect_rename(const Call& call);
void effect_renameat(const Call& call);
void effect_chmod(const Call& call);
void effect_fchmod(const Call& call);
void effect_fchmodat(const Call& call);
void effect_chown(const Call& call);
void effect_lchown(const Call& call);
void effect_fchown(const Call& call);
void effect_fchownat(const Call& call);

/// A folder that can be written to: of an overlay that is the one in its upper layer, copied up
/// first if need be.
struct Folder {
  FilesystemId fs;
  InodeId inode;
};
Folder writable_folder(const Call& call, const Location& where);
/// The inode to change at a location: of an overlay the upper one, copied up first if need be
/// (overlayfs.rst).
InodeId writable_inode(const Call& call, const Location& where);
/// A new name in a folder; the inode's id, owner and mode are filled in here. Its id.
InodeId create_name(const Call& call, const Location& folder, const std::string& name, Inode inode);

// --- credentials.cpp
void effect_capset(const Call& call);
void effect_seccomp(const Call& call);
void effect_setuid(const Call& call);
void effect_setgid(const Call& call);
void effect_setreuid(const Call& call);
void effect_setregid(const Call& call);
void effect_setresuid(const Call& call);
void effect_setresgid(const Call& call);
void effect_setfsuid(const Call& call);
void effect_setfsgid(const Call& call);
void effect_setgroups(const Call& call);
/// New credentials, and dumpable lost as commit_creds does.
void commit_credentials(const Call& call, const Credentials& now);

// --- cgroups.cpp, memory.cpp
void effect_brk(const Call& call);
void effect_mmap(const Call& call);
void effect_munmap(const Call& call);
/// A counter of a cgroup and of all above it, the root left out, changes by `by`.
void count_usage(TaskId subject, CgroupId cgroup, std::string_view controller, std::int64_t by,
                 EffectSink& sink);
/// "memory", or "unified" on v2: how events name a cgroup's hierarchy.
std::string hierarchy_name(const World& world, const Cgroup& cgroup);
void cgroup_mkdir(const Call& call, const Location& folder, const std::string& name);
void cgroup_rmdir(const Call& call, const Location& folder);
void write_cgroup_file(const Call& call, const Cgroup& cgroup, const std::string& file,
                       const std::string& text);

// --- sockets.cpp
void effect_socket(const Call& call);
void effect_socketpair(const Call& call);
void effect_bind(const Call& call);
void effect_listen(const Call& call);
void effect_accept(const Call& call);
void effect_accept4(const Call& call);
void effect_connect(const Call& call);
void effect_shutdown(const Call& call);

}  // namespace cutaway

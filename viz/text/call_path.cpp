#include "viz/text/call_path.h"

#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/walk.h"
#include "viz/text/call_checks.h"
#include "viz/text/people.h"

namespace cutaway::viz {

namespace {

using abi::Errno;
using abi::Sys;

struct FamilyRow {
  CallFamily family;
  std::vector<Sys> calls;
};

const std::vector<FamilyRow>& families() {
  static const std::vector<FamilyRow> rows = {
      {CallFamily::Mount,
       {Sys::mount, Sys::umount2, Sys::pivot_root, Sys::chroot, Sys::open_tree, Sys::move_mount,
        Sys::fsopen, Sys::fsconfig, Sys::fsmount, Sys::fspick, Sys::mount_setattr}},
      {CallFamily::File,
       {Sys::open,       Sys::openat,     Sys::openat2,   Sys::creat,     Sys::stat,
        Sys::lstat,      Sys::newfstatat, Sys::statx,     Sys::access,    Sys::faccessat,
        Sys::faccessat2, Sys::mkdir,      Sys::mkdirat,   Sys::rmdir,     Sys::unlink,
        Sys::unlinkat,   Sys::rename,     Sys::renameat,  Sys::renameat2, Sys::link,
        Sys::linkat,     Sys::symlink,    Sys::symlinkat, Sys::readlink,  Sys::readlinkat,
        Sys::mknod,      Sys::mknodat,    Sys::chmod,     Sys::fchmodat,  Sys::chown,
        Sys::lchown,     Sys::fchownat,   Sys::truncate,  Sys::utimensat, Sys::chdir,
        Sys::execve,     Sys::execveat,   Sys::statfs,    Sys::getcwd}},
      {CallFamily::Fd,
       {Sys::read,     Sys::write,      Sys::readv,     Sys::writev,   Sys::pread64,
        Sys::pwrite64, Sys::close,      Sys::fchdir,    Sys::fstat,    Sys::fstatfs,
        Sys::lseek,    Sys::getdents64, Sys::ftruncate, Sys::fsync,    Sys::ioctl,
        Sys::fcntl,    Sys::fchmod,     Sys::fchown,    Sys::sendfile, Sys::copy_file_range}},
      {CallFamily::Net,
       {Sys::socket, Sys::bind, Sys::connect, Sys::listen, Sys::accept, Sys::accept4, Sys::sendto,
        Sys::recvfrom, Sys::sendmsg, Sys::recvmsg, Sys::shutdown, Sys::getsockname,
        Sys::getpeername, Sys::setsockopt, Sys::getsockopt, Sys::socketpair}},
      {CallFamily::Pid,
       {Sys::clone,   Sys::clone3, Sys::fork,       Sys::vfork,      Sys::kill,
        Sys::tkill,   Sys::tgkill, Sys::wait4,      Sys::waitid,     Sys::getpid,
        Sys::getppid, Sys::gettid, Sys::setsid,     Sys::setpgid,    Sys::getpgid,
        Sys::getsid,  Sys::exit,   Sys::exit_group, Sys::pidfd_open, Sys::pidfd_send_signal,
        Sys::unshare, Sys::setns}},
      {CallFamily::Uts, {Sys::sethostname, Sys::setdomainname, Sys::uname}},
      {CallFamily::User,
       {Sys::setuid, Sys::setgid, Sys::setreuid, Sys::setregid, Sys::setresuid, Sys::setresgid,
        Sys::setfsuid, Sys::setfsgid, Sys::setgroups, Sys::getgroups, Sys::capset, Sys::capget,
        Sys::getuid, Sys::geteuid, Sys::getgid, Sys::getegid, Sys::getresuid, Sys::getresgid}},
      {CallFamily::Memory,
       {Sys::brk, Sys::mmap, Sys::munmap, Sys::mprotect, Sys::mremap, Sys::madvise, Sys::mlock}},
      {CallFamily::Cpu, {Sys::sched_yield, Sys::sched_setaffinity, Sys::sched_getaffinity}},
  };
  return rows;
}

bool denied(Errno err) { return err == Errno::kEPERM || err == Errno::kEACCES; }

bool lies_on_disk(std::string_view fstype) {
  return fstype == "ext4" || fstype == "xfs" || fstype == "btrfs" || fstype == "overlay";
}

const Mount* mount_of(const World& world, const Location& where) {
  return world.mounts.find(where.mount);
}

struct WalkedPath {
  std::string path;
  Walk walk;
};

// Where the first path among the arguments leads.
std::optional<WalkedPath> walked_path(const World& world, const cutaway::Task& task,
                                      const Syscall& call) {
  const SyscallShape& shape = syscall_shape(call.sys);
  std::optional<Location> from;
  for (std::size_t i = 0; i < call.args.size() && i < shape.args.size(); ++i) {
    const Arg& arg = call.args[i];
    if (shape.args[i].kind == ArgKind::DirFd && arg.value >= 0) {
      const OpenFile* folder = file_of(world, task, arg.value);
      if (folder != nullptr) from = folder->where;
    }
    if (shape.args[i].kind != ArgKind::Path || arg.tag != ArgTag::Bytes) continue;
    const bool link_text = (call.sys == Sys::symlink || call.sys == Sys::symlinkat) && i == 0;
    if (link_text) continue;
    return WalkedPath{arg.text,
                      walk(world, task, arg.text, LastLink::Follow, from ? &*from : nullptr)};
  }
  return std::nullopt;
}

// … or the place in which its name was missing; without a path the working directory.
std::optional<Location> place_of_path(const World& world, const cutaway::Task& task,
                                      const Syscall& call) {
  if (const auto found = walked_path(world, task, call))
    return found->walk.err == Errno::kOk ? found->walk.where : found->walk.parent;
  const FsContext* fs = world.fs_contexts.find(task.fs);
  return fs == nullptr ? std::nullopt : std::optional<Location>(fs->cwd);
}

const Cgroup* cgroup_here(const World& world, const Filesystem& fs) {
  return world.cgroups.find(fs.cgroup);
}

// A file of the cgroup tree stands for a meter.
Column meter_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  const std::string_view file = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return starts_with(file, "cpu") ? Column::Cpu : Column::Memory;
}

void note_layer(const World& world, const Filesystem& fs, const Location& where, CallPath& path) {
  const auto held = overlay_find(world, fs, where.path);
  if (!held) return;
  path.top = held->upper;
  if (held->upper) return;
  path.layer = layer_holding(world, held->place);
}

CallPath path_to_file(const World& world, const std::optional<Location>& where) {
  CallPath path;
  const Mount* mount = where ? mount_of(world, *where) : nullptr;
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  path.column = Column::Mount;
  path.reach = Where::Table;
  if (fs == nullptr) return path;
  path.fstype = fs->type;
  if (fs->hierarchy && cgroup_here(world, *fs) != nullptr) {
    path.column = meter_of(where->path);
    path.reach = Where::Row;
    return path;
  }
  if (lies_on_disk(fs->type)) path.reach = Where::Hardware;
  if (fs->is("overlay")) note_layer(world, *fs, *where, path);
  return path;
}

CallPath path_to_socket(const World& world, const OpenFile* file) {
  CallPath path;
  path.column = Column::Net;
  path.reach = Where::Table;
  const Socket* socket = file == nullptr ? nullptr : world.sockets.find(file->socket);
  const bool far = socket != nullptr && socket->family != "AF_UNIX" && !socket->peer &&
                   !starts_with(socket->address, "127.");
  if (far && socket->state == SocketState::Connected) path.reach = Where::Hardware;
  return path;
}

const OpenFile* file_of_call(const World& world, const cutaway::Task& task, const Syscall& call) {
  const SyscallShape& shape = syscall_shape(call.sys);
  for (std::size_t i = 0; i < call.args.size() && i < shape.args.size(); ++i) {
    if (shape.args[i].kind == ArgKind::Fd) return file_of(world, task, call.args[i].value);
  }
  return nullptr;
}

CallPath path_by_fd(const World& world, const cutaway::Task& task, const Syscall& call) {
  const OpenFile* file = file_of_call(world, task, call);
  if (file == nullptr || call.sys == Sys::close) return {};
  switch (file->kind) {
    case FileKind::Inode:
    case FileKind::Virtual:
      return path_to_file(world, file->where);
    case FileKind::Socket:
      return path_to_socket(world, file);
    default:
      return {};
  }
}

CallPath path_in_table(Column column) {
  CallPath path;
  path.column = column;
  const bool meter = column == Column::Cpu || column == Column::Memory;
  path.reach = meter ? Where::Row : Where::Table;
  return path;
}

CallPath path_when_allowed(const World& world, const cutaway::Task& task, const Syscall& call) {
  switch (family_of(call.sys)) {
    case CallFamily::Mount:
      return path_in_table(Column::Mount);
    case CallFamily::File:
      return path_to_file(world, place_of_path(world, task, call));
    case CallFamily::Fd:
      return path_by_fd(world, task, call);
    case CallFamily::Net:
      return path_to_socket(world, file_of_call(world, task, call));
    case CallFamily::Pid:
      return path_in_table(Column::Pid);
    case CallFamily::Uts:
      return path_in_table(Column::Uts);
    case CallFamily::User:
      return path_in_table(Column::User);
    case CallFamily::Memory:
      return path_in_table(Column::Memory);
    case CallFamily::Cpu:
      return path_in_table(Column::Cpu);
    case CallFamily::None:
      break;
  }
  return {};
}

}  // namespace

CallFamily family_of(Sys sys) {
  for (const FamilyRow& row : families()) {
    for (const Sys call : row.calls) {
      if (call == sys) return row.family;
    }
  }
  return CallFamily::None;
}

namespace {

// Where a call that was refused was stopped: by the filter, by the check of rights, or by what it
// found when it was looked up.
Where stopped_at(const World& world, const cutaway::Task& task, const Happening& now,
                 const CallPath& path) {
  if (filter_check(world, task, now).answer != Errno::kOk) return Where::Gate;
  const auto right = right_check(world, task, *now.call);
  if (denied(now.call->err) && right && !right->held) return Where::Rights;
  // The owner and mode of a file are read where it was found.
  const bool found_first = family_of(now.call->sys) == CallFamily::File;
  if (denied(now.call->err) && !found_first) return Where::Row;
  return path.reach == Where::Hardware ? Where::Table : path.reach;
}

}  // namespace

std::string layer_holding(const World& world, const Place& place) {
  for (const auto& [digest, layer] : *world.layers) {
    if (!layer.path.empty() && is_below(place.path, layer.path)) return digest;
  }
  return {};
}

CallPath path_of_call(const World& world, const Happening& now) {
  const cutaway::Task* task = world.tasks.find(now.caller);
  if (task == nullptr || !now.call) return {};
  CallPath path = path_when_allowed(world, *task, *now.call);
  path.rights = right_check(world, *task, *now.call).has_value();
  if (!now.answered || now.call->err == Errno::kOk) return path;
  path.refused = true;
  path.reach = stopped_at(world, *task, now, path);
  if (path.reach == Where::Gate) path.rights = false;
  return path;
}

std::optional<AskedPath> path_of_arguments(const World& world, const cutaway::Task& task,
                                           const Syscall& call) {
  auto found = walked_path(world, task, call);
  if (!found || found->walk.err != Errno::kOk) return std::nullopt;
  return AskedPath{std::move(found->path), found->walk.where};
}

}  // namespace cutaway::viz

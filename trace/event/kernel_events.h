// What happens to namespaces, mounts, files, cgroups, network and channels.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/cgroup.h"
#include "trace/world/filesystem.h"
#include "trace/world/namespace.h"

namespace cutaway {

struct NsCreated {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;                  ///< the user namespace that owns it
  std::uint32_t inode = 0;     ///< the number that /proc/PID/ns shows
  FIELDS(type, id, owner, inode)
};
/// The stamp's task is in it now.
struct NsJoined {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  bool children_only = false;  ///< pid, time: the task stays where it is, its children to come will be in it
  FIELDS(type, id, owner, children_only)
};
struct NsLeft {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  FIELDS(type, id, owner)
};
struct NsDestroyed {
  NsKind type = NsKind::Mnt;
  NsId id;
  NsId owner;
  FIELDS(type, id, owner)
};
struct NsHostnameSet {
  NsId id;
  std::string hostname;
  std::string domainname;      ///< empty: as it was
  FIELDS(id, hostname, domainname)
};
/// A value under /proc/sys of this namespace ("net.ipv4.ip_forward"); of none: of the machine.
struct SysctlSet {
  NsId ns;
  std::string name, value;
  FIELDS(ns, name, value)
};
struct NsMapped {
  NsId id;
  std::vector<IdMapping> uid_map, gid_map;  ///< the maps as they are now
  bool setgroups_denied = false;
  FIELDS(id, uid_map, gid_map, setgroups_denied)
};

struct MountAttached {
  NsId ns;
  MountId id;
  MountId parent;              ///< none: the root of that namespace's tree
  std::string target;          ///< as seen from the namespace's root
  std::string at;              ///< where on the parent's file system
  std::string source, fstype;
  std::uint64_t flags = 0;     ///< MS_RDONLY, MS_NOSUID …: of this mount
  FilesystemId fs;
  std::string root;            ///< which folder of the file system is its root ("/" unless a bind)
  std::uint32_t peer_group = 0, master_group = 0;
  bool unbindable = false;
  bool locked = false;
  FIELDS(ns, id, parent, target, at, source, fstype, flags, fs, root, peer_group, master_group, unbindable, locked)
};
/// The mount hangs elsewhere now (MS_MOVE, pivot_root).
struct MountMoved {
  NsId ns;
  MountId id;
  MountId parent;
  std::string target, at;
  FIELDS(ns, id, parent, target, at)
};
struct MountRemounted {
  NsId ns;
  MountId id;
  std::string target;
  std::uint64_t flags = 0;
  bool superblock = false;     ///< without MS_BIND the file system itself changes, for everyone
  FIELDS(ns, id, target, flags, superblock)
};
struct MountDetached {
  NsId ns;
  MountId id;
  std::string target;
  FIELDS(ns, id, target)
};
struct MountPropagationSet {
  NsId ns;
  MountId id;
  std::uint32_t peer_group = 0, master_group = 0;
  bool unbindable = false;
  FIELDS(ns, id, peer_group, master_group, unbindable)
};
struct MountCopiedUp {
  FilesystemId fs;             ///< the overlay
  std::string path;
  FIELDS(fs, path)
};
/// A file system instance (superblock) came to be.
struct FilesystemMade {
  Filesystem filesystem;
  FIELDS(filesystem)
};

/// A descriptor of the stamp's task was opened on a new open file.
struct FileOpened {
  std::int32_t fd = 0;
  OpenFile file;
  bool cloexec = false;
  FIELDS(fd, file, cloexec)
};
struct FileClosed {
  std::int32_t fd = 0;
  FIELDS(fd)
};
/// `fd` now refers to the open file of `from` (dup, dup2, dup3, fcntl(F_DUPFD)).
struct FileDuplicated {
  std::int32_t fd = 0, from = 0;
  bool cloexec = false;
  FIELDS(fd, from, cloexec)
};
/// A descriptor for `file` came over a socket or by another task's hand.
struct FileReceived {
  std::int32_t fd = 0;
  FileId file;
  bool cloexec = false;
  FIELDS(fd, file, cloexec)
};
/// fcntl: FD_CLOEXEC of the descriptor, O_* of its open file, as they are now.
struct FileFlagsSet {
  std::int32_t fd = 0;
  bool cloexec = false;
  std::uint64_t flags = 0;
  FIELDS(fd, cloexec, flags)
};
struct TerminalMade {
  Terminal terminal;
  FIELDS(terminal)
};
struct PipeMade {
  PipeId id;
  std::string name;            ///< "pipe:[17]", or the path of a FIFO
  InodeId fifo;                ///< the FIFO in a file system; none for pipe(2)
  FIELDS(id, name, fifo)
};
/// A name appeared in a directory (open O_CREAT, mkdir, mknod, symlink, link). A new inode unless `linked`.
struct FileCreated {
  Inode inode;
  InodeId parent;
  std::string name;
  bool linked = false;
  FIELDS(inode, parent, name, linked)
};
struct FileRemoved {
  FilesystemId fs;
  InodeId parent;
  std::string name;
  FIELDS(fs, parent, name)
};
struct FileRenamed {
  FilesystemId fs;
  InodeId parent;
  std::string name;
  InodeId to_parent;
  std::string to_name;
  FIELDS(fs, parent, name, to_parent, to_name)
};
struct FileAttributesSet {
  InodeId inode;
  std::uint32_t mode = 0, uid = 0, gid = 0;
  FIELDS(inode, mode, uid, gid)
};
/// Content of a regular file as it is now.
struct FileContentSet {
  InodeId inode;
  BlobId content;
  std::int64_t size = 0;
  FIELDS(inode, content, size)
};
struct FileOffsetSet {
  FileId file;
  std::int64_t offset = 0;
  FIELDS(file, offset)
};

/// Bytes moved over a descriptor; with fd 0, 1, 2 the event's kind is `io`, else `file`.
struct BytesMoved {
  std::int32_t fd = 0;
  Direction dir = Direction::Out;
  std::int64_t bytes = 0;
  ChannelKind is = ChannelKind::File;
  FileId file;
  BlobId data;                 ///< their content
  std::string text;            ///< its first bytes, for readers of the trace
  std::int64_t at = -1;        ///< pread, pwrite: at this place, and the offset stays
  FIELDS(fd, dir, bytes, is, file, data, text, at)
};

struct CgroupCreated {
  CgroupId id;
  CgroupId parent;
  HierarchyId hierarchy;
  std::string path, controller;  ///< controller: of a v1 hierarchy ("memory"), "unified" on v2
  FIELDS(id, parent, hierarchy, path, controller)
};
struct CgroupLimited {
  CgroupId id;
  std::string path, controller, file;
  std::string value;           ///< as written: "33554432", "max 100000"
  FIELDS(id, path, controller, file, value)
};
/// The stamp's task belongs to this cgroup now.
struct CgroupAttached {
  CgroupId id;
  TaskId member;               ///< who was moved (the stamp's task wrote cgroup.procs)
  std::string path, controller;
  FIELDS(id, member, path, controller)
};
struct CgroupUsage {
  CgroupId id;
  std::string path, controller, file;
  std::int64_t value = 0;
  FIELDS(id, path, controller, file, value)
};
struct CgroupThrottled {
  CgroupId id;
  std::string path, controller;
  std::int64_t from = 0, to = 0;
  FIELDS(id, path, controller, from, to)
};
struct CgroupReclaimed {
  CgroupId id;
  std::string path, controller;
  std::int64_t pages = 0;
  FIELDS(id, path, controller, pages)
};
struct CgroupOom {
  CgroupId id;
  std::string path, controller;
  TaskId victim;
  FIELDS(id, path, controller, victim)
};
struct CgroupRefused {
  CgroupId id;
  std::string path, controller, why;
  FIELDS(id, path, controller, why)
};
struct CgroupRemoved {
  CgroupId id;
  std::string path, controller;
  FIELDS(id, path, controller)
};

struct NetLinkSet {
  NsId ns;
  Interface link;
  FIELDS(ns, link)
};
struct NetConnected {
  std::string from, to, why;
  FIELDS(from, to, why)
};
struct NetRefused {
  std::string from, to, why;
  FIELDS(from, to, why)
};
struct SocketMade {
  std::int32_t fd = 0;
  Socket socket;
  FIELDS(fd, socket)
};
/// bind, listen, connect, accept, shutdown: the socket as it is now.
struct SocketChanged {
  Socket socket;
  FIELDS(socket)
};

}  // namespace cutaway

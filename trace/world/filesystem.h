// File systems, inodes, mounts, open files, pipes and sockets.
//
// A place is a mount (or a file system) and a path within that file system: "/a/b", without "."
// ".." and without symbolic links. The real side knows no more than that, and an overlay needs no
// more.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/fields.h"
#include "base/shared_list.h"
#include "trace/ids.h"

namespace cutaway {

/// A folder within a file system.
struct Place {
  FilesystemId fs;
  std::string path = "/";
  /// Of an overlay's layer: what stood there when it was mounted; the kernel holds it, and looks no
  /// path up again (ovl_get_layers in fs/overlayfs/super.c). Follows from the World; none in one
  /// that was read.
  InodeId root;
  FIELDS(fs, path)
};

/// Where a path led: on which mount, where on its file system.
struct Location {
  MountId mount;
  std::string path = "/";
  FIELDS(mount, path)
  friend bool operator==(const Location& a, const Location& b) {
    return a.mount == b.mount && a.path == b.path;
  }
};

/// An instance of a file system (a superblock). proc, sysfs and cgroup file systems have no inodes
/// here: what they show is computed from the World (trace/world/virtual_fs.h).
struct Filesystem {
  FilesystemId id;
  std::string type;  ///< "ext4", "overlay", "tmpfs", "proc", "sysfs", "cgroup2", "cgroup",
                     ///< "devpts", "mqueue"
  std::string source;
  bool read_only = false;
  std::string options;       ///< as shown in mountinfo
  InodeId root;              ///< of those that have inodes
  std::vector<Place> lower;  ///< overlay: topmost first
  Place upper, work;         ///< overlay
  NsId ns;  ///< proc: its pid namespace; sysfs: net; mqueue: ipc; cgroup: cgroup namespace
  HierarchyId hierarchy;  ///< cgroup, cgroup2
  CgroupId cgroup;        ///< cgroup, cgroup2: what is its root as mounted
  NsId owner;             ///< the user namespace that it belongs to (s_user_ns); none: the initial
  /// Asked for each folder on a path: the lengths are compared first, as string's own == with a
  /// literal does not.
  bool is(std::string_view of_type) const { return type == of_type; }
  FIELDS(id, type, source, read_only, options, root, lower, upper, work, ns, hierarchy, cgroup,
         owner)
};

/// What a directory holds.
using Names = std::map<std::string, InodeId, std::less<>>;

/// A file of a file system that keeps files. `mode` holds type and permissions (inode(7)).
struct Inode {
  InodeId id;
  FilesystemId fs;
  std::uint32_t mode = 0;
  std::uint32_t uid = 0, gid = 0;
  std::uint32_t links = 1;
  std::int64_t size = 0;
  BlobId content;                      ///< regular files
  std::string target;                  ///< symbolic links
  std::uint32_t major = 0, minor = 0;  ///< devices; a char device 0:0 is an overlay's whiteout
  Names entries;                       ///< directories, without . and ..
  bool opaque = false;  ///< directory of an overlay's upper layer that hides those below
  std::string program;  ///< executables: the name of the program it holds ("busybox"); else empty
  CgroupId charged_to;  ///< tmpfs: the memory cgroup that pays for its pages
  FIELDS(id, fs, mode, uid, gid, links, size, content, target, major, minor, entries, opaque,
         program, charged_to)
};

struct Mount {
  MountId id;
  NsId ns;
  MountId parent;      ///< none: root of its namespace's tree
  std::string at;      ///< where on the parent's file system
  std::string target;  ///< the same as seen from the namespace's root, for people
  FilesystemId fs;
  std::string root = "/";  ///< which folder of the file system it shows
  std::string source;
  std::uint64_t flags = 0;         ///< MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_RELATIME …
  std::uint32_t peer_group = 0;    ///< shared: propagation goes both ways within a group
  std::uint32_t master_group = 0;  ///< slave of this group
  bool unbindable = false;
  bool locked = false;             ///< came from a more privileged mount namespace
  bool flags_locked = false;       ///< … with its flags
  std::uint64_t locked_flags = 0;  ///< those that it had then, and has to keep
  InodeId removed;                 ///< what it shows has no name any more, and is this
  FIELDS(id, ns, parent, at, target, fs, root, source, flags, peer_group, master_group, unbindable,
         locked, flags_locked, locked_flags, removed)
};

enum class FileKind : std::uint8_t {
  Inode,
  Virtual,
  PipeRead,
  PipeWrite,
  Socket,
  Terminal,
  Namespace,
  Null,
  Other,
  TerminalMaster
};
enum class ChannelKind : std::uint8_t { Pipe, Pty, File, Socket, Null };
enum class Direction : std::uint8_t { In, Out };

/// An open file description (open(2)). Descriptors of one or more tasks refer to it.
struct OpenFile {
  FileId id;
  FileKind kind = FileKind::Inode;
  Location where;  ///< Inode, Virtual: what was opened
  InodeId inode;   ///< Inode: the file itself (of the layer that holds it)
  std::int64_t offset = 0;
  std::uint64_t flags = 0;  ///< O_*
  PipeId pipe;
  SocketId socket;
  TerminalId terminal;
  std::int32_t channel = 0;  ///< Terminal that only captures: 1 = stdout, 2 = stderr
  NsId ns;
  TaskId task;                  ///< /proc/PID files: whose
  BlobId content;               ///< Virtual: what it said when it was opened
  std::int32_t references = 0;  ///< descriptors that refer to it
  std::string is;               ///< as /proc/PID/fd shows it: "pipe:[17]", "/etc/passwd"
  FIELDS(id, kind, where, inode, offset, flags, pipe, socket, terminal, channel, ns, task, content,
         references, is)
};

struct FdEntry {
  FileId file;
  bool cloexec = false;
  FIELDS(file, cloexec)
};
/// The descriptors of a task, shared by those that were cloned with CLONE_FILES.
struct FdTable {
  FdTableId id;
  std::map<std::int32_t, FdEntry> fds;
  std::int32_t users = 1;
  FIELDS(id, fds, users)
};

/// A run of bytes out of a blob.
struct Segment {
  BlobId data;
  std::int64_t from = 0, length = 0;
  FIELDS(data, from, length)
};

struct Pipe {
  PipeId id;
  std::string name;
  std::vector<Segment> segments;  ///< what was written and not yet read
  std::int64_t bytes = 0;
  std::int64_t capacity = 65536;
  std::int32_t readers = 0, writers = 0;  ///< open file descriptions (or sockets) of each end
  InodeId fifo;                           ///< the FIFO in a file system; none for pipe(2)
  std::vector<FileId> files;  ///< of a socket: open files on their way (unix(7), SCM_RIGHTS)
  FIELDS(id, name, segments, bytes, capacity, readers, writers, fifo, files)
};

enum class SocketState : std::uint8_t { Unbound, Bound, Listening, Connected, Closed };

/// A message that waits in a socket whose messages stay apart (udp(7), raw(7)).
struct Datagram {
  std::string from;  ///< "172.17.0.3:40000"
  BlobId data;
  std::int64_t bytes = 0;  ///< −1: no message, but that the other end was closed (ECONNRESET)
  FIELDS(from, data, bytes)
};

/// A socket of one of the address families; bytes for it wait in `incoming`, messages in
/// `datagrams`.
struct Socket {
  SocketId id;
  std::string family, type;  ///< "AF_UNIX", "SOCK_STREAM"
  SocketState state = SocketState::Unbound;
  std::string address;
  SocketId peer;
  NsId ns;                        ///< net namespace
  std::vector<SocketId> backlog;  ///< listening: connected ends not yet accepted
  PipeId incoming, outgoing;
  InodeId bound;             ///< AF_UNIX with a path: the file that bind made
  std::string peer_address;  ///< AF_INET, connected: "172.17.0.2:80"
  bool accepted = false;     ///< AF_INET: the listener's end of its connection
  std::vector<Datagram> datagrams;
  FIELDS(id, family, type, state, address, peer, ns, backlog, incoming, outgoing, bound,
         peer_address, accepted, datagrams)
};

/// Bytes that reached a terminal. `channel` is 1 or 2 where stdout and stderr are told apart, else
/// 0.
struct TerminalRun {
  Segment segment;
  std::int32_t channel = 0;
  FIELDS(segment, channel)
};
/// What the line discipline does with bytes (termios(3)): the words of struct termios that matter.
struct TerminalMode {
  std::uint32_t input = 0, output = 0, local = 0;
  FIELDS(input, output, local)
};
/// Where commands are typed and their output is seen: a pty, or (not `tty`) a capture of stdout and
/// stderr. While `disciplined`, events tell what the line discipline makes of the bytes: `editing`
/// is typed and not yet a line, each segment of `input` is a line (an empty one: end of file), and
/// `output` is what its master gets to read. Else bytes pass as they are: nobody saw more.
struct Terminal {
  TerminalId id;
  std::string name;  ///< "/dev/pts/0"
  bool tty = true;
  SharedList<TerminalRun> output;
  PipeId input;
  std::int32_t columns = 80, rows = 24;
  FilesystemId devpts;  ///< the instance of devpts that shows it; none: the host's
  bool disciplined = false;
  TerminalMode mode;
  std::string editing;
  TaskId session,
      foreground;  ///< leaders of the session that it controls, and of the group in front
  FIELDS(id, name, tty, output, input, columns, rows, devpts, disciplined, mode, editing, session,
         foreground)
};

}  // namespace cutaway

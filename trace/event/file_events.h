// What happens to descriptors, files, pipes and terminals, and the bytes that move through them.
#pragma once

#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"

namespace cutaway {

/// A value under /proc/sys of this namespace ("net.ipv4.ip_forward"); of none: of the machine.
struct SysctlSet {
  NsId ns;
  std::string name, value;
  FIELDS(ns, name, value)
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
/// From now on the events tell what its line discipline does, which works like this.
struct TerminalModeSet {
  TerminalId terminal;
  TerminalMode mode;
  FIELDS(terminal, mode)
};
struct TerminalSized {
  TerminalId terminal;
  std::int32_t rows = 0, columns = 0;
  FIELDS(terminal, rows, columns)
};
/// Whose keyboard it is: the session that it controls, and the group that gets its signals.
struct TerminalForegroundSet {
  TerminalId terminal;
  TaskId session, group;
  FIELDS(terminal, session, group)
};
/// What the line discipline made of typed bytes: `editing` is not yet a line; `bytes` of `data` can
/// be read now; or with `end` a read finds the end of the file.
struct TerminalTyped {
  TerminalId terminal;
  std::string editing;
  BlobId data;
  std::int64_t bytes = 0;
  bool end = false;
  FIELDS(terminal, editing, data, bytes, end)
};
/// That end was read.
struct TerminalEndRead {
  TerminalId terminal;
  FIELDS(terminal)
};
/// Bytes that came out of the line discipline: a program's output, or the echo of what was typed.
struct TerminalShown {
  TerminalId terminal;
  BlobId data;
  std::int64_t bytes = 0;
  bool echo = false;
  FIELDS(terminal, data, bytes, echo)
};
/// An open file goes along with bytes that were sent (unix(7), SCM_RIGHTS); it has arrived.
struct FileSent {
  PipeId pipe;
  FileId file;
  FIELDS(pipe, file)
};
struct FileArrived {
  PipeId pipe;
  FileId file;
  FIELDS(pipe, file)
};
struct PipeMade {
  PipeId id;
  std::string name;  ///< "pipe:[17]", or the path of a FIFO
  InodeId fifo;      ///< the FIFO in a file system; none for pipe(2)
  FIELDS(id, name, fifo)
};

/// A name appeared in a directory (open O_CREAT, mkdir, mknod, symlink, link). A new inode unless
/// `linked`.
struct FileCreated {
  Inode inode;
  InodeId parent;
  std::string name;
  bool linked = false;
  FIELDS(inode, parent, name, linked)
};
/// A name that was there before anybody looked: what is under it enters the World when a task first
/// touches it (real side). An inode known already has one name more.
struct FileFound {
  Inode inode;
  InodeId parent;
  std::string name;
  FIELDS(inode, parent, name)
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
  BlobId data;           ///< their content
  std::string text;      ///< its first bytes, for readers of the trace
  std::int64_t at = -1;  ///< pread, pwrite: at this place, and the offset stays
  FIELDS(fd, dir, bytes, is, file, data, text, at)
};

}  // namespace cutaway

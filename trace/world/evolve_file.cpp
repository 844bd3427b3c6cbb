// Descriptors, open files, pipes and terminals: open(2), dup(2), pipe(7), read(2), write(2),
// pty(7).
#include <optional>
#include <utility>
#include <vector>

#include "trace/world/evolve_parts.h"
#include "trace/world/references.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

const FdTable* table_of(const World& world, const Stamp& stamp) {
  const Task* task = world.tasks.find(stamp.task);
  return task == nullptr ? nullptr : world.fd_tables.find(task->fds);
}

/// The descriptor refers to `file`, which has been counted; what it was before is closed.
void install(World& world, const Stamp& stamp, std::int32_t fd, FdEntry entry) {
  const FdTable* table = table_of(world, stamp);
  if (table == nullptr) {
    drop_file(world, entry.file);
    return;
  }
  FileId replaced;
  std::map<std::int32_t, FdEntry>& fds = world.fd_tables.mutate(table->id).fds;
  const auto old = fds.find(fd);
  if (old != fds.end()) replaced = old->second.file;
  fds[fd] = entry;
  if (replaced) drop_file(world, replaced);
}

void move_offset(World& world, const OpenFile& file, const BytesMoved& body) {
  if (body.at >= 0) return;
  const Inode* inode = world.inodes.find(file.inode);
  const bool appends =
      body.dir == Direction::Out && (file.flags & abi::o::kAppend) != 0 && inode != nullptr;
  world.files.mutate(file.id).offset = appends ? inode->size : file.offset + body.bytes;
}

FileId moved_file(const World& world, const Stamp& stamp, const BytesMoved& body) {
  if (body.file) return body.file;
  const FdTable* table = table_of(world, stamp);
  if (table == nullptr) return FileId{};
  const auto entry = table->fds.find(body.fd);
  return entry == table->fds.end() ? FileId{} : entry->second.file;
}

}  // namespace

void evolve_body(World& world, const Stamp& stamp, const FileOpened& body) {
  note_id(world.counters.file, body.file.id);
  if (!body.file.id || table_of(world, stamp) == nullptr || world.files.contains(body.file.id))
    return;
  OpenFile file = body.file;
  file.references = 1;
  open_pipe_ends(world, file);
  world.files.put(body.file.id, std::move(file));
  install(world, stamp, body.fd, FdEntry{body.file.id, body.cloexec});
}

/// FileCreated made the copy. Whoever has the file of a lower layer open, has the copy open now
/// (ovl_real_fdget in fs/overlayfs/file.c).
void evolve_body(World& world, const Stamp&, const MountCopiedUp& body) {
  const Filesystem* overlay = world.filesystems.find(body.fs);
  if (overlay == nullptr) return;
  Filesystem below = *overlay;
  below.upper = Place{};
  const auto copy = overlay_find(world, *overlay, body.path);
  const auto original = overlay_find(world, below, body.path);
  if (!copy || !copy->upper || !original) return;
  std::vector<FileId> turning;
  world.files.each([&](const OpenFile& file) {
    const Mount* mount = world.mounts.find(file.where.mount);
    const bool here = mount != nullptr && mount->fs == body.fs && file.where.path == body.path;
    if (here && file.inode == original->inode) turning.push_back(file.id);
  });
  for (const FileId id : turning) world.files.mutate(id).inode = copy->inode;
}

void evolve_body(World& world, const Stamp& stamp, const FileClosed& body) {
  const FdTable* table = table_of(world, stamp);
  if (table == nullptr) return;
  const auto entry = table->fds.find(body.fd);
  if (entry == table->fds.end()) return;
  const FileId file = entry->second.file;
  world.fd_tables.mutate(table->id).fds.erase(body.fd);
  drop_file(world, file);
}

void evolve_body(World& world, const Stamp& stamp, const FileDuplicated& body) {
  const FdTable* table = table_of(world, stamp);
  if (table == nullptr) return;
  const auto from = table->fds.find(body.from);
  if (from == table->fds.end()) return;
  const FileId file = from->second.file;
  take_file(world, file);
  install(world, stamp, body.fd, FdEntry{file, body.cloexec});
}

void evolve_body(World& world, const Stamp& stamp, const FileReceived& body) {
  if (!world.files.contains(body.file)) return;
  take_file(world, body.file);
  install(world, stamp, body.fd, FdEntry{body.file, body.cloexec});
}

void evolve_body(World& world, const Stamp& stamp, const FileFlagsSet& body) {
  const FdTable* table = table_of(world, stamp);
  if (table == nullptr) return;
  const auto entry = table->fds.find(body.fd);
  if (entry == table->fds.end()) return;
  const FileId file = entry->second.file;
  world.fd_tables.mutate(table->id).fds[body.fd].cloexec = body.cloexec;
  if (world.files.contains(file)) world.files.mutate(file).flags = body.flags;
}

void evolve_body(World& world, const Stamp&, const FileOffsetSet& body) {
  if (world.files.contains(body.file)) world.files.mutate(body.file).offset = body.offset;
}

void evolve_body(World& world, const Stamp&, const TerminalMade& body) {
  note_id(world.counters.terminal, body.terminal.id);
  if (!body.terminal.id) return;
  const PipeId input = body.terminal.input;
  note_id(world.counters.pipe, input);
  if (input && !world.pipes.contains(input)) {
    Pipe pipe;
    pipe.id = input;
    pipe.name = body.terminal.name;
    world.pipes.put(input, std::move(pipe));
  }
  world.terminals.put(body.terminal.id, body.terminal);
}

void evolve_body(World& world, const Stamp&, const PipeMade& body) {
  note_id(world.counters.pipe, body.id);
  if (!body.id || world.pipes.contains(body.id)) return;
  Pipe pipe;
  pipe.id = body.id;
  pipe.name = body.name;
  pipe.fifo = body.fifo;
  world.pipes.put(body.id, std::move(pipe));
}

void evolve_body(World& world, const Stamp& stamp, const BytesMoved& body) {
  const OpenFile* found = world.files.find(moved_file(world, stamp, body));
  if (found == nullptr || body.bytes <= 0) return;
  const OpenFile file = *found;
  const Segment segment{body.data, 0, body.bytes};
  const bool out = body.dir == Direction::Out;
  switch (file.kind) {
    case FileKind::PipeRead:
    case FileKind::PipeWrite:
      if (out)
        fill_pipe(world, file.pipe, segment);
      else
        drain_pipe(world, file.pipe, body.bytes);
      break;
    case FileKind::Socket: {
      const Socket* socket = world.sockets.find(file.socket);
      if (socket != nullptr && out) fill_pipe(world, socket->outgoing, segment);
      if (socket != nullptr && !out) drain_pipe(world, socket->incoming, body.bytes);
      break;
    }
    case FileKind::Terminal:
    case FileKind::TerminalMaster:
      move_terminal_bytes(world, file, body);
      break;
    case FileKind::Inode:
    case FileKind::Virtual:
      move_offset(world, file, body);
      break;
    case FileKind::Namespace:
    case FileKind::Null:
    case FileKind::Other:
      break;
  }
}

}  // namespace cutaway

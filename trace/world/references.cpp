#include "trace/world/references.h"

#include <utility>
#include <vector>

#include "trace/world/cut_off.h"
#include "trace/world/mount_tree.h"
#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

bool mount_in_use(World& world, MountId id) {
  if (!index_mounts(world).children(id).empty()) return true;
  const auto here = [id](const FsContext& fs) { return fs.root.mount == id || fs.cwd.mount == id; };
  const auto open = [id](const OpenFile& file) { return file.where.mount == id; };
  return runs_from(world, id) || world.fs_contexts.first(here) != nullptr ||
         world.files.first(open) != nullptr;
}

/// Takes a directory tree out of the table; of what several names share, one name less.
void erase_tree(World& world, InodeId root) {
  const Inode* inode = world.inodes.find(root);
  if (inode == nullptr) return;
  for (const auto& entry : inode->entries) {
    const Inode* child = world.inodes.find(entry.second);
    if (child == nullptr) continue;
    if (!child->entries.empty()) erase_tree(world, child->id);
  }
  std::vector<InodeId> gone;
  for (const auto& entry : inode->entries) gone.push_back(entry.second);
  for (const InodeId id : gone) world.inodes.erase(id);
  world.inodes.erase(root);
}

bool layer_of_an_overlay(const World& world, FilesystemId id) {
  return world.filesystems.first([id](const Filesystem& fs) {
    if (fs.upper.fs == id) return true;
    for (const Place& lower : fs.lower) {
      if (lower.fs == id) return true;
    }
    return false;
  }) != nullptr;
}

/// The superblock goes with its last mount (mount_namespaces(7)); what a tmpfs held is lost.
void drop_filesystem_if_unused(World& world, FilesystemId id) {
  const Filesystem* fs = world.filesystems.find(id);
  if (fs == nullptr || !index_mounts(world).of_filesystem(id).empty()) return;
  // A disk keeps its files, mounted or not.
  if (!fs->is("tmpfs") && fs->root) return;
  if (layer_of_an_overlay(world, id)) return;
  std::vector<FilesystemId> layers;
  for (const Place& lower : fs->lower) layers.push_back(lower.fs);
  if (fs->upper.fs) layers.push_back(fs->upper.fs);
  erase_tree(world, fs->root);
  world.filesystems.erase(id);
  for (const FilesystemId layer : layers) drop_filesystem_if_unused(world, layer);
}

void close_file(World& world, const OpenFile& file) {
  if (file.kind == FileKind::PipeRead || file.kind == FileKind::PipeWrite) {
    const bool both = (file.flags & abi::o::kAccmode) == abi::o::kRdwr;
    const bool reads = file.kind == FileKind::PipeRead || both,
               writes = file.kind == FileKind::PipeWrite || both;
    count_pipe_ends(world, file.pipe, reads ? -1 : 0, writes ? -1 : 0);
  }
  if (file.kind == FileKind::Socket && world.files.first([&file](const OpenFile& other) {
        return other.socket == file.socket;
      }) == nullptr) {
    close_socket(world, file.socket);
  }
  if (file.where.mount) drop_mount_if_unused(world, file.where.mount);
  if (file.inode) drop_inode_if_unused(world, file.inode);
}

}  // namespace

void open_pipe_ends(World& world, const OpenFile& file) {
  if (file.kind != FileKind::PipeRead && file.kind != FileKind::PipeWrite) return;
  const bool both = (file.flags & abi::o::kAccmode) == abi::o::kRdwr;
  const bool reads = file.kind == FileKind::PipeRead || both,
             writes = file.kind == FileKind::PipeWrite || both;
  count_pipe_ends(world, file.pipe, reads ? 1 : 0, writes ? 1 : 0);
}

void take_file(World& world, FileId file) {
  if (world.files.contains(file)) ++world.files.mutate(file).references;
}

void drop_file(World& world, FileId id) {
  if (!world.files.contains(id)) return;
  if (--world.files.mutate(id).references > 0) return;
  const OpenFile gone = world.files.at(id);
  world.files.erase(id);
  close_file(world, gone);
}

void drop_fd_table(World& world, FdTableId id) {
  if (!world.fd_tables.contains(id)) return;
  if (--world.fd_tables.mutate(id).users > 0) return;
  const std::map<std::int32_t, FdEntry> fds = world.fd_tables.at(id).fds;
  world.fd_tables.erase(id);
  for (const auto& entry : fds) drop_file(world, entry.second.file);
}

void drop_fs_context(World& world, FsContextId id) {
  if (!world.fs_contexts.contains(id)) return;
  if (--world.fs_contexts.mutate(id).users > 0) return;
  const FsContext gone = world.fs_contexts.at(id);
  world.fs_contexts.erase(id);
  drop_mount_if_unused(world, gone.root.mount);
  drop_mount_if_unused(world, gone.cwd.mount);
}

void drop_address_space(World& world, AddressSpaceId id) {
  if (!world.address_spaces.contains(id)) return;
  if (--world.address_spaces.mutate(id).users <= 0) world.address_spaces.erase(id);
}

void drop_sighand(World& world, SighandId id) {
  if (!world.sighands.contains(id)) return;
  if (--world.sighands.mutate(id).users <= 0) world.sighands.erase(id);
}

void drop_unused_leaders(World& world) {
  std::vector<TaskId> unused;
  world.gone_leaders.each([&](const GoneLeader& gone) {
    if (!leads_others(world, gone.id)) unused.push_back(gone.id);
  });
  for (const TaskId id : unused) world.gone_leaders.erase(id);
}

FdTableId copy_fd_table(World& world, FdTableId from) {
  FdTable copy;
  if (const FdTable* table = world.fd_tables.find(from)) copy.fds = table->fds;
  copy.id = FdTableId{++world.counters.fd_table};
  for (const auto& entry : copy.fds) take_file(world, entry.second.file);
  const FdTableId id = copy.id;
  world.fd_tables.put(id, std::move(copy));
  return id;
}

FsContextId copy_fs_context(World& world, FsContextId from) {
  FsContext copy;
  if (const FsContext* fs = world.fs_contexts.find(from)) copy = *fs;
  copy.id = FsContextId{++world.counters.fs_context};
  copy.users = 1;
  const FsContextId id = copy.id;
  world.fs_contexts.put(id, std::move(copy));
  return id;
}

SighandId copy_sighand(World& world, SighandId from) {
  SignalHandlers copy;
  if (const SignalHandlers* handlers = world.sighands.find(from)) copy.actions = handlers->actions;
  copy.id = SighandId{++world.counters.sighand};
  const SighandId id = copy.id;
  world.sighands.put(id, std::move(copy));
  return id;
}

AddressSpaceId new_address_space(World& world) {
  AddressSpace space;
  space.id = AddressSpaceId{++world.counters.address_space};
  world.address_spaces.put(space.id, space);
  return space.id;
}

void count_pipe_ends(World& world, PipeId id, std::int32_t readers, std::int32_t writers) {
  if (!world.pipes.contains(id)) return;
  Pipe& pipe = world.pipes.mutate(id);
  pipe.readers += readers;
  pipe.writers += writers;
  if (pipe.readers > 0 || pipe.writers > 0 || readers + writers >= 0) return;
  const std::vector<FileId> lost = pipe.files;  // sent, and never received
  world.pipes.erase(id);
  for (const FileId file : lost) drop_file(world, file);
}

void hold_socket_pipes(World& world, const Socket& socket, std::int32_t by) {
  if (socket.incoming) count_pipe_ends(world, socket.incoming, by, 0);
  if (socket.outgoing) count_pipe_ends(world, socket.outgoing, 0, by);
}

namespace {

void cut_off(Socket& socket) {
  if (!is_cut_off(socket))
    socket.datagrams.insert(socket.datagrams.begin(), Datagram{"", BlobId{}, -1});
}

/// A connection that nobody accepted before the listener was closed: an error for whoever made it
/// (`embrion` of unix_release_sock in net/unix/af_unix.c).
void refuse_waiting(World& world, SocketId waiting) {
  const Socket* end = world.sockets.find(waiting);
  const SocketId client = end == nullptr ? SocketId{} : end->peer;
  const bool is_unix = end != nullptr && end->family == "AF_UNIX";
  close_socket(world, waiting);
  if (is_unix && world.sockets.contains(client)) cut_off(world.sockets.mutate(client));
}

}  // namespace

void close_socket(World& world, SocketId id) {
  const Socket* found = world.sockets.find(id);
  if (found == nullptr) return;
  const Socket gone = *found;
  world.sockets.erase(id);
  hold_socket_pipes(world, gone, -1);
  if (world.sockets.contains(gone.peer) && world.sockets.at(gone.peer).peer == id) {
    Socket& peer = world.sockets.mutate(gone.peer);
    peer.peer = SocketId{};
    // What was not read is the peer's error (unix_release_sock): it stands before all messages.
    // One empty message in front of the others does not count (it might be a byte out of band).
    const bool empty_first = !gone.datagrams.empty() && gone.datagrams.front().bytes == 0;
    const bool unread = gone.datagrams.size() > (empty_first ? 1U : 0U);
    if (unread && gone.type == "SOCK_SEQPACKET") cut_off(peer);
  }
  for (const SocketId waiting : gone.backlog) refuse_waiting(world, waiting);
}

void drop_mount_if_unused(World& world, MountId id) {
  const Mount* mount = world.mounts.find(id);
  if (mount == nullptr || mount->ns || mount_in_use(world, id)) return;
  const Mount gone = *mount;
  erase_mount(world, id);
  drop_inode_if_unused(world, gone.removed);
  drop_filesystem_if_unused(world, gone.fs);
  if (gone.parent) drop_mount_if_unused(world, gone.parent);
}

void drop_inode_if_unused(World& world, InodeId id) {
  const Inode* inode = world.inodes.find(id);
  if (inode == nullptr || inode->links > 0) return;
  if (world.files.first([id](const OpenFile& file) { return file.inode == id; }) != nullptr) return;
  if (world.mounts.first([id](const Mount& mount) { return mount.removed == id; }) != nullptr)
    return;
  world.inodes.erase(id);
}

}  // namespace cutaway

// Who still refers to what: the counts that the kernel keeps in files, tables, pipes, mounts and
// inodes, kept here in the same way. Only evolve uses this; it removes what nobody refers to any
// more.
#pragma once

#include "trace/world/world.h"

namespace cutaway {

/// A descriptor more, a descriptor less; the last one closes the open file (close(2)).
void take_file(World& world, FileId file);
void drop_file(World& world, FileId file);
/// An open file came to be, or is gone: the ends of its pipe are counted.
void open_pipe_ends(World& world, const OpenFile& file);

void drop_fd_table(World& world, FdTableId id);
void drop_fs_context(World& world, FsContextId id);
void drop_address_space(World& world, AddressSpaceId id);
void drop_sighand(World& world, SighandId id);
/// The numbers of gone leaders by which no group and no session is called any more.
void drop_unused_leaders(World& world);

/// A copy with one user; the one copied loses none. Its id is the next one.
FdTableId copy_fd_table(World& world, FdTableId from);
FsContextId copy_fs_context(World& world, FsContextId from);
SighandId copy_sighand(World& world, SighandId from);
AddressSpaceId new_address_space(World& world);

/// One end of a pipe less (−1) or more (+1).
void count_pipe_ends(World& world, PipeId id, std::int32_t readers, std::int32_t writers);
/// A socket's pipes are counted as ends that it holds.
void hold_socket_pipes(World& world, const Socket& socket, std::int32_t by);
void close_socket(World& world, SocketId id);

/// A detached mount lives on while a root, a working directory or an open file is on it
/// (umount2(2), MNT_DETACH).
void drop_mount_if_unused(World& world, MountId id);
/// An inode without a name lives on while it is open (unlink(2)), or a mount shows it.
void drop_inode_if_unused(World& world, InodeId id);

}  // namespace cutaway

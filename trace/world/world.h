// The World: what is, at one position of a trace. A value; copying it is O(1).
// `evolve` is the only code that changes one, and it reads events only.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/table.h"
#include "trace/event/header.h"
#include "trace/ids.h"
#include "trace/world/cgroup.h"
#include "trace/world/engine.h"
#include "trace/world/filesystem.h"
#include "trace/world/mount_index.h"
#include "trace/world/namespace.h"
#include "trace/world/task.h"
#include "trace/world/task_index.h"

namespace cutaway {

struct Event;

/// The last id of each kind; the next one is handed out by whoever makes the event (new_id.h) and
/// noted by evolve.
struct Counters {
  std::uint32_t task = 0, ns = 0, mount = 0, filesystem = 0, inode = 0, file = 0, fd_table = 0,
                fs_context = 0, address_space = 0, sighand = 0, pipe = 0, socket = 0, terminal = 0,
                hierarchy = 0, cgroup = 0, container = 0, request = 0, peer_group = 0,
                ns_inode = 4026531834U;
  FIELDS(task, ns, mount, filesystem, inode, file, fd_table, fs_context, address_space, sighand,
         pipe, socket, terminal, hierarchy, cgroup, container, request, peer_group, ns_inode)
};

class World {
 public:
  // In world.cpp, and not in every file that holds a World.
  World();
  World(const World& other);
  World(World&& other) noexcept;
  World& operator=(const World& other);
  World& operator=(World&& other) noexcept;
  ~World();

  std::int64_t now = 0;  ///< time of the last event
  Machine machine;
  Counters counters;
  Table<TaskId, Task> tasks;
  Table<TaskId, GoneLeader> gone_leaders;
  Table<NsId, Namespace> namespaces;
  Table<MountId, Mount> mounts;
  Table<FilesystemId, Filesystem> filesystems;
  Table<InodeId, Inode> inodes;
  Table<FileId, OpenFile> files;
  Table<FdTableId, FdTable> fd_tables;
  Table<FsContextId, FsContext> fs_contexts;
  Table<AddressSpaceId, AddressSpace> address_spaces;
  Table<SighandId, SignalHandlers> sighands;
  Table<PipeId, Pipe> pipes;
  Table<SocketId, Socket> sockets;
  Table<TerminalId, Terminal> terminals;
  Table<HierarchyId, Hierarchy> hierarchies;
  Table<CgroupId, Cgroup> cgroups;
  Table<ContainerId, Container> containers;
  Cow<std::map<std::string, Image>> images;  ///< by name ("busybox:latest")
  Cow<std::map<std::string, Layer>> layers;  ///< by digest
  Cow<EngineState> engine;
  std::map<std::string, std::string>
      sysctls;  ///< values under /proc/sys that belong to no namespace, as written

  /// Where the mounts lie: follows from them (mount_tree.h keeps it), and is no field of its own.
  MountIndex mount_index;
  /// Who belongs to whom: follows from the tasks (task_tree.h keeps it).
  TaskIndex task_index;

  FIELDS(now, machine, counters, tasks, gone_leaders, namespaces, mounts, filesystems, inodes,
         files, fd_tables, fs_contexts, address_spaces, sighands, pipes, sockets, terminals,
         hierarchies, cgroups, containers, images, layers, engine, sysctls)
};

/// Applies one event. A `syscall` changes nothing but its task's "in call" state.
void evolve(World& world, const Event& event);

/// Equal as values (every field of every object).
bool operator==(const World& a, const World& b);
inline bool operator!=(const World& a, const World& b) { return !(a == b); }

}  // namespace cutaway

#include "trace/world/invariants.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

using Broken = std::vector<std::string>;

template <class IdType>
std::string named(const char* kind, IdType id) {
  return std::string(kind) + " " + decimal(id.value);
}

void expect(Broken& broken, bool holds, const std::string& sentence) {
  if (!holds) broken.push_back(sentence);
}

template <class IdType>
void expect_count(Broken& broken, const char* kind, IdType id, std::int64_t kept,
                  std::int64_t counted) {
  expect(broken, kept == counted,
         named(kind, id) + ": count is " + decimal(kept) + ", referred to by " + decimal(counted));
}

void check_task_tables(const World& world, const Task& task, Broken& broken) {
  const std::string who = named("task", task.id);
  expect(broken, world.fd_tables.contains(task.fds), who + ": no descriptor table");
  expect(broken, world.fs_contexts.contains(task.fs), who + ": no root and cwd");
  expect(broken, world.address_spaces.contains(task.memory), who + ": no address space");
  for (int kind = 0; kind < kNsKinds; ++kind) {
    const NsId id = task.ns[static_cast<std::size_t>(kind)];
    const Namespace* ns = world.namespaces.find(id);
    const std::string name(ns_kind_name(static_cast<NsKind>(kind)));
    expect(broken, ns != nullptr && static_cast<int>(ns->type) == kind,
           who + ": no " + name + " namespace");
  }
  expect(broken, world.namespaces.contains(task.pid_ns_for_children),
         who + ": no pid namespace for children");
  expect(broken, world.namespaces.contains(task.time_ns_for_children),
         who + ": no time namespace for children");
}

void check_task(const World& world, const Task& task, Broken& broken) {
  const std::string who = named("task", task.id);
  if (!task.zombie()) check_task_tables(world, task, broken);
  expect(broken, world.sighands.contains(task.sighand), who + ": no signal handlers");
  expect(broken, !task.parent || world.tasks.contains(task.parent), who + ": its parent is gone");
  expect(broken, world.tasks.contains(task.leader), who + ": its leader is gone");
  const Namespace* pid_ns = world.namespaces.find(task.in(NsKind::Pid));
  expect(broken, pid_ns != nullptr, who + ": no pid namespace");
  if (pid_ns != nullptr)
    expect(broken, task.pids.size() == static_cast<std::size_t>(pid_ns->level) + 1,
           who + ": not one number per pid namespace");
  for (const CgroupId id : task.cgroups)
    expect(broken, world.cgroups.contains(id), who + ": its cgroup is gone");
  std::set<std::uint32_t> hierarchies;
  for (const CgroupId id : task.cgroups) {
    const Cgroup* cgroup = world.cgroups.find(id);
    if (cgroup != nullptr)
      expect(broken, hierarchies.insert(cgroup->hierarchy.value).second,
             who + ": twice in one hierarchy");
  }
}

/// A number is given once in each pid namespace.
void check_pids(const World& world, Broken& broken) {
  std::set<std::pair<std::uint32_t, std::int32_t>> seen;
  world.tasks.each([&](const Task& task) {
    NsId ns = task.in(NsKind::Pid);
    while (const Namespace* level = world.namespaces.find(ns)) {
      const auto at = static_cast<std::size_t>(level->level);
      if (at < task.pids.size())
        expect(broken, seen.emplace(ns.value, task.pids[at]).second,
               named("task", task.id) + ": pid " + decimal(task.pids[at]) + " twice in " +
                   named("namespace", ns));
      ns = level->parent;
    }
  });
}

struct Counts {
  std::map<std::uint32_t, std::int64_t> fds, fs, memory, sighands, cgroups, files, readers, writers;
};

void count_tasks(const World& world, Counts& counts) {
  world.tasks.each([&counts](const Task& task) {
    if (task.fds) ++counts.fds[task.fds.value];
    if (task.fs) ++counts.fs[task.fs.value];
    if (task.memory) ++counts.memory[task.memory.value];
    if (task.sighand) ++counts.sighands[task.sighand.value];
    if (!task.zombie()) {
      for (const CgroupId id : task.cgroups) ++counts.cgroups[id.value];
    }
  });
}

void count_files(const World& world, Counts& counts) {
  world.fd_tables.each([&counts](const FdTable& table) {
    for (const auto& entry : table.fds) ++counts.files[entry.second.file.value];
  });
  world.pipes.each([&counts](const Pipe& pipe) {
    for (const FileId file : pipe.files) ++counts.files[file.value];
  });
  world.files.each([&counts](const OpenFile& file) {
    if (file.kind != FileKind::PipeRead && file.kind != FileKind::PipeWrite) return;
    const bool both = (file.flags & abi::o::kAccmode) == abi::o::kRdwr;
    if (file.kind == FileKind::PipeRead || both) ++counts.readers[file.pipe.value];
    if (file.kind == FileKind::PipeWrite || both) ++counts.writers[file.pipe.value];
  });
  world.sockets.each([&counts](const Socket& socket) {
    if (socket.incoming) ++counts.readers[socket.incoming.value];
    if (socket.outgoing) ++counts.writers[socket.outgoing.value];
  });
}

void check_tables(const World& world, Counts& counts, Broken& broken) {
  world.fd_tables.each([&](const FdTable& table) {
    expect_count(broken, "descriptor table", table.id, table.users, counts.fds[table.id.value]);
    for (const auto& entry : table.fds)
      expect(broken, world.files.contains(entry.second.file),
             named("descriptor table", table.id) + ": descriptor " + decimal(entry.first) +
                 " has no open file");
  });
  world.fs_contexts.each([&](const FsContext& fs) {
    expect_count(broken, "root and cwd", fs.id, fs.users, counts.fs[fs.id.value]);
    expect(broken, world.mounts.contains(fs.root.mount),
           named("root and cwd", fs.id) + ": root's mount is gone");
    expect(broken, world.mounts.contains(fs.cwd.mount),
           named("root and cwd", fs.id) + ": cwd's mount is gone");
  });
  world.address_spaces.each([&](const AddressSpace& space) {
    expect_count(broken, "address space", space.id, space.users, counts.memory[space.id.value]);
    expect(broken, space.pages >= 0, named("address space", space.id) + ": less than no pages");
  });
  world.sighands.each([&](const SignalHandlers& handlers) {
    expect_count(broken, "signal handlers", handlers.id, handlers.users,
                 counts.sighands[handlers.id.value]);
  });
}

void check_open_files(const World& world, Counts& counts, Broken& broken) {
  world.files.each([&](const OpenFile& file) {
    expect_count(broken, "open file", file.id, file.references, counts.files[file.id.value]);
    expect(broken, !file.where.mount || world.mounts.contains(file.where.mount),
           named("open file", file.id) + ": its mount is gone");
  });
  world.pipes.each([&](const Pipe& pipe) {
    expect_count(broken, "readers of pipe", pipe.id, pipe.readers, counts.readers[pipe.id.value]);
    expect_count(broken, "writers of pipe", pipe.id, pipe.writers, counts.writers[pipe.id.value]);
    std::int64_t bytes = 0;
    for (const Segment& segment : pipe.segments) bytes += segment.length;
    expect_count(broken, "bytes in pipe", pipe.id, pipe.bytes, bytes);
  });
  world.cgroups.each([&](const Cgroup& cgroup) {
    expect_count(broken, "tasks of cgroup", cgroup.id, cgroup.tasks,
                 counts.cgroups[cgroup.id.value]);
  });
}

void check_counts(const World& world, Broken& broken) {
  Counts counts;
  count_tasks(world, counts);
  count_files(world, counts);
  check_tables(world, counts, broken);
  check_open_files(world, counts, broken);
}

void check_index(const World& world, const Mount& mount, Broken& broken) {
  const MountIndex& index = world.mount_index;
  if (index.size() != world.mounts.size()) return;  // there is none
  const std::string what = named("mount", mount.id);
  const auto has = [&mount](const std::vector<MountId>& ids) {
    return std::find(ids.begin(), ids.end(), mount.id) != ids.end();
  };
  const MountId first = index.at(world.mounts, mount.parent, mount.at);
  expect(broken, !mount.parent || (first && !(mount.id < first)),
         what + ": is not found where it lies");
  expect(broken, !mount.parent || has(index.children(mount.parent)),
         what + ": is no child of its parent");
  expect(broken, mount.peer_group == 0 || has(index.peers(mount.peer_group)),
         what + ": is not among its peers");
  expect(broken, mount.master_group == 0 || has(index.slaves(mount.master_group)),
         what + ": is no slave of its master");
  expect(broken, has(index.of_filesystem(mount.fs)), what + ": its file system is not mounted");
}

void check_index(const World& world, const Task& task, Broken& broken) {
  const TaskIndex& index = world.task_index;
  if (index.size() != world.tasks.size()) return;  // there is none
  const std::string who = named("task", task.id);
  const auto has = [&task](const std::vector<TaskId>& ids) {
    return std::find(ids.begin(), ids.end(), task.id) != ids.end();
  };
  expect(broken, !task.parent || has(index.children(task.parent)),
         who + ": is no child of its parent");
  expect(broken, has(index.threads(task.leader)) == (task.leader != task.id),
         who + ": is no thread of its leader");
  expect(broken, has(index.members(task.in(NsKind::Pid))), who + ": is not in its pid namespace");
  for (const NsId ns : task.ns)
    expect(broken, !ns || index.inhabited(ns), who + ": nobody is in " + named("namespace", ns));
  expect(broken, !task.process_group || index.leads(task.process_group),
         who + ": nobody is in its process group");
  expect(broken, !task.session || index.leads(task.session), who + ": nobody is in its session");
  expect(broken, !task.exe_at.mount || index.runs_from(task.exe_at.mount),
         who + ": nobody runs from where its program is");
}

/// Taken apart task by task, the index says nothing any more.
void check_index(const World& world, Broken& broken) {
  TaskIndex index = world.task_index;
  if (index.size() != world.tasks.size()) return;  // there is none
  world.tasks.each([&index](const Task& task) { index.remove(task); });
  expect(broken, index.empty(), "the index of tasks tells of more than there is");
}

void check_mount(const World& world, const Mount& mount, Broken& broken) {
  const std::string what = named("mount", mount.id);
  expect(broken, world.filesystems.contains(mount.fs), what + ": its file system is gone");
  const Mount* parent = world.mounts.find(mount.parent);
  expect(broken, !mount.parent || parent != nullptr, what + ": its parent is gone");
  const Namespace* ns = world.namespaces.find(mount.ns);
  check_index(world, mount, broken);
  if (!mount.ns) return;
  expect(broken, ns != nullptr, what + ": its namespace is gone");
  expect(broken, parent == nullptr || parent->ns == mount.ns,
         what + ": its parent is in another namespace");
  expect(broken, mount.parent || (ns != nullptr && ns->root_mount == mount.id),
         what + ": hangs nowhere");
  // Each step up the tree ends within as many steps as there are mounts.
  std::size_t steps = 0;
  for (const Mount* up = &mount; up != nullptr && steps <= world.mounts.size();
       up = world.mounts.find(up->parent))
    ++steps;
  expect(broken, steps <= world.mounts.size(), what + ": is its own ancestor");
  if (parent != nullptr && steps <= world.mounts.size())
    expect(broken, mount.target == path_in_ns(world, Location{mount.parent, mount.at}),
           what + ": target " + mount.target + " is not where it hangs");
}

void check_inodes(const World& world, Broken& broken) {
  std::map<std::uint32_t, std::int64_t> names;
  world.inodes.each([&](const Inode& inode) {
    for (const auto& entry : inode.entries) {
      ++names[entry.second.value];
      expect(broken, world.inodes.contains(entry.second),
             named("inode", inode.id) + ": entry " + entry.first + " leads nowhere");
    }
  });
  world.inodes.each([&](const Inode& inode) {
    if ((inode.mode & abi::mode::kType) == abi::mode::kDirectory) {
      expect(broken, names[inode.id.value] <= 1,
             named("directory", inode.id) + ": has several names");
      return;
    }
    expect_count(broken, "links of inode", inode.id, inode.links, names[inode.id.value]);
  });
}

/// pids.current counts members and their children, zombies too (cgroups v1 "pids.txt").
void check_cgroups(const World& world, Broken& broken) {
  std::map<std::uint32_t, std::int64_t> members;
  world.tasks.each([&](const Task& task) {
    for (CgroupId id : task.cgroups) {
      for (const Cgroup* at = world.cgroups.find(id); at != nullptr;
           at = world.cgroups.find(at->parent))
        ++members[at->id.value];
    }
  });
  world.cgroups.each([&](const Cgroup& cgroup) {
    const std::string what = named("cgroup", cgroup.id);
    expect(broken, !cgroup.parent || world.cgroups.contains(cgroup.parent),
           what + ": its parent is gone");
    expect(broken, world.hierarchies.contains(cgroup.hierarchy), what + ": its hierarchy is gone");
    const auto pids = cgroup.usage.find("pids.current");
    if (pids != cgroup.usage.end())
      expect_count(broken, "pids.current of cgroup", cgroup.id, pids->second,
                   members[cgroup.id.value]);
  });
}

void check_namespaces(const World& world, Broken& broken) {
  world.namespaces.each([&](const Namespace& ns) {
    const std::string what = named("namespace", ns.id);
    expect(broken, !ns.owner || world.namespaces.contains(ns.owner), what + ": its owner is gone");
    expect(broken, !ns.parent || world.namespaces.contains(ns.parent),
           what + ": its parent is gone");
    expect(broken, !ns.init || world.tasks.contains(ns.init), what + ": its init is gone");
  });
}

}  // namespace

std::vector<std::string> broken_invariants(const World& world) {
  Broken broken;
  world.tasks.each([&](const Task& task) {
    check_task(world, task, broken);
    check_index(world, task, broken);
  });
  check_index(world, broken);
  check_pids(world, broken);
  check_counts(world, broken);
  world.mounts.each([&](const Mount& mount) { check_mount(world, mount, broken); });
  check_inodes(world, broken);
  check_cgroups(world, broken);
  check_namespaces(world, broken);
  return broken;
}

}  // namespace cutaway

// namespaces(7): creation copies from the creator's own, joining replaces one entry of the task's
// set.
#include <utility>

#include "trace/world/evolve_parts.h"
#include "trace/world/task_tree.h"

namespace cutaway {
namespace {

/// What a new namespace starts with: of its creator's, which is still in the old one.
void fill_from_creator(const World& world, const Task& creator, Namespace& ns) {
  const Namespace* old = world.namespaces.find(creator.in(ns.type));
  if (old == nullptr) return;
  if (ns.type == NsKind::Pid || ns.type == NsKind::User) {
    ns.parent = old->id;
    ns.level = old->level + 1;
  }
  if (ns.type == NsKind::Uts) {  // uts_namespaces(7): a copy
    ns.hostname = old->hostname;
    ns.domainname = old->domainname;
  }
  if (ns.type == NsKind::User) ns.setgroups_denied = old->setgroups_denied;
  if (ns.type == NsKind::Cgroup) {  // cgroup_namespaces(7): its root is where the creator is
    ns.cgroup_roots = creator.cgroups;
    if (!creator.cgroups.empty()) ns.cgroup_root = creator.cgroups.front();
  }
}

}  // namespace

void evolve_body(World& world, const Stamp& stamp, const NsCreated& body) {
  note_id(world.counters.ns, body.id);
  world.counters.ns_inode = std::max(world.counters.ns_inode, body.inode);
  if (!body.id || world.namespaces.contains(body.id)) return;
  Namespace ns;
  ns.id = body.id;
  ns.type = body.type;
  ns.owner = body.owner;
  ns.inode = body.inode;
  if (const Task* creator = world.tasks.find(stamp.task)) fill_from_creator(world, *creator, ns);
  if (ns.type == NsKind::Net) {  // network_namespaces(7): a loopback device, down
    Interface lo;
    lo.index = 1;
    lo.name = "lo";
    lo.type = "loopback";
    ns.links.push_back(std::move(lo));
    ns.last_link = 1;
  }
  world.namespaces.put(body.id, std::move(ns));
}

void evolve_body(World& world, const Stamp& stamp, const NsJoined& body) {
  const Task* found = world.tasks.find(stamp.task);
  if (found == nullptr || found->zombie() || !world.namespaces.contains(body.id)) return;
  Task task = *found;
  if (body.type == NsKind::Pid) task.pid_ns_for_children = body.id;
  if (body.type == NsKind::Time) task.time_ns_for_children = body.id;
  if (!body.children_only) task.ns[static_cast<std::size_t>(body.type)] = body.id;
  if (!body.children_only && body.type == NsKind::Pid && !task.pids.empty()) {
    Namespace& ns = world.namespaces.mutate(body.id);
    ns.last_pid = std::max(ns.last_pid, task.pids.back());
    if (task.pids.back() == 1 && !ns.init) ns.init = task.id;
  }
  put_task(world, std::move(task));
}

void evolve_body(World& world, const Stamp&, const NsDestroyed& body) {
  world.namespaces.erase(body.id);
}

void evolve_body(World& world, const Stamp&, const NsHostnameSet& body) {
  if (!world.namespaces.contains(body.id)) return;
  Namespace& ns = world.namespaces.mutate(body.id);
  ns.hostname = body.hostname;
  if (!body.domainname.empty()) ns.domainname = body.domainname;
}

void evolve_body(World& world, const Stamp&, const SysctlSet& body) {
  if (!body.ns)
    world.sysctls[body.name] = body.value;
  else if (world.namespaces.contains(body.ns))
    world.namespaces.mutate(body.ns).sysctls[body.name] = body.value;
}

void evolve_body(World& world, const Stamp&, const NsMapped& body) {
  if (!world.namespaces.contains(body.id)) return;
  Namespace& ns = world.namespaces.mutate(body.id);
  ns.uid_map = body.uid_map;
  ns.gid_map = body.gid_map;
  ns.setgroups_denied = body.setgroups_denied;
}

}  // namespace cutaway

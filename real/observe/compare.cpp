#include "real/observe/compare.h"

#include <algorithm>

#include "base/text.h"
#include "real/observe/descriptors.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/world_reader.h"
#include "real/observe/world_sink.h"
#include "trace/effects/emit.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_content.h"

namespace cutaway::real {
namespace {

/// Fields of status that the effects of calls must get right, and what is mended with each.
enum class Mend : std::uint8_t { Credentials, Pids, Umask, Actions };
struct StatusRow {
  const char* name;
  Mend mend;
};
constexpr StatusRow kStatusRows[] = {
    {"Uid", Mend::Credentials},
    {"Gid", Mend::Credentials},
    {"Groups", Mend::Credentials},
    {"CapInh", Mend::Credentials},
    {"CapPrm", Mend::Credentials},
    {"CapEff", Mend::Credentials},
    {"CapBnd", Mend::Credentials},
    {"CapAmb", Mend::Credentials},
    {"NoNewPrivs", Mend::Credentials},
    {"Seccomp", Mend::Credentials},
    {"Seccomp_filters", Mend::Credentials},
    {"NSpid", Mend::Pids},
    {"Umask", Mend::Umask},
    {"SigIgn", Mend::Actions},
    {"SigCgt", Mend::Actions},
};

/// Words of a field, single blanks between them; groups in any order are the same groups.
std::string normal(const std::string& name, std::string text) {
  for (char& c : text) {
    if (c == '\t') c = ' ';
  }
  std::vector<std::string> words;
  for (std::string& word : split(text, ' ')) {
    if (!word.empty()) words.push_back(std::move(word));
  }
  if (name == "Groups") std::sort(words.begin(), words.end());
  return join(words, " ");
}

std::string value_of(const StatusFields& status, const std::string& name) {
  const auto found = status.find(name);
  return found == status.end() ? std::string{} : normal(name, found->second);
}

void mend_status(World& world, TaskId id, const StatusFields& real, Mend what) {
  const StatusFields& status = real;
  if (what == Mend::Umask) {
    const FsContextId fs = world.tasks.at(id).fs;
    if (world.fs_contexts.contains(fs))
      world.fs_contexts.mutate(fs).umask =
          static_cast<std::uint32_t>(status_number(status, "Umask", 8));
    return;
  }
  if (what == Mend::Actions) {
    const SighandId handlers = world.tasks.at(id).sighand;
    if (world.sighands.contains(handlers))
      world.sighands.mutate(handlers).actions = read_actions(status);
    return;
  }
  Task& task = world.tasks.mutate(id);
  if (what == Mend::Pids) {
    std::vector<std::int32_t> pids;
    for (const std::uint64_t pid : status_numbers(status, "NSpid"))
      pids.push_back(static_cast<std::int32_t>(pid));
    // As many as its pid namespace is deep; else that is what is wrong, and mended first.
    if (pids.size() == task.pids.size()) task.pids = pids;
    return;
  }
  const bool keep = task.credentials.keep_capabilities;
  task.credentials = read_credentials(status);
  task.credentials.keep_capabilities = keep;
}

const Filesystem* own_proc(const World& world, const Task& viewer) {
  const NsId pid_ns = viewer.in(NsKind::Pid);
  return world.filesystems.first(
      [pid_ns](const Filesystem& fs) { return fs.is("proc") && fs.ns == pid_ns; });
}

std::string shown(const std::string& text) { return text.empty() ? "none" : text; }

NsId other_namespace(World& world, NsKind kind, NsId old, std::uint32_t inode) {
  const Namespace* known = world.namespaces.first(
      [&](const Namespace& ns) { return ns.type == kind && ns.inode == inode; });
  if (known != nullptr) return known->id;
  // Made by a call that was not seen: like the one it was thought to be in, but new.
  const Namespace* before = world.namespaces.find(old);
  Namespace made = before == nullptr ? Namespace{} : *before;
  made.type = kind;
  made.id = NsId{++world.counters.ns};
  made.inode = inode;
  made.root_mount = MountId{};
  world.namespaces.put(made.id, made);
  return made.id;
}

struct Spot {
  const char* file;
  bool root;
};
constexpr Spot kSpots[] = {{"root", true}, {"cwd", false}};

std::string controllers_of(const Hierarchy& hierarchy) {
  return hierarchy.version == 2 ? std::string{} : join(hierarchy.controllers, ",");
}

}  // namespace

void compare_status(World& world, TaskId id, int tid, TaskId viewer, std::vector<Difference>& out) {
  const Task* looks = world.tasks.find(viewer);
  const Filesystem* proc = looks == nullptr ? nullptr : own_proc(world, *looks);
  const std::string text = proc_text(tid, "status");
  if (proc == nullptr || text.empty()) return;
  const StatusFields real = parse_status(text);
  const StatusFields ours = parse_status(proc_status(world, *looks, *proc, world.tasks.at(id)));
  for (const StatusRow& row : kStatusRows) {
    // A kernel without this field says nothing.
    if (real.count(row.name) == 0) continue;
    const std::string a = value_of(ours, row.name), b = value_of(real, row.name);
    if (a == b) continue;
    out.push_back(Difference{row.name, shown(a), shown(b)});
    mend_status(world, id, real, row.mend);
  }
}

void compare_namespaces(World& world, TaskId id, int tid, std::vector<Difference>& out) {
  for (int i = 0; i < kNsKinds; ++i) {
    const auto kind = static_cast<NsKind>(i);
    const std::string name(ns_kind_name(kind));
    const std::uint32_t real = number_in_link(proc_link(tid, "ns/" + name));
    const NsId ours = world.tasks.at(id).in(kind);
    const Namespace* ns = world.namespaces.find(ours);
    if (real == 0 || ns == nullptr || ns->inode == real) continue;
    out.push_back(Difference{"ns " + name, decimal(ns->inode), decimal(real)});
    const NsId other = other_namespace(world, kind, ours, real);
    // Numbers in pid namespaces would no longer fit: left to the next look.
    if (kind != NsKind::Pid) world.tasks.mutate(id).ns[static_cast<std::size_t>(i)] = other;
  }
}

void compare_cgroups(World& world, TaskId id, int tid, std::vector<Difference>& out) {
  std::map<std::string, std::string> real;
  for (const CgroupLine& line : parse_cgroups(proc_text(tid, "cgroup"))) {
    std::vector<std::string> names = line.controllers;
    std::sort(names.begin(), names.end());
    real[join(names, ",")] = line.path;
  }
  const std::vector<CgroupId> member_of = world.tasks.at(id).cgroups;
  for (const CgroupId each : member_of) {
    const Cgroup cgroup = world.cgroups.at(each);
    const std::string name = controllers_of(world.hierarchies.at(cgroup.hierarchy));
    const auto found = real.find(name);
    if (found == real.end() || found->second == cgroup.path || !starts_with(found->second, "/") ||
        starts_with(found->second, "/.."))
      continue;
    out.push_back(
        Difference{"cgroup " + (name.empty() ? "unified" : name), cgroup.path, found->second});
    const CgroupId to = cgroup_at(world, cgroup.hierarchy, found->second);
    WorldSink sink(world);
    emit_body(sink, id, CgroupAttached{to, id, found->second, name});
  }
}

void compare_places(World& world, TaskId id, int tid, std::vector<Difference>& out) {
  for (const Spot& spot : kSpots) {
    const Task& task = world.tasks.at(id);
    const FsContext* fs = world.fs_contexts.find(task.fs);
    const std::string real = proc_link(tid, spot.file);
    if (fs == nullptr || real.empty() || real[0] != '/' || ends_with(real, " (deleted)")) continue;
    const Location& where = spot.root ? fs->root : fs->cwd;
    const Mount* mount = world.mounts.find(where.mount);
    if (mount != nullptr && !mount->ns) continue;  // on a mount that hangs nowhere any more
    const std::string ours = path_in_ns(world, where);
    if (ours == real) continue;
    out.push_back(Difference{spot.file, ours, real});
    const Location now = locate(world, task.in(NsKind::Mnt), real);
    if (!now.mount) continue;
    WorldSink sink(world);
    emit_body(sink, id, TaskMoved{spot.file, now.mount, now.path});
  }
}

void compare_descriptors(World& world, TaskId id, int tid, Discoverer& discoverer,
                         std::vector<Difference>& out) {
  const Task& task = world.tasks.at(id);
  const FdTable* table = world.fd_tables.find(task.fds);
  if (table == nullptr) return;
  const std::map<std::int32_t, std::string> real = proc_fds(tid);
  std::map<std::int32_t, std::string> ours;
  for (const auto& entry : table->fds) {
    const OpenFile* file = world.files.find(entry.second.file);
    ours[entry.first] = file == nullptr ? std::string{} : link_of(world, *file);
  }
  if (ours == real) return;
  for (const auto& each : ours) {
    const auto found = real.find(each.first);
    const std::string now = found == real.end() ? std::string{} : found->second;
    if (now != each.second)
      out.push_back(Difference{"fd " + decimal(each.first), shown(each.second), shown(now)});
  }
  for (const auto& each : real) {
    if (ours.count(each.first) == 0)
      out.push_back(Difference{"fd " + decimal(each.first), "none", each.second});
  }
  WorldSink sink(world);
  read_descriptors(tid, id, discoverer, sink);
}

std::vector<Difference> compare_with_proc(World& world, TaskId task, int tid, TaskId viewer,
                                          Discoverer& discoverer, const Unsettled& unsettled) {
  std::vector<Difference> out;
  const Task* found = world.tasks.find(task);
  if (found == nullptr || found->zombie()) return out;
  compare_namespaces(world, task, tid, out);
  compare_status(world, task, tid, viewer, out);
  if (!unsettled.cgroups) compare_cgroups(world, task, tid, out);
  if (!unsettled.mounts) {
    compare_mounts(world, task, tid, viewer, out);
    compare_places(world, task, tid, out);
  }
  if (!unsettled.descriptors && !unsettled.mounts)
    compare_descriptors(world, task, tid, discoverer, out);
  return out;
}

}  // namespace cutaway::real

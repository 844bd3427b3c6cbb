// cgroups(7): members, counters that hold for a cgroup and all above it, folders and written files.
#include <algorithm>

#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/charges.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/new_id.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

const char* usage_file(const Hierarchy& hierarchy, std::string_view controller) {
  if (controller == "pids") return "pids.current";
  return hierarchy.version == 2 ? "memory.current" : "memory.usage_in_bytes";
}

bool in_hierarchy(const World& world, const Task& task, CgroupId cgroup) {
  for (const CgroupId id : task.cgroups) {
    if (id == cgroup) return true;
  }
  return !world.cgroups.contains(cgroup);
}

CgroupId pids_cgroup(const World& world, const Task& task) {
  const Cgroup* cgroup = cgroup_of(world, task, "pids");
  return cgroup == nullptr ? CgroupId{} : cgroup->id;
}

/// "+memory -io" against what is enabled so far: the list as the file shows it afterwards.
std::string subtree_control(const Cgroup& cgroup, const std::string& text) {
  std::vector<std::string> enabled;
  const auto before = cgroup.limits.find("cgroup.subtree_control");
  if (before != cgroup.limits.end() && !before->second.empty())
    enabled = split(before->second, ' ');
  for (const std::string& word : split(trim(text), ' ')) {
    if (word.size() < 2) continue;
    const std::string controller = word.substr(1);
    std::vector<std::string> now;
    for (const std::string& each : enabled) {
      if (each != controller) now.push_back(each);
    }
    if (word[0] == '+') now.push_back(controller);
    enabled = now;
  }
  // The file lists them in the order of the kernel's subsystems (include/linux/cgroup_subsys.h).
  std::vector<std::string> sorted;
  for (const char* known : {"cpuset", "cpu", "io", "memory", "hugetlb", "pids", "rdma", "misc"}) {
    for (const std::string& each : enabled) {
      if (each == known) sorted.push_back(each);
    }
  }
  return join(sorted, " ");
}

/// cgroup.procs moves a whole process, "tasks" (and cgroup.threads) one thread; 0 is the writer.
void write_members(const Call& call, const Cgroup& to, const std::string& file,
                   const std::string& text) {
  std::int64_t number = 0;
  if (!parse_decimal(trim(text), number) || number < 0 || number > INT32_MAX) return;
  const World& world = call.world();
  const Task* named = number == 0 ? &call.task()
                                  : task_by_pid_in(world, call.task().in(NsKind::Pid),
                                                   static_cast<std::int32_t>(number));
  if (named == nullptr) return;
  std::vector<TaskId> members;
  world.tasks.each([&](const Task& task) {
    const bool meant = file == "cgroup.procs" ? task.leader == named->leader : task.id == named->id;
    if (meant && !task.zombie()) members.push_back(task.id);
  });
  const CgroupId id = to.id;
  for (const TaskId member : members) move_to_cgroup(call.self(), member, id, call.sink());
}

void kill_members(const Call& call, CgroupId top) {
  std::vector<TaskId> members;
  call.world().tasks.each([&](const Task& task) {
    const bool inside =
        std::any_of(task.cgroups.begin(), task.cgroups.end(),
                    [&call, top](CgroupId id) { return is_within(call.world(), id, top); });
    if (inside && !task.zombie() && task.leader == task.id) members.push_back(task.id);
  });
  for (const TaskId member : members)
    signal_effects(TaskId{}, member, abi::sig::kKill, "cgroup.kill", call.sink());
}

}  // namespace

std::string hierarchy_name(const World& world, const Cgroup& cgroup) {
  const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
  if (hierarchy == nullptr || hierarchy->version == 2) return "unified";
  return join(hierarchy->controllers, ",");
}

void count_usage(TaskId subject, CgroupId cgroup, std::string_view controller, std::int64_t by,
                 EffectSink& sink) {
  while (const Cgroup* at = sink.world().cgroups.find(cgroup)) {
    cgroup = at->parent;
    const Hierarchy* hierarchy = sink.world().hierarchies.find(at->hierarchy);
    if (hierarchy == nullptr || !at->parent || by == 0) return;  // the root is not counted
    const std::string file = usage_file(*hierarchy, controller);
    const auto before = at->usage.find(file);
    std::int64_t value = (before == at->usage.end() ? 0 : before->second) + by;
    if (value < 0) value = 0;
    emit_body(sink, subject,
              CgroupUsage{at->id, at->path, hierarchy_name(sink.world(), *at), file, value});
  }
}

void move_to_cgroup(TaskId subject, TaskId member, CgroupId to, EffectSink& sink) {
  const Task* task = sink.world().tasks.find(member);
  const Cgroup* cgroup = sink.world().cgroups.find(to);
  if (task == nullptr || cgroup == nullptr || in_hierarchy(sink.world(), *task, to)) return;
  const CgroupId before = pids_cgroup(sink.world(), *task);
  emit_body(sink, subject,
            CgroupAttached{to, member, cgroup->path, hierarchy_name(sink.world(), *cgroup)});
  const CgroupId after = pids_cgroup(sink.world(), sink.world().tasks.at(member));
  if (before == after) return;
  // Moving is never refused: pids.current may so exceed pids.max (cgroup-v2.rst). Memory stays
  // behind.
  count_usage(subject, after, "pids", 1, sink);
  count_usage(subject, before, "pids", -1, sink);
}

void cgroup_mkdir(const Call& call, const Location& folder, const std::string& name) {
  const Mount* mount = call.world().mounts.find(folder.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr) return;
  const std::optional<CgroupPlace> place = cgroup_place(call.world(), *fs, folder.path);
  if (!place || !place->file.empty()) return;
  CgroupCreated created;
  created.id = next_cgroup(call.world());
  created.parent = place->cgroup->id;
  created.hierarchy = place->cgroup->hierarchy;
  created.path = join_path(place->cgroup->path, name);
  created.controller = hierarchy_name(call.world(), *place->cgroup);
  created.uid = call.task().credentials.fsuid;
  created.gid = call.task().credentials.fsgid;
  call.emit(std::move(created));
}

void cgroup_rmdir(const Call& call, const Location& folder) {
  const Mount* mount = call.world().mounts.find(folder.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr) return;
  const std::optional<CgroupPlace> place = cgroup_place(call.world(), *fs, folder.path);
  if (!place || !place->file.empty()) return;
  call.emit(CgroupRemoved{place->cgroup->id, place->cgroup->path,
                          hierarchy_name(call.world(), *place->cgroup)});
}

namespace {

/// cpu.max: a quota alone leaves the period as it is.
std::string cpu_max(const Cgroup& cgroup, const std::string& text) {
  if (text.find(' ') != std::string::npos) return text;
  return text + " " + decimal(cpu_quota(cgroup).period_us);
}

/// v1 takes any number and keeps what it can do (kernel/sched: MIN_SHARES, MAX_SHARES).
std::string shares_kept(const std::string& text) {
  std::int64_t shares = 0;
  if (!parse_decimal(text, shares)) return text;
  return decimal(std::clamp<std::int64_t>(shares, 2, 262'144));
}

std::string processors_kept(const std::string& text) {
  CpuSet cpus;
  return parse_cpu_list(text, cpus) ? cpu_list(cpus) : text;
}

/// What a limit's file says after `text` was written to it.
std::string value_kept(const Cgroup& cgroup, const std::string& file, const std::string& text) {
  if (file == "cgroup.subtree_control") return subtree_control(cgroup, text);
  const std::string value(trim(text));
  if (file == "cpu.max") return cpu_max(cgroup, value);
  if (file == "cpu.shares") return shares_kept(value);
  return file == "cpuset.cpus" ? processors_kept(value) : value;
}

}  // namespace

void write_cgroup_file(const Call& call, const Cgroup& cgroup, const std::string& file,
                       const std::string& text) {
  if (file == "cgroup.procs" || file == "cgroup.threads" || file == "tasks") {
    write_members(call, cgroup, file, text);
    return;
  }
  if (file == "cgroup.kill") {
    kill_members(call, cgroup.id);
    return;
  }
  const CgroupFile* row = cgroup_file(call.world(), cgroup, file);
  if (row == nullptr || row->kind == CgroupFile::Kind::Flat) return;
  CgroupLimited limited;
  limited.id = cgroup.id;
  limited.path = cgroup.path;
  limited.controller = hierarchy_name(call.world(), cgroup);
  limited.file = file;
  limited.value = value_kept(cgroup, file, text);
  call.emit(std::move(limited));
}

}  // namespace cutaway

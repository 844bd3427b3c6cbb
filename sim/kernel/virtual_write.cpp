// See virtual_write.h. cgroup files: Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/;
// uid_map, gid_map, setgroups: user_namespaces(7); sysctls: proc(5).
#include "sim/kernel/virtual_write.h"

#include <algorithm>

#include "base/text.h"
#include "sim/kernel/rights.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

const Filesystem* filesystem_of(const World& world, const OpenFile& file) {
  const Mount* mount = world.mounts.find(file.where.mount);
  return mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
}

std::string last_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }
std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

const Cgroup* cgroup_of_file(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  const Cgroup* root = ask.world.cgroups.find(fs.cgroup);
  std::string path = folder_of(file.where.path);
  if (root != nullptr && root->path != "/") path = root->path + (path == "/" ? "" : path);
  return cgroup_by_path(ask.world, fs.hierarchy, path);
}

/// A v1 cpuset without cpus or memory nodes has no room for anybody (cpuset(7)).
bool cpuset_is_empty(const Hierarchy& hierarchy, const Cgroup& cgroup) {
  const auto& all = hierarchy.controllers;
  if (hierarchy.version != 1 || std::find(all.begin(), all.end(), "cpuset") == all.end())
    return false;
  for (const char* file : {"cpuset.cpus", "cpuset.mems"}) {
    const auto written = cgroup.limits.find(file);
    if (cgroup.parent && (written == cgroup.limits.end() || trim(written->second).empty()))
      return true;
  }
  return false;
}

/// ESRCH for a number that is no task (MEM-09); EBUSY on v2 where children have controllers; ENOSPC
/// for an empty cpuset.
abi::Errno join_verdict(const Ask& ask, const Cgroup& cgroup, std::string_view text) {
  std::int64_t pid = 0;
  if (!parse_decimal(trim(text), pid)) return abi::Errno::kEINVAL;
  const Task* task = pid == 0 ? &ask.task
                              : task_by_pid_in(ask.world, ask.task.in(NsKind::Pid),
                                               static_cast<std::int32_t>(pid));
  if (task == nullptr || task->zombie()) return abi::Errno::kESRCH;
  const Hierarchy& hierarchy = ask.world.hierarchies.at(cgroup.hierarchy);
  if (cpuset_is_empty(hierarchy, cgroup)) return abi::Errno::kENOSPC;
  const auto enabled = cgroup.limits.find("cgroup.subtree_control");
  const bool delegates = enabled != cgroup.limits.end() && !trim(enabled->second).empty();
  return hierarchy.version == 2 && cgroup.parent && delegates ? abi::Errno::kEBUSY
                                                              : abi::Errno::kOk;
}

/// "+memory -pids": only what the parent has enabled; not while the cgroup itself has members.
abi::Errno subtree_verdict(const Ask& ask, const Cgroup& cgroup, std::string_view text) {
  const Hierarchy& hierarchy = ask.world.hierarchies.at(cgroup.hierarchy);
  for (const std::string& word : split(trim(text), ' ')) {
    if (word.size() < 2 || (word[0] != '+' && word[0] != '-')) return abi::Errno::kEINVAL;
    const auto& known = hierarchy.controllers;
    if (std::find(known.begin(), known.end(), word.substr(1)) == known.end())
      return abi::Errno::kENOENT;
  }
  return cgroup.parent && cgroup.tasks > 0 ? abi::Errno::kEBUSY : abi::Errno::kOk;
}

/// A number, with K, M or G behind it, −1 (v1) or "max" (v2).
bool limit_value(std::string_view text) {
  text = trim(text);
  if (text == "max" || text == "-1") return true;
  if (!text.empty() && std::string_view("kKmMgG").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  std::int64_t value = 0;
  return parse_decimal(text, value) && value >= 0;
}

bool one_of(const std::string& name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), std::string_view(name)) != names.end();
}

std::int64_t used(const Cgroup& cgroup, const char* file) {
  const auto found = cgroup.usage.find(file);
  return found == cgroup.usage.end() ? 0 : found->second;
}

/// v1: a limit below what is used is refused when that cannot be given back, and the limit with
/// swap is never below the one without (cgroup-v1/memory.rst).
abi::Errno memory_verdict_v1(const Cgroup& cgroup, const std::string& name, std::string_view text) {
  std::int64_t wanted = 0;
  if (!parse_cgroup_bytes(text, wanted)) return abi::Errno::kEINVAL;
  if (name == "memory.limit_in_bytes") {
    if (wanted > cgroup_limit(cgroup, "memory.memsw.limit_in_bytes")) return abi::Errno::kEINVAL;
    return wanted < used(cgroup, "memory.usage_in_bytes") ? abi::Errno::kEBUSY : abi::Errno::kOk;
  }
  if (name != "memory.memsw.limit_in_bytes") return abi::Errno::kOk;
  if (wanted < cgroup_limit(cgroup, "memory.limit_in_bytes")) return abi::Errno::kEINVAL;
  return wanted < used(cgroup, "memory.memsw.usage_in_bytes") ? abi::Errno::kEBUSY
                                                              : abi::Errno::kOk;
}

/// cgroup-v2.rst: "in the range [1, 10000]".
abi::Errno weight_verdict(std::string_view text) {
  std::int64_t weight = 0;
  if (!parse_decimal(trim(text), weight)) return abi::Errno::kEINVAL;
  return weight >= 1 && weight <= 10'000 ? abi::Errno::kOk : abi::Errno::kERANGE;
}

/// kernel/sched/core.c, tg_set_cfs_bandwidth: a quota of at least a millisecond, or none; a period
/// between a millisecond and a second.
abi::Errno quota_verdict(const std::string& name, std::string_view text) {
  constexpr std::int64_t kLeastUs = 1000;
  constexpr std::int64_t kLongestUs = 1'000'000;
  const bool both = name == "cpu.max";
  const std::vector<std::string> words = split(trim(text), ' ');
  if (words.size() > (both ? 2 : 1)) return abi::Errno::kEINVAL;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::int64_t value = 0;
    const bool period = i == 1 || name == "cpu.cfs_period_us";
    if (words[i] == "max" && both && !period) continue;
    if (!parse_decimal(words[i], value)) return abi::Errno::kEINVAL;
    if (value < 0 && !both && !period) continue;  // v1: no limit
    if (value < kLeastUs || (period && value > kLongestUs)) return abi::Errno::kEINVAL;
  }
  return abi::Errno::kOk;
}

/// kernel/cgroup/cpuset.c, update_cpumask and validate_change: processors of this machine; on v1
/// those that the folder above has, and some as long as there are members.
abi::Errno cpuset_verdict(const World& world, const Cgroup& cgroup, std::string_view text) {
  CpuSet wanted;
  if (!parse_cpu_list(text, wanted)) return abi::Errno::kEINVAL;
  if (!holds_all(cpus_of_machine(world), wanted)) return abi::Errno::kEINVAL;
  if (world.hierarchies.at(cgroup.hierarchy).version == 2) return abi::Errno::kOk;
  const Cgroup* above = world.cgroups.find(cgroup.parent);
  if (above != nullptr && !holds_all(cpus_of_cgroup(world, *above), wanted))
    return abi::Errno::kEACCES;
  return wanted.empty() && cgroup.tasks > 0 ? abi::Errno::kENOSPC : abi::Errno::kOk;
}

abi::Errno cgroup_verdict(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  const Cgroup* cgroup = cgroup_of_file(ask, file, fs);
  if (cgroup == nullptr) return abi::Errno::kENODEV;  // removed while the file was open
  const std::string name = last_of(file.where.path);
  const std::string_view text = ask.request.data;
  if (one_of(name, {"cgroup.procs", "cgroup.threads", "tasks"}))
    return join_verdict(ask, *cgroup, text);
  if (name == "cgroup.subtree_control") return subtree_verdict(ask, *cgroup, text);
  const bool number = one_of(
      name, {"memory.max", "memory.high", "memory.low", "memory.min", "memory.swap.max",
             "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "pids.max", "cpu.shares"});
  if (number && !limit_value(text)) return abi::Errno::kEINVAL;
  if (name == "cpu.weight") return weight_verdict(text);
  if (one_of(name, {"cpu.max", "cpu.cfs_quota_us", "cpu.cfs_period_us"}))
    return quota_verdict(name, text);
  if (name == "cpuset.cpus") return cpuset_verdict(ask.world, *cgroup, text);
  const bool memory = number && starts_with(name, "memory.") &&
                      ask.world.hierarchies.at(cgroup->hierarchy).version == 1;
  return memory ? memory_verdict_v1(*cgroup, name, text) : abi::Errno::kOk;
}

struct MapLine {
  std::int64_t inside = 0, outside = 0, count = 0;
};
bool overlap(std::int64_t a, std::int64_t b, const MapLine& one, const MapLine& other) {
  return a < b + other.count && b < a + one.count;
}

/// Lines of three numbers, none of which names an id twice; empty: EINVAL.
std::vector<MapLine> map_lines(std::string_view text) {
  std::vector<MapLine> lines;
  for (const std::string& line : split(trim(text), '\n')) {
    std::vector<std::int64_t> numbers;
    for (const std::string& word : split(line, ' ')) {
      std::int64_t number = 0;
      if (word.empty()) continue;
      if (!parse_decimal(word, number) || number < 0) return {};
      numbers.push_back(number);
    }
    if (numbers.size() != 3 || numbers[2] == 0) return {};
    const MapLine made{numbers[0], numbers[1], numbers[2]};
    for (const MapLine& each : lines) {
      if (overlap(made.inside, each.inside, made, each) ||
          overlap(made.outside, each.outside, made, each))
        return {};
    }
    lines.push_back(made);
  }
  return lines;
}

/// An unprivileged writer may map only its own id, once (USR-02). In the order of map_write in
/// kernel/user_namespace.c.
abi::Errno map_verdict(const Ask& ask, const OpenFile& file, const Task& target, bool group) {
  const Namespace* ns = ask.world.namespaces.find(target.in(NsKind::User));
  if (ns == nullptr || !ns->parent) return abi::Errno::kEPERM;
  if (file.offset != 0) return abi::Errno::kEINVAL;  // only at the beginning, all at once
  if (!(group ? ns->gid_map : ns->uid_map).empty()) return abi::Errno::kEPERM;
  if (!capable_in(ask.world, ask.task, ns->id, cap::kSysAdmin)) return abi::Errno::kEPERM;
  const std::vector<MapLine> lines = map_lines(ask.request.data);
  if (lines.empty()) return abi::Errno::kEINVAL;
  const auto kernel_id = [&](std::int64_t id, std::uint32_t& mapped) {
    const auto outer = static_cast<std::uint32_t>(id);
    return group ? kernel_gid(ask.world, ns->parent, outer, mapped)
                 : kernel_uid(ask.world, ns->parent, outer, mapped);
  };
  std::uint32_t mapped = 0;  // what the second number is outside of the parent, too
  const bool known = kernel_id(lines[0].outside, mapped);
  const std::uint32_t own = group ? ask.task.credentials.egid : ask.task.credentials.euid;
  const bool own_only = lines.size() == 1 && lines[0].count == 1 && known && mapped == own;
  if (own_only && (!group || ns->setgroups_denied)) return abi::Errno::kOk;
  if (!capable_in(ask.world, ask.task, ns->parent, group ? cap::kSetgid : cap::kSetuid))
    return abi::Errno::kEPERM;
  const bool all = std::all_of(lines.begin(), lines.end(), [&](const MapLine& line) {
    return kernel_id(line.outside, mapped) && kernel_id(line.outside + line.count - 1, mapped);
  });
  return all ? abi::Errno::kOk : abi::Errno::kEPERM;
}

/// proc_setgroups_write: "allow" changes nothing, and is refused once "deny" was said.
abi::Errno setgroups_verdict(const Ask& ask, const OpenFile& file, const Task& target) {
  if (file.offset != 0) return abi::Errno::kEINVAL;
  const Namespace* ns = ask.world.namespaces.find(target.in(NsKind::User));
  const std::string_view word = trim(ask.request.data);
  if (word != "deny" && word != "allow") return abi::Errno::kEINVAL;
  if (ns == nullptr) return abi::Errno::kEPERM;
  const bool fixed = word == "allow" ? ns->setgroups_denied : !ns->gid_map.empty();
  return fixed ? abi::Errno::kEPERM : abi::Errno::kOk;
}

/// Whose folder of proc this is: /proc/PID/…, in the pid namespace that the mount shows.
const Task* task_of_file(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  if (const Task* known = ask.world.tasks.find(file.task)) return known;
  std::int64_t pid = 0;
  const std::vector<std::string> parts = split(file.where.path, '/');
  if (parts.size() < 2 || !parse_decimal(parts[1], pid)) return nullptr;
  return task_by_pid_in(ask.world, fs.ns, static_cast<std::int32_t>(pid));
}

abi::Errno proc_verdict(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  const std::string name = last_of(file.where.path);
  if (starts_with(file.where.path, "/sys/")) return abi::Errno::kOk;
  const Task* target = task_of_file(ask, file, fs);
  if (target == nullptr) return abi::Errno::kESRCH;
  if (name == "uid_map") return map_verdict(ask, file, *target, false);
  if (name == "gid_map") return map_verdict(ask, file, *target, true);
  if (name == "setgroups") return setgroups_verdict(ask, file, *target);
  std::int64_t number = 0;
  if (name != "oom_score_adj") return abi::Errno::kOk;
  if (!parse_decimal(trim(ask.request.data), number) || number < -1000 || number > 1000) {
    return abi::Errno::kEINVAL;
  }
  const bool lowers = number < target->oom_score_adj;
  return lowers && !capable(ask.world, ask.task, cap::kSysResource) ? abi::Errno::kEACCES
                                                                    : abi::Errno::kOk;
}

}  // namespace

abi::Errno virtual_write_verdict(const Ask& ask, const OpenFile& file) {
  const Filesystem* fs = filesystem_of(ask.world, file);
  if (fs == nullptr) return abi::Errno::kEIO;
  if (fs->type == "cgroup" || fs->type == "cgroup2") return cgroup_verdict(ask, file, *fs);
  return fs->type == "proc" ? proc_verdict(ask, file, *fs) : abi::Errno::kOk;
}

}  // namespace cutaway::sim

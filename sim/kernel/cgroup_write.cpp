// See virtual_write.h. cgroup files: Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/.
#include <algorithm>

#include "base/text.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/virtual_write.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/cpus.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

std::string folder_part(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 ? "/" : path.substr(0, slash);
}

const Cgroup* cgroup_of_file(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  const Cgroup* root = ask.world.cgroups.find(fs.cgroup);
  std::string path = folder_part(file.where.path);
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

/// ESRCH for a number that is no task (MEM-09); EACCES for who may not; EBUSY on v2 where children
/// have controllers; ENOSPC for an empty cpuset.
abi::Errno join_verdict(const Ask& ask, const Cgroup& cgroup, std::string_view text) {
  std::int64_t pid = 0;
  if (!parse_decimal(trim(text), pid)) return abi::Errno::kEINVAL;
  const Task* task = pid == 0 ? &ask.task
                              : task_by_pid_in(ask.world, ask.task.in(NsKind::Pid),
                                               static_cast<std::int32_t>(pid));
  if (task == nullptr || task->zombie()) return abi::Errno::kESRCH;
  const abi::Errno may = may_move_to(ask, *task, cgroup);
  if (may != abi::Errno::kOk) return may;
  const Hierarchy& hierarchy = ask.world.hierarchies.at(cgroup.hierarchy);
  if (cpuset_is_empty(hierarchy, cgroup)) return abi::Errno::kENOSPC;
  const auto enabled = cgroup.limits.find("cgroup.subtree_control");
  const bool delegates = enabled != cgroup.limits.end() && !trim(enabled->second).empty();
  return hierarchy.version == 2 && cgroup.parent && delegates ? abi::Errno::kEBUSY
                                                              : abi::Errno::kOk;
}

bool has_word(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// Does a child hand this controller down in its turn?
bool handed_on(const World& world, const Cgroup& cgroup, const std::string& controller) {
  return world.cgroups.first([&](const Cgroup& child) {
    const auto enabled = child.limits.find("cgroup.subtree_control");
    return child.parent == cgroup.id && enabled != child.limits.end() &&
           has_word(split(enabled->second, ' '), controller);
  }) != nullptr;
}

/// "+memory -pids": only what the parent has enabled; taken back from below; nothing new while the
/// cgroup itself has members. In the order of cgroup_subtree_control_write
/// (kernel/cgroup/cgroup.c).
abi::Errno subtree_verdict(const Ask& ask, const Cgroup& cgroup, std::string_view text) {
  const std::vector<std::string> words = split(trim(text), ' ');
  for (const std::string& word : words) {
    const bool sign = !word.empty() && (word[0] == '+' || word[0] == '-');
    if (!sign || !has_word(ask.world.hierarchies.at(cgroup.hierarchy).controllers, word.substr(1)))
      return abi::Errno::kEINVAL;
  }
  const std::vector<std::string> available = enabled_controllers(ask.world, cgroup);
  bool adds = false;
  for (const std::string& word : words) {
    const std::string controller = word.substr(1);
    const bool plus = word[0] == '+';
    if (plus && !has_word(available, controller)) return abi::Errno::kENOENT;
    if (!plus && handed_on(ask.world, cgroup, controller)) return abi::Errno::kEBUSY;
    adds |= plus;
  }
  return adds && cgroup.parent && cgroup.tasks > 0 ? abi::Errno::kEBUSY : abi::Errno::kOk;
}

/// A number, with K, M or G behind it, −1 (v1) or "max" (v2).
bool limit_value(std::string_view text, std::int32_t version) {
  text = trim(text);
  if (text == "max" || (text == "-1" && version == 1)) return true;
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

/// Files that take a number of few values: what is none is EINVAL, one out of range mostly ERANGE
/// (kernel/cgroup/cgroup.c, mm/memcontrol.c).
struct SmallNumber {
  std::string_view file;
  std::int64_t least, most;
  bool or_max;
  abi::Errno beyond;
};
constexpr SmallNumber kSmallNumbers[] = {
    {"cgroup.freeze", 0, 1, false, abi::Errno::kERANGE},
    {"cgroup.kill", 1, 1, false, abi::Errno::kERANGE},
    {"cgroup.max.depth", 0, INT32_MAX, true, abi::Errno::kERANGE},
    {"cgroup.max.descendants", 0, INT32_MAX, true, abi::Errno::kERANGE},
    {"memory.oom.group", 0, 1, false, abi::Errno::kEINVAL},
};

const SmallNumber* small_number(const std::string& file) {
  for (const SmallNumber& row : kSmallNumbers) {
    if (row.file == file) return &row;
  }
  return nullptr;
}

abi::Errno number_verdict(const SmallNumber& row, std::string_view text) {
  std::int64_t value = 0;
  if (row.or_max && trim(text) == "max") return abi::Errno::kOk;
  if (!parse_decimal(trim(text), value)) return abi::Errno::kEINVAL;
  return value >= row.least && value <= row.most ? abi::Errno::kOk : row.beyond;
}

}  // namespace

abi::Errno cgroup_write_verdict(const Ask& ask, const OpenFile& file, const Filesystem& fs) {
  const Cgroup* cgroup = cgroup_of_file(ask, file, fs);
  if (cgroup == nullptr) return abi::Errno::kENODEV;  // removed while the file was open
  const std::string name = base_name(file.where.path);
  const std::string_view text = ask.request.data;
  if (!may_write_from_inside(ask, *cgroup, name)) return abi::Errno::kEPERM;
  if (one_of(name, {"cgroup.procs", "cgroup.threads", "tasks"}))
    return join_verdict(ask, *cgroup, text);
  if (name == "cgroup.subtree_control") return subtree_verdict(ask, *cgroup, text);
  const bool number = one_of(
      name, {"memory.max", "memory.high", "memory.low", "memory.min", "memory.swap.max",
             "memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "pids.max", "cpu.shares"});
  const std::int32_t version = ask.world.hierarchies.at(cgroup->hierarchy).version;
  if (number && !limit_value(text, version)) return abi::Errno::kEINVAL;
  if (const SmallNumber* row = small_number(name)) return number_verdict(*row, text);
  if (name == "cpu.weight") return weight_verdict(text);
  if (one_of(name, {"cpu.max", "cpu.cfs_quota_us", "cpu.cfs_period_us"}))
    return quota_verdict(name, text);
  if (name == "cpuset.cpus") return cpuset_verdict(ask.world, *cgroup, text);
  const bool memory = number && starts_with(name, "memory.") && version == 1;
  return memory ? memory_verdict_v1(*cgroup, name, text) : abi::Errno::kOk;
}

}  // namespace cutaway::sim

// See virtual_write.h. uid_map, gid_map, setgroups: user_namespaces(7); sysctls: proc(5). cgroup
// files: cgroup_write.cpp.
#include "sim/kernel/virtual_write.h"

#include <algorithm>

#include "base/text.h"
#include "sim/kernel/paths.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

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
  const std::string name = base_name(file.where.path);
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
  const Filesystem* fs = filesystem_of(ask.world, file.where);
  if (fs == nullptr) return abi::Errno::kEIO;
  if (fs->is("cgroup") || fs->is("cgroup2")) return cgroup_write_verdict(ask, file, *fs);
  return fs->is("proc") ? proc_verdict(ask, file, *fs) : abi::Errno::kOk;
}

}  // namespace cutaway::sim

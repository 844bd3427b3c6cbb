// The cgroup hierarchies of this machine, and of their trees what concerns us: cgroups(7).
#include <unistd.h>

#include <algorithm>

#include "base/text.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/world_reader.h"
#include "real/sys/files.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::real {
namespace {

std::string parent_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

/// Where the hierarchy is mounted, by this process's mount table.
std::string mount_point(const Hierarchy& hierarchy) {
  for (const MountLine& line : parse_mountinfo(proc_text(::getpid(), "mountinfo"))) {
    if (line.root != "/") continue;
    if (hierarchy.version == 2 ? line.type == "cgroup2" : line.type == "cgroup") {
      if (hierarchy.version == 2) return line.target;
      const std::vector<std::string> words = split(line.options, ',');
      for (const std::string& controller : hierarchy.controllers) {
        if (std::find(words.begin(), words.end(), controller) != words.end()) return line.target;
      }
    }
  }
  return {};
}

std::string file_in(const std::string& folder, const std::string& name) {
  if (folder.empty()) return {};
  const Result<std::string> text = read_text(folder + "/" + name);
  return text ? std::string(trim(*text)) : std::string{};
}

}  // namespace

CgroupId cgroup_at(World& world, HierarchyId hierarchy, const std::string& path) {
  if (const Cgroup* known = cgroup_by_path(world, hierarchy, path)) return known->id;
  Cgroup made;
  if (path != "/") made.parent = cgroup_at(world, hierarchy, parent_path(path));
  made.id = CgroupId{++world.counters.cgroup};
  made.hierarchy = hierarchy;
  made.path = path;
  const CgroupId id = made.id;
  world.cgroups.put(id, std::move(made));
  return id;
}

std::string cgroup_folder(const World& world, HierarchyId hierarchy) {
  const Hierarchy* found = world.hierarchies.find(hierarchy);
  return found == nullptr ? std::string{} : mount_point(*found);
}

HierarchyId WorldReader::hierarchy(const CgroupLine& line) {
  Hierarchy made;
  made.id = HierarchyId{++world.counters.hierarchy};
  made.version = line.hierarchy == 0 ? 2 : 1;
  made.controllers = line.controllers;
  if (made.version == 2) {
    const std::string all = file_in(mount_point(made), "cgroup.controllers");
    if (!all.empty()) made.controllers = split(all, ' ');
  }
  std::sort(made.controllers.begin(), made.controllers.end());
  const HierarchyId id = made.id;
  world.hierarchies.put(id, std::move(made));
  const CgroupId root = cgroup_at(world, id, "/");
  world.hierarchies.mutate(id).root = root;
  hierarchies_[join(line.controllers, ",")] = id;
  return id;
}

/// v2: what a cgroup has enabled for those below it decides which files they have.
void WorldReader::read_control(CgroupId id) {
  for (const Cgroup* at = world.cgroups.find(id); at != nullptr;
       at = world.cgroups.find(at->parent)) {
    const Hierarchy& in = world.hierarchies.at(at->hierarchy);
    if (in.version != 2 || in.controllers.empty()) return;
    const std::string enabled =
        file_in(mount_point(in) + (at->path == "/" ? "" : at->path), "cgroup.subtree_control");
    if (!enabled.empty()) world.cgroups.mutate(at->id).limits["cgroup.subtree_control"] = enabled;
  }
}

Status WorldReader::cgroups(const std::vector<std::string>& extra) {
  std::vector<CgroupLine> lines = parse_cgroups(proc_text(::getpid(), "cgroup"));
  // Numbers of hierarchies go up; the unified one has 0 and comes last, as the World has it.
  std::reverse(lines.begin(), lines.end());
  std::stable_partition(lines.begin(), lines.end(),
                        [](const CgroupLine& line) { return line.hierarchy != 0; });
  for (const CgroupLine& line : lines) {
    const HierarchyId id = hierarchy(line);
    read_control(cgroup_at(world, id, line.path));
    const std::string folder = mount_point(world.hierarchies.at(id));
    for (const std::string& path : extra) {
      if (!folder.empty() && exists(folder + path)) read_control(cgroup_at(world, id, path));
    }
  }
  return {};
}

/// `task` counts in its cgroup of every hierarchy; how many others are in there is not known.
void WorldReader::join_cgroups(Task& task, int pid) {
  std::map<std::string, std::string> paths;
  for (const CgroupLine& line : parse_cgroups(proc_text(pid, "cgroup")))
    paths[join(line.controllers, ",")] = line.path;
  std::vector<std::pair<HierarchyId, std::string>> wanted;
  for (const auto& each : hierarchies_) wanted.emplace_back(each.second, each.first);
  std::sort(wanted.begin(), wanted.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& each : wanted) {
    const auto path = paths.find(each.second);
    const CgroupId id = cgroup_at(world, each.first, path == paths.end() ? "/" : path->second);
    ++world.cgroups.mutate(id).tasks;
    task.cgroups.push_back(id);
  }
}

}  // namespace cutaway::real

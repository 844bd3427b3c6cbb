// The cgroup file systems, v1 and v2: a folder is a cgroup, its files are those of its controllers
// (Documentation/admin-guide/cgroup-v2.rst and cgroup-v1/).
#include "base/text.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_fs.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

bool has_word(const std::vector<std::string>& words, std::string_view word) {
  for (const std::string& each : words) {
    if (each == word) return true;
  }
  return false;
}

bool exists(const World& world, const Cgroup& cgroup, const CgroupFile& file) {
  const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
  if (hierarchy == nullptr || file.version != hierarchy->version) return false;
  const bool root = hierarchy->root == cgroup.id;
  if (root ? file.where == CgroupFile::Where::NotRoot : file.where == CgroupFile::Where::RootOnly)
    return false;
  if (file.controller.empty()) return true;
  return has_word(enabled_controllers(world, cgroup), file.controller);
}

const CgroupFile* file_named(const World& world, const Cgroup& cgroup, std::string_view name) {
  for (const CgroupFile& file : cgroup_files()) {
    if (file.name == name && exists(world, cgroup, file)) return &file;
  }
  return nullptr;
}

}  // namespace

std::vector<std::string> enabled_controllers(const World& world, const Cgroup& cgroup) {
  const Hierarchy* hierarchy = world.hierarchies.find(cgroup.hierarchy);
  if (hierarchy == nullptr) return {};
  if (hierarchy->version == 1 || hierarchy->root == cgroup.id) return hierarchy->controllers;
  const Cgroup* parent = world.cgroups.find(cgroup.parent);
  if (parent == nullptr) return {};
  const auto control = parent->limits.find("cgroup.subtree_control");
  return control == parent->limits.end() || control->second.empty() ? std::vector<std::string>{}
                                                                    : split(control->second, ' ');
}

std::optional<CgroupPlace> cgroup_place(const World& world, const Filesystem& fs,
                                        std::string_view path) {
  const Cgroup* root = world.cgroups.find(fs.cgroup);
  if (root == nullptr) return std::nullopt;
  const auto below = [&](std::string_view folder) {
    return cgroup_by_path(world, fs.hierarchy,
                          folder == "/"       ? root->path
                          : root->path == "/" ? std::string(folder)
                                              : root->path + std::string(folder));
  };
  CgroupPlace place;
  place.cgroup = below(path);
  if (place.cgroup != nullptr) return place;
  const std::size_t slash = path.rfind('/');
  place.cgroup = below(slash == 0 ? "/" : path.substr(0, slash));
  if (place.cgroup == nullptr) return std::nullopt;
  place.file = std::string(path.substr(slash + 1));
  if (file_named(world, *place.cgroup, place.file) == nullptr) return std::nullopt;
  return place;
}

Permissions cgroup_permissions(const World& world, const Cgroup& cgroup, std::string_view file) {
  const CgroupFile* row = file.empty() ? nullptr : file_named(world, cgroup, file);
  Permissions found{file.empty() ? abi::mode::kDirectory | 0755 : abi::mode::kRegular, cgroup.uid,
                    cgroup.gid};
  if (row != nullptr) found.mode |= row->permissions;
  const auto set = cgroup.attributes.find(std::string(file));
  if (set == cgroup.attributes.end()) return found;
  return {(found.mode & abi::mode::kType) | set->second.mode, set->second.uid, set->second.gid};
}

std::optional<Entry> cgroupfs_entry(const World& world, const Filesystem& fs,
                                    std::string_view path) {
  const std::optional<CgroupPlace> place = cgroup_place(world, fs, path);
  if (!place) return std::nullopt;
  const Permissions permissions = cgroup_permissions(world, *place->cgroup, place->file);
  Entry entry = place->file.empty() ? virtual_folder(0) : virtual_file(0);
  entry.mode = permissions.mode;
  entry.uid = permissions.uid;
  entry.gid = permissions.gid;
  return entry;
}

std::vector<std::string> cgroupfs_list(const World& world, const Filesystem& fs,
                                       std::string_view path) {
  std::vector<std::string> names;
  const std::optional<CgroupPlace> place = cgroup_place(world, fs, path);
  if (!place || !place->file.empty()) return names;
  for (const CgroupFile& file : cgroup_files()) {
    if (exists(world, *place->cgroup, file)) names.emplace_back(file.name);
  }
  world.cgroups.each([&](const Cgroup& cgroup) {
    if (cgroup.parent == place->cgroup->id)
      names.push_back(cgroup.path.substr(cgroup.path.rfind('/') + 1));
  });
  return names;
}

}  // namespace cutaway

#include "trace/world/virtual_content.h"

#include "base/text.h"
#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway {
namespace {

std::string sysfs_content(const World& world, const Filesystem& fs, const std::string& path) {
  std::string file;
  const Interface* link = sysfs_link(world, fs, path, file);
  if (link != nullptr && !file.empty()) return sysfs_link_text(*link, file);
  const FixedEntry* row = fixed_find(sysfs_tree(), path);
  return row == nullptr ? std::string{} : std::string(row->text);
}

}  // namespace

std::string virtual_content(const World& world, const Task& viewer, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr) return {};
  if (fs->is("sysfs")) return sysfs_content(world, *fs, where.path);
  if (fs->is("cgroup") || fs->is("cgroup2")) {
    const std::optional<CgroupPlace> place = cgroup_place(world, *fs, where.path);
    return place && !place->file.empty() ? cgroup_content(world, viewer, *place) : std::string{};
  }
  if (!fs->is("proc")) return {};
  const std::optional<ProcPlace> place = proc_place(world, *fs, where.path);
  return place ? proc_task_content(world, viewer, *fs, *place)
               : proc_system_content(world, viewer, where.path);
}

std::string cgroup_path_seen_by(const World& world, const Task& viewer, const Cgroup& cgroup) {
  const Namespace* ns = world.namespaces.find(viewer.in(NsKind::Cgroup));
  std::string root = "/";
  for (std::size_t i = 0; ns != nullptr && i < ns->cgroup_roots.size(); ++i) {
    const Cgroup* each = world.cgroups.find(ns->cgroup_roots[i]);
    if (each != nullptr && each->hierarchy == cgroup.hierarchy) root = each->path;
  }
  // cgroup_namespaces(7): one "/.." for each level up from the namespace's root.
  std::string up;
  while (!is_below(cgroup.path, root)) {
    up += "/..";
    const std::size_t slash = root.rfind('/');
    root = slash == 0 ? "/" : root.substr(0, slash);
  }
  if (root == "/") return up.empty() ? cgroup.path : cgroup.path == "/" ? up : up + cgroup.path;
  const std::string rest = cgroup.path.substr(root.size());
  return up.empty() && rest.empty() ? "/" : up + rest;
}

std::int64_t pages_in_use(const World& world) {
  std::int64_t pages = 0;
  world.address_spaces.each([&pages](const AddressSpace& space) { pages += space.pages; });
  world.inodes.each([&](const Inode& inode) {
    const Filesystem* fs = world.filesystems.find(inode.fs);
    if (fs != nullptr && fs->is("tmpfs")) pages += pages_of_size(inode.size);
  });
  return pages;
}

}  // namespace cutaway

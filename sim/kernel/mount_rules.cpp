// See mount_rules.h.
#include "sim/kernel/mount_rules.h"

#include <algorithm>

#include "base/text.h"
#include "trace/effects/propagation.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"

namespace cutaway::sim {
namespace {

/// File system types of this kernel (/proc/filesystems).
struct TypeRow {
  std::string_view name;
  bool in_user_ns;  ///< FS_USERNS_MOUNT: root of a user namespace may mount it
  NsKind owned_by;  ///< … when it owns the namespace that the file system shows
};
constexpr TypeRow kTypes[] = {
    {"tmpfs", true, NsKind::User},     {"ramfs", true, NsKind::User},
    {"proc", true, NsKind::Pid},       {"sysfs", true, NsKind::Net},
    {"mqueue", true, NsKind::Ipc},     {"devpts", true, NsKind::User},
    {"overlay", true, NsKind::User},   {"cgroup", true, NsKind::Cgroup},
    {"cgroup2", true, NsKind::Cgroup}, {"devtmpfs", false, NsKind::User},
    {"ext4", false, NsKind::User},     {"xfs", false, NsKind::User},
    {"btrfs", false, NsKind::User},    {"squashfs", false, NsKind::User},
    {"vfat", false, NsKind::User},
};

const TypeRow* type_row(std::string_view name) {
  for (const TypeRow& row : kTypes) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string option(std::string_view data, std::string_view key) {
  for (const std::string& part : split(data, ',')) {
    if (starts_with(part, std::string(key) + "=")) return part.substr(key.size() + 1);
  }
  return {};
}

FilesystemId filesystem_at(const Ask& ask, const Walk& walk) {
  const Mount* mount = ask.world.mounts.find(walk.where.mount);
  return mount == nullptr ? FilesystemId{} : mount->fs;
}

/// overlayfs.rst: lowerdir is a must; upperdir and workdir lie on one file system.
Decision may_mount_overlay(const Ask& ask) {
  const std::string lower = option(ask.text(4), "lowerdir"),
                    upper = option(ask.text(4), "upperdir"), work = option(ask.text(4), "workdir");
  if (lower.empty()) return refuse(abi::Errno::kEINVAL);
  for (const std::string& path : split(lower, ':')) {
    const Walk walk = resolve(ask, path);
    if (walk.err != abi::Errno::kOk) return refuse(walk.err);
    if (!walk.entry.directory()) return refuse(abi::Errno::kENOTDIR);
  }
  if (upper.empty()) return answer(0);
  if (work.empty()) return refuse(abi::Errno::kEINVAL);
  const Walk upper_walk = resolve(ask, upper), work_walk = resolve(ask, work);
  for (const Walk& walk : {upper_walk, work_walk}) {
    if (walk.err != abi::Errno::kOk) return refuse(walk.err);
    if (!walk.entry.directory()) return refuse(abi::Errno::kENOTDIR);
  }
  const bool same = upper_walk.where.mount == work_walk.where.mount &&
                    filesystem_at(ask, upper_walk) == filesystem_at(ask, work_walk);
  const bool apart = !is_below(upper_walk.where.path, work_walk.where.path) &&
                     !is_below(work_walk.where.path, upper_walk.where.path);
  return same && apart ? answer(0) : refuse(abi::Errno::kEINVAL);
}

/// A v1 mount joins the hierarchy that has just these controllers (cgroups(7)).
Decision may_mount_cgroup(const Ask& ask, bool version_two) {
  const std::vector<std::string> wanted = split(ask.text(4), ',');
  const Hierarchy* found = ask.world.hierarchies.first([&](const Hierarchy& hierarchy) {
    if (version_two) return hierarchy.version == 2;
    if (hierarchy.version != 1) return false;
    for (const std::string& name : wanted) {
      const std::string key = starts_with(name, "name=") ? name.substr(5) : name;
      for (const std::string& has : hierarchy.controllers) {
        if (has == key) return true;
      }
    }
    return false;
  });
  if (found != nullptr) return answer(0);
  return refuse(version_two ? abi::Errno::kENODEV : abi::Errno::kEBUSY);
}

}  // namespace

const Mount* own_ns(const Ask& ask, const Location& where) {
  const Mount* mount = ask.world.mounts.find(where.mount);
  return mount != nullptr && mount->ns == ask.task.in(NsKind::Mnt) ? mount : nullptr;
}

const Mount* own_mount(const Ask& ask, const Location& where) {
  const Mount* mount = own_ns(ask, where);
  return mount != nullptr && mount->root == where.path ? mount : nullptr;
}

bool is_removed(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  return mount != nullptr && mount->removed;
}

namespace {

/// A file of it is open, or a task works in it.
bool in_use(const World& world, MountId id) {
  const auto on_it = [id](const Location& where) { return where.mount == id; };
  return world.files.first([&](const OpenFile& file) { return on_it(file.where); }) != nullptr ||
         world.fs_contexts.first(
             [&](const FsContext& fs) { return on_it(fs.root) || on_it(fs.cwd); }) != nullptr;
}

/// Something is mounted inside it: it will stay (propagate_mount_busy in fs/pnode.c).
bool carries(const World& world, MountId id) {
  const std::vector<MountId> children = child_mounts(world, id);
  const auto covers = [&](MountId child) {
    return world.mounts.at(child).at == world.mounts.at(id).root;
  };
  return !std::all_of(children.begin(), children.end(), covers);
}

}  // namespace

bool mount_busy(const World& world, const Mount& mount) {
  if (!child_mounts(world, mount.id).empty() || in_use(world, mount.id)) return true;
  const std::vector<MountId> twins = twins_of(world, mount);
  return std::any_of(twins.begin(), twins.end(), [&](MountId twin) {
    return twin != mount.id && !carries(world, twin) && in_use(world, twin);
  });
}

bool has_locked_children(const World& world, const Mount& mount, const std::string& below) {
  for (const MountId child : child_mounts(world, mount.id)) {
    const Mount& each = world.mounts.at(child);
    if (each.locked && is_below(each.at, below)) return true;
  }
  return false;
}

namespace {

/// In a user namespace a new proc or sysfs must not show more than one that is there already, whole
/// and uncovered (mount_too_revealing in fs/namespace.c; user_namespaces(7)).
bool too_revealing(const Ask& ask, std::string_view type) {
  if (type != "proc" && type != "sysfs") return false;
  const Namespace* ns = ask.world.namespaces.find(ask.task.in(NsKind::Mnt));
  const Namespace* owner = ns == nullptr ? nullptr : ask.world.namespaces.find(ns->owner);
  if (owner == nullptr || !owner->parent) return false;
  const Mount* visible = ask.world.mounts.first([&](const Mount& mount) {
    const Filesystem* fs = ask.world.filesystems.find(mount.fs);
    return mount.ns == ns->id && fs != nullptr && fs->type == type && mount.root == "/" &&
           !has_locked_children(ask.world, mount);
  });
  return visible == nullptr;
}

}  // namespace

Decision may_mount_new(const Ask& ask, const Walk& target) {
  const std::string_view type = ask.text(2);
  if (ask.null(2)) return refuse(abi::Errno::kEINVAL);
  const TypeRow* row = type_row(type);
  if (row == nullptr) return refuse(abi::Errno::kENODEV);
  const bool host_root = capable_on_host(ask.world, ask.task, cap::kSysAdmin);
  if (!row->in_user_ns && !host_root) return refuse(abi::Errno::kEPERM);
  // proc shows a pid namespace, sysfs a network namespace …: theirs must be the mounter's (USR-08).
  if (row->owned_by != NsKind::User &&
      !capable_over(ask.world, ask.task, ask.task.in(row->owned_by), cap::kSysAdmin)) {
    return refuse(abi::Errno::kEPERM);
  }
  if (too_revealing(ask, type)) return refuse(abi::Errno::kEPERM);
  if (!target.entry.directory()) return refuse(abi::Errno::kENOTDIR);
  if (type == "overlay") return may_mount_overlay(ask);
  if (type == "cgroup" || type == "cgroup2") return may_mount_cgroup(ask, type == "cgroup2");
  if (row->in_user_ns || type == "devtmpfs") return answer(0);
  const Walk device = resolve(ask, ask.text(0));
  if (device.err != abi::Errno::kOk) return refuse(device.err);
  const bool block = (device.entry.mode & abi::mode::kType) == abi::mode::kBlock;
  return refuse(block ? abi::Errno::kEINVAL : abi::Errno::kENOTBLK);
}

}  // namespace cutaway::sim

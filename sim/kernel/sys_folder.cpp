// mkdir(2), mknod(2), symlink(2), unlink(2), rmdir(2): names come and go.
#include "sim/kernel/device_rules.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/overlay_rules.h"
#include "sim/kernel/paths.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_tables.h"

namespace cutaway::sim {
namespace {

/// Is this a folder of a cgroup file system? There mkdir and rmdir make and remove cgroups
/// (cgroups(7)).
bool in_cgroupfs(const Ask& ask, const Location& where) {
  const Mount* mount = ask.world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : ask.world.filesystems.find(mount->fs);
  return fs != nullptr && (fs->is("cgroup") || fs->is("cgroup2"));
}

/// May this name be made here (filename_create, may_create in fs/namei.c)? EPERM in computed file
/// systems.
Decision make_name(const Ask& ask, const NamedPlace& place, bool folder) {
  const Walk& walk = place.walk;
  if (folder_error(place) != abi::Errno::kOk) return refuse(walk.err);
  if (place.last != LastName::Normal || walk.err == abi::Errno::kOk)
    return refuse(abi::Errno::kEEXIST);
  if (in_proc(ask, walk.parent) || (place.slash && !folder)) return refuse(abi::Errno::kENOENT);
  const abi::Errno err = may_create(ask, walk.parent);
  if (err != abi::Errno::kOk) return refuse(err);
  if (in_cgroupfs(ask, walk.parent)) return folder ? answer(0) : refuse(abi::Errno::kEPERM);
  const std::optional<FileEntry> parent = entry_at(ask.world, ask.task, walk.parent);
  if (parent && !parent->inode) return refuse(folder ? abi::Errno::kENOENT : abi::Errno::kEPERM);
  const abi::Errno layers = overlay_may_make(ask, walk.parent, walk.name, folder);
  return layers == abi::Errno::kOk ? answer(0) : refuse(layers);
}

/// EAGAIN: a cgroup above has its fill (cgroup_check_hierarchy_limits in kernel/cgroup/cgroup.c).
bool has_room_below(const World& world, const Cgroup* parent) {
  for (std::int64_t depth = 1; parent != nullptr; ++depth) {
    if (cgroups_below(world, *parent) >= cgroup_limit(*parent, "cgroup.max.descendants"))
      return false;
    if (depth > cgroup_limit(*parent, "cgroup.max.depth")) return false;
    parent = world.cgroups.find(parent->parent);
  }
  return true;
}

Decision make_folder(const Ask& ask, std::int64_t dirfd, std::string_view path) {
  const NamedPlace place = resolve_name(ask, dirfd, path);
  const Decision decision = make_name(ask, place, true);
  const Location& parent = place.walk.parent;
  if (decision.err != abi::Errno::kOk || !in_cgroupfs(ask, parent)) return decision;
  const Filesystem& fs = ask.world.filesystems.at(ask.world.mounts.at(parent.mount).fs);
  const std::optional<CgroupPlace> above = cgroup_place(ask.world, fs, parent.path);
  const bool room = !above || has_room_below(ask.world, above->cgroup);
  return room ? decision : refuse(abi::Errno::kEAGAIN);
}

/// Device nodes need CAP_MKNOD in the initial user namespace, whiteouts (0:0) do not (mknod(2)).
Decision make_node(const Ask& ask, std::int64_t dirfd, std::string_view path, std::uint32_t mode,
                   std::int64_t device) {
  const std::uint32_t type = mode & abi::mode::kType;
  if (type == abi::mode::kDirectory) return refuse(abi::Errno::kEPERM);
  if (type == abi::mode::kLink) return refuse(abi::Errno::kEINVAL);
  const Decision decision = make_name(ask, resolve_name(ask, dirfd, path), false);
  const bool is_device = type == abi::mode::kChar || type == abi::mode::kBlock;
  const bool whiteout = type == abi::mode::kChar && device == 0;
  if (whiteout && decision.err == abi::Errno::kOk) {
    // A name that is there only to say that there is none (ovl_mknod in fs/overlayfs/dir.c).
    const Walk walk = resolve_name(ask, dirfd, path).walk;
    if (overlay_of(ask.world, walk.parent) != nullptr) return refuse(abi::Errno::kEPERM);
  }
  const bool allowed = !is_device || whiteout || capable_on_host(ask.world, ask.task, cap::kMknod);
  if (decision.err != abi::Errno::kOk || !is_device || whiteout) return decision;
  if (!allowed) return refuse(abi::Errno::kEPERM);
  FileEntry made;
  made.mode = mode;
  made.major = static_cast<std::uint32_t>(device >> 8 & 0xfff);
  made.minor = static_cast<std::uint32_t>((device & 0xff) | (device >> 12 & 0xfff00));
  const abi::Errno by_cgroup = device_cgroup_verdict(ask.world, ask.task, made, "m");
  return by_cgroup == abi::Errno::kOk ? decision : refuse(by_cgroup);
}

Decision make_link(const Ask& ask, std::string_view target, std::int64_t dirfd,
                   std::string_view path) {
  if (target.empty()) return refuse(abi::Errno::kENOENT);
  return make_name(ask, resolve_name(ask, dirfd, path), false);
}

bool mounted_on(const Ask& ask, const Walk& walk) {
  return has_mount_on(ask, walk.parent, walk.name);
}

/// rmdir of a cgroup: EBUSY while it has members or children (MEM-09; cgroup-v2.rst, "Basic
/// Operations").
Decision remove_cgroup(const Ask& ask, const Walk& walk) {
  const Mount* mount = ask.world.mounts.find(walk.where.mount);
  const Filesystem& fs = ask.world.filesystems.at(mount->fs);
  const Cgroup* root = ask.world.cgroups.find(fs.cgroup);
  std::string path = root == nullptr || root->path == "/" ? "" : root->path;
  path += walk.where.path;
  const Cgroup* cgroup = cgroup_by_path(ask.world, fs.hierarchy, path);
  if (cgroup == nullptr)
    return refuse(walk.entry.directory() ? abi::Errno::kENOENT : abi::Errno::kENOTDIR);
  const CgroupId id = cgroup->id;
  const bool children =
      ask.world.cgroups.first([id](const Cgroup& c) { return c.parent == id; }) != nullptr;
  return children || cgroup->tasks > 0 ? refuse(abi::Errno::kEBUSY) : answer(0);
}

/// EROFS, ENOENT, EACCES, EPERM: in this order.
abi::Errno may_remove_name(const Ask& ask, const Walk& walk) {
  const abi::Errno writable = writable_mount(ask.world, walk.parent.mount);
  if (writable != abi::Errno::kOk) return writable;
  if (walk.err != abi::Errno::kOk) return walk.err;
  const abi::Errno folder = may_change_folder(ask, walk.parent);
  return folder == abi::Errno::kOk ? may_remove(ask, walk.parent, walk.entry) : folder;
}

/// In the order of do_rmdir and may_delete (fs/namei.c): what the last component is, whether the
/// mount may be written, whether it is there, who asks, what it is.
Decision remove_folder(const Ask& ask, std::int64_t dirfd, std::string_view path) {
  const NamedPlace place = resolve_name(ask, dirfd, path);
  const Walk& walk = place.walk;
  if (folder_error(place) != abi::Errno::kOk) return refuse(walk.err);
  if (place.last == LastName::Dot) return refuse(abi::Errno::kEINVAL);
  if (place.last == LastName::DotDot) return refuse(abi::Errno::kENOTEMPTY);
  if (place.last == LastName::Root) return refuse(abi::Errno::kEBUSY);
  const abi::Errno err = may_remove_name(ask, walk);
  if (err != abi::Errno::kOk) return refuse(err);
  if (!walk.entry.directory()) return refuse(abi::Errno::kENOTDIR);
  if (mounted_on(ask, walk)) return refuse(abi::Errno::kEBUSY);
  if (in_cgroupfs(ask, walk.where)) return remove_cgroup(ask, walk);
  if (!walk.entry.inode) return refuse(abi::Errno::kEPERM);
  if (!list_directory(ask.world, ask.task, walk.where).empty())
    return refuse(abi::Errno::kENOTEMPTY);
  const abi::Errno layers = overlay_may_clear(ask, walk.where);
  return layers == abi::Errno::kOk ? answer(0) : refuse(layers);
}

/// The same of do_unlinkat.
Decision remove_file(const Ask& ask, std::int64_t dirfd, std::string_view path) {
  const NamedPlace place = resolve_name(ask, dirfd, path);
  const Walk& walk = place.walk;
  if (folder_error(place) != abi::Errno::kOk) return refuse(walk.err);
  if (place.last != LastName::Normal) return refuse(abi::Errno::kEISDIR);
  const bool there = walk.err == abi::Errno::kOk;
  const abi::Errno writable = writable_mount(ask.world, walk.parent.mount);
  if (there && place.slash && writable == abi::Errno::kOk)
    return refuse(walk.entry.directory() ? abi::Errno::kEISDIR : abi::Errno::kENOTDIR);
  const abi::Errno err = may_remove_name(ask, walk);
  if (err != abi::Errno::kOk) return refuse(err);
  if (walk.entry.directory()) return refuse(abi::Errno::kEISDIR);
  if (mounted_on(ask, walk)) return refuse(abi::Errno::kEBUSY);
  return walk.entry.inode ? answer(0) : refuse(abi::Errno::kEPERM);
}

}  // namespace

Decision decide_mkdir(const Ask& ask) { return make_folder(ask, abi::at::kFdcwd, ask.text(0)); }
Decision decide_mkdirat(const Ask& ask) { return make_folder(ask, ask.integer(0), ask.text(1)); }
Decision decide_mknod(const Ask& ask) {
  return make_node(ask, abi::at::kFdcwd, ask.text(0), ask.word(1), ask.integer(2));
}
Decision decide_mknodat(const Ask& ask) {
  return make_node(ask, ask.integer(0), ask.text(1), ask.word(2), ask.integer(3));
}
Decision decide_symlink(const Ask& ask) {
  return make_link(ask, ask.text(0), abi::at::kFdcwd, ask.text(1));
}
Decision decide_symlinkat(const Ask& ask) {
  return make_link(ask, ask.text(0), ask.integer(1), ask.text(2));
}
Decision decide_unlink(const Ask& ask) { return remove_file(ask, abi::at::kFdcwd, ask.text(0)); }
Decision decide_unlinkat(const Ask& ask) {
  const bool folder = (ask.bits(2) & abi::at::kRemovedir) != 0;
  return folder ? remove_folder(ask, ask.integer(0), ask.text(1))
                : remove_file(ask, ask.integer(0), ask.text(1));
}
Decision decide_rmdir(const Ask& ask) { return remove_folder(ask, abi::at::kFdcwd, ask.text(0)); }

}  // namespace cutaway::sim

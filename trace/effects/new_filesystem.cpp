#include "trace/effects/new_filesystem.h"

#include "base/text.h"
#include "trace/effects/attach.h"
#include "trace/world/lookup.h"
#include "trace/world/new_id.h"

namespace cutaway {
namespace {

std::uint32_t octal_value(const std::string& text, std::uint32_t otherwise) {
  if (text.empty()) return otherwise;
  std::uint32_t value = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '7') return otherwise;
    value = value * 8 + static_cast<std::uint32_t>(digit - '0');
  }
  return value;
}

std::uint32_t id_option(std::string_view data, std::string_view name, std::uint32_t otherwise) {
  std::int64_t value = 0;
  return parse_decimal(mount_option(data, name), value) ? static_cast<std::uint32_t>(value)
                                                        : otherwise;
}

Place place_at(const Call& call, const std::string& path) {
  const Walk found = walk(call.world(), call.task(), path);
  const Mount* mount = call.world().mounts.find(found.where.mount);
  return found.err == abi::Errno::kOk && mount != nullptr ? Place{mount->fs, found.where.path, {}}
                                                          : Place{};
}

/// lowerdir's folders are separated by colons; "\:" is one that belongs to a name (overlayfs.rst).
std::vector<std::string> lower_folders(const std::string& option) {
  std::vector<std::string> folders(1);
  for (std::size_t i = 0; i < option.size(); ++i) {
    if (option[i] == '\\' && i + 1 < option.size())
      folders.back() += option[++i];
    else if (option[i] == ':')
      folders.emplace_back();
    else
      folders.back() += option[i];
  }
  return folders;
}

void fill_overlay(const Call& call, Filesystem& fs) {
  const std::string& data = call.text(4);
  for (const std::string& folder : lower_folders(mount_option(data, "lowerdir"))) {
    const Place place = place_at(call, folder);
    if (place.fs) fs.lower.push_back(place);
  }
  const std::string upper = mount_option(data, "upperdir"), work = mount_option(data, "workdir");
  if (!upper.empty()) fs.upper = place_at(call, upper);
  if (!work.empty()) fs.work = place_at(call, work);
  if (upper.empty()) fs.read_only = true;  // without an upper layer nothing can be written
}

/// v1: the hierarchy with these controllers, or named ("name=systemd"); v2: the one there is.
void fill_cgroup(const Call& call, Filesystem& fs) {
  const std::vector<std::string> wanted = split(call.text(4), ',');
  const bool two = fs.is("cgroup2");
  const Hierarchy* hierarchy = call.world().hierarchies.first([&](const Hierarchy& each) {
    if (two || each.version == 2) return two && each.version == 2;
    for (const std::string& word : wanted) {
      for (const std::string& controller : each.controllers) {
        if (controller == word) return true;
      }
    }
    return false;
  });
  if (hierarchy == nullptr) return;
  fs.hierarchy = hierarchy->id;
  fs.cgroup = hierarchy->root;
  fs.ns = call.task().in(NsKind::Cgroup);
  // Its root is that of the caller's cgroup namespace (cgroup_namespaces(7)).
  const Namespace* ns = call.world().namespaces.find(fs.ns);
  for (std::size_t i = 0; ns != nullptr && i < ns->cgroup_roots.size(); ++i) {
    const Cgroup* root = call.world().cgroups.find(ns->cgroup_roots[i]);
    if (root != nullptr && root->hierarchy == hierarchy->id) fs.cgroup = root->id;
  }
}

bool same_instance(const Filesystem& a, const Filesystem& b) {
  if (a.type != b.type) return false;
  // One superblock per network or ipc namespace, per hierarchy and cgroup root, per disk; the rest
  // are new each time.
  if (a.type == "sysfs" || a.type == "mqueue") return a.ns == b.ns;
  if (a.type == "cgroup" || a.type == "cgroup2")
    return a.hierarchy == b.hierarchy && a.cgroup == b.cgroup;
  if (a.type == "devtmpfs") return true;
  const bool computed = a.type == "proc" || a.type == "devpts";
  return !computed && a.type != "tmpfs" && a.type != "overlay" && a.source == b.source;
}

/// What shows a namespace belongs to that namespace's owner, all else to whoever mounts it
/// (s_user_ns; alloc_fs_context in fs/fs_context.c).
NsId owner_of(const Call& call, const Filesystem& fs) {
  const Namespace* shown = call.world().namespaces.find(fs.ns);
  const NsId owner = shown == nullptr ? call.task().in(NsKind::User) : shown->owner;
  const Namespace* user = call.world().namespaces.find(owner);
  return user != nullptr && user->parent ? owner : NsId{};
}

Filesystem described(const Call& call) {
  Filesystem fs;
  fs.type = call.text(2);
  fs.source = call.text(0);
  fs.options = call.text(4);
  fs.read_only = (call.bits(3) & abi::ms::kRdonly) != 0;
  if (fs.is("proc")) fs.ns = call.task().in(NsKind::Pid);
  if (fs.is("sysfs")) fs.ns = call.task().in(NsKind::Net);
  if (fs.is("mqueue")) fs.ns = call.task().in(NsKind::Ipc);
  if (fs.is("overlay")) fill_overlay(call, fs);
  if (fs.is("cgroup") || fs.is("cgroup2")) fill_cgroup(call, fs);
  fs.owner = owner_of(call, fs);
  return fs;
}

bool keeps_files(const std::string& type) {
  for (const char* computed :
       {"proc", "sysfs", "mqueue", "cgroup", "cgroup2", "devpts", "overlay", "nsfs"}) {
    if (type == computed) return false;
  }
  return true;
}

void make_instance(const Call& call, Filesystem& fs) {
  fs.id = next_filesystem(call.world());
  if (!keeps_files(fs.type)) {
    call.emit(FilesystemMade{fs});
    return;
  }
  Inode root;
  root.id = next_inode(call.world());
  root.fs = fs.id;
  root.mode = abi::mode::kDirectory |
              octal_value(mount_option(fs.options, "mode"), fs.is("tmpfs") ? 01777 : 0755);
  root.uid = id_option(fs.options, "uid", call.task().credentials.fsuid);
  root.gid = id_option(fs.options, "gid", call.task().credentials.fsgid);
  fs.root = root.id;
  call.emit(FilesystemMade{fs});
  call.emit(FileCreated{root, InodeId{}, {}, false});
}

}  // namespace

std::string mount_option(std::string_view data, std::string_view name) {
  for (const std::string& option : split(data, ',')) {
    if (starts_with(option, std::string(name) + "=")) return option.substr(name.size() + 1);
  }
  return {};
}

void mount_filesystem(const Call& call, const Location& where) {
  Filesystem fs = described(call);
  const Filesystem* existing = call.world().filesystems.first(
      [&fs](const Filesystem& each) { return same_instance(each, fs); });
  if (existing != nullptr)
    fs = *existing;
  else
    make_instance(call, fs);
  MountPlan plan;
  plan.mount.fs = fs.id;
  plan.mount.root = "/";
  plan.mount.source = call.text(0);
  plan.mount.flags = kept_mount_flags(call.bits(3));
  attach_tree(call.self(), {plan}, where, call.sink());
}

}  // namespace cutaway

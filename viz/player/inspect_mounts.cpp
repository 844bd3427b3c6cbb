// Mount tables and the layers that an overlay shows as one.
#include "base/text.h"
#include "trace/world/mount_tree.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMostMounts = 40;
constexpr std::size_t kMountPathLength = 30;

Origin mounted(MountId mount) {
  Origin origin =
      set_by<MountAttached, MountMoved, MountRemounted, MountPropagationSet, MountRootMoved>();
  origin.sets = [mount](const Event& event) {
    if (const auto* e = std::get_if<MountAttached>(&event.body)) return e->id == mount;
    if (const auto* e = std::get_if<MountMoved>(&event.body)) return e->id == mount;
    if (const auto* e = std::get_if<MountRemounted>(&event.body)) return e->id == mount;
    if (const auto* e = std::get_if<MountPropagationSet>(&event.body)) return e->id == mount;
    if (const auto* e = std::get_if<MountRootMoved>(&event.body)) return e->id == mount;
    return false;
  };
  return origin;
}

Origin filesystem_made(FilesystemId fs) {
  return set_by<FilesystemMade>(
      [fs](const FilesystemMade& event) { return event.filesystem.id == fs; });
}

const char* propagation_words(const Mount& mount) {
  if (mount.peer_group != 0) return "shared";
  if (mount.master_group != 0) return "receives only";
  return mount.unbindable ? "unbindable" : "private";
}

std::string flag_words(std::uint64_t flags) {
  std::vector<std::string> words;
  for (std::string name : abi::flag_names(abi::kMountFlags, flags)) {
    if (starts_with(name, "MS_")) name = name.substr(3);
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    words.push_back(std::move(name));
  }
  return words.empty() ? "none" : join(words, " ");
}

void add_mount(const Inspected& at, const Mount& mount, Facts& facts) {
  const Filesystem* fs = at.world.filesystems.find(mount.fs);
  const Origin origin = mounted(mount.id);
  facts.title("Mounted on " + (mount.target.empty() ? "/" : short_ids(mount.target)));
  facts.value("file system", fs == nullptr ? "" : fs->type, origin, true);
  facts.value("source", short_ids(mount.source), origin);
  if (mount.root != "/")
    facts.value("shows", short_path(short_ids(mount.root), kMountPathLength), origin);
  facts.value("flags", flag_words(mount.flags), origin);
  if (mount.flags_locked) facts.value("", "kept: a user namespace above set them", origin);
  facts.value("passes on", propagation_words(mount), origin);
}

/// Lower layers by the names that the picture has for them, in order.
std::string layer_words(const World& world, const std::string& path) {
  for (const auto& [digest, layer] : *world.layers) {
    if (!layer.path.empty() && is_below(path, layer.path)) {
      return layer_name(digest) + "  " + size_words(layer.size);
    }
  }
  return short_path(short_ids(path), kMountPathLength);
}

void add_overlay(const Inspected& at, const Filesystem& overlay, Facts& facts) {
  const Origin origin = filesystem_made(overlay.id);
  facts.title("One tree out of layers, topmost first");
  facts.value("upper", short_path(short_ids(overlay.upper.path), kMountPathLength), origin, true);
  std::int64_t number = static_cast<std::int64_t>(overlay.lower.size());
  for (const Place& place : overlay.lower) {
    facts.value("lower " + decimal(number--), layer_words(at.world, place.path), origin);
  }
  facts.value("work", short_path(short_ids(overlay.work.path), kMountPathLength), origin);
  facts.words("What is changed is copied up into upper first; lower layers are never written.");
}

void add_table(const Inspected& at, const Namespace& space, Facts& facts) {
  facts.title("Mount table of " + owner_words(at.world, at.subject.container));
  std::size_t told = 0;
  for (const MountId id : mounts_of_ns(at.world, space.id)) {
    const Mount* mount = at.world.mounts.find(id);
    if (mount == nullptr || told++ >= kMostMounts) continue;
    const Filesystem* fs = at.world.filesystems.find(mount->fs);
    facts.value(
        fs == nullptr ? "?" : fs->type,
        mount->target.empty() ? "/" : short_path(short_ids(mount->target), kMountPathLength),
        mounted(id), id == space.root_mount);
  }
  if (told > kMostMounts) {
    facts.words("and " + decimal(static_cast<std::int64_t>(told - kMostMounts)) + " more");
  }
}

const Namespace* table_of(const Inspected& at) {
  const cutaway::Task* task = face_of(at.world, at.subject.container);
  return task == nullptr ? nullptr : at.world.namespaces.find(task->in(cutaway::NsKind::Mnt));
}

/// The overlay whose writable layer is the container's.
const Filesystem* overlay_of(const World& world, const cutaway::Container& container) {
  if (container.upper.empty()) return nullptr;
  return world.filesystems.first([&](const Filesystem& fs) {
    return fs.is("overlay") && ends_with(container.upper, fs.upper.path) &&
           fs.upper.path.size() > 1;
  });
}

/// The mount that the subject names, or the table's root.
const Mount* asked_mount(const Inspected& at, const Namespace& space) {
  if (at.subject.name.empty()) return at.world.mounts.find(space.root_mount);
  for (const MountId id : mounts_of_ns(at.world, space.id)) {
    const Mount* mount = at.world.mounts.find(id);
    if (mount != nullptr && mount->target == at.subject.name) return mount;
  }
  return nullptr;
}

}  // namespace

void inspect_mounts(const Inspected& at, Facts& facts) {
  const Namespace* space = table_of(at);
  if (space == nullptr) return say_gone(at, facts);
  const Mount* mount = asked_mount(at, *space);
  if (mount != nullptr) {
    add_mount(at, *mount, facts);
    const Filesystem* fs = at.world.filesystems.find(mount->fs);
    if (fs != nullptr && fs->is("overlay")) add_overlay(at, *fs, facts);
  } else {
    facts.words("Nothing is mounted there now.");
  }
  if (at.subject.name.empty()) add_table(at, *space, facts);
}

void inspect_overlay(const Inspected& at, Facts& facts) {
  const cutaway::Container* container = at.world.containers.find(at.subject.container);
  if (container == nullptr) return say_gone(at, facts);
  facts.title("Writable layer of " + owner_words(at.world, container->number));
  facts.value("folder", short_path(short_ids(container->upper), kMountPathLength),
              set_by<ContainerCreated>().about(container->number), true);
  const Filesystem* overlay = overlay_of(at.world, *container);
  if (overlay == nullptr) {
    facts.words("It is not mounted: a folder on the disk, and nothing more.");
    return;
  }
  add_overlay(at, *overlay, facts);
}

}  // namespace cutaway::viz

// Mount tables: the World's mountinfo against the real one.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "real/observe/compare.h"
#include "real/observe/host_mounts.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/world_sink.h"
#include "trace/effects/emit.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/virtual_content.h"

namespace cutaway::real {
namespace {

/// The root of a mount is compared where both name it alike: a computed file system's is shown as
/// the reader's namespaces see it.
bool root_counts(const MountLine& line) {
  return !computed_filesystem(line.type) && line.type != "nsfs" && line.type != "btrfs";
}

/// What is compared of a line, in words.
std::string words_of(const MountLine& line) {
  std::string text = line.type;
  text += (line.flags & abi::ms::kRdonly) != 0 ? " ro" : " rw";
  if ((line.flags & abi::ms::kNosuid) != 0) text += ",nosuid";
  if ((line.flags & abi::ms::kNodev) != 0) text += ",nodev";
  if ((line.flags & abi::ms::kNoexec) != 0) text += ",noexec";
  if ((line.flags & abi::ms::kNoatime) != 0) text += ",noatime";
  if ((line.flags & abi::ms::kRelatime) != 0) text += ",relatime";
  if (line.shared != 0) text += " shared";
  if (line.master != 0) text += " slave";
  if (line.unbindable) text += " unbindable";
  if (root_counts(line)) text += " root " + line.root;
  return text + (line.read_only ? " (file system ro)" : "");
}

struct Pair {
  const MountLine* ours = nullptr;
  const MountLine* real = nullptr;
};

/// Pairs equal ones first, then those with the same target and type, then leaves the rest alone.
std::vector<Pair> paired(const std::vector<MountLine>& ours, const std::vector<MountLine>& real) {
  std::vector<Pair> pairs;
  std::vector<bool> taken(real.size());
  std::vector<bool> done(ours.size());
  for (const bool exact : {true, false}) {
    for (std::size_t i = 0; i < ours.size(); ++i) {
      for (std::size_t j = 0; j < real.size() && !done[i]; ++j) {
        if (taken[j] || ours[i].target != real[j].target || ours[i].type != real[j].type ||
            (exact && words_of(ours[i]) != words_of(real[j])))
          continue;
        taken[j] = done[i] = true;
        pairs.push_back(Pair{&ours[i], &real[j]});
      }
    }
  }
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (!done[i]) pairs.push_back(Pair{&ours[i], nullptr});
  }
  for (std::size_t j = 0; j < real.size(); ++j) {
    if (!taken[j]) pairs.push_back(Pair{nullptr, &real[j]});
  }
  return pairs;
}

/// Peer groups have other numbers here; what matters is whether there is one.
std::uint32_t group_like(World& world, std::uint32_t ours, std::uint32_t real) {
  if ((ours != 0) == (real != 0)) return ours;
  return real == 0 ? 0 : ++world.counters.peer_group;
}

void mend_mount(World& world, const MountLine& ours, const MountLine& real) {
  const MountId id{static_cast<std::uint32_t>(ours.id)};
  if (!world.mounts.contains(id)) return;
  const std::uint32_t peer = group_like(world, ours.shared, real.shared);
  const std::uint32_t master = group_like(world, ours.master, real.master);
  group_mount(world, id, peer, master);
  Mount& mount = world.mounts.mutate(id);
  mount.flags = real.flags;
  mount.unbindable = real.unbindable;
  if (root_counts(real)) mount.root = real.root;
  if (world.filesystems.contains(mount.fs))
    world.filesystems.mutate(mount.fs).read_only = real.read_only;
}

/// A mount that the World does not know, hung where its target says.
void add_mount(World& world, NsId ns, const MountLine& real,
               std::map<std::string, FilesystemId>& by_device) {
  const std::size_t slash = real.target.rfind('/');
  Location where;
  if (real.target != "/") {
    const Location folder = locate(world, ns, slash == 0 ? "/" : real.target.substr(0, slash));
    where = cross_mounts(
        world, Location{folder.mount, join_path(folder.path, real.target.substr(slash + 1))});
  }
  MountAttached attached;
  attached.ns = ns;
  attached.id = MountId{world.counters.mount + 1};
  attached.parent = where.mount;
  attached.at = where.path;
  attached.target = real.target;
  attached.source = real.source;
  attached.fstype = real.type;
  attached.flags = real.flags;
  attached.fs = filesystem_of_line(world, real, by_device);
  attached.root = real.root;
  attached.unbindable = real.unbindable;
  attached.peer_group = group_like(world, 0, real.shared);
  attached.master_group = group_like(world, 0, real.master);
  const auto mounted = attached.fs;
  WorldSink sink(world);
  emit_body(sink, TaskId{}, std::move(attached));
  const Filesystem& fs = world.filesystems.at(mounted);
  if (fs.is("overlay") && fs.lower.empty() && !fs.upper.fs) find_layers(world, ns, fs.id);
}

}  // namespace

void compare_mounts(World& world, TaskId id, int tid, TaskId viewer, std::vector<Difference>& out) {
  const Task* looks = world.tasks.find(viewer);
  const std::string text = proc_text(tid, "mountinfo");
  if (looks == nullptr || text.empty()) return;
  const Task& task = world.tasks.at(id);
  const NsId ns = task.in(NsKind::Mnt);
  const std::vector<MountLine> real = parse_mountinfo(text);
  const std::vector<MountLine> ours = parse_mountinfo(proc_mountinfo(world, *looks, task));
  const std::vector<Pair> pairs = paired(ours, real);
  std::map<std::string, FilesystemId> by_device;
  for (const Pair& pair : pairs) {
    const Mount* known =
        pair.ours == nullptr || pair.real == nullptr
            ? nullptr
            : world.mounts.find(MountId{static_cast<std::uint32_t>(pair.ours->id)});
    if (known != nullptr) by_device[pair.real->device] = known->fs;
  }
  for (const Pair& pair : pairs) {
    const std::string a = pair.ours == nullptr ? "none" : words_of(*pair.ours);
    const std::string b = pair.real == nullptr ? "none" : words_of(*pair.real);
    if (a == b) continue;
    out.push_back(
        Difference{"mount " + (pair.real == nullptr ? pair.ours : pair.real)->target, a, b});
    if (pair.ours != nullptr && pair.real != nullptr) {
      mend_mount(world, *pair.ours, *pair.real);
    } else if (pair.ours != nullptr) {
      WorldSink sink(world);
      emit_body(
          sink, id,
          MountDetached{ns, MountId{static_cast<std::uint32_t>(pair.ours->id)}, pair.ours->target});
    } else {
      add_mount(world, ns, *pair.real, by_device);
    }
  }
}

}  // namespace cutaway::real

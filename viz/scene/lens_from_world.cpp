#include "viz/scene/lens_from_world.h"

#include <algorithm>

#include "base/text.h"
#include "spec/words.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "viz/text/call_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kMountLetters = 18;  // the end of a path says more than its beginning

template <class Id>
std::string thing(const char* what, Id id) {
  return std::string(what) + ":" + decimal(static_cast<std::int64_t>(id.value));
}

std::string table_name(const cutaway::Task& eye, SpaceKind kind) {
  return thing("ns", eye.in(kind));
}

std::string user_name(std::uint32_t uid) {
  return uid == 0 ? "root" : decimal(static_cast<std::int64_t>(uid));
}

/// As seen from the eye's user namespace.
std::uint32_t seen_user(const World& world, const cutaway::Task& eye, const cutaway::Task& task) {
  return shown_id(world, eye.in(SpaceKind::User), IdKind::User, task.credentials.euid);
}

std::vector<LensRow> processes(const World& world, const cutaway::Task& eye) {
  const NsId ns = eye.in(SpaceKind::Pid);
  std::vector<std::pair<std::int32_t, LensRow>> found;
  world.tasks.each([&](const cutaway::Task& task) {
    const std::int32_t pid = task.leader == task.id ? pid_in(world, task, ns) : 0;
    if (pid == 0) return;
    const std::string program = task.zombie() ? task.comm + " (ended)" : task.comm;
    found.push_back(
        {pid,
         {decimal(pid), user_name(seen_user(world, eye, task)), program, thing("task", task.id)}});
  });
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<LensRow> rows;
  rows.reserve(found.size());
  for (auto& entry : found) rows.push_back(std::move(entry.second));
  return rows;
}

std::vector<LensRow> hostname(const World& world, const cutaway::Task& eye) {
  const Namespace* ns = world.namespaces.find(eye.in(SpaceKind::Uts));
  if (ns == nullptr) return {};
  return {{ns->hostname, "", "", table_name(eye, SpaceKind::Uts)}};
}

/// The same folder of the same file system, wherever it is mounted.
LensRow mount_row(const World& world, const Mount& mount) {
  const Filesystem* fs = world.filesystems.find(mount.fs);
  std::string type = fs == nullptr ? "" : fs->type;
  const bool part = mount.root != "/" && !starts_with(type, "cgroup");
  const bool read_only = (mount.flags & 1) != 0;  // MS_RDONLY, mount(2)
  if (part) type += ", a part of it";
  if (read_only) type += ", read-only";
  const std::string target = mount.target.empty() ? "/" : mount.target;
  return {short_path(short_ids(target), kMountLetters), type, "",
          thing("fs", mount.fs) + mount.root};
}

std::vector<LensRow> mounts(const World& world, const cutaway::Task& eye) {
  std::vector<LensRow> rows;
  for (const MountId id : mounts_of_ns(world, eye.in(SpaceKind::Mnt))) {
    const Mount* mount = world.mounts.find(id);
    if (mount != nullptr) rows.push_back(mount_row(world, *mount));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const LensRow& a, const LensRow& b) {
    const auto depth = [](const LensRow& row) {
      return row.key == "/" ? 0 : std::count(row.key.begin(), row.key.end(), '/');
    };
    return depth(a) < depth(b);
  });
  return rows;
}

std::vector<LensRow> network(const World& world, const cutaway::Task& eye) {
  const Namespace* ns = world.namespaces.find(eye.in(SpaceKind::Net));
  std::vector<LensRow> rows;
  if (ns == nullptr) return rows;
  for (const Interface& link : ns->links) {
    std::string address = link.addresses.empty() ? "no address" : link.addresses.front();
    if (!link.up) address += ", down";
    rows.push_back({link.name, address, "",
                    table_name(eye, SpaceKind::Net) + "/" + decimal(std::int64_t{link.index})});
  }
  return rows;
}

std::vector<LensRow> users(const World& world, const cutaway::Task& eye) {
  const std::uint32_t kernel_id = eye.credentials.euid;
  const std::uint32_t here = seen_user(world, eye, eye);
  const std::string same = "uid:" + decimal(static_cast<std::int64_t>(kernel_id));
  std::vector<LensRow> rows = {
      {decimal(static_cast<std::int64_t>(here)), here == 0 ? "root" : "a user", "", same}};
  rows.push_back({"rights", capability_words(eye.credentials.effective) + " capabilities", "", ""});
  return rows;
}

/// "8 GiB, though limited to 64 MiB": /proc/meminfo knows no cgroup.
std::string memory_seen(const World& world, const cutaway::Task& eye) {
  const std::string all = memory_words(world.machine.memory);
  const Cgroup* cgroup = cgroup_of(world, eye, "memory");
  std::int64_t least = kCgroupMax;
  for (; cgroup != nullptr; cgroup = world.cgroups.find(cgroup->parent)) {
    for (const char* file : {"memory.max", "memory.limit_in_bytes"}) {
      if (cgroup->limits.count(file) != 0) least = std::min(least, cgroup_limit(*cgroup, file));
    }
  }
  return least >= world.machine.memory ? all : all + ", though limited to " + memory_words(least);
}

std::vector<LensRow> shared_by_all(const World& world, const cutaway::Task& eye) {
  return {{"kernel", world.machine.kernel, "", "kernel"},
          {"cpus", decimal(world.machine.cpus), "", "cpus"},
          {"memory", memory_seen(world, eye), "", "memory"}};
}

struct SectionRow {
  const char* id;
  const char* tool;
  SpaceKind kind;
  bool of_namespace;  // else one for the whole machine
  std::vector<LensRow> (*rows)(const World&, const cutaway::Task&);
};
constexpr SectionRow kSections[] = {
    {"processes", "ps", SpaceKind::Pid, true, processes},
    {"hostname", "hostname", SpaceKind::Uts, true, hostname},
    {"mounts", "findmnt", SpaceKind::Mnt, true, mounts},
    {"network", "ip addr", SpaceKind::Net, true, network},
    {"users", "id", SpaceKind::User, true, users},
    {"all", "uname -r, nproc, free", SpaceKind::Time, false, shared_by_all},
};

/// "pids, files and hostname".
std::string listed(const std::vector<std::string>& words) {
  if (words.empty()) return "";
  if (words.size() == 1) return words.front();
  const std::vector<std::string> first(words.begin(), words.end() - 1);
  return join(first, ", ") + " and " + words.back();
}

}  // namespace

Lens lens_of(const World& world, const cutaway::Task& eye) {
  Lens lens;
  const cutaway::Container* home = home_of(world, eye);
  lens.slot = home == nullptr ? kHostSlot : home->slot;
  lens.name = home == nullptr ? "the host" : container_name(world, *home);
  for (const SectionRow& row : kSections) {
    const std::string title = spec::Words::of()["lens." + std::string(row.id)].what;
    lens.sections.push_back({row.id, title, row.tool,
                             row.of_namespace ? table_name(eye, row.kind) : "machine",
                             row.rows(world, eye)});
  }
  return lens;
}

Caption lens_caption(const World& world, const cutaway::Task& eye) {
  const spec::Words& words = spec::Words::of();
  const cutaway::Container* home = home_of(world, eye);
  if (home == nullptr) return {words["lens.host"].what, words["lens.host"].why, {}};
  constexpr SpaceKind kOrder[] = {SpaceKind::Pid, SpaceKind::Mnt, SpaceKind::Net, SpaceKind::Uts,
                                  SpaceKind::User};
  std::vector<std::string> own, shared;
  for (const SpaceKind kind : kOrder) {
    const spec::Sentence& name = words["lens.of." + std::string(ns_kind_name(kind))];
    (owns(world, eye, kind) ? own : shared).push_back(name.what);
  }
  shared.push_back(words["lens.of.kernel"].what);
  const auto filled = [&](std::string_view key) -> std::string {
    if (key == "here") return decimal(own_pid(eye));
    if (key == "there") return decimal(eye.pid());
    if (key == "name") return container_name(world, *home);
    if (key == "own") return listed(own);
    return listed(shared);
  };
  const bool own_pids = owns(world, eye, SpaceKind::Pid);
  const spec::Sentence& said = words[own_pids ? "lens.pid" : "lens.pid.shared"];
  const std::string_view second = own.empty() ? "lens.sees.nothing" : "lens.sees";
  return {fill(said.what, filled), fill(words[second].what, filled), {}};
}

const cutaway::Task* lens_eye(const World& world, int slot) {
  if (slot == kHostSlot) return host_task(world);
  for (const cutaway::Container* container : containers_by_slot(world)) {
    if (container->slot != slot) continue;
    if (const cutaway::Task* task = first_alive(world, container->number)) return task;
  }
  return nullptr;
}

}  // namespace cutaway::viz

#include "viz/text/census.h"

#include <algorithm>

#include "trace/world/charges.h"
#include "trace/world/lookup.h"
#include "trace/world/mount_tree.h"
#include "trace/world/walk.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

template <class T>
T& place_at(std::vector<T>& list, std::uint32_t at) {
  if (at >= list.size()) list.resize(std::size_t{at} + 1);
  return list[at];
}

template <class T>
const T& found(const std::vector<T>& list, std::uint32_t at) {
  static const T none{};
  return at < list.size() ? list[at] : none;
}

std::int64_t bytes_below(const World& world, const Inode& folder) {
  std::int64_t bytes = 0;
  for (const auto& [name, id] : folder.entries) {
    const Inode* inode = world.inodes.find(id);
    if (inode == nullptr) continue;
    const std::uint32_t type = inode->mode & abi::mode::kType;
    if (type == abi::mode::kRegular) bytes += inode->size;
    if (type == abi::mode::kDirectory) bytes += bytes_below(world, *inode);
  }
  return bytes;
}

/// Writable layers of the overlays that are mounted, by their folders' names.
std::map<std::string_view, const Place*> uppers_of(const World& world) {
  std::map<std::string_view, const Place*> uppers;
  world.filesystems.each([&uppers](const Filesystem& fs) {
    if (fs.upper.fs) uppers[fs.upper.path] = &fs.upper;
  });
  return uppers;
}

NsId mounts_of_host(const World& world) {
  const cutaway::Task* host = host_task(world);
  return host == nullptr ? NsId{} : host->in(cutaway::NsKind::Mnt);
}

/// The file system in which the host's paths begin.
FilesystemId root_of(const World& world, NsId mounts) {
  const Namespace* space = world.namespaces.find(mounts);
  const Mount* root = space == nullptr ? nullptr : world.mounts.find(space->root_mount);
  return root == nullptr ? FilesystemId{} : root->fs;
}

/// From the root down, as mounts_of_ns() orders them. `own` in the order in which they came.
std::vector<MountId> parents_first(MountId root, const std::vector<const Mount*>& own) {
  std::map<MountId, std::vector<MountId>> children;
  for (const Mount* mount : own) children[mount->parent].push_back(mount->id);
  std::vector<MountId> all = {root};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const auto below = children.find(all[i]);
    if (below != children.end()) all.insert(all.end(), below->second.begin(), below->second.end());
  }
  return all;
}

}  // namespace

void Census::take(const World& world) {
  take_containers(world);
  take_tasks(world);
  take_pages(world);
  take_mounts(world);
  take_tops(world);
}

void Census::take_containers(const World& world) {
  if (seen_containers_.same(world.containers)) return;
  by_slot_ = containers_by_slot(world);
  names_.clear();
  for (const cutaway::Container* container : by_slot_) {
    place_at(names_, container->number.value) = container_name(world, *container);
  }
}

/// The tasks of a container hold one or the other: a task that changes is another value.
void Census::take_task(const World& world, const cutaway::Task* before, const cutaway::Task* now) {
  const auto had_cpu = [](const cutaway::Task* task) {
    return task != nullptr && (task->cpu >= 0 || task->cpu_time > 0) ? 1U : 0U;
  };
  tasks_with_cpu_ = tasks_with_cpu_ - had_cpu(before) + had_cpu(now);
  if (before != nullptr && before->container) {
    auto& tasks = place_at(tasks_, before->container.value);
    tasks.erase(std::remove(tasks.begin(), tasks.end(), before), tasks.end());
  }
  if (now == nullptr || now->leader != now->id || !is_inside(world, *now)) return;
  auto& tasks = place_at(tasks_, now->container.value);
  // By the numbers that they have inside, and of equals by id: as sort_by_own_pid() has them.
  const auto behind = [now](const cutaway::Task* task) {
    return std::pair(own_pid(*task), task->id) > std::pair(own_pid(*now), now->id);
  };
  tasks.insert(std::find_if(tasks.begin(), tasks.end(), behind), now);
}

void Census::take_tasks(const World& world) {
  seen_tasks_.take(world.tasks, [&](const cutaway::Task* before, const cutaway::Task* now) {
    take_task(world, before, now);
  });
}

void Census::Pages::charge(CgroupId payer, std::int64_t pages, int sign) {
  by_payer[payer] += sign * pages;
}

void Census::Pages::charge(const AddressSpace* space, int sign) {
  if (space == nullptr) return;
  all += sign * space->pages;
  for (const MemoryCharge& part : charges_of(*space)) charge(part.cgroup, part.pages, sign);
}

void Census::Pages::charge(const Inode* file, int sign) {
  if (file == nullptr || !file->charged_to) return;
  const std::int64_t pages = pages_of_size(file->size);
  all += sign * pages;
  charge(file->charged_to, pages, sign);
}

void Census::take_pages(const World& world) {
  const auto charge_to = [](Pages& pages) {
    return [&pages](const auto* before, const auto* now) {
      pages.charge(before, -1);
      pages.charge(now, 1);
    };
  };
  const bool spaces = seen_spaces_.take(world.address_spaces, charge_to(space_pages_));
  const bool files = seen_files_.take(world.inodes, charge_to(file_pages_));
  const bool cgroups = !seen_cgroups_.same(world.cgroups);
  if (!spaces && !files && !cgroups) return;
  pages_.clear();
  for (const Pages* kind : {&space_pages_, &file_pages_}) {
    for (const auto& [payer, pages] : kind->by_payer) {
      for (CgroupId at = payer; at;) {
        place_at(pages_, at.value) += pages;
        const Cgroup* cgroup = world.cgroups.find(at);
        at = cgroup == nullptr ? CgroupId{} : cgroup->parent;
      }
    }
  }
}

void Census::take_mounts(const World& world) {
  if (seen_mounts_.same(world.mounts, world.namespaces)) return;
  std::map<NsId, std::vector<const Mount*>> own;
  world.mounts.each([&own](const Mount& mount) { own[mount.ns].push_back(&mount); });
  mounts_.clear();
  for (const auto& [ns, mounts] : own) {
    const Namespace* space = world.namespaces.find(ns);
    if (space == nullptr || !world.mounts.contains(space->root_mount)) continue;
    mounts_[ns] = parents_first(space->root_mount, mounts);
  }
}

void Census::take_tops(const World& world) {
  const NsId host = mounts_of_host(world);
  const bool same_host = host == host_mounts_;
  host_mounts_ = host;
  if (seen_tops_.same(world.containers, world.filesystems, world.inodes, world.mounts,
                      world.namespaces) &&
      same_host) {
    return;
  }
  tops_.clear();
  uppers_ = uppers_of(world);
  root_ = root_of(world, host);
}

const std::string& Census::name_of(const cutaway::Container& container) const {
  return found(names_, container.number.value);
}

const std::vector<const cutaway::Task*>& Census::tasks_of(
    const cutaway::Container& container) const {
  return found(tasks_, container.number.value);
}

const cutaway::Task* Census::first_alive(const cutaway::Container& container) const {
  return viz::first_alive(tasks_of(container));
}

std::int64_t Census::pages_of(CgroupId cgroup) const { return found(pages_, cgroup.value); }

const std::vector<MountId>& Census::mounts_of(NsId ns) const {
  static const std::vector<MountId> none;
  const auto known = mounts_.find(ns);
  return known == mounts_.end() ? none : known->second;
}

const Census::Top& Census::top_of(const World& world, const cutaway::Container& container) const {
  std::optional<Top>& top = place_at(tops_, container.number.value);
  if (top) return *top;
  top.emplace();
  if (container.upper.empty()) return *top;
  const auto upper = uppers_.find(container.upper);
  const FilesystemId fs = upper == uppers_.end() ? root_ : upper->second->fs;
  top->folder = fs ? inode_at(world, fs, container.upper) : nullptr;
  if (top->folder != nullptr) top->bytes = bytes_below(world, *top->folder);
  return *top;
}

}  // namespace cutaway::viz

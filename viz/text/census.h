// Census: who and what there is in a World, listed once for all parts of a picture instead of
// looked for by each of them. What has not changed since the World that it saw before is kept:
// tables share their storage, so that "the same" is one comparison.
//
//   Census census;
//   census.take(world);                                  // at every moment
//   for (const Container* c : census.containers()) say(census.name_of(*c), census.tasks_of(*c));
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "trace/world/world.h"

namespace cutaway::viz {

/// A table as it was seen last, for what is brought up to date by its changes.
template <class Seen>
class SeenTable {
 public:
  /// Calls f(const T* before, const T* now) for what has changed since. `before` is alive as long
  /// as f runs, `now` until the next call. False: nothing has.
  template <class F>
  bool take(const Seen& now, F&& f) {
    if (seen_.same_storage(now)) return false;
    const Seen before = std::exchange(seen_, now);
    Seen::each_change(before, seen_, f);
    return true;
  }

 private:
  Seen seen_;
};

/// Tables as they were seen last. They stay alive as long as what was read from them is kept.
template <class... Tables>
class SeenTables {
 public:
  /// True: they are as they were. (The first time that is so when all are empty.)
  bool same(const Tables&... now) {
    const bool unchanged = (std::get<Tables>(seen_).same_storage(now) && ...);
    if (!unchanged) seen_ = std::make_tuple(now...);
    return unchanged;
  }

 private:
  std::tuple<Tables...> seen_;
};

class Census {
 public:
  void take(const World& world);

  /// By slot, then by number.
  [[nodiscard]] const std::vector<const cutaway::Container*>& containers() const {
    return by_slot_;
  }
  /// container_name().
  [[nodiscard]] const std::string& name_of(const cutaway::Container& container) const;
  /// tasks_of(), first_alive().
  [[nodiscard]] const std::vector<const cutaway::Task*>& tasks_of(
      const cutaway::Container& container) const;
  [[nodiscard]] const cutaway::Task* first_alive(const cutaway::Container& container) const;
  /// Has any task ever been on a cpu? Some traces do not tell it.
  [[nodiscard]] bool knows_cpus() const { return tasks_with_cpu_ > 0; }

  /// Pages in memory, of address spaces and of files: all; those that this cgroup or one below it
  /// pays for.
  [[nodiscard]] std::int64_t pages() const { return space_pages_.all + file_pages_.all; }
  [[nodiscard]] std::int64_t pages_of(CgroupId cgroup) const;

  /// mounts_of_ns().
  [[nodiscard]] const std::vector<MountId>& mounts_of(NsId ns) const;

  /// A container's writable layer: its folder on the host, and what it holds.
  struct Top {
    const Inode* folder = nullptr;
    std::int64_t bytes = 0;  ///< of files; folders count nothing, as docker counts
  };
  /// No folder: it is not there. Looked for when somebody asks; `world` is the one taken last.
  [[nodiscard]] const Top& top_of(const World& world, const cutaway::Container& container) const;

 private:
  using Tasks = Table<TaskId, cutaway::Task>;
  using Containers = Table<ContainerId, cutaway::Container>;
  using Mounts = Table<MountId, Mount>;
  using Namespaces = Table<NsId, Namespace>;
  using Inodes = Table<InodeId, Inode>;
  using Spaces = Table<AddressSpaceId, AddressSpace>;
  using Cgroups = Table<CgroupId, Cgroup>;
  using Filesystems = Table<FilesystemId, Filesystem>;

  struct Pages {
    std::int64_t all = 0;
    std::map<CgroupId, std::int64_t> by_payer;
    /// `sign` −1: no longer.
    void charge(CgroupId payer, std::int64_t pages, int sign);
    void charge(const AddressSpace* space, int sign);
    void charge(const Inode* file, int sign);
  };

  void take_containers(const World& world);
  void take_tasks(const World& world);
  void take_task(const World& world, const cutaway::Task* before, const cutaway::Task* now);
  void take_pages(const World& world);
  void take_mounts(const World& world);
  void take_tops(const World& world);

  SeenTables<Containers> seen_containers_;
  std::vector<const cutaway::Container*> by_slot_;
  std::vector<std::string> names_;  ///< by number

  SeenTable<Tasks> seen_tasks_;
  std::vector<std::vector<const cutaway::Task*>> tasks_;  ///< by container
  std::size_t tasks_with_cpu_ = 0;

  SeenTable<Spaces> seen_spaces_;
  SeenTable<Inodes> seen_files_;
  SeenTables<Cgroups> seen_cgroups_;
  Pages space_pages_, file_pages_;
  std::vector<std::int64_t> pages_;  ///< by cgroup, with those below it

  SeenTables<Mounts, Namespaces> seen_mounts_;
  std::map<NsId, std::vector<MountId>> mounts_;

  SeenTables<Containers, Filesystems, Inodes, Mounts, Namespaces> seen_tops_;
  NsId host_mounts_;
  std::map<std::string_view, const Place*> uppers_;  ///< writable layers that are mounted
  FilesystemId root_;
  mutable std::vector<std::optional<Top>> tops_;  ///< by container; none: nobody has asked
};

}  // namespace cutaway::viz

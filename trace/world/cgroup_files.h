// The files of cgroup folders as one table: which exist where, and what they say when nothing was
// written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"

namespace cutaway {

struct CgroupFile {
  enum class Where : std::uint8_t { Everywhere, NotRoot, RootOnly };
  enum class Kind : std::uint8_t {
    Limit,     ///< kept as written
    Bytes,     ///< a limit in bytes: suffixes are read, rounded down to pages
    Usage,     ///< a number that is counted
    Flat,      ///< "key value" lines out of usage ("memory.events oom_kill")
    Computed,  ///< by its own function (members, cgroup.events …)
    Trigger,   ///< only written to
  };
  std::int32_t version = 2;
  std::string_view controller;  ///< empty: of every cgroup
  std::string_view name;
  Where where = Where::Everywhere;
  std::uint32_t permissions = 0644;
  Kind kind = Kind::Limit;
  std::string_view initial;  ///< Limit, Bytes: before anything is written. Flat: its keys
};

struct CgroupFiles {
  const CgroupFile* begin_;
  const CgroupFile* end_;
  const CgroupFile* begin() const { return begin_; }
  const CgroupFile* end() const { return end_; }
};
CgroupFiles cgroup_files();

/// The row of this file in this cgroup's hierarchy, or null (whether the controller is enabled is
/// not asked).
const CgroupFile* cgroup_file(const World& world, const Cgroup& cgroup, std::string_view name);

/// Controllers whose files a cgroup has: on v1 those of the hierarchy, on v2 what its parent's
/// cgroup.subtree_control says.
std::vector<std::string> enabled_controllers(const World& world, const Cgroup& cgroup);

/// A limit in bytes as cgroup files take it: "64M", "max", "-1". False if it is none.
bool parse_cgroup_bytes(std::string_view text, std::int64_t& bytes);
/// No limit.
inline constexpr std::int64_t kCgroupMax = INT64_MAX;

/// A number limit of a cgroup ("pids.max", "memory.max", "memory.limit_in_bytes"), or kCgroupMax.
std::int64_t cgroup_limit(const Cgroup& cgroup, std::string_view file);
/// How many there are below it, at any depth.
std::int64_t cgroups_below(const World& world, const Cgroup& cgroup);

}  // namespace cutaway

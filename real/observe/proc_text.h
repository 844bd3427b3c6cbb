// What files of /proc say, as values: proc(5). Pure; real text and the World's own (trace/world)
// are read by the same functions, so that they can be compared.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::real {

/// One line of mountinfo.
struct MountLine {
  std::int64_t id = 0, parent = 0;
  std::string device;                    ///< "254:0"
  std::string root, target;              ///< of its file system; as seen by whose mountinfo it is
  std::uint64_t flags = 0;               ///< MS_RDONLY, MS_NOSUID … of the mount
  std::uint32_t shared = 0, master = 0;  ///< peer groups
  bool unbindable = false;
  std::string type, source;
  bool read_only = false;  ///< the file system itself
  std::string options;     ///< of the file system, without rw or ro
};
/// Lines that are none are left out.
std::vector<MountLine> parse_mountinfo(std::string_view text);

/// "Uid:\t0\t0" → status["Uid"] = "0\t0".
using StatusFields = std::map<std::string, std::string>;
StatusFields parse_status(std::string_view text);
/// The numbers of a field of status, by blanks; absent: none.
std::vector<std::uint64_t> status_numbers(const StatusFields& status, const std::string& name,
                                          unsigned base = 10);
/// The first of them, or 0.
std::uint64_t status_number(const StatusFields& status, const std::string& name,
                            unsigned base = 10);

/// One line of /proc/PID/cgroup.
struct CgroupLine {
  std::int64_t hierarchy = 0;
  std::vector<std::string> controllers;  ///< empty on v2; {"name=systemd"} on a named one
  std::string path;
};
std::vector<CgroupLine> parse_cgroups(std::string_view text);

/// The number in "mnt:[4026531841]" or "pipe:[17]"; 0 if there is none.
std::uint32_t number_in_link(std::string_view link);

/// Fields of /proc/PID/stat from the third on ("S", ppid, pgrp, session …); comm may hold anything.
std::vector<std::string> parse_stat(std::string_view text);

/// fdinfo's "flags" (O_*, with O_CLOEXEC) and "pos".
struct FdInfo {
  std::uint64_t flags = 0;
  std::int64_t offset = 0;
};
FdInfo parse_fdinfo(std::string_view text);

}  // namespace cutaway::real

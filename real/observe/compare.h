// The World against /proc, for one task: what differs is said, and mended in the World given.
// What the World's own /proc says (trace/world/virtual_content.h) is compared with the real text
// where it has one.
#pragma once

#include <string>
#include <vector>

#include "real/observe/discover.h"

namespace cutaway::real {

struct Difference {
  std::string what;         ///< "CapEff", "fd 3", "mount /proc/keys"
  std::string world, real;  ///< what each says; "none"
};

/// What another task that is inside a call just now may be about to change: not compared.
struct Unsettled {
  bool mounts = false, cgroups = false, descriptors = false;
};

/// Compares the task with /proc/TID as it stands now (it is stopped) and mends `world`.
/// `viewer`: this process's own task.
std::vector<Difference> compare_with_proc(World& world, TaskId task, int tid, TaskId viewer,
                                          Discoverer& discoverer, const Unsettled& unsettled);

// Its parts.
void compare_status(World& world, TaskId task, int tid, TaskId viewer,
                    std::vector<Difference>& out);
void compare_namespaces(World& world, TaskId task, int tid, std::vector<Difference>& out);
void compare_cgroups(World& world, TaskId task, int tid, std::vector<Difference>& out);
void compare_places(World& world, TaskId task, int tid, std::vector<Difference>& out);
void compare_descriptors(World& world, TaskId task, int tid, Discoverer& discoverer,
                         std::vector<Difference>& out);
/// compare_mounts.cpp
void compare_mounts(World& world, TaskId task, int tid, TaskId viewer,
                    std::vector<Difference>& out);

}  // namespace cutaway::real

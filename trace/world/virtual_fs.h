// File systems without inodes: proc(5), sysfs(5), cgroups(7), devpts, mqueue. What exists in them
// is computed from the World for whoever looks; what the files say is virtual_content.h. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/walk.h"

namespace cutaway {

/// Is this type of file system computed?
bool is_virtual(const Filesystem& fs);

std::optional<Entry> virtual_entry(const World& world, const Task& viewer, const Filesystem& fs,
                                   std::string_view path);
/// Names in a folder, sorted.
std::vector<std::string> virtual_list(const World& world, const Task& viewer, const Filesystem& fs,
                                      std::string_view path);

// Each by type; `path` begins with "/".
std::optional<Entry> proc_entry(const World& world, const Task& viewer, const Filesystem& fs,
                                std::string_view path);
std::vector<std::string> proc_list(const World& world, const Task& viewer, const Filesystem& fs,
                                   std::string_view path);
std::optional<Entry> sysfs_entry(const World& world, const Filesystem& fs, std::string_view path);
std::vector<std::string> sysfs_list(const World& world, const Filesystem& fs,
                                    std::string_view path);
std::optional<Entry> cgroupfs_entry(const World& world, const Filesystem& fs,
                                    std::string_view path);
std::vector<std::string> cgroupfs_list(const World& world, const Filesystem& fs,
                                       std::string_view path);

/// Entries by mode, for the tables of the computed file systems.
Entry virtual_folder(std::uint32_t permissions = 0555);
Entry virtual_file(std::uint32_t permissions = 0444);
Entry virtual_link(std::string target);

}  // namespace cutaway

// Names in texts that differ from run to run, and what stands for them.
#pragma once

#include <string>
#include <string_view>

namespace cutaway {

inline constexpr std::string_view kContainerWord = "<container>";
inline constexpr std::string_view kHashWord = "<hash>";

/// How many hex digits (small letters) stand at `at`, when they are a whole word; else 0.
std::size_t hex_run(std::string_view text, std::size_t at);
bool is_number(std::string_view text);
/// Is this the name of a file that takes and tells pids ("…/cgroup.procs")?
bool names_pids(std::string_view path);

/// Numbers of pipes, sockets and namespaces ("pipe:[17]"), pids and descriptors in paths under
/// /proc, and the random ends of temporary names.
std::string numbers_replaced(std::string_view text);

/// Of a path into the engine's folders (it has an id in it) only what it is remains:
/// "<state>/rootfs/proc". Of a cgroup the parent folder that the engine chose goes.
std::string paths_replaced(std::string_view text);

}  // namespace cutaway

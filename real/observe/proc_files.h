// /proc of one task, read. Empty text or link: it could not be read (the task is gone).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cutaway::real {

/// "/proc/17/status".
std::string proc_path(int tid, std::string_view file);
std::string proc_text(int tid, std::string_view file);
std::string proc_link(int tid, std::string_view file);
/// What descriptor each number leads to, as readlink(2) shows it.
std::map<std::int32_t, std::string> proc_fds(int tid);
/// The target of a link anywhere; empty if it is none.
std::string link_target(const std::string& path);

}  // namespace cutaway::real

#include "real/observe/proc_files.h"

#include <dirent.h>
#include <unistd.h>

#include <climits>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

std::string proc_path(int tid, std::string_view file) {
  std::string path = "/proc/" + decimal(tid);
  if (!file.empty()) path += "/" + std::string(file);
  return path;
}

std::string proc_text(int tid, std::string_view file) {
  Result<std::string> text = read_text(proc_path(tid, file));
  return text ? std::move(*text) : std::string{};
}

std::string link_target(const std::string& path) {
  char buffer[PATH_MAX + 64];
  const ssize_t length = ::readlink(path.c_str(), buffer, sizeof buffer);
  return length < 0 ? std::string{} : std::string(buffer, static_cast<std::size_t>(length));
}

std::string proc_link(int tid, std::string_view file) { return link_target(proc_path(tid, file)); }

std::map<std::int32_t, std::string> proc_fds(int tid) {
  std::map<std::int32_t, std::string> fds;
  const std::string folder = proc_path(tid, "fd");
  DIR* dir = ::opendir(folder.c_str());
  if (dir == nullptr) return fds;
  const int own = tid == ::getpid() ? ::dirfd(dir) : -1;
  while (const dirent* entry = ::readdir(dir)) {
    std::int64_t fd = 0;
    if (!parse_decimal(entry->d_name, fd) || fd == own) continue;
    std::string target = link_target(folder + "/" + entry->d_name);
    if (!target.empty()) fds[static_cast<std::int32_t>(fd)] = std::move(target);
  }
  ::closedir(dir);
  return fds;
}

}  // namespace cutaway::real

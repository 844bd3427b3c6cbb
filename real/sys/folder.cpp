#include "real/sys/folder.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

#include "real/sys/files.h"

namespace cutaway::real {

Result<std::vector<std::string>> names_in(const std::string& folder) {
  DIR* listing = ::opendir(folder.c_str());
  if (listing == nullptr) return os_fail("read folder", folder, errno);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  ::closedir(listing);
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<std::string> names_if_any(const std::string& folder) {
  return names_in(folder).value_or(std::vector<std::string>{});
}

}  // namespace cutaway::real

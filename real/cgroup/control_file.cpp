#include "real/cgroup/control_file.h"

#include <dirent.h>
#include <fcntl.h>

#include <cerrno>
#include <memory>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

Status write_control(const std::string& path, std::string_view text) {
  // O_TRUNC means nothing to a cgroup file; trees of plain files in tests need it.
  TRY_ASSIGN(const Fd file, open_file(path, O_WRONLY | O_TRUNC));
  const ssize_t put = ::write(file.get(), text.data(), text.size());
  if (put < 0) return os_fail("write \"" + std::string(text) + "\" to", path, errno);
  if (static_cast<std::size_t>(put) != text.size()) return os_fail("write", path, EIO);
  return {};
}

Result<std::string> read_control(const std::string& path) {
  TRY_ASSIGN(const std::string text, read_text(path));
  return std::string(trim(text));
}

std::int64_t number_in(std::string_view text, std::string_view key) {
  std::int64_t value = -1;
  if (key.empty()) return parse_decimal(trim(text), value) ? value : -1;
  for (const std::string& line : split(text, '\n')) {
    if (!starts_with(line, key) || line.size() <= key.size() || line[key.size()] != ' ') continue;
    return parse_decimal(trim(std::string_view(line).substr(key.size())), value) ? value : -1;
  }
  return -1;
}

std::vector<std::string> folders_below(const std::string& path) {
  std::vector<std::string> found;
  struct Close {
    void operator()(DIR* listing) const { ::closedir(listing); }
  };
  const std::unique_ptr<DIR, Close> listing(::opendir(path.c_str()));
  if (!listing) return found;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string name = entry->d_name;
    if (entry->d_type != DT_DIR || name == "." || name == "..") continue;
    const std::string child = path + "/" + name;
    for (std::string& deeper : folders_below(child)) found.push_back(std::move(deeper));
    found.push_back(child);
  }
  return found;
}

}  // namespace cutaway::real

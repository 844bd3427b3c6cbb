#include "app/lesson/folder_watch.h"

#include <filesystem>
#include <functional>

namespace cutaway::app {

namespace fs = std::filesystem;

namespace {

/// What lies there only while somebody writes: ".text.en.md.swp", "text.en.md~".
bool is_an_editors(const std::string& name) { return name.front() == '.' || name.back() == '~'; }

}  // namespace

void FolderWatch::look_at(const std::string& folder) {
  std::error_code error;
  folder_ = fs::is_directory(folder, error) ? folder : std::string();
  seen_ = state();
  looked_ = Clock::now();
}

bool FolderWatch::changed() {
  if (folder_.empty() || Clock::now() - looked_ < std::chrono::milliseconds(500)) return false;
  looked_ = Clock::now();
  const std::uint64_t before = seen_;
  seen_ = state();
  return seen_ != before;
}

std::uint64_t FolderWatch::state() const {
  std::uint64_t sum = 0;
  std::error_code error;
  if (folder_.empty()) return sum;
  for (fs::recursive_directory_iterator at(folder_, error), end; !error && at != end;
       at.increment(error)) {
    std::error_code gone;
    if (!at->is_regular_file(gone) || is_an_editors(at->path().filename().string())) continue;
    const auto written = fs::last_write_time(at->path(), gone).time_since_epoch().count();
    const std::uint64_t file = std::hash<std::string>()(at->path().string());
    sum += file * 31 + static_cast<std::uint64_t>(written) * 7 + at->file_size(gone);
  }
  return sum;
}

}  // namespace cutaway::app

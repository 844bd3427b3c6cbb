#include "app/lesson/progress_file.h"

#include <cstdlib>
#include <filesystem>

#include "base/os/files.h"

namespace cutaway::app {

namespace {

/// As the XDG base directory specification has it: a path that is not absolute does not count.
std::string folder_of_user() {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  if (state != nullptr && state[0] == '/') return std::string(state) + "/cutaway/lessons";
  if (home != nullptr && home[0] == '/') return std::string(home) + "/.local/state/cutaway/lessons";
  return {};
}

}  // namespace

std::string progress_file(const std::string& lesson_id) {
  const std::string folder = folder_of_user();
  if (folder.empty()) return {};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? std::string() : folder + "/" + lesson_id + ".json";
}

lessons::Record progress_of(const std::string& lesson_id) {
  const std::string folder = folder_of_user();
  return folder.empty() ? lessons::Record() : record_in(folder + "/" + lesson_id + ".json");
}

lessons::Record record_in(const std::string& file) {
  if (!os::file_exists(file)) return {};
  const auto text = os::read_file(file);
  if (!text) return {};
  const auto record = lessons::read_record(file, *text);
  return record ? *record : lessons::Record();
}

Result<std::string> keep_progress(const lessons::Play& play, const std::string& hand_in) {
  const std::string file = hand_in.empty() ? progress_file(play.lesson().id) : hand_in;
  if (!file.empty()) TRY(os::write_file(file, play.record().text()));
  return file;
}

}  // namespace cutaway::app

#include "app/lesson/record.h"

#include <cstdlib>
#include <filesystem>

namespace cutaway::app {

std::string LessonRecord::text() const {
  const Json document = {{"cutaway_hand_in", 1},     {"lesson", lesson},
                         {"learner", learner},       {"seed", seed},
                         {"program", "cutaway 0.1"}, {"predictions", predictions},
                         {"exercises", exercises}};
  return document.dump(1) + "\n";
}

std::string progress_file(const std::string& lesson_id) {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::string folder;
  if (state != nullptr && state[0] == '/')
    folder = std::string(state) + "/cutaway/lessons";
  else if (home != nullptr && home[0] == '/')
    folder = std::string(home) + "/.local/state/cutaway/lessons";
  else
    return {};
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  return error ? std::string() : folder + "/" + lesson_id + ".json";
}

}  // namespace cutaway::app

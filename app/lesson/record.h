// What a learner has done in a lesson: the file that is handed in, and kept as progress.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "base/json_value.h"
#include "base/result.h"

namespace cutaway::app {

struct LessonRecord {
  std::string lesson, learner;
  std::uint64_t seed = 1;
  std::map<std::string, std::string> predictions;  ///< the option that was chosen first
  Json exercises = Json::object();                 ///< ANSWER of each that was done

  /// The document that `lesson grade` reads.
  std::string text() const;
};

/// Where this user's progress is kept, by lesson; empty: nowhere. The folder is made.
std::string progress_file(const std::string& lesson_id);

}  // namespace cutaway::app

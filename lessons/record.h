// Front door: what a learner has done in a lesson: the file that is handed in, and kept as
// progress.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "base/json_value.h"
#include "base/result.h"

namespace cutaway::lessons {

struct Record {
  std::string lesson, learner;
  std::uint64_t seed = 1;
  std::map<std::string, std::string> predictions;  ///< the option that was chosen first
  Json exercises = Json::object();                 ///< ANSWER of each that was begun
  std::set<std::string> done;                      ///< those of them that were right
  std::size_t page = 0;                            ///< where the learner was

  /// The document that `lesson grade` reads.
  std::string text() const;
};

/// What was kept. `grade` judges a hand-in; this one only goes on with it, so that what it cannot
/// read is left out.
Result<Record> read_record(const std::string& file, std::string_view text);

}  // namespace cutaway::lessons

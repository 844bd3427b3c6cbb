// Front door: which lessons there are, in their parts, without reading all of each.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lessons/record.h"

namespace cutaway::lessons {

/// A part of the course: lessons from this number on.
struct Part {
  std::int64_t from;
  std::string_view message;  ///< its name, among the player's words
};
const std::vector<Part>& parts();

struct CatalogueRow {
  std::int64_t number = 0;
  std::string id;     ///< "who-does-what"
  std::string title;  ///< in the language that was asked for, else in English
  std::size_t part = 0;
  std::vector<std::string> predictions, exercises;  ///< their ids
};

std::vector<CatalogueRow> catalogue(std::string_view language);

/// How much of a lesson is done: questions that were answered, exercises that were right.
struct Done {
  std::size_t done = 0, of = 0;
  bool all() const { return of > 0 && done == of; }
};
Done done_of(const CatalogueRow& row, const Record& record);

}  // namespace cutaway::lessons

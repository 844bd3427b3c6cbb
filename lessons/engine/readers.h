// How the files of a lesson's folder are read; what is wrong goes into the document's problems.
#pragma once

#include <string>

#include "lessons/lesson.h"
#include "spec/scenario/document_reader.h"

namespace cutaway::lessons {

/// lesson.json
void read_lesson_document(spec::Problems& problems, Lesson& lesson);
/// start.json: {"cutaway_start":1,"do":[…]}
void read_start(spec::Problems& problems, Lesson& lesson);
/// solution.json: {"cutaway_solution":1,"exercises":{"<id>":ANSWER}}
void read_solutions(spec::Problems& problems, const std::string& file, Lesson& lesson);
/// wrong/*.json: {"cutaway_wrong":1,"exercise","belief","misses":[…],ANSWER}
void read_wrong(spec::Problems& problems, const std::string& file, Lesson& lesson);

}  // namespace cutaway::lessons

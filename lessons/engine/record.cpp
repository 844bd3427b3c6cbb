#include "lessons/record.h"

#include "base/json.h"

namespace cutaway::lessons {

namespace {

std::string text_of(const Json& document, const char* key) {
  const auto found = document.find(key);
  return found != document.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::uint64_t number_of(const Json& document, const char* key, std::uint64_t otherwise) {
  const auto found = document.find(key);
  return found != document.end() && found->is_number_unsigned() ? found->get<std::uint64_t>()
                                                                : otherwise;
}

}  // namespace

std::string Record::text() const {
  const Json document = {{"cutaway_hand_in", 1},
                         {"lesson", lesson},
                         {"learner", learner},
                         {"seed", seed},
                         {"program", "cutaway 0.1"},
                         {"predictions", predictions},
                         {"exercises", exercises},
                         {"done", done},
                         {"page", page}};
  return document.dump(1) + "\n";
}

Result<Record> read_record(const std::string& file, std::string_view text) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(file, text));
  const Json& value = document.value();
  if (!value.is_object()) return fail(ErrorCode::Usage, file + ":1: an object was expected");
  Record record;
  record.lesson = text_of(value, "lesson");
  record.learner = text_of(value, "learner");
  record.seed = number_of(value, "seed", 1);
  record.page = static_cast<std::size_t>(number_of(value, "page", 0));
  if (const auto all = value.find("predictions"); all != value.end() && all->is_object()) {
    for (const auto& [id, option] : all->items()) {
      if (option.is_string()) record.predictions[id] = option.get<std::string>();
    }
  }
  if (const auto all = value.find("exercises"); all != value.end() && all->is_object())
    record.exercises = *all;
  if (const auto all = value.find("done"); all != value.end() && all->is_array()) {
    for (const Json& id : *all) {
      if (id.is_string()) record.done.insert(id.get<std::string>());
    }
  }
  return record;
}

}  // namespace cutaway::lessons

#include "lessons/catalogue.h"

#include "base/json.h"
#include "base/text.h"
#include "lessons/lesson.h"

namespace cutaway::lessons {

namespace {

std::vector<std::string> ids_of(const Json& document, const char* list) {
  std::vector<std::string> ids;
  const auto found = document.find(list);
  if (found == document.end() || !found->is_array()) return ids;
  for (const Json& each : *found) {
    if (each.is_object() && each.contains("id")) ids.push_back(each["id"].get<std::string>());
  }
  return ids;
}

/// "# Title": the first line that is a heading.
std::string title_of(const LessonFiles& files, std::string_view language) {
  auto text = files.files.find("text." + std::string(language) + ".md");
  if (text == files.files.end()) text = files.files.find("text.en.md");
  if (text == files.files.end()) return {};
  for (const std::string& line : split(text->second, '\n')) {
    if (starts_with(line, "# ")) return std::string(trim(line.substr(2)));
  }
  return {};
}

std::size_t part_of(std::int64_t number) {
  std::size_t part = 0;
  for (std::size_t i = 0; i < parts().size(); ++i) {
    if (number >= parts()[i].from) part = i;
  }
  return part;
}

}  // namespace

const std::vector<Part>& parts() {
  static const std::vector<Part> all = {
      {1, "part-1"}, {21, "part-2"}, {34, "part-3"}, {38, "part-more"}};
  return all;
}

std::vector<CatalogueRow> catalogue(std::string_view language) {
  std::vector<CatalogueRow> rows;
  for (const LessonFiles& files : bundled_lessons()) {
    const auto json = files.files.find("lesson.json");
    if (json == files.files.end()) continue;
    const auto document = JsonDocument::parse(files.folder, json->second);
    if (!document || !document->value().is_object()) continue;
    CatalogueRow row;
    parse_decimal(files.folder.substr(0, files.folder.find('-')), row.number);
    row.id = files.folder.substr(files.folder.find('-') + 1);
    row.title = title_of(files, language);
    row.part = part_of(row.number);
    row.predictions = ids_of(document->value(), "predictions");
    row.exercises = ids_of(document->value(), "exercises");
    rows.push_back(std::move(row));
  }
  return rows;
}

Done done_of(const CatalogueRow& row, const Record& record) {
  Done done{0, row.predictions.size() + row.exercises.size()};
  for (const std::string& id : row.predictions) done.done += record.predictions.count(id);
  for (const std::string& id : row.exercises) done.done += record.done.count(id);
  return done;
}

}  // namespace cutaway::lessons

// Makes a document smaller as long as it still shows its difference: whole stretches of calls
// first, then single ones, in every task's list; then files (Zeller, Hildebrandt: "Simplifying and
// isolating failure-inducing input", 2002).
#include "base/text.h"
#include "spec/litmus_fuzz.h"

namespace cutaway::spec {

namespace {

using Pointer = Json::json_pointer;

/// The lists of all tasks, the outermost first.
void collect_lists(const Json& list, const Pointer& at, std::vector<Pointer>& lists) {
  lists.push_back(at);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i].contains("child")) collect_lists(list[i]["child"], at / i / "child", lists);
  }
}

std::vector<Pointer> lists_of(const Json& document) {
  std::vector<Pointer> lists;
  const Pointer program("/program");
  collect_lists(document.at(program), program, lists);
  return lists;
}

Json without(const Json& document, const Pointer& list, std::size_t from, std::size_t count) {
  Json smaller = document;
  Json& steps = smaller.at(list);
  Json kept = Json::array();
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (i < from || i >= from + count) kept.push_back(steps[i]);
  }
  steps = std::move(kept);
  return smaller;
}

using Differs = std::function<bool(const Json&)>;

/// Stretches of `count` steps of one list, from its end: what comes last is needed least.
bool drop_stretches(Json& document, const Pointer& list, std::size_t count,
                    const Differs& differs) {
  bool smaller = false;
  for (std::size_t end = document.at(list).size(); end >= count; --end) {
    Json candidate = without(document, list, end - count, count);
    if (!differs(candidate)) continue;
    document = std::move(candidate);
    smaller = true;
    if (document.at(list).size() < count) break;
    end = std::min(end, document.at(list).size() + 1);
  }
  return smaller;
}

bool drop_steps(Json& document, const Differs& differs) {
  bool smaller = false;
  // Lists change their places when steps before them go: they are looked for anew each time.
  for (std::size_t n = 0; n < lists_of(document).size(); ++n) {
    const Pointer list = lists_of(document)[n];
    for (std::size_t count = document.at(list).size(); count > 0; count /= 2)
      smaller = drop_stretches(document, list, count, differs) || smaller;
  }
  return smaller;
}

/// A task's calls made by its parent instead.
bool drop_tasks(Json& document, const Differs& differs) {
  for (const Pointer& list : lists_of(document)) {
    const Json steps = document.at(list);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!steps[i].contains("child")) continue;
      Json merged = Json::array();
      for (std::size_t n = 0; n < steps.size(); ++n) {
        const Json own = n == i ? steps[n]["child"] : Json::array({steps[n]});
        merged.insert(merged.end(), own.begin(), own.end());
      }
      Json candidate = document;
      candidate.at(list) = std::move(merged);
      if (!differs(candidate)) continue;
      document = std::move(candidate);
      return true;
    }
  }
  return false;
}

bool drop_files(Json& document, const Differs& differs) {
  bool smaller = false;
  const Json files = document.value("files", Json::object());
  for (const auto& [path, file] : files.items()) {
    Json candidate = document;
    candidate["files"].erase(path);
    if (candidate["files"].empty()) candidate.erase("files");
    if (!differs(candidate)) continue;
    document = std::move(candidate);
    smaller = true;
  }
  return smaller;
}

}  // namespace

Json shrink_document(Json document, const Differs& differs) {
  while (drop_steps(document, differs) || drop_tasks(document, differs)) {
  }
  drop_files(document, differs);
  return document;
}

}  // namespace cutaway::spec

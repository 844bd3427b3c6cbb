// lesson.json
#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "lessons/engine/readers.h"

namespace cutaway::lessons {

namespace {

using spec::element;
using spec::ObjectReader;

const spec::Keys kDecks = {"terminal", "engine", "processes", "kernel",
                           "hardware", "lens",   "compare"};
const spec::Keys kSizes = {"command", "beat", "step", "syscall", "effect"};
const spec::Keys kVerdicts = {"holds", "roughly", "not_so"};

class LessonReader {
 public:
  LessonReader(spec::Problems& problems, Lesson& lesson) : problems_(problems), lesson_(lesson) {}

  void read() {
    const ObjectReader top(problems_, problems_.document().value(), "",
                           {"cutaway_lesson", "id", "scenario", "sides", "seeds", "stage", "steps",
                            "claims", "predictions", "exercises", "closer", "statuses"});
    std::int64_t version = 0;
    if (top.require("cutaway_lesson", "1, the version of this form"))
      top.number("cutaway_lesson", version, 1, 1);
    if (top.require("id", "the folder's name without its number")) top.text("id", lesson_.id);
    if (top.require("scenario", "the id of the scenario that is shown"))
      top.text("scenario", lesson_.scenario);
    read_sides(top);
    read_seeds(top);
    if (top.require("stage", "what is shown, and the step size"))
      lesson_.stage = read_stage(top, "stage", {});
    each(top, "steps", "a list of moments to show", &LessonReader::read_step);
    each(top, "claims", "a list of claims", &LessonReader::read_claim);
    each(top, "predictions", "a list of questions", &LessonReader::read_prediction);
    each(top, "exercises", "a list of exercises", &LessonReader::read_exercise_here);
    if (top.require("closer", "the event that proves the card"))
      lesson_.closer = read_moment(problems_, *top.find("closer"), "/closer");
    read_statuses(top);
  }

 private:
  using ReadElement = void (LessonReader::*)(const Json&, const std::string&);

  void each(const ObjectReader& reader, const char* key, const char* what, ReadElement read_one) {
    if (!reader.require(key, what)) return;
    const Json* list = reader.list(key, what);
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
      (this->*read_one)((*list)[i], element(reader.at(key), i));
  }

  void read_sides(const ObjectReader& top) {
    std::vector<std::string> sides = {"sim"};
    top.texts("sides", sides);
    for (const std::string& side : sides) {
      if (side != "sim" && side != "real") top.wrong("sides", "\"sim\", or \"sim\" and \"real\"");
      lesson_.real = lesson_.real || side == "real";
    }
  }

  void read_seeds(const ObjectReader& top) {
    const Json* seeds = top.has("seeds") ? top.list("seeds", "seeds") : nullptr;
    for (std::size_t i = 0; seeds != nullptr && i < seeds->size(); ++i) {
      const Json& seed = (*seeds)[i];
      const bool good = seed.is_number_integer() && seed.get<std::int64_t>() >= 0 &&
                        seed.get<std::int64_t>() <= spec::kSafeInteger;
      if (good)
        lesson_.seeds.push_back(seed.get<std::uint64_t>());
      else
        problems_.wrong(element("/seeds", i), seed, "a number that is not negative");
    }
    if (lesson_.seeds.empty()) lesson_.seeds.push_back(1);
  }

  Stage read_stage(const ObjectReader& reader, const char* key, const Stage& otherwise) {
    if (!reader.has(key)) return otherwise;
    Stage stage = otherwise;
    const ObjectReader inner(problems_, *reader.find(key), reader.at(key), {"show", "size"});
    if (inner.texts("show", stage.show)) {
      for (std::size_t i = 0; i < stage.show.size(); ++i) {
        if (std::find(kDecks.begin(), kDecks.end(), stage.show[i]) != kDecks.end()) continue;
        problems_.add(element(inner.at("show"), i),
                      spec::unknown_word("deck or panel", stage.show[i], kDecks));
      }
    }
    inner.word("size", stage.size, kSizes);
    if (stage.show.empty()) problems_.add(inner.pointer(), "shows nothing, expected \"show\"");
    if (stage.size.empty()) problems_.add(inner.pointer(), "has no step size, expected \"size\"");
    return stage;
  }

  void read_step(const Json& value, const std::string& pointer) {
    const ObjectReader reader(problems_, value, pointer, {"id", "at", "stage"});
    Step step;
    step.id = read_id(reader, lesson_.steps);
    step.at = {read_fact(reader, "at"), pointer_join(pointer, "at")};
    step.stage = read_stage(reader, "stage", lesson_.stage);
    lesson_.steps.push_back(std::move(step));
  }

  void read_claim(const Json& value, const std::string& pointer) {
    const ObjectReader reader(problems_, value, pointer, {"id", "number", "verdict", "proof"});
    Claim claim;
    claim.id = read_id(reader, lesson_.claims);
    claim.pointer = pointer;
    reader.number("number", claim.number, 1, 9999);
    std::string verdict;
    if (reader.require("verdict", "holds, roughly or not_so") &&
        reader.word("verdict", verdict, kVerdicts)) {
      const auto at = std::find(kVerdicts.begin(), kVerdicts.end(), verdict) - kVerdicts.begin();
      claim.judgement = static_cast<Judgement>(at);
    }
    claim.proof = read_fact(reader, "proof");
    lesson_.claims.push_back(std::move(claim));
  }

  void read_prediction(const Json& value, const std::string& pointer) {
    const ObjectReader reader(problems_, value, pointer, {"id", "before", "options"});
    Prediction prediction;
    prediction.id = read_id(reader, lesson_.predictions);
    prediction.pointer = pointer;
    if (reader.require("before", "the step before which is asked") &&
        reader.text("before", prediction.before) && lesson_.step(prediction.before) == nullptr) {
      reader.wrong("before", "the id of a step");
    }
    const Json* options = reader.require("options", "a list of answers")
                              ? reader.list("options", "answers")
                              : nullptr;
    for (std::size_t i = 0; options != nullptr && i < options->size(); ++i) {
      const ObjectReader inner(problems_, (*options)[i], element(reader.at("options"), i),
                               {"id", "belief", "when"});
      Option option;
      option.id = read_id(inner, prediction.options);
      inner.text("belief", option.belief);
      option.when = read_fact(inner, "when");
      prediction.options.push_back(std::move(option));
    }
    if (prediction.options.size() < 2)
      problems_.add(pointer, "has fewer than two answers, expected a choice");
    const auto right = std::count_if(prediction.options.begin(), prediction.options.end(),
                                     [](const Option& o) { return o.belief.empty(); });
    if (right != 1)
      problems_.add(pointer, "has " + decimal(right) +
                                 " answers without a belief, expected one: the right one");
    lesson_.predictions.push_back(std::move(prediction));
  }

  void read_exercise_here(const Json& value, const std::string& pointer) {
    lesson_.exercises.push_back(read_exercise(problems_, value, pointer, lesson_.exercises));
  }

  void read_statuses(const ObjectReader& top) {
    const Json* statuses = top.find("statuses");
    if (statuses == nullptr) return;
    if (!statuses->is_object()) return top.wrong("statuses", "an object: command to status");
    for (const auto& [command, status] : statuses->items()) {
      const bool good = status.is_number_integer() && status.get<std::int64_t>() > 0 &&
                        status.get<std::int64_t>() < 256;
      if (good)
        lesson_.statuses[command] = status.get<std::int64_t>();
      else
        problems_.wrong(pointer_join("/statuses", command), status, "a status from 1 to 255");
    }
  }

  spec::Problems& problems_;
  Lesson& lesson_;
};

}  // namespace

void read_lesson_document(spec::Problems& problems, Lesson& lesson) {
  LessonReader(problems, lesson).read();
}

}  // namespace cutaway::lessons

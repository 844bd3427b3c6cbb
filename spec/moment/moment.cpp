#include "spec/moment.h"

#include "base/json_value.h"
#include "base/text.h"
#include "spec/document_parts.h"
#include "trace/log/jsonl.h"

namespace cutaway::spec {

namespace {

constexpr std::int64_t kEventsMax = std::int64_t{1} << 32;

/// What of the moment is looked at: members, and options of the same names.
struct MomentPart {
  const char* name;
  std::string SavedMoment::*text;
};
constexpr MomentPart kMomentParts[] = {{"view", &SavedMoment::view},
                                       {"near", &SavedMoment::near},
                                       {"of", &SavedMoment::of},
                                       {"beside", &SavedMoment::beside}};

Json machine_json(const Machine& machine) {
  TraceHeader header;
  header.machine = machine;
  return header_to_json(header)["machine"];
}

void check_commands(const ObjectReader& reader, const SavedMoment& moment) {
  for (std::size_t i = 0; i < moment.commands.size(); ++i) {
    std::vector<std::string> words;
    const bool whole = split_shell_words(moment.commands[i], words);
    if (whole && words.size() > 1 && words[0] == "docker") continue;
    reader.problems().add(element(reader.at("commands"), i),
                          "is " + shown(moment.commands[i]) + ", expected \"docker …\"");
  }
}

void read_input(const ObjectReader& reader, SavedMoment& moment) {
  int given = 0;
  for (const char* key : {"scenario", "commands", "trace"}) given += reader.has(key) ? 1 : 0;
  if (given != 1 && reader.is_object())
    reader.problems().add(reader.pointer(), "expected one of scenario, commands, trace");
  reader.text("scenario", moment.scenario);
  reader.text("trace", moment.trace);
  if (reader.texts("commands", moment.commands)) check_commands(reader, moment);
}

void read_view(const ObjectReader& reader, SavedMoment& moment) {
  if (reader.require("at", "how many events had happened"))
    reader.number("at", moment.at, 0, kEventsMax);
  std::int64_t events = 0;
  if (reader.number("events", events, 0, kEventsMax)) moment.events = events;
  reader.word("step", moment.step, {"command", "beat", "step", "syscall", "effect"});
  reader.word("theme", moment.theme, {"dark", "light", "projector"});
  reader.boolean("presenter", moment.presenter);
  reader.word("view", moment.view, {"ship", "lens", "matrix", "tree", "channels", "layers"});
  reader.word("near", moment.near, {"ship", "deck", "container", "process", "syscall"});
  reader.text("of", moment.of);
  reader.text("beside", moment.beside);
}

}  // namespace

bool is_moment(const JsonDocument& document) {
  return document.value().is_object() && document.value().contains("cutaway_moment");
}

Result<SavedMoment> load_moment(const JsonDocument& document) {
  Problems problems(document);
  const ObjectReader reader(
      problems, document.value(), "",
      {"cutaway_moment", "scenario", "commands", "trace", "machine", "seed", "at", "events", "step",
       "theme", "presenter", "view", "near", "of", "beside"});
  std::int64_t version = 0;
  if (reader.require("cutaway_moment", "1, the version of this form"))
    reader.number("cutaway_moment", version, 1, kMomentVersion);
  SavedMoment moment;
  read_input(reader, moment);
  Machine machine;
  if (read_machine(reader, machine, moment.seed)) moment.machine = machine;
  std::int64_t seed = 0;
  if (reader.number("seed", seed, 0, kSafeInteger)) moment.seed = static_cast<std::uint64_t>(seed);
  read_view(reader, moment);
  if (!problems.errors().empty()) return fail(problems.errors().front());
  return moment;
}

std::string moment_text(const SavedMoment& moment) {
  Json json = {{"cutaway_moment", kMomentVersion},
               {"at", moment.at},
               {"step", moment.step},
               {"theme", moment.theme}};
  if (!moment.scenario.empty()) json["scenario"] = moment.scenario;
  if (!moment.commands.empty()) json["commands"] = moment.commands;
  if (!moment.trace.empty()) json["trace"] = moment.trace;
  if (moment.machine) json["machine"] = machine_json(*moment.machine);
  if (moment.seed) json["seed"] = *moment.seed;
  if (moment.events) json["events"] = *moment.events;
  if (moment.presenter) json["presenter"] = true;
  for (const MomentPart& part : kMomentParts) {
    if (!(moment.*part.text).empty()) json[part.name] = moment.*part.text;
  }
  return json.dump(2) + "\n";
}

namespace {

std::string input_words(const SavedMoment& moment) {
  if (!moment.file.empty()) return " " + shell_quoted(moment.file);
  if (!moment.trace.empty()) return " " + shell_quoted(moment.trace);
  std::string words = moment.scenario.empty() ? "" : " " + shell_quoted(moment.scenario);
  for (const std::string& command : moment.commands) words += " -e " + shell_quoted(command);
  if (moment.seed) words += " --seed " + decimal(static_cast<std::int64_t>(*moment.seed));
  if (moment.host_machine) words += " --machine host";
  return words;
}

}  // namespace

std::string moment_line(const SavedMoment& moment) {
  std::string line = "cutaway view" + input_words(moment) + " --at " + decimal(moment.at);
  // A file has said something else, perhaps.
  const bool all = !moment.file.empty();
  const SavedMoment usual;
  if (all || moment.step != usual.step) line += " --step " + moment.step;
  if (all || moment.theme != usual.theme) line += " --theme " + moment.theme;
  if (moment.presenter) line += " --presenter";
  for (const MomentPart& part : kMomentParts) {
    const std::string& said = moment.*part.text;
    if (!said.empty()) line += " --" + std::string(part.name) + " " + shell_quoted(said);
  }
  return line;
}

}  // namespace cutaway::spec

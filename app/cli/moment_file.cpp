#include "app/cli/moment_file.h"

#include <filesystem>

#include "base/os/files.h"
#include "base/text.h"
#include "scenarios/bundled.h"

namespace cutaway::app {

namespace {

constexpr std::string_view kEnding = ".moment.json";

/// Files are named as seen from the moment's own.
std::string beside(const std::string& moment_file, const std::string& path) {
  const std::size_t folder = moment_file.rfind('/');
  if (folder == std::string::npos || path.empty() || path[0] == '/') return path;
  return moment_file.substr(0, folder + 1) + path;
}

/// As it is found from the folder of `moment_file`, which is not the one that we are in.
std::string seen_from(const std::string& moment_file, const std::string& path) {
  const bool here = moment_file.find('/') == std::string::npos;
  return here || path.empty() ? path : std::filesystem::absolute(path).string();
}

std::string input_of(const std::string& file, const spec::SavedMoment& moment) {
  if (!moment.trace.empty()) return beside(file, moment.trace);
  return is_document(moment.scenario) ? beside(file, moment.scenario) : moment.scenario;
}

std::string events_words(std::int64_t count) { return decimal(count) + " events"; }

/// A scenario that is no file is a bundled one.
Status find_named(const JsonDocument& document, const std::string& scenario) {
  if (scenario.empty() || is_document(scenario) || scenarios::find_bundled(scenario)) return {};
  const auto found = scenarios::load_bundled(scenario);
  Error error = document.error("/scenario", found.error().message);
  error.hint = found.error().hint;
  return fail(std::move(error));
}

/// The position must be in the run; another run than the one that was saved is worth a line.
Status compare(const JsonDocument& document, const spec::SavedMoment& moment, std::size_t size) {
  const auto count = static_cast<std::int64_t>(size);
  if (moment.at > count)
    return fail(document.error("/at", "is " + decimal(moment.at) +
                                          ", expected a position of this run of " +
                                          events_words(count)));
  if (moment.events.value_or(count) != count)
    os::write_err("cutaway: " + document.name() + ": the run has " + events_words(count) +
                  ", it had " + decimal(*moment.events) + " when the moment was saved\n");
  return {};
}

}  // namespace

bool is_moment_file(const std::string& what) { return ends_with(what, kEnding); }

Result<Run> load_moment_file(const InputOptions& input) {
  TRY_ASSIGN(const JsonDocument document, read_document(input.what));
  TRY_ASSIGN(const spec::SavedMoment moment, spec::load_moment(document));
  if (!input.commands.empty())
    return fail(ErrorCode::Usage, "give either '" + input.what + "' or docker commands, not both");
  InputOptions inner = input;
  inner.what = input_of(input.what, moment);
  if (is_moment_file(inner.what))
    return fail(document.error("/scenario", "is a moment, expected a scenario"));
  TRY(find_named(document, moment.scenario));
  inner.commands = moment.commands;
  inner.exact_machine = moment.machine;
  if (!inner.seed) inner.seed = moment.seed;
  TRY_ASSIGN(Run run, load(inner, {}));
  TRY(compare(document, moment, run.trace().size()));
  if (run.origin) run.origin->file = input.what;
  run.opened = moment;
  return run;
}

void add_style_options(CLI::App& options, StyleOptions& style) {
  options.add_option("--theme", style.theme, "dark, light or projector")
      ->check(CLI::IsMember({"dark", "light", "projector"}));
  options
      .add_option("--step", style.step,
                  "what the sentence is about: command, beat, step, syscall or effect")
      ->check(CLI::IsMember({"command", "beat", "step", "syscall", "effect"}));
  options.add_flag("--presenter", style.presenter, "large, without panels");
  add_look_options(options, style.look);
}

void settle_style(StyleOptions& style, const Run& run) {
  const spec::SavedMoment said = run.opened.value_or(spec::SavedMoment());
  const auto settle = [](std::string& own, const std::string& other) {
    if (own.empty()) own = other;
  };
  settle(style.theme, said.theme);
  settle(style.step, said.step);
  settle(style.look.view, said.view);
  settle(style.look.near, said.near);
  settle(style.look.of, said.of);
  settle(style.look.beside, said.beside);
  style.presenter = style.presenter || said.presenter;
}

Result<spec::SavedMoment> save_moment(const Run& run, std::size_t position,
                                      const StyleOptions& style) {
  if (!run.origin)
    return fail(ErrorCode::Cannot, "save a moment of a real run: another run would be another",
                "cutaway real --trace x.cut records it; a recording has moments");
  spec::SavedMoment moment = *run.origin;
  moment.at = static_cast<std::int64_t>(position);
  moment.events = static_cast<std::int64_t>(run.trace().size());
  moment.step = style.step;
  moment.theme = style.theme;
  moment.presenter = style.presenter;
  moment.view = style.look.view;
  moment.near = style.look.near;
  moment.of = style.look.of;
  moment.beside = style.look.beside;
  return moment;
}

Status write_moment(const std::string& path, spec::SavedMoment moment) {
  moment.trace = seen_from(path, moment.trace);
  if (is_document(moment.scenario)) moment.scenario = seen_from(path, moment.scenario);
  return os::write_file(path, spec::moment_text(moment));
}

}  // namespace cutaway::app

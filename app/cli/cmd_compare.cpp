// cutaway compare: two traces, or both sides of one INPUT, next to each other.

#include "app/cli/compare_text.h"
#include "app/cli/input.h"
#include "app/cli/lesson_files.h"
#include "app/cli/options.h"
#include "app/cli/picture.h"
#include "app/gui/compare_gui.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "scenarios/bundled.h"
#include "spec/plan/steps.h"
#include "trace/compare/compare.h"
#include "trace/log/enum_names.h"
#include "viz/text.h"
#include "viz/window.h"

namespace cutaway::app {

namespace {

struct CompareVerb {
  InputOptions input;
  std::string other;      ///< the second trace
  bool recorded = false;  ///< of a lesson: its recording, and no run here
  bool json = false, all = false, view = false, explain = false;
  std::string out, size = "1600x900", theme;  ///< of a picture
  std::string near;                           ///< empty: as usual
  bool pictures = false;                      ///< without the rows
  bool fresh = false;
  std::string row;  ///< its number, or a step's name; empty: the first difference
};

struct TracePair {
  Trace a, b;
  std::string name_a, name_b;
  bool b_recorded = false;
};

/// One side of an INPUT. The simulator takes this computer's machine, so that both have the same.
Result<Trace> run_side(SideKind side, InputOptions input, const Invocation& invocation) {
  input.side = enum_name(side);
  if (side == SideKind::Sim && input.machine.empty()) input.machine = "host";
  TRY_ASSIGN(Run run, load(input, invocation));
  return take_trace(std::move(run));
}

Result<TracePair> both_sides(const InputOptions& input, const Invocation& invocation) {
  // The real side first: where it cannot run, nothing has been simulated in vain.
  TRY_ASSIGN(Trace real, run_side(SideKind::Real, input, invocation));
  TRY_ASSIGN(Trace simulated, run_side(SideKind::Sim, input, invocation));
  const std::string name =
      simulated.header.commands.empty() ? input.what : simulated.header.commands.front();
  return TracePair{std::move(simulated), std::move(real), name, name};
}

/// Beside what was recorded, the simulator takes the machine on which that was.
Result<TracePair> beside_recording(InputOptions input, const Invocation& invocation) {
  TRY_ASSIGN(Trace real, recorded_run(input.lesson));
  input.machine.clear();
  input.exact_machine = real.header.machine;
  input.side = "sim";
  TRY_ASSIGN(Run run, load(input, invocation));
  const std::string name =
      real.header.commands.empty() ? input.lesson : real.header.commands.front();
  return TracePair{take_trace(std::move(run)), std::move(real), name, name, true};
}

/// A lesson's run on both sides; where this computer cannot, as it was recorded where one could.
Result<TracePair> lesson_sides(const CompareVerb& asked, const Invocation& invocation) {
  if (asked.recorded) return beside_recording(asked.input, invocation);
  auto here = both_sides(asked.input, invocation);
  if (here) return here;
  auto recorded = beside_recording(asked.input, invocation);
  if (!recorded) return here;
  os::write_err("cutaway: " + here.error().message + ": a recording is shown instead\n");
  return recorded;
}

Result<TracePair> two_traces(const std::string& a, const std::string& b) {
  for (const std::string& path : {a, b}) {
    if (!looks_like_trace(path))
      return fail(ErrorCode::Usage, "'" + path + "': a trace, .jsonl or .cut, was expected",
                  "cutaway compare A B, or cutaway compare INPUT");
  }
  TRY_ASSIGN(Trace trace_a, read_trace(a));
  TRY_ASSIGN(Trace trace_b, read_trace(b));
  return TracePair{std::move(trace_a), std::move(trace_b), a, b};
}

Result<TracePair> asked_pair(const CompareVerb& asked, const Invocation& invocation) {
  if (!asked.other.empty()) return two_traces(asked.input.what, asked.other);
  if (!asked.input.lesson.empty()) return lesson_sides(asked, invocation);
  return both_sides(asked.input, invocation);
}

Comparison compared(const TracePair& pair) {
  CompareOptions options;
  options.name_a = pair.name_a;
  options.name_b = pair.name_b;
  options.compared_steps = spec::compared_steps();
  Comparison comparison = compare(pair.a, pair.b, options);
  if (pair.b_recorded) comparison.b.recorded = "Linux " + pair.b.header.machine.kernel;
  return comparison;
}

Json as_json(const Comparison& comparison) {
  return comparison_json(
      comparison, [](const CompareRow& row) { return viz::why_words(spec::Words::of(), row); });
}

int compare_all(const CompareVerb& asked, const Invocation& invocation) {
  Json list = Json::array();
  bool good = true;
  for (const scenarios::BundledScenario& each : scenarios::bundled_scenarios()) {
    const auto scenario = scenarios::load_bundled(each.id);
    if (!scenario) return report(scenario.error());
    if (!scenario->sim || !scenario->real) continue;
    InputOptions input = asked.input;
    input.what = each.id;
    const auto pair = both_sides(input, invocation);
    if (!pair) return report(pair.error());
    const Comparison comparison = compared(*pair);
    good = good && agrees(comparison);
    if (!asked.json && !os::write_out(compare_line(comparison, each.id))) return 1;
    Json json = as_json(comparison);
    json["id"] = each.id;
    list.push_back(std::move(json));
  }
  if (list.empty())
    return report({ErrorCode::Cannot, "compare: no bundled scenario names both sides", {}});
  if (asked.json)
    os::write_out(Json({{"cutaway", kTraceVersion}, {"all", std::move(list)}}).dump() + "\n");
  return good ? 0 : 1;
}

viz::ThemeChoice theme_of(const CompareVerb& asked) { return viz::theme_choice(asked.theme); }

/// The row that was asked for; else the first that is worth a look.
Result<std::size_t> line_of(const CompareVerb& asked, const viz::CompareList& list) {
  if (asked.row.empty()) return list.next_difference(0);
  std::int64_t number = 0;
  if (parse_decimal(asked.row, number)) {
    const auto count = static_cast<std::int64_t>(list.lines.size());
    if (number >= 1 && number <= count) return static_cast<std::size_t>(number - 1);
    return fail(ErrorCode::Usage,
                "--row: there is no row " + asked.row + ", but rows 1 to " + decimal(count));
  }
  std::vector<std::string> steps;
  for (std::size_t i = 0; i < list.lines.size(); ++i) {
    if (!list.lines[i].step) continue;
    if (list.lines[i].head == asked.row) return i;
    steps.push_back(list.lines[i].head);
  }
  const std::string near = nearest(asked.row, steps);
  return fail(ErrorCode::Usage,
              "--row " + asked.row + ": neither a number nor a step of these runs",
              near.empty() ? "without -o all rows are listed" : "did you mean '" + near + "'?");
}

viz::Nearness near_of(const CompareVerb& asked, viz::Nearness usual) {
  return viz::nearness_named(asked.near).value_or(usual);
}

/// All that the pictures of a row show, in words.
int tell(const CompareVerb& asked, const TracePair& pair, const Comparison& comparison) {
  const viz::CompareList list = viz::compare_list(pair.a, pair.b, comparison);
  const auto line = line_of(asked, list);
  if (!line) return report(line.error());
  const auto told = viz::explain_compared(pair.a, pair.b, comparison, list, *line,
                                          near_of(asked, viz::Nearness::Deck));
  if (!told) return report(told.error());
  os::write_out(*told);
  return agrees(comparison) ? 0 : 1;
}

int view(const CompareVerb& asked, const TracePair& pair, const Comparison& comparison) {
  viz::CompareWindowState window(pair.a, pair.b, comparison);
  CompareGuiOptions gui;
  if (!asked.theme.empty()) gui.theme = theme_of(asked);
  gui.fresh = asked.fresh;
  if (asked.pictures || !asked.near.empty()) gui.rows = false;
  const auto line = line_of(asked, window.list);
  if (!line) return report(line.error());
  viz::select_line(window, *line);
  if (!asked.near.empty()) viz::look_from(window, near_of(asked, viz::Nearness::Ship));
  const Status shown = run_compare_gui(window, gui);
  if (!shown) return report(shown.error());
  return agrees(comparison) ? 0 : 1;
}

Status draw(const CompareVerb& asked, const TracePair& pair, const Comparison& comparison) {
  if (!ends_with(asked.out, ".png"))
    return fail(ErrorCode::Usage, "-o '" + asked.out + "': a file .png was expected");
  viz::CompareShot shot;
  TRY(read_size(asked.size, shot.width, shot.height));
  shot.theme = theme_of(asked);
  shot.near = near_of(asked, viz::Nearness::Ship);
  shot.rows = !asked.pictures;
  viz::CompareWindowState window(pair.a, pair.b, comparison);
  TRY_ASSIGN(shot.line, line_of(asked, window.list));
  return os::write_file(asked.out, viz::compare_png(window, shot));
}

}  // namespace

int cmd_compare(const Invocation& invocation) {
  CompareVerb asked;
  CLI::App options(
      "Lays two traces side by side, or runs INPUT on both sides first: what differs, and why. "
      "Ends with 0 when every difference is explained.",
      "cutaway compare");
  add_input_options(options, asked.input);
  options.add_option("OTHER", asked.other, "the second of two traces");
  options
      .add_option("--lesson", asked.input.lesson,
                  "the run of this lesson, instead of INPUT: its number, id or folder")
      ->excludes("INPUT");
  options
      .add_flag("--recorded", asked.recorded,
                "the recording that is part of the lesson, and no run on this computer")
      ->needs("--lesson");
  options.add_flag("--json", asked.json, "all rows as one JSON object");
  options.add_flag("--all", asked.all, "all bundled scenarios that name both sides");
  options.add_flag("--view", asked.view, "both sides and their rows in a window");
  options.add_flag("--explain", asked.explain, "all that the pictures of a row show, in words");
  options.add_option("-o,--output", asked.out, "x.png: draw both sides and their rows, no window");
  options.add_flag("--pictures", asked.pictures, "both pictures large, without the rows");
  options.add_option("--near", asked.near, "ship, deck, container, process or syscall")
      ->check(CLI::IsMember({"ship", "deck", "container", "process", "syscall"}));
  options.add_flag("--fresh", asked.fresh, "the window as usual, not as it was left last time");
  options.add_option("--size", asked.size, "of the picture: WIDTHxHEIGHT in pixels");
  options.add_option("--theme", asked.theme, "dark, light or projector")
      ->check(CLI::IsMember({"dark", "light", "projector"}));
  options.add_option("--row", asked.row,
                     "which row the picture is about: its number, or a step (root.pivot); default: "
                     "the first difference");
  if (const auto done = parse_options(options, invocation)) return *done;

  if (asked.all) return compare_all(asked, invocation);
  const auto pair = asked_pair(asked, invocation);
  if (!pair) return report(pair.error());
  const Comparison comparison = compared(*pair);
  if (asked.view) return view(asked, *pair, comparison);
  if (asked.explain) return tell(asked, *pair, comparison);
  if (!asked.out.empty()) {
    const Status drawn = draw(asked, *pair, comparison);
    if (!drawn) return report(drawn.error());
  }
  os::write_out(asked.json ? as_json(comparison).dump() + "\n"
                           : compare_text(comparison, os::terminal_columns()));
  return agrees(comparison) ? 0 : 1;
}

}  // namespace cutaway::app

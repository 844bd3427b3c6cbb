#include "app/cli/input.h"

#include <utility>

#include "app/cli/afterwards.h"
#include "app/cli/lesson_files.h"
#include "app/cli/make_side.h"
#include "app/cli/moment_file.h"
#include "base/os/files.h"
#include "base/text.h"
#include "real/litmus.h"
#include "real/side.h"
#include "scenarios/bundled.h"
#include "sim/litmus.h"
#include "spec/docker_line.h"
#include "trace/log/cut.h"
#include "trace/log/jsonl.h"

namespace cutaway::app {

void add_input_options(CLI::App& options, InputOptions& input) {
  options.add_option("INPUT", input.what,
                     "a scenario or litmus file, the id of a bundled one, or a trace");
  options.add_option("-e", input.commands, "a docker command; may be given several times")
      ->take_all()
      ->allow_extra_args(false);
  options.add_option("--seed", input.seed, "of the simulator's random numbers");
  options.add_option("--machine", input.machine, "host: simulate a machine like this one");
  options.add_option("--side", input.side, "sim or real")->check(CLI::IsMember({"sim", "real"}));
  options.add_option("--state", input.state, "folder of the real side")->envname("CUTAWAY_STATE");
}

bool looks_like_trace(const std::string& what) {
  return ends_with(what, ".jsonl") || ends_with(what, ".cut");
}

Result<Trace> read_trace(const std::string& path) {
  TRY_ASSIGN(const std::string bytes, os::read_file(path));
  return ends_with(path, ".cut") ? from_cut(path, bytes) : from_jsonl(path, bytes);
}

Status write_trace(const std::string& path, const Trace& trace) {
  if (ends_with(path, ".jsonl")) return os::write_file(path, to_jsonl(trace));
  if (ends_with(path, ".cut")) return os::write_file(path, to_cut(trace));
  return fail(ErrorCode::Usage,
              "--trace " + path + ": a name that ends in .jsonl or .cut was expected");
}

Result<std::size_t> position(const std::string& at, const Trace& trace, const std::string& option) {
  std::int64_t n = 0;
  const auto count = static_cast<std::int64_t>(trace.size());
  if (at == "last") return trace.size();
  if (parse_decimal(at, n) && n >= 0 && n <= count) return static_cast<std::size_t>(n);
  return fail(ErrorCode::Usage, option + " " + at + ": a number from 0 to " + decimal(count) +
                                    " or last was expected");
}

namespace {

Result<std::vector<std::string>> docker_words_of(const std::string& line) {
  std::vector<std::string> words;
  if (!split_shell_words(line, words))
    return fail(ErrorCode::Usage, "-e '" + line + "': a quote is left open");
  if (words.empty() || words[0] != "docker") {
    return fail(ErrorCode::Usage, "-e '" + line + "': a docker command was expected",
                "as in -e 'docker ps'");
  }
  words.erase(words.begin());
  return words;
}

SideCommand docker_command(const std::vector<std::string>& words) {
  SideCommand command;
  command.kind = SideCommand::Kind::Docker;
  command.words = words;
  for (const std::string& word : words)
    command.line += (command.line.empty() ? "" : " ") + shell_quoted(word);
  return command;
}

// With -i the container's stdin is ours: all of it, to its end (a terminal is not read).
Status feed_stdin(SideCommand& command, const InputOptions& input) {
  if (input.pass_on && input.side == "real") return {};  // it reads our stdin itself
  const spec::Parsed parsed = spec::parse_docker(command.words);
  const auto* known = std::get_if<spec::Command>(&parsed);
  if (known == nullptr) return {};
  const bool interactive =
      (known->verb == spec::Verb::Run && known->run().interactive) ||
      (known->verb == spec::Verb::Exec && known->get<spec::ExecOptions>().interactive);
  if (!interactive || os::stdin_is_terminal()) return {};
  TRY_ASSIGN(command.stdin_text, os::read_file("-"));
  return {};
}

bool is_paused(const Side& side, const InputOptions& input) {
  return input.pause_at && side.trace().size() >= *input.pause_at;
}

RealChoice real_choice(const InputOptions& input) {
  return {input.state, input.traced, input.pass_on, input.live};
}

/// The machine to simulate, when the input is not to say it.
Result<std::optional<Machine>> asked_machine(const InputOptions& input) {
  if (input.machine.empty()) return input.exact_machine;
  TRY_ASSIGN(const Machine host, real::host_machine());
  return std::optional<Machine>(host);
}

Result<std::unique_ptr<Side>> side_for_commands(const std::vector<std::string>& lines,
                                                const InputOptions& input) {
  if (input.side == "real") return make_real(lines, real_choice(input));
  sim::SimulatorOptions options;
  options.seed = input.seed.value_or(1);
  options.commands = lines;
  options.pause_at = input.pause_at;
  TRY_ASSIGN(const std::optional<Machine> machine, asked_machine(input));
  options.machine = machine.value_or(options.machine);
  return std::make_unique<sim::Simulator>(options);
}

Result<Run> run_commands(const std::vector<std::vector<std::string>>& words_of_lines,
                         const InputOptions& input) {
  std::vector<std::string> lines;
  std::vector<SideCommand> commands;
  for (const auto& words : words_of_lines) {
    commands.push_back(docker_command(words));
    lines.push_back("docker " + commands.back().line);
  }
  Run run;
  run.title = lines.empty() ? "" : lines.back();
  TRY_ASSIGN(run.side, side_for_commands(lines, input));
  std::size_t submitted = 0;
  for (SideCommand& command : commands) {
    TRY(feed_stdin(command, input));
    TRY_ASSIGN(const std::size_t index, run.side->submit(command));
    ++submitted;
    const Status done = run.side->run_until_done(index);
    if (is_paused(*run.side, input)) break;
    if (!done) return fail(done.error());
  }
  if (run.side->capabilities().virtual_time && !is_paused(*run.side, input))
    TRY(run.side->run_for(kAfterwardsNs));
  for (std::size_t i = 0; i < submitted; ++i) run.report.commands.push_back(run.side->command(i));
  return run;
}

/// What a moment of this run says about its input.
std::optional<spec::SavedMoment> origin_of(const Run& run, const InputOptions& input) {
  if (run.is_litmus) return std::nullopt;  // its document is the shortest way there
  if (run.side && !run.side->capabilities().virtual_time) return std::nullopt;
  const TraceHeader& header = run.trace().header;
  spec::SavedMoment source;
  if (input.empty) return std::nullopt;  // nobody typed what would lead there
  if (run.read)
    source.trace = input.what;
  else if (run.is_scenario)
    source.scenario = input.what;
  else
    source.commands = header.commands;
  if (run.read) return source;
  source.seed = header.seed;
  source.host_machine = !input.machine.empty();
  if (source.host_machine || input.exact_machine) source.machine = header.machine;
  return source;
}

Result<spec::Scenario> find_scenario(const std::string& what) {
  if (!is_document(what)) return scenarios::load_bundled(what);
  TRY_ASSIGN(const JsonDocument document, read_document(what));
  return spec::load_scenario(document);
}

/// The litmus document that the input names; none: it names something else.
Result<std::optional<spec::Litmus>> find_litmus(const std::string& what) {
  if (!is_document(what)) return scenarios::load_bundled_litmus(what);
  TRY_ASSIGN(const JsonDocument document, read_document(what));
  if (!spec::is_litmus(document)) return std::optional<spec::Litmus>();
  TRY_ASSIGN(spec::Litmus litmus, spec::load_litmus(document));
  return std::optional<spec::Litmus>(std::move(litmus));
}

Run litmus_run(const spec::Litmus& litmus, std::unique_ptr<Trace> trace, std::int64_t held,
               const std::vector<spec::LitmusFailure>& failed) {
  Run run;
  run.is_scenario = run.is_litmus = true;
  run.title = litmus.title;
  run.read = std::move(trace);
  run.report.held = held;
  for (const spec::LitmusFailure& failure : failed)
    run.report.failed.push_back({failure.pointer, failure.text});
  return run;
}

Result<Run> run_litmus(const spec::Litmus& litmus, const InputOptions& input) {
  sim::LitmusOptions options;
  options.seed = input.seed.value_or(1);
  options.pause_at = input.pause_at;
  options.id = is_document(input.what) ? "" : input.what;
  TRY_ASSIGN(const std::optional<Machine> machine, asked_machine(input));
  options.machine = machine.value_or(options.machine);
  sim::LitmusRun done = sim::run_litmus(litmus, options);
  return litmus_run(litmus, std::make_unique<Trace>(std::move(done.trace)), done.held, done.failed);
}

Result<Run> run_litmus_for_real(const spec::Litmus& litmus, const InputOptions& input) {
  if (input.live != nullptr) return fail(ErrorCode::NotYet, "watching a litmus program live");
  real::LitmusOptions options;
  options.trace = input.traced;
  options.scenario = is_document(input.what) ? "" : input.what;
  TRY_ASSIGN(const std::unique_ptr<real::RealLitmus> side, real::RealLitmus::make());
  TRY_ASSIGN(real::LitmusRun done, side->run(litmus, options));
  if (!done.trace) done.trace = std::make_unique<Trace>();
  return litmus_run(litmus, std::move(done.trace), done.held, done.failed);
}

Result<std::unique_ptr<Side>> side_for_scenario(const spec::Scenario& scenario,
                                                const InputOptions& input) {
  if (input.side == "real") {
    RealChoice choice = real_choice(input);
    choice.traced = true;  // what it waits for and expects is read in the trace
    return make_real(scenario, choice);
  }
  TRY_ASSIGN(std::unique_ptr<Side> side, make_simulator(scenario, input.pause_at));
  return side;
}

Result<Run> run_scenario(spec::Scenario scenario, const InputOptions& input) {
  const bool real = input.side == "real";
  if (real ? !scenario.real : !scenario.sim) {
    return fail(
        ErrorCode::Cannot,
        real ? "run '" + scenario.id + "' for real: its \"sides\" name only the simulated one"
             : "run '" + scenario.id + "' in the simulator: its \"sides\" name only the real one");
  }
  scenario.seed = input.seed.value_or(scenario.seed);
  TRY_ASSIGN(const std::optional<Machine> machine, asked_machine(input));
  scenario.machine = machine.value_or(scenario.machine);
  Run run;
  run.is_scenario = true;
  TRY_ASSIGN(run.side, side_for_scenario(scenario, input));
  TRY_ASSIGN(run.report, scenarios::run_scenario(*run.side, scenario));
  const std::vector<std::string>& commands = run.side->trace().header.commands;
  run.title = commands.empty() ? scenario.title : commands.front();
  return run;
}

}  // namespace

Result<std::vector<std::vector<std::string>>> docker_words(const InputOptions& input,
                                                           const Invocation& invocation) {
  std::vector<std::vector<std::string>> lines;
  if (invocation.has_dashes) {
    std::vector<std::string> words = invocation.after_dashes;
    if (words.empty() || words[0] != "docker") {
      return fail(ErrorCode::Usage, "after -- a docker command was expected",
                  "as in -- docker run busybox echo hi");
    }
    words.erase(words.begin());
    lines.push_back(std::move(words));
  }
  for (const std::string& line : input.commands) {
    TRY_ASSIGN(std::vector<std::string> words, docker_words_of(line));
    lines.push_back(std::move(words));
  }
  return lines;
}

bool is_document(const std::string& what) {
  return what.find('/') != std::string::npos || ends_with(what, ".json") || os::file_exists(what);
}

Result<JsonDocument> read_document(const std::string& path) {
  TRY_ASSIGN(const std::string text, os::read_file(path));
  return JsonDocument::parse(path, text);
}

Trace take_trace(Run&& run) {
  if (run.side) return run.side->take_trace();
  return std::move(*run.read);
}

namespace {

Result<Run> read_run(const std::string& path) {
  TRY_ASSIGN(Trace trace, read_trace(path));
  Run run;
  run.title = trace.header.commands.empty() ? path : trace.header.commands.front();
  run.read = std::make_unique<Trace>(std::move(trace));
  return run;
}

Result<Run> load_run(const InputOptions& input, const Invocation& invocation) {
  TRY_ASSIGN(const auto lines, docker_words(input, invocation));
  if (!lines.empty() && !input.what.empty()) {
    return fail(ErrorCode::Usage, "give either '" + input.what + "' or docker commands, not both");
  }
  if (!lines.empty() || input.empty) return run_commands(lines, input);
  if (!input.lesson.empty()) {
    TRY_ASSIGN(const lessons::Lesson lesson, load_lesson(input.lesson));
    TRY_ASSIGN(const spec::Scenario scenario, lessons::shown_scenario(lesson));
    return run_scenario(scenario, input);
  }
  if (input.what.empty()) {
    return fail(ErrorCode::Usage,
                "nothing to look at: a scenario, a trace or -- docker … was expected",
                "cutaway scenario list");
  }
  if (looks_like_trace(input.what)) return read_run(input.what);
  TRY_ASSIGN(const std::optional<spec::Litmus> litmus, find_litmus(input.what));
  if (litmus && input.side == "sim") return run_litmus(*litmus, input);
  if (litmus) return run_litmus_for_real(*litmus, input);
  TRY_ASSIGN(const spec::Scenario scenario, find_scenario(input.what));
  return run_scenario(scenario, input);
}

}  // namespace

Result<Run> load(const InputOptions& input, const Invocation& invocation) {
  if (!input.machine.empty() && input.machine != "host")
    return fail(ErrorCode::NotYet, "--machine " + input.machine + " (--machine host is there)");
  if (is_moment_file(input.what)) return load_moment_file(input);
  TRY_ASSIGN(Run run, load_run(input, invocation));
  run.origin = origin_of(run, input);
  return run;
}

}  // namespace cutaway::app

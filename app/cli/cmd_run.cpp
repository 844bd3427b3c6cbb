// cutaway sim, cutaway real: runs INPUT on that side.

#include "app/cli/input.h"
#include "app/cli/live_options.h"
#include "app/cli/options.h"
#include "app/cli/plan.h"
#include "app/live/session.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "viz/calls_text.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

struct RunOptions {
  InputOptions input;
  bool quiet = false, json = false, plan = false;
  std::string trace_file;
  LiveChoice live;
};

int exit_status(const Run& run) {
  if (run.is_scenario) return run.report.failed.empty() ? 0 : 1;
  return run.report.commands.empty() ? 0 : run.report.commands.back().exit;
}

void print_quiet(const Run& run) {
  for (const CommandState& command : run.report.commands) {
    os::write_out(command.stdout_text);
    os::write_err(command.stderr_text);
  }
}

void print_steps(const Run& run) {
  const int columns = os::terminal_columns();
  os::write_out(run.is_litmus ? viz::annotate_calls(run.trace(), run.title, columns)
                              : viz::annotate(run.trace(), columns));
  for (const scenarios::FailedExpectation& failed : run.report.failed) {
    os::write_out("✗ " + failed.pointer + ": " + failed.text + "\n");
  }
}

struct RunVerb {
  const char* name;
  const char* says;
  SideKind side;
};

int run_verb(const RunVerb& verb, const Invocation& invocation) {
  RunOptions asked;
  CLI::App options(verb.says, verb.name);
  add_input_options(options, asked.input);
  options.add_flag("-q,--quiet", asked.quiet, "only what docker would print");
  options.add_flag("--json", asked.json, "a summary as one JSON object");
  options.add_flag("--plan", asked.plan, "print the plan of steps with reasons; run nothing");
  options.add_option("--trace", asked.trace_file, "write the trace: FILE.jsonl or FILE.cut");
  if (verb.side == SideKind::Real) {
    add_live_option(options, asked.live, "let the run be watched, from its first event on");
    add_break_option(options, asked.live);
  }
  if (const auto done = parse_options(options, invocation)) return *done;
  const bool real = verb.side == SideKind::Real;
  asked.input.side = real ? "real" : "sim";
  if (asked.plan) return print_plan(asked.input, invocation);
  asked.input.pass_on = real && asked.quiet && !asked.json;
  if (real) {
    const Status settled = settle_live(options, asked.live, asked.input.what);
    if (!settled) return report(settled.error());
  }
  asked.input.traced =
      !asked.quiet || asked.json || !asked.trace_file.empty() || asked.live.wanted();
  asked.live.state = asked.input.state;
  std::unique_ptr<LiveSession> session;
  if (asked.live.wanted()) {
    auto made = LiveSession::make(asked.live);
    if (!made) return report(made.error());
    session = std::move(*made);
    asked.input.live = session.get();
  }

  auto run = load(asked.input, invocation);
  if (!run) return report(run.error());
  if (run->side) run->side->finish();
  if (!asked.trace_file.empty()) {
    const Status written = write_trace(asked.trace_file, run->trace());
    if (!written) return report(written.error());
  }
  if (asked.json) {
    os::write_out(
        scenarios::report_to_json(run->report, verb.side, run->trace(), exit_status(*run)).dump() +
        "\n");
  } else if (asked.quiet) {
    if (!asked.input.pass_on) print_quiet(*run);
  } else {
    print_steps(*run);
  }
  return exit_status(*run);
}

}  // namespace

int cmd_sim(const Invocation& invocation) {
  return run_verb(
      {"cutaway sim", "Runs INPUT in the simulator and tells, step by step, what happens.",
       SideKind::Sim},
      invocation);
}

int cmd_real(const Invocation& invocation) {
  return run_verb(
      {"cutaway real", "Runs INPUT on this Linux and tells, step by step, what happens.",
       SideKind::Real},
      invocation);
}

}  // namespace cutaway::app

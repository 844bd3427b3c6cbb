// cutaway watch: looks at processes that run already, whoever started them, until they end or one
// has seen enough (Ctrl-C).
#include "app/cli/input.h"
#include "app/cli/options.h"
#include "app/cli/progress.h"
#include "base/os/files.h"
#include "base/text.h"
#include "real/watch.h"
#include "scenarios/runner.h"
#include "viz/text.h"

namespace cutaway::app {

namespace {

struct WatchChoice {
  int pid = 0;
  std::string container, cgroup, state, trace_file;
  std::int64_t for_ns = 0;  ///< 0: until they end
  bool quiet = false, json = false;
};

Result<std::vector<int>> chosen(const WatchChoice& choice) {
  if (choice.pid > 0) return real::processes_below(choice.pid);
  if (!choice.container.empty())
    return real::processes_of_container(choice.container, choice.state);
  return real::processes_in_cgroup(choice.cgroup);
}

std::string title_of(const WatchChoice& choice) {
  if (choice.pid > 0) return "watch --pid " + decimal(choice.pid);
  return choice.container.empty() ? "watch --cgroup " + choice.cgroup
                                  : "watch --container " + choice.container;
}

/// "200ms", "5s", "1m" as ns.
CLI::AsNumberWithUnit as_time() {
  const std::map<std::string, std::int64_t> units = {
      {"ms", 1'000'000}, {"s", 1'000'000'000}, {"m", 60'000'000'000}};
  return CLI::AsNumberWithUnit(units, CLI::AsNumberWithUnit::UNIT_REQUIRED);
}

Status tell(const WatchChoice& choice, const real::Watched& watched, int exit) {
  if (!choice.trace_file.empty()) TRY(write_trace(choice.trace_file, watched.trace));
  if (choice.json) {
    const Json summary =
        scenarios::report_to_json(scenarios::RunReport{}, SideKind::Real, watched.trace, exit);
    os::write_out(summary.dump() + "\n");
  } else if (!choice.quiet) {
    os::write_out(viz::annotate(watched.trace, os::terminal_columns()));
  }
  return {};
}

Result<int> run_watch(const WatchChoice& choice) {
  TRY_ASSIGN(const std::vector<int> pids, chosen(choice));
  if (choice.for_ns == 0) os::write_err("cutaway: watching; Ctrl-C ends it, and they go on\n");
  TRY_ASSIGN(const real::Watched watched, real::watch(pids, title_of(choice), choice.for_ns));
  const int exit = watched.interrupted ? kInterrupted : 0;
  TRY(tell(choice, watched, exit));
  return exit;
}

}  // namespace

int cmd_watch(const Invocation& invocation) {
  WatchChoice choice;
  CLI::App options(
      "Looks at processes that run already, whoever started them: their calls, and what changes.",
      "cutaway watch");
  auto* whom = options.add_option_group("whom", "who is looked at (one of these)");
  whom->add_option("--pid", choice.pid, "a process, with all that it has started")
      ->check(CLI::PositiveNumber);
  whom->add_option("--container", choice.container,
                   "a container of docker's, podman's or ours: its id, or the beginning of it");
  whom->add_option("--cgroup", choice.cgroup, "all in a cgroup: its path or its folder");
  whom->require_option(1);
  options.add_option("--for", choice.for_ns, "so long (5s, 1m); else until they end, or Ctrl-C")
      ->transform(as_time());
  options.add_option("--trace", choice.trace_file, "write the trace: FILE.jsonl or FILE.cut");
  options.add_option("--state", choice.state, "folder of the real side")->envname("CUTAWAY_STATE");
  options.add_flag("-q,--quiet", choice.quiet, "print nothing");
  options.add_flag("--json", choice.json, "a summary as one JSON object");
  if (const auto done = parse_options(options, invocation)) return *done;
  const Result<int> done = run_watch(choice);
  return done ? *done : report(done.error());
}

}  // namespace cutaway::app

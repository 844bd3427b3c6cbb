// The shim outlives the runtime: it is the parent of the container's first process (as a subreaper
// it inherits it when the runtime goes), keeps its exit status, and cleans up.

#include "base/text.h"
#include "sim/docker/http.h"
#include "sim/docker/plan_runner.h"
#include "sim/docker/runtime.h"
#include "sim/docker/start_process.h"

namespace cutaway::sim {

namespace {

Program start_runtime(Sys sys, State state) {
  sys.role(Role::Runtime);
  std::vector<std::string> argv = {"cutaway-runtime", "create"};
  argv.insert(argv.end(), state.argv.begin(), state.argv.end());
  const std::string path = "/usr/bin/cutaway-runtime";
  const std::vector<std::string> env;
  co_await sys.close(kDaemonFd);
  co_await sys.execve(path, argv, env);
  co_return 127;
}

// Runs `cutaway-runtime create …` to its end: 0 when the container runs.
Co<std::int64_t> runtime_create(Sys sys, std::vector<std::string> words) {
  sys.step("rt.start");
  State state;
  state.argv = std::move(words);
  const std::int64_t pid = co_await sys.clone(abi::sig::kChld, start_runtime, state);
  if (pid < 0) co_return pid;
  co_await sys.wait4(pid, 0);
  co_return sys.reply().out.empty() ? -1 : sys.reply().out[0];
}

// Waits for the container's first process, reaping whatever else was handed down: its wait status.
Co<std::int64_t> reap_init(Sys sys, std::int64_t init) {
  sys.step("reap");
  while (true) {
    const std::int64_t pid = co_await sys.wait4(-1, 0);
    if (pid < 0) co_return 0;
    if (pid == init) co_return sys.reply().out.empty() ? 0 : sys.reply().out[0];
  }
}

// Whether the memory cgroup counts somebody who was ended for want of memory.
Co<bool> look_for_oom(Sys sys, SharedPlan what) {
  const std::size_t reap = step_at(what->plan, "reap");
  const PlanPart look{spec::Who::Shim, reap, reap + 1};
  PlanVariables variables;
  auto run = run_steps(sys, what, look, &variables, nullptr);
  co_await run;
  for (const std::string& line : split(variables["oom.data"], '\n')) {
    if (starts_with(line, "oom_kill ")) co_return line != "oom_kill 0";
  }
  co_return false;
}

// What the plan gives the shim behind the reaping.
Co<std::int64_t> clean_up(Sys sys, SharedPlan what) {
  const PlanPart rest{spec::Who::Shim, step_at(what->plan, "reap") + 1};
  PlanVariables variables;
  auto run = run_steps(sys, what, rest, &variables, nullptr);
  const PlanOutcome outcome = co_await run;
  co_return outcome.step.empty() ? 0 : -1;
}

}  // namespace

Program containerd_shim(Sys sys, State state) {
  sys.role(Role::Shim);
  const std::string bundle = state.argv.size() > 1 ? state.argv[1] : std::string();
  const std::string plan_path = bundle + "/plan";
  auto reading = read_file(sys, plan_path);
  const std::string text = co_await reading;
  const SharedPlan what = plan_of(text);
  if (!what) co_return 1;

  sys.step("subreaper");
  co_await sys.prctl(36,
                     1);  // PR_SET_CHILD_SUBREAPER: orphans of the container come here, not to init
  // The bundle, and "network" when the daemon waits for the namespaces.
  const std::vector<std::string> words(state.argv.begin() + 1, state.argv.end());
  auto creating = runtime_create(sys, words);
  const std::int64_t status = co_await creating;
  // The container's ends of the pipes must be the container's alone, or their readers never see the
  // end.
  for (std::int64_t fd = 0; fd < 3; ++fd) co_await sys.close(fd);
  if (what->input.tty) co_await sys.close(kConsoleFd);

  const bool failed = status != 0;
  const std::string note_path = bundle + (failed ? "/error" : "/init.pid");
  auto noting = read_file(sys, note_path);
  const std::string note = co_await noting;
  std::int64_t init = 0;
  parse_decimal(note, init);
  std::string line = failed ? "failed " + note + "\n" : "started " + note + "\n";
  if (!failed) {
    co_await sys.write(kDaemonFd, line);
  }
  if (failed) {
    sys.step("reap");
    co_await sys.wait4(-1, 0);  // the init that could not become the program
  } else {
    auto reaping = reap_init(sys, init);
    const std::int64_t wait_status = co_await reaping;
    line = "exited " + decimal((wait_status >> 8) & 0xff) + " " + decimal(wait_status & 0x7f);
    auto looking = look_for_oom(sys, what);
    const bool oom = co_await looking;
    line += oom ? " oom\n" : "\n";
    // For a daemon that was not there to hear it.
    auto noting_end = write_file(sys, bundle + "/exit", line, 0644);
    co_await noting_end;
  }
  auto cleaning = clean_up(sys, what);
  co_await cleaning;
  co_await sys.write(kDaemonFd, line);
  co_return 0;
}

}  // namespace cutaway::sim

#include "sim/docker/runtime.h"

#include <algorithm>

#include "base/text.h"
#include "sim/docker/http.h"
#include "sim/docker/network.h"
#include "sim/docker/plan_runner.h"
#include "sim/docker/start_process.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::sim {

namespace {

// As runc's init does it: by then the engine has been told that the container runs, so this stands
// in the container's own output, and 255 is its exit code.
Co<int> complain_of_format(Sys sys, SharedPlan what) {
  constexpr int kExit = 255;
  for (const std::string& path : spec::program_candidates(what->input)) {
    if (co_await sys.access(path, 1) < 0) continue;  // X_OK
    const std::string text = "exec " + path + ": exec format error\n";
    co_await sys.write(2, text);
    break;
  }
  co_return kExit;
}

// The first steps of a process in a container, until it becomes the program. Only a failure comes
// back: {step, errno} goes through the report pipe, as text.
Co<int> become_program(Sys sys, InitState init) {
  const PlanPart part{spec::Who::Init};
  auto run = run_steps(sys, init.what, part, &init.variables, nullptr);
  const PlanOutcome outcome = co_await run;
  if (outcome.step == "exec" && outcome.err == abi::Errno::kENOEXEC) {
    auto complaining = complain_of_format(sys, init.what);
    co_return co_await complaining;
  }
  const std::string report = outcome.step + " " + std::string(abi::errno_name(outcome.err));
  std::int64_t fd = -1;
  parse_decimal(init.variables["report.1"], fd);
  co_await sys.write(fd, report);
  co_return 1;
}

// Pid 1 of the container to be. It waits for its cgroup, makes its surroundings, and becomes the
// program.
Program container_init(Sys sys, State state) {
  sys.role(Role::Init);
  const InitState init = std::any_cast<InitState>(state.more);
  auto becoming = become_program(sys, init);
  co_return co_await becoming;
}

// A process that was born in a container that is there.
Program exec_child(Sys sys, State state) {
  sys.role(Role::Exec);
  const InitState init = std::any_cast<InitState>(state.more);
  auto becoming = become_program(sys, init);
  co_return co_await becoming;
}

// The release: from there on the container's first process goes on.
bool releases(const spec::PlanStep& step) {
  return step.who == spec::Who::Runtime && !step.calls.empty() &&
         step.calls.front().sys == abi::Sys::write &&
         step.calls.front().args.front().text == "$sync.1";
}

// The namespaces are there, and nothing runs in them yet: the daemon is told, and puts cables into
// them. (A prestart hook, "libnetwork-setkey", up to docker 25.)
Co<std::string> announce_namespaces(Sys sys, std::string bundle, std::string child) {
  const std::string address = bundle + std::string(kNetworkSocket);
  sys.step("net.connect");
  const std::string family = "AF_UNIX", type = "SOCK_STREAM";
  const std::int64_t fd = co_await sys.socket(family, type);
  co_await sys.connect(fd, address);
  co_await sys.write(fd, child);
  co_await sys.read(fd, 4096);
  const std::string said = sys.reply().data;
  co_await sys.close(fd);
  co_return said == "success" ? std::string() : said;
}

// Runs the runtime's own steps; `announce`: the bundle, if the daemon waits there for the
// namespaces. Empty, or which step failed, and `child` is the pid that was made.
Co<std::string> run_runtime(Sys sys, SharedPlan what, Entry first, std::string* child,
                            std::string announce = {}) {
  PlanVariables variables;
  const std::vector<spec::PlanStep>& steps = what->plan.steps;
  const auto release =
      static_cast<std::size_t>(std::find_if(steps.begin(), steps.end(), releases) - steps.begin());
  const PlanPart before{spec::Who::Runtime, 0, release};
  const PlanPart rest{spec::Who::Runtime, release};
  auto run = run_steps(sys, what, before, &variables, first);
  PlanOutcome outcome = co_await run;
  if (outcome.step.empty() && !announce.empty()) {
    auto announcing = announce_namespaces(sys, announce, variables["child"]);
    const std::string wrong = co_await announcing;
    if (!wrong.empty()) co_return "net.connect " + wrong;
  }
  if (outcome.step.empty()) {
    auto going_on = run_steps(sys, what, rest, &variables, first);
    outcome = co_await going_on;
  }
  std::string report = variables["report_bytes.data"];
  if (!outcome.step.empty())
    report = outcome.step + " " + std::string(abi::errno_name(outcome.err));
  *child = variables["child"];
  co_return report;
}

Co<int> create_container(Sys sys, std::string bundle, bool networks) {
  sys.step("rt.start");
  auto reading = read_file(sys, bundle + "/plan");
  const std::string text = co_await reading;
  const SharedPlan what = plan_of(text);
  if (!what) co_return 1;
  std::string child;
  auto running = run_runtime(sys, what, container_init, &child, networks ? bundle : "");
  const std::string report = co_await running;
  const bool failed = !report.empty();
  const std::string path = bundle + (failed ? "/error" : "/init.pid");
  auto writing = write_file(sys, path, failed ? report : child, 0644);
  co_await writing;
  co_return failed ? 1 : 0;
}

// Joins a container, has a process made in it, and is its parent to its end (as `runc exec` is).
// What it has to say goes over descriptor 3: the host's files are out of its sight by then.
Co<int> join_container(Sys sys, std::string bundle) {
  constexpr int kSetFd = 2, kCloseOnExec = 1;
  co_await sys.fcntl(kDaemonFd, kSetFd, kCloseOnExec);
  auto reading = read_file(sys, bundle + "/plan");
  const std::string text = co_await reading;
  const SharedPlan what = plan_of(text);
  if (!what) co_return 1;
  std::string child;
  auto running = run_runtime(sys, what, exec_child, &child);
  const std::string report = co_await running;
  for (std::int64_t fd = 0; fd < 3; ++fd) co_await sys.close(fd);
  if (what->input.tty) co_await sys.close(kConsoleFd);  // the console's socket is the child's
  std::string line = report.empty() ? "started " + child + "\n" : "failed " + report + "\n";
  co_await sys.write(kDaemonFd, line);
  sys.step("reap");
  std::int64_t pid = 0;
  if (!parse_decimal(child, pid)) co_return 1;
  co_await sys.wait4(pid, 0);
  const std::int64_t status = sys.reply().out.empty() ? 0 : sys.reply().out[0];
  line = "exited " + decimal(status >> 8 & 0xff) + " " + decimal(status & 0x7f) + "\n";
  if (report.empty()) co_await sys.write(kDaemonFd, line);
  co_return 0;
}

}  // namespace

Program cutaway_runtime(Sys sys, State state) {
  sys.role(Role::Runtime);
  const std::string verb = state.argv.size() > 1 ? state.argv[1] : std::string();
  const std::string bundle = state.argv.size() > 2 ? state.argv[2] : std::string();
  const bool networks = state.argv.size() > 3;
  auto running =
      verb == "exec" ? join_container(sys, bundle) : create_container(sys, bundle, networks);
  co_return co_await running;
}

}  // namespace cutaway::sim

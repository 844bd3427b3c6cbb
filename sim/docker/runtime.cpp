#include "sim/docker/runtime.h"

#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/http.h"
#include "sim/docker/plan_runner.h"

namespace cutaway::sim {

namespace {

// Pid 1 of the container to be. It waits for its cgroup, makes its surroundings, and becomes the
// program.
Program container_init(Sys sys, State state) {
  sys.role(Role::Init);
  InitState init = std::any_cast<InitState>(state.more);
  const spec::Plan plan = spec::run_plan(init.input);
  auto run = run_steps(sys, plan, spec::Who::Init, &init.variables, nullptr, init.input);
  const PlanOutcome outcome = co_await run;
  // Only a failure gets here: {step, errno} goes through the report pipe, as text.
  const std::string report = outcome.step + " " + std::string(abi::errno_name(outcome.err));
  std::int64_t fd = -1;
  parse_decimal(init.variables["report.1"], fd);
  co_await sys.write(fd, report);
  co_return 1;
}

}  // namespace

Program cutaway_runtime(Sys sys, State state) {
  sys.role(Role::Runtime);
  sys.step("rt.start");
  const std::string bundle = state.argv.size() > 2 ? state.argv[2] : std::string();
  const std::string plan_path = bundle + "/plan";
  auto reading = read_file(sys, plan_path);
  const std::string text = co_await reading;
  const auto json = parse_json(text);
  const auto input = json ? spec::plan_input_from_json(*json) : fail(json.error());
  if (!input) co_return 1;

  PlanVariables variables;
  const spec::Plan plan = spec::run_plan(*input);
  auto run = run_steps(sys, plan, spec::Who::Runtime, &variables, container_init, *input);
  const PlanOutcome outcome = co_await run;
  std::string report = variables["report_bytes.data"];
  if (!outcome.step.empty())
    report = outcome.step + " " + std::string(abi::errno_name(outcome.err));
  const bool failed = !report.empty();
  const std::string path = bundle + (failed ? "/error" : "/init.pid");
  const std::string content = failed ? report : variables["child"];
  auto writing = write_file(sys, path, content, 0644);
  co_await writing;
  co_return failed ? 1 : 0;
}

}  // namespace cutaway::sim

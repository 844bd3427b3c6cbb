#include "sim/docker/plan_runner.h"

#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"

namespace cutaway::sim {

namespace {

using spec::PlanCall;
using spec::PlanStep;

std::string variable_value(const PlanVariables& variables, const std::string& name) {
  const auto found = variables.find(name);
  return found == variables.end() ? std::string() : found->second;
}

std::string resolve_text(const std::string& text, const PlanVariables& variables) {
  std::string resolved;
  std::size_t from = 0;
  for (std::size_t at = text.find("${"); at != std::string::npos; at = text.find("${", from)) {
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) break;
    resolved.append(text, from, at - from);
    resolved += variable_value(variables, text.substr(at + 2, end - at - 2));
    from = end + 1;
  }
  return resolved.append(text, from);
}

void remember(const PlanCall& call, const Reply& reply, PlanVariables& variables) {
  if (call.as.empty()) return;
  variables[call.as] = decimal(reply.ret);
  for (std::size_t i = 0; i < reply.out.size(); ++i) {
    variables[call.as + "." + decimal(static_cast<std::int64_t>(i))] = decimal(reply.out[i]);
  }
  if (call.sys == abi::Sys::read) variables[call.as + ".data"] = reply.data;
}

bool tolerates(const PlanCall& call, abi::Errno err) {
  return std::find(call.tolerated.begin(), call.tolerated.end(), err) != call.tolerated.end();
}

std::vector<Arg> resolve_args(const PlanCall& call, const PlanVariables& variables) {
  std::vector<Arg> args;
  args.reserve(call.args.size());
  for (const Arg& arg : call.args) args.push_back(resolve_arg(arg, variables));
  const bool counts_itself =
      call.sys == abi::Sys::write && args.size() == 3 && args[2].tag == ArgTag::Missing;
  if (counts_itself) args[2] = Arg::integer(static_cast<std::int64_t>(args[1].text.size()));
  return args;
}

// What makes the calls of a step. The plan outlives it, as whoever runs it holds a share.
struct Maker {
  SharedPlan what;
  PlanVariables* variables = nullptr;
  Entry child = nullptr;
};

// One call; afterwards sys.reply() holds its result.
Co<std::int64_t> make_call(Sys sys, const PlanCall* call, const Maker* maker) {
  std::vector<Arg> args = resolve_args(*call, *maker->variables);
  std::int64_t ret = 0;
  if (call->sys == abi::Sys::clone) {
    State state;
    state.more = InitState{maker->what, *maker->variables};
    const auto flags = static_cast<std::uint64_t>(args.at(0).value);
    ret = co_await sys.clone(flags, maker->child, state);
  } else {
    ret = co_await sys.call(call->sys, std::move(args));
  }
  if (ret >= 0) remember(*call, sys.reply(), *maker->variables);
  if (ret == 0 && call->must_read) co_return -static_cast<std::int64_t>(abi::Errno::kEPIPE);
  co_return ret;
}

SharedPlan make_plan(const std::string& text) {
  const auto json = parse_json(text);
  if (!json || !json->is_object()) return nullptr;
  const bool joins = json->contains("init_pid");
  const auto input = spec::plan_input_from_json(joins ? (*json)["input"] : *json);
  if (!input) return nullptr;
  return std::make_shared<const PlanToRun>(
      PlanToRun{*input, joins ? spec::exec_plan(*input, json->value("init_pid", 0))
                              : spec::run_plan(*input)});
}

}  // namespace

SharedPlan plan_of(const std::string& text) {
  // Shim and runtime read the same file one after the other, and the same text is the same plan.
  thread_local std::pair<std::string, SharedPlan> last;
  if (last.second == nullptr || last.first != text) last = {text, make_plan(text)};
  return last.second;
}

Arg resolve_arg(const Arg& arg, const PlanVariables& variables) {
  if (arg.tag != ArgTag::Bytes) return arg;
  if (starts_with(arg.text, "$") && !starts_with(arg.text, "${")) {
    std::int64_t number = 0;
    if (parse_decimal(variable_value(variables, arg.text.substr(1)), number))
      return Arg::integer(number);
  }
  return Arg::bytes(resolve_text(arg.text, variables));
}

namespace {

// What stands in for a call that failed as expected; kOk, or what the first of them failed with.
Co<abi::Errno> make_others(Sys sys, const PlanCall* call, const Maker* maker) {
  for (const PlanCall& other : call->otherwise) {
    auto instead = make_call(sys, &other, maker);
    const std::int64_t result = co_await instead;
    if (result < 0) co_return static_cast<abi::Errno>(-result);
  }
  co_return abi::Errno::kOk;
}

// Without its folder the program is not even looked for: another complaint.
std::string complaint_of(const PlanStep& step, const PlanCall& call) {
  return call.sys == abi::Sys::chdir && step.id == "exec" ? "chdir" : step.id;
}

// The calls of one step. Calls of one group behind a tolerated error are left out if it says so.
Co<PlanOutcome> run_step(Sys sys, const PlanStep* step, const Maker* maker) {
  std::int32_t skipped_group = -1;
  std::int64_t last_tolerated = 0;
  for (const PlanCall& call : step->calls) {
    if (call.group != 0 && call.group == skipped_group) continue;
    auto made = make_call(sys, &call, maker);
    const std::int64_t ret = co_await made;
    if (ret >= 0) continue;
    const auto err = static_cast<abi::Errno>(-ret);
    if (!call.otherwise.empty() && err == call.otherwise_on) {
      auto others = make_others(sys, &call, maker);
      const abi::Errno failed = co_await others;
      if (failed != abi::Errno::kOk) co_return PlanOutcome{step->id, failed};
    } else if (tolerates(call, err)) {
      if (call.skip_rest) skipped_group = call.group;
      // As execvp(3): what may not be run outweighs what is not there.
      if (last_tolerated != static_cast<std::int64_t>(abi::Errno::kEACCES)) last_tolerated = -ret;
    } else {
      co_return PlanOutcome{complaint_of(*step, call), err};
    }
  }
  // execve returns only when it failed: a step that ends in one and gets here found no program.
  const bool ends_in_exec = !step->calls.empty() && step->calls.back().sys == abi::Sys::execve;
  if (ends_in_exec) co_return PlanOutcome{step->id, static_cast<abi::Errno>(last_tolerated)};
  co_return PlanOutcome{};
}

}  // namespace

std::size_t step_at(const spec::Plan& plan, std::string_view id) {
  const auto found = std::find_if(plan.steps.begin(), plan.steps.end(),
                                  [id](const PlanStep& step) { return step.id == id; });
  return static_cast<std::size_t>(found - plan.steps.begin());
}

Co<PlanOutcome> run_steps(Sys sys, SharedPlan what, PlanPart part, PlanVariables* variables,
                          Entry child) {
  const Maker maker{what, variables, child};
  const std::vector<PlanStep>& steps = what->plan.steps;
  for (std::size_t i = part.from; i < std::min(part.to, steps.size()); ++i) {
    if (steps[i].who != part.who || steps[i].calls.empty()) continue;
    sys.step(steps[i].id);
    auto run = run_step(sys, &steps[i], &maker);
    const PlanOutcome outcome = co_await run;
    if (!outcome.step.empty()) co_return outcome;
  }
  co_return PlanOutcome{};
}

}  // namespace cutaway::sim

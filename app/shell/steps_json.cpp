// A session as a scenario's document, and back.

#include "app/shell/sim_session.h"
#include "base/json_value.h"
#include "base/text.h"
#include "trace/abi/abi.h"

namespace cutaway::app {

namespace {

Json item_of(const ShellStep& step, std::size_t number) {
  if (step.wait_ns > 0) return {{"wait", decimal(step.wait_ns / 1'000'000) + "ms"}};
  const SideCommand& command = step.command;
  if (command.kind == SideCommand::Kind::Keystrokes)
    return {{"type", command.line}, {"tty", command.terminal}};
  if (command.kind == SideCommand::Kind::Signal)
    return {{"signal", std::string(abi::signal_name(command.signal))}, {"of", command.name}};
  Json item = {{command.kind == SideCommand::Kind::Docker ? "docker" : "host", command.line},
               {"as", command.name.empty() ? "c" + decimal(static_cast<std::int64_t>(number))
                                           : command.name}};
  if (!command.terminal.empty()) item["tty"] = command.terminal;
  if (step.background) item["bg"] = true;
  return item;
}

/// The machine, where it is not the one that everybody has.
Json machine_json(const Machine& machine, std::uint64_t seed) {
  const Machine usual;
  Json json = {{"seed", seed}};
  if (machine.cpus != usual.cpus) json["cpus"] = machine.cpus;
  if (machine.memory != usual.memory) json["memory"] = machine.memory;
  if (machine.kernel != usual.kernel) json["kernel"] = machine.kernel;
  if (machine.arch != usual.arch) json["arch"] = machine.arch;
  if (machine.os == HostOs::Mac) json["os"] = "mac";
  if (machine.os == HostOs::Windows) json["os"] = "windows";
  if (machine.cgroup == CgroupVersion::V1) json["cgroup"] = "v1";
  if (machine.cgroup == CgroupVersion::Hybrid) json["cgroup"] = "hybrid";
  return json;
}

template <class Item>
SideCommand command_of(const Item& item, SideCommand::Kind kind) {
  SideCommand command;
  command.kind = kind;
  command.name = item.as;
  command.line = item.line;
  command.terminal = item.tty;
  command.stdin_text = item.stdin_text;
  return command;
}

/// Makes a step of an item; false: there is none for it.
struct StepMaker {
  ShellStep step;
  bool operator()(const spec::DockerItem& item) {
    step.command = command_of(item, SideCommand::Kind::Docker);
    step.command.words = item.words;
    step.background = item.background;
    return true;
  }
  bool operator()(const spec::HostItem& item) {
    step.command = command_of(item, SideCommand::Kind::Host);
    step.command.at_prompt = true;
    step.background = item.background;
    return true;
  }
  bool operator()(const spec::TypeItem& item) {
    step.command.kind = SideCommand::Kind::Keystrokes;
    step.command.line = item.text;
    step.command.terminal = item.tty;
    return true;
  }
  bool operator()(const spec::SignalItem& item) {
    step.command.kind = SideCommand::Kind::Signal;
    step.command.name = item.of;
    step.command.signal = abi::signal_of(item.signal);
    return true;
  }
  bool operator()(const spec::WaitItem& item) {
    step.wait_ns = item.ns;
    return true;
  }
  template <class Other>
  bool operator()(const Other&) {
    return false;
  }
};

}  // namespace

Json steps_items(const std::vector<ShellStep>& steps) {
  Json items = Json::array();
  std::size_t commands = 0;
  for (const ShellStep& step : steps) {
    if (step.is_command()) ++commands;
    items.push_back(item_of(step, commands));
  }
  return items;
}

Json SimSession::items_json() const { return steps_items(now().steps); }

std::string steps_to_json(const std::vector<ShellStep>& steps, const Machine& machine,
                          std::uint64_t seed, const std::string& id) {
  const Json document = {{"cutaway_scenario", 1},
                         {"id", id},
                         {"title", "a session of cutaway shell"},
                         {"sides", {"sim"}},
                         {"machine", machine_json(machine, seed)},
                         {"prompt", true},
                         {"do", steps_items(steps)}};
  return document.dump(2) + "\n";
}

Result<std::vector<ShellStep>> steps_of(const spec::Scenario& scenario) {
  std::vector<ShellStep> steps;
  for (const spec::Item& item : scenario.items) {
    if (std::holds_alternative<spec::ExpectItem>(item.body)) continue;  // nobody judges a session
    StepMaker maker;
    if (!std::visit(maker, item.body))
      return fail(ErrorCode::NotYet, item.pointer + ": such an item, in a session");
    steps.push_back(std::move(maker.step));
  }
  return steps;
}

}  // namespace cutaway::app

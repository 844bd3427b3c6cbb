#include "trace/world/signal_action.h"

namespace cutaway {
namespace {

SignalAction default_action(int signal) {
  using namespace abi::sig;
  switch (signal) {
    case kChld:
    case kUrg:
    case kWinch:
      return SignalAction::Ignore;
    case kCont:
      return SignalAction::Continue;
    case kStop:
    case kTstp:
    case kTtin:
    case kTtou:
      return SignalAction::Stop;
    default:
      return SignalAction::Terminate;
  }
}

}  // namespace

SignalAction signal_action(const World& world, TaskId id, int signal) {
  const SignalAction by_default = default_action(signal);
  if (signal == abi::sig::kKill || signal == abi::sig::kStop) return by_default;
  const SignalHandlers* handlers = world.sighands.find(world.tasks.at(id).sighand);
  if (handlers == nullptr) return by_default;
  const auto found = handlers->actions.find(signal);
  if (found == handlers->actions.end() || found->second == "default") return by_default;
  return found->second == "ignore" ? SignalAction::Ignore : SignalAction::Handler;
}

std::string_view signal_rule(SignalAction action) {
  switch (action) {
    case SignalAction::Terminate:
      return "terminate";
    case SignalAction::Stop:
      return "stop";
    case SignalAction::Continue:
      return "continue";
    case SignalAction::Handler:
      return "handler";
    case SignalAction::Ignore:
      break;
  }
  return "ignore";
}

}  // namespace cutaway

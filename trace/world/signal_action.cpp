#include "trace/world/signal_action.h"

#include "trace/world/lookup.h"

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

/// What no handler is set for.
SignalAction unhandled(const World& world, TaskId id, int signal) {
  const SignalAction action = default_action(signal);
  const bool by_terminal = action == SignalAction::Stop && signal != abi::sig::kStop;
  if (by_terminal && is_orphaned_group(world, world.tasks.at(id).process_group))
    return SignalAction::Ignore;
  return action;
}

}  // namespace

bool is_orphaned_group(const World& world, TaskId group, TaskId leaving) {
  return world.tasks.first([&](const Task& member) {
    if (member.process_group != group || member.zombie() || member.id == leaving) return false;
    const Task* parent = world.tasks.find(member.parent);
    return parent != nullptr && parent->session == member.session && parent->process_group != group;
  }) == nullptr;
}

bool ignored_by_default(int signal) {
  const SignalAction action = default_action(signal);
  return action == SignalAction::Ignore || action == SignalAction::Continue;
}

bool may_signal(const World& world, const Task& sender, const Task& target, std::int64_t signal) {
  constexpr int kKill = 5;  // CAP_KILL
  if (sender.leader == target.leader) return true;
  const Credentials &from = sender.credentials, &to = target.credentials;
  if (from.euid == to.suid || from.euid == to.uid || from.uid == to.suid || from.uid == to.uid)
    return true;
  if (signal == abi::sig::kCont && sender.session == target.session) return true;
  return (from.effective >> kKill & 1U) != 0 &&
         descends_from(world, target.in(NsKind::User), sender.in(NsKind::User));
}

SignalAction signal_action(const World& world, TaskId id, int signal) {
  const SignalAction by_default = unhandled(world, id, signal);
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

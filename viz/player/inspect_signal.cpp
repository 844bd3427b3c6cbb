// Why a signal was dropped: what the process had asked for, whether it is pid 1, and from where the
// signal came (pid_namespaces(7), "The namespace init process").
#include "base/text.h"
#include "trace/abi/abi.h"
#include "trace/world/lookup.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

const SignalHandlers* handlers_of(const World& world, const cutaway::Task& task) {
  return world.sighands.find(task.sighand);
}

std::string action_words(const World& world, const cutaway::Task& task, std::int32_t signal) {
  const SignalHandlers* handlers = handlers_of(world, task);
  if (handlers == nullptr) return "not known";
  const auto set = handlers->actions.find(signal);
  if (set == handlers->actions.end()) return "default (SIG_DFL)";
  return set->second == "ignore" ? "ignore (SIG_IGN)" : "a handler of its own";
}

/// Who signals from above is outside of the receiver's pid namespace.
bool is_from_outside(const cutaway::Task& from, const cutaway::Task& to) {
  return from.pids.size() < to.pids.size();
}

std::string sender_words(const World& world, const SignalIgnored& dropped,
                         const cutaway::Task& to) {
  const cutaway::Task* from = world.tasks.find(dropped.from);
  if (from == nullptr) return dropped.from ? "gone" : "not known";
  return is_from_outside(*from, to) ? "outside: a namespace above" : "inside: the same namespace";
}

std::string kill_words(const World& world, const SignalIgnored& dropped, const cutaway::Task& to) {
  const cutaway::Task* from = world.tasks.find(dropped.from);
  if (own_pid(to) != 1 || to.pids.size() < 2) return "ends it";
  const bool passes = from == nullptr || is_from_outside(*from, to);
  return passes ? "passes from outside" : "dropped too, from inside";
}

}  // namespace

void add_dropped_signal(const Inspected& at, Facts& facts) {
  if (at.moment.focus == kNoEvent) return;
  const Event event = at.trace.event(at.moment.focus);
  const auto* dropped = std::get_if<SignalIgnored>(&event.body);
  const cutaway::Task* to = dropped == nullptr ? nullptr : at.world.tasks.find(dropped->to);
  if (to == nullptr) return;
  const std::int32_t signal = dropped->sig;
  const Origin set = either(set_by<SignalHandlerSet>([signal](const SignalHandlerSet& handler) {
                              return handler.sig == signal;
                            }).by(to->id),
                            birth_of(to->id));
  facts.title("Why dropped?");
  facts.value("signal", abi::signal_name(signal));
  facts.value("receiver", task_tag(at.world, to->id), birth_of(to->id));
  facts.value("its action", action_words(at.world, *to, signal), set);
  facts.value("sender", sender_words(at.world, *dropped, *to));
  facts.value("SIGKILL", kill_words(at.world, *dropped, *to));
  facts.words("Rule: " + dropped->rule + ".");
}

}  // namespace cutaway::viz

// One system call: what the registers mean, what is checked on its way, what it changed, its
// answer.
#include "base/text.h"
#include "spec/words.h"
#include "trace/event/shape.h"
#include "viz/scene/closeup_from_world.h"
#include "viz/text/argument_words.h"
#include "viz/text/call_parts.h"
#include "viz/text/call_words.h"
#include "viz/text/event_words.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

// syscall(2), "Architecture calling conventions": x86-64.
constexpr const char* kRegisters[] = {"rdi", "rsi", "rdx", "r10", "r8", "r9"};
constexpr std::size_t kMostEffectsShown = 8;

std::vector<Fact> arguments_of(const Syscall& call) {
  const SyscallShape& shape = syscall_shape(call.sys);
  std::vector<Fact> facts;
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    const std::string name =
        i < shape.args.size() ? std::string(shape.args[i].name) : "a" + std::to_string(i);
    const std::string where = i < std::size(kRegisters) ? kRegisters[i] : "";
    facts.push_back(
        {where.empty() ? name : where + "  " + name, argument_words(call, i), "", false});
  }
  return facts;
}

}  // namespace

std::optional<SyscallCloseup> syscall_closeup(const World& world, const Happening& now) {
  if (!now.call) return std::nullopt;
  const spec::Words& words = spec::Words::of();
  const Syscall& call = *now.call;
  SyscallCloseup closeup;
  const cutaway::Task* task = world.tasks.find(now.caller);
  const cutaway::Container* home = task == nullptr ? nullptr : home_of(world, *task);
  closeup.slot = home == nullptr ? kHostSlot : home->slot;
  closeup.who = task_words(world, now.caller);
  closeup.call = abi::sys_name(call.sys);
  closeup.number = decimal(static_cast<std::int64_t>(call.sys));
  closeup.arguments = arguments_of(call);
  closeup.checks = call_parts(words, world, now);
  if (!closeup.checks.empty()) closeup.checks.pop_back();  // the answer has a place of its own
  for (const auto& [index, event] : now.effects) {
    if (std::holds_alternative<Syscall>(event.body)) continue;
    if (closeup.effects.size() == kMostEffectsShown) break;
    closeup.effects.push_back({decimal(static_cast<std::int64_t>(index) + 1),
                               event_words(words, world, event), "", true});
  }
  if (!now.answered || !call.returned) return closeup;
  closeup.refused = call.err != abi::Errno::kOk;
  closeup.answer = closeup.refused ? errno_words(call.err) : "= " + decimal(call.ret);
  closeup.took = duration_words(call.dur);
  return closeup;
}

}  // namespace cutaway::viz

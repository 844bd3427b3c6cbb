// wait4(2), waitid(2): the zombie that was reported is gone. Stopped and continued children stay.
#include "trace/effects/families.h"
#include "trace/world/lookup.h"

namespace cutaway {
namespace {

constexpr std::uint64_t kNoWait = 0x01000000;  // WNOWAIT: only a look
constexpr std::int64_t kIdTypePid = 1;         // P_PID

/// Children of any thread are everybody's in the process.
bool is_child_of(const World& world, const Task& child, const Task& caller) {
  const Task* parent = world.tasks.find(child.parent);
  return parent != nullptr && parent->leader == caller.leader;
}

void reap_child(const Call& call, std::int64_t pid) {
  if (pid <= 0 || pid > INT32_MAX) return;
  const Task& caller = call.task();
  const Task* child =
      task_by_pid_in(call.world(), caller.in(NsKind::Pid), static_cast<std::int32_t>(pid));
  if (child == nullptr || living_thread(call.world(), child->leader) ||
      !is_child_of(call.world(), *child, caller))
    return;
  reap(child->id, call.self(), call.sink());
}

/// The only zombie there is to report, when the call's answer does not say which.
std::int64_t some_zombie(const Call& call) {
  const Task& caller = call.task();
  const Task* zombie = call.world().tasks.first([&](const Task& task) {
    return task.leader == task.id && !living_thread(call.world(), task.id) &&
           is_child_of(call.world(), task, caller);
  });
  return zombie == nullptr ? 0 : pid_in(call.world(), *zombie, caller.in(NsKind::Pid));
}

}  // namespace

void effect_wait4(const Call& call) { reap_child(call, call.ret()); }

void effect_waitid(const Call& call) {
  constexpr std::uint64_t kExited = 4;
  if (call.ret() < 0 || (call.bits(3) & kNoWait) != 0 || (call.bits(3) & kExited) == 0) return;
  std::int64_t pid = field_number(call.arg(2), "si_pid");
  // siginfo says who; without it the arguments may, or there is only one.
  if (pid == 0 && field(call.arg(2), "si_pid") == nullptr)
    pid = call.number(0) == kIdTypePid ? call.number(1) : some_zombie(call);
  reap_child(call, pid);
}

}  // namespace cutaway

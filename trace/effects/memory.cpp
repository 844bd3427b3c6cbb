// brk(2), mmap(2), munmap(2) and page faults: address space costs nothing, touched pages are
// charged.
#include <cstdlib>

#include "trace/effects/families.h"
#include "trace/world/charges.h"

namespace cutaway {

void memory_effects(TaskId id, std::int64_t pages, EffectSink& sink) {
  const Task* task = sink.world().tasks.find(id);
  const AddressSpace* found =
      task == nullptr ? nullptr : sink.world().address_spaces.find(task->memory);
  if (found == nullptr || pages == 0) return;
  // What each cgroup paid before and pays now; given back is what was charged last.
  const AddressSpace before = *found;
  emit_body(sink, id, TaskMemoryChanged{pages});
  const AddressSpace after = sink.world().address_spaces.at(before.id);
  std::vector<MemoryCharge> changes = charges_of(after);
  for (const MemoryCharge& old : charges_of(before)) {
    bool known = false;
    for (MemoryCharge& change : changes) {
      if (change.cgroup != old.cgroup) continue;
      change.pages -= old.pages;
      known = true;
    }
    if (!known) changes.push_back(MemoryCharge{old.cgroup, -old.pages});
  }
  for (const MemoryCharge& change : changes)
    count_usage(id, change.cgroup, "memory", change.pages * kPageBytes, sink);
}

void effect_brk(const Call& call) {
  if (call.ret() >= 0) memory_effects(call.self(), call.done().pages, call.sink());
}
void effect_mmap(const Call& call) {
  if (call.done().err == abi::Errno::kOk)
    memory_effects(call.self(), call.done().pages, call.sink());
}
void effect_munmap(const Call& call) {
  if (call.ret() >= 0) memory_effects(call.self(), -std::abs(call.done().pages), call.sink());
}

}  // namespace cutaway

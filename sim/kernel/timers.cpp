// What the kernel keeps beside the World for timers and for files of no file system. ITIMER_REAL:
// at its time the process gets SIGALRM, whatever it does then (kernel/time/itimer.c).
#include <iterator>

#include "sim/kernel/kernel_impl.h"
#include "sim/kernel/sink.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

void Kernel::Impl::set_timer(TaskId process, IntervalTimer timer) {
  timer.ticket = timers[process].ticket + 1;
  timers[process] = timer;
  if (timer.due > 0) agenda.add(timer.due, Happening::AlarmDue, process, timer.ticket);
}

void Kernel::Impl::timer_due(TaskId process) {
  IntervalTimer next = timers.at(process);
  next.due = next.every > 0 ? next.due + next.every : 0;
  set_timer(process, next);
  Sink sink(*this);
  signal_effects(TaskId{}, process, abi::sig::kAlrm, "setitimer(2)", sink);
}

bool Kernel::Impl::timer_counts(TaskId process, std::uint32_t ticket) const {
  const auto found = timers.find(process);
  return found != timers.end() && found->second.ticket == ticket && living_thread(world(), process);
}

/// Those whose files are gone are forgotten by the way.
void Kernel::Impl::change_special(const TaskRun& run, const Decision& decision) {
  for (auto each = specials.begin(); each != specials.end();)
    each = world().files.contains(each->first) ? std::next(each) : specials.erase(each);
  FileId file = decision.special_file;
  if (!file) file = file_of(world(), world().tasks.at(run.id), decision.ret)->id;
  specials[file] = *decision.special;
  touched.emplace_back(WaitKey{WaitKind::Special, file.value},
                       static_cast<EventIndex>(trace.size() - 1));
}

}  // namespace cutaway::sim

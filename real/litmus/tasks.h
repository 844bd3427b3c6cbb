// The tasks of a sandbox as the supervisor has them: who waits for its next call, who is in one,
// who is gone. What is known comes from the kernel (seccomp_unotify(2), pidfds, /proc), never from
// what a task says of itself.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "real/litmus/area.h"
#include "real/sys/fd.h"

namespace cutaway::real {

/// What /proc/TID says of a task at this moment.
struct TaskSight {
  char state = 'X';  ///< of stat: R S D T t Z; X: it is gone. T: stopped by a signal
  bool exiting = false;
};

class LitmusTasks {
 public:
  /// `listener`: of the sandbox's filter.
  LitmusTasks(LitmusArea& area, int area_fd, Fd listener);

  /// Gives an idle task something to do. It is idle no more.
  void give(unsigned slot, const LitmusOrders& orders);
  /// The slot is meant for a task that will be born. `counts_anew`: with memory of its own, in
  /// which no handler has run yet.
  void expect(unsigned slot, bool counts_anew);
  /// Whose execve is under way; a file that is a litmus program may ask for an area.
  void expect_area(unsigned slot) { executing_ = static_cast<int>(slot); }

  /// Who is traced stands at 't' for each of its calls, and also when a signal has stopped it:
  /// which of the two, the tracer knows.
  void set_stopped(std::function<bool(pid_t)> is_stopped) { is_stopped_ = std::move(is_stopped); }

  /// Takes what tasks have asked; waits at most so long for the first. True: something came.
  bool listen(std::int64_t wait_ns);

  /// Its call is over; that it says so may still be on its way (listen).
  bool returned(unsigned slot) const;
  /// It has done all that it was given, and waits for more.
  bool idle(unsigned slot) const;
  /// There has been a task, and it has ended.
  bool ended(unsigned slot);
  bool born(unsigned slot) const { return slots_[slot].pid > 0; }
  /// It runs another program since it was given what it was given: one of the document's.
  bool executed(unsigned slot) const { return slots_[slot].executed; }
  std::int64_t result(unsigned slot) const { return area_.slots[slot].orders.result; }
  pid_t pid(unsigned slot) const { return slots_[slot].pid; }
  TaskSight look(unsigned slot) const;
  /// Sleeps in the call that it was given (not in asking).
  bool sleeps_in_its_call(unsigned slot) const;
  /// Room of a slot, for bytes that registers point at.
  unsigned char* room(unsigned slot) const { return area_.slots[slot].room; }

 private:
  struct Slot {
    pid_t pid = 0;
    Fd stat, process;
    std::uint64_t asks = 0;  ///< the notification that waits for an answer; 0: none
    bool expected = false, executed = false;
  };
  void take_notification();
  void asked_next(std::uint64_t id, unsigned slot, pid_t pid);
  void asked_area(std::uint64_t id, pid_t pid);
  bool answer(std::uint64_t id, std::int32_t error) const;
  void meet(Slot& slot, pid_t pid) const;

  LitmusArea& area_;
  int area_fd_;
  Fd listener_;
  std::vector<Slot> slots_;
  std::function<bool(pid_t)> is_stopped_;
  int executing_ = -1;
};

}  // namespace cutaway::real

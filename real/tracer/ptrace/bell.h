// Wakes a thread that sits in waitid(2) from another thread. waitid waits for children only, and a
// signal that comes just before it would be lost; so there is a child that does nothing but stop: a
// stopped child stays so until it is looked at.
#pragma once

#include "base/result.h"

namespace cutaway::real {

class Bell {
 public:
  Bell() = default;
  Bell(const Bell&) = delete;
  Bell& operator=(const Bell&) = delete;
  ~Bell();

  /// Makes the child; called by the thread that is to be woken, whose end is the child's end.
  Status hang();
  bool is(int pid) const { return pid_ > 0 && pid == pid_; }
  /// From any thread, once hang() has returned.
  void ring() const;
  /// By the woken thread; afterwards it looks at what it was woken for.
  void silence();

 private:
  int pid_ = -1;
};

}  // namespace cutaway::real

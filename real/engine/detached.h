// Containers that run while nobody waits for them (-d): each is watched by a thread of ours; when
// this process ends, one small process goes on watching them all.
#pragma once

#include <list>
#include <memory>
#include <thread>

#include "real/engine/start.h"

namespace cutaway::real {

class DetachedContainers {
 public:
  DetachedContainers();
  ~DetachedContainers();
  /// Watches it from now on, to its end.
  Status watch(Machine& machine, Running running);
  /// Stops watching; what still runs is watched by a process of its own from here on.
  void hand_over(Machine& machine);

 private:
  struct Watched;
  std::list<std::unique_ptr<Watched>> watched_;
};

}  // namespace cutaway::real

// Containers that run while nobody waits for them (-d): each is watched by a thread of ours; when
// this process ends, one small process goes on watching them all.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <thread>

#include "real/engine/start.h"

namespace cutaway::real {

class DetachedContainers {
 public:
  DetachedContainers();
  ~DetachedContainers();
  /// Watches it from now on, to its end. From any thread.
  Status watch(Machine& machine, Running running);
  /// Stops watching; what still runs is watched by a process of its own from here on.
  void hand_over(Machine& machine);
  /// Does one of them still run, or is its end not written down yet?
  bool any() const;

 private:
  struct Watched;
  mutable std::mutex mutex_;
  std::list<std::unique_ptr<Watched>> watched_;
};

}  // namespace cutaway::real

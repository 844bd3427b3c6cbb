#include "viz/player/berths.h"

#include <algorithm>

#include "viz/player/event_class.h"

namespace cutaway::viz {
namespace {

int berths_of(const World& world) {
  int count = 0;
  world.containers.each(
      [&count](const cutaway::Container& each) { count = std::max(count, each.slot + 1); });
  return count;
}

}  // namespace

void Berths::extend(const Trace& trace) {
  for (; read_ < trace.size(); ++read_) {
    const Record& record = trace.record(read_);
    if (is<ContainerCreated>(record)) {
      const auto made = std::get<ContainerCreated>(trace.event(read_).body);
      count_ = std::max(count_, made.container.slot + 1);
    } else if (is<Snapshot>(record)) {
      count_ = std::max(count_, berths_of(*std::get<Snapshot>(trace.event(read_).body).world));
    }
  }
}

}  // namespace cutaway::viz

#include "viz/player/berths.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

int berths_of(const World& world) {
  int count = 0;
  world.containers.each(
      [&count](const cutaway::Container& each) { count = std::max(count, each.slot + 1); });
  return count;
}

}  // namespace

Berths::Berths(const Trace& trace) {
  BodyBlocks kinds;
  for (std::size_t n = 0; n < trace.size(); ++n) kinds.note(n, trace.record(n).body);
  extend(trace, kinds);
}

void Berths::extend(const Trace& trace, const BodyBlocks& kinds) {
  kinds.each_of(trace, read_, bodies<ContainerCreated, Snapshot>(), [&](std::size_t n) {
    const Event event = trace.event(n);
    if (const auto* made = std::get_if<ContainerCreated>(&event.body))
      count_ = std::max(count_, made->container.slot + 1);
    else
      count_ = std::max(count_, berths_of(*std::get<Snapshot>(event.body).world));
  });
  read_ = trace.size();
}

}  // namespace cutaway::viz

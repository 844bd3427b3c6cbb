#include "viz/scene/ship_model.h"

#include <algorithm>

namespace cutaway::viz {

int stop_count(const Packet& packet) {
  const int skipped = packet.reach >= Where::Rights && !packet.rights ? 1 : 0;
  return std::clamp(static_cast<int>(packet.reach) + 1 - skipped, 2, 6);
}

void tell_grace(ShipModel& model) {
  if (!model.grace) return;
  const bool waits = model.grace->end == GraceEnd::Waits;
  StationModel& server = model.engine.station(StationId::Server);
  server.sub = grace_passed_words(*model.grace);
  server.waiting = model.grace->share();
  if (waits) server.state = StationState::Active;
}

void let_pass(ShipModel& model, std::int64_t ns) {
  if (!model.grace || model.grace->end != GraceEnd::Waits) return;
  Grace& grace = *model.grace;
  const std::int64_t most = grace.endless() ? grace.waited_ns + ns : grace.patience_ns;
  grace.waited_ns =
      std::min(grace.waited_ns + std::max<std::int64_t>(ns, 0), std::max(most, grace.waited_ns));
  tell_grace(model);
}

}  // namespace cutaway::viz

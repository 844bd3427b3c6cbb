// ShipModel from a World: every mark of the picture computed from what is, and from what has just
// happened. Nothing is invented: a number that the World does not have is not shown.
//
//   const World world = trace.world_at(position);
//   const ShipModel model = ship_model(trace, world, position);
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

class Census;
class StepIndex;

/// A sentence of a greeting, and the beats in which it comes true: "fetch", "create, start".
struct SentenceCard {
  std::string text;
  std::string beat;
};

struct PictureOptions {
  /// Event that the picture is about, when it is not the last one: its call is the packet.
  EventIndex focus = kNoEvent;
  /// The Engine is large and the other decks fold while the engine alone is at work (ask, look,
  /// fetch, create), for somebody's first run.
  bool large_engine = false;
  /// With the large Engine: they light up one by one; all are lit when the command has ended.
  std::vector<SentenceCard> sentence_cards;
  /// How far back the cpu lanes and "0.7 cpu" look.
  std::int64_t cpu_window_ns = 2'000'000;
  /// How many of the host's tasks the picture has room for; who acts is always among them.
  std::size_t host_tasks_seen = 3;
  /// Containers to keep a place for, so that nobody moves when another one comes (Berths).
  int berths = 0;
  /// Of containers for which no picture has a place only name and shares of the machine are told,
  /// unless they act or are `near_slot`; of mounts only the root: for whoever draws many moments.
  /// Words tell all.
  bool only_seen = false;
  int near_slot = kHostSlot;
  /// The picture so much after the moment, at most until the next event: a clock has gone on.
  std::int64_t later_ns = 0;
  /// Of the same trace, for whoever looks at many of its moments: nothing is read twice. Null: what
  /// has been is read anew, which takes the longer the more has happened. The picture is the same.
  const StepIndex* index = nullptr;
  /// Who there was at the moment before this one; it is brought up to date. May be null.
  Census* census = nullptr;
};

/// `world` is the World after the first `position` events of `trace`.
[[nodiscard]] ShipModel ship_model(const Trace& trace, const World& world, std::size_t position,
                                   const PictureOptions& options = {});

}  // namespace cutaway::viz

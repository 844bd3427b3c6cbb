// A signal on its way, told: who sends it, whom it means, whether it is delivered or dropped at the
// door, and the grace that follows. The numbers are those of the balloons in the picture.
#pragma once

#include <optional>
#include <vector>

#include "spec/words.h"
#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"
#include "viz/text/grace.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// What an event says of a signal.
struct SignalNews {
  enum class Kind { Sent, Delivered, Dropped } kind = Kind::Sent;
  std::int32_t signal = 0;
  TaskId from, to;
  std::string rule;
};
[[nodiscard]] std::optional<SignalNews> signal_news(const Body& body);

/// A station of a signal's way: at the sender, in the table of pids, at the receiver's door.
struct SignalPart {
  enum class At { Sender, Table, Door, Clock } at = At::Sender;
  CaptionPart part;
};
using SignalAt = SignalPart::At;
[[nodiscard]] std::vector<SignalPart> signal_way(const spec::Words& words, const World& world,
                                                 const Happening& now,
                                                 const std::optional<StopWait>& stop);

/// `kill(4711, SIGTERM)`: the call that sent it, as its rule names it; empty when no call did.
[[nodiscard]] std::string sending_call(const World& world, const SignalNews& news);
/// "4711 is 1 in web".
[[nodiscard]] std::string both_pids(const World& world, TaskId task);

/// The sentence of a signal that is sent or dropped, and of what ends a grace; none: the event is
/// told like any other.
[[nodiscard]] std::optional<spec::Sentence> signal_sentence(const spec::Words& words,
                                                            const World& world,
                                                            const Happening& now,
                                                            const std::optional<StopWait>& stop);

/// The clock's part of the sentence's list, as the picture's clock stands.
void tell_grace(Caption& caption, const Grace& grace);

}  // namespace cutaway::viz

#include "viz/scene/channels_from_world_way.h"

#include <algorithm>

#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

// The stations of the trail, in the order of the way.
struct HopRow {
  Hop hop;
  bool process;
  const char* key;
};
constexpr HopRow kOutwards[] = {{Hop::Kernel, true, "channels.part.writes"},
                                {Hop::Kernel, false, "channels.part.kernel"},
                                {Hop::Log, false, "channels.part.log"},
                                {Hop::Client, false, "channels.part.sends"},
                                {Hop::Terminal, false, "channels.part.prints"}};
constexpr HopRow kInwards[] = {{Hop::Terminal, false, "channels.part.types"},
                               {Hop::Client, false, "channels.part.asks"},
                               {Hop::Kernel, false, "channels.part.feeds"},
                               {Hop::Kernel, true, "channels.part.reads"}};

std::string channel_value(const ChannelMove& move, const HopRow& row) {
  if (row.hop == Hop::Client && !move.inwards)
    return std::string("marked ") + kChannelNames[move.channel];
  if (row.hop == Hop::Log) return bytes_words(move.bytes) + " of " + kChannelNames[move.channel];
  return bytes_words(move.bytes) + (move.text.empty() ? "" : ": " + move.text);
}

// Where a row's move stands in a trail. What lies in the kernel's buffer is no event of its own:
// the server's read empties it.
std::size_t place_in_trail(const HopRow& row) {
  if (row.process) return kHopCount;
  return static_cast<std::size_t>(row.hop == Hop::Kernel ? Hop::Server : row.hop);
}

CaptionPart station_part(const spec::Words& words, const ChannelColumn& column,
                         const ByteTrail& trail, const HopRow& row) {
  const auto& move = trail.moves[place_in_trail(row)];
  const int number = static_cast<int>(column.stations.size()) + 1;
  const std::string& head = words[row.key].what;
  if (move) return {number, head, channel_value(move->move, row), PartState::Ok};
  const std::int64_t waiting = column.plugs[trail.channel].waiting;
  const bool lies_there = row.hop == Hop::Kernel && !row.process && waiting > 0;
  return {number, head, lies_there ? bytes_words(waiting) + " wait" : words["text.next"].what,
          PartState::Next};
}

// Who has read from the kernel has emptied it, also where nobody saw the read.
void tick_what_was_passed(const spec::Words& words, std::vector<CaptionPart>& stations) {
  for (std::size_t i = stations.size(); i-- > 1;) {
    CaptionPart& before = stations[i - 1];
    if (stations[i].state != PartState::Ok || before.state != PartState::Next) continue;
    before.value = words["channels.passed"].what;
    before.state = PartState::Ok;
  }
}

}  // namespace

void fill_stations(const spec::Words& words, const ByteTrail& trail, ChannelColumn& column) {
  column.trail_channel = trail.channel;
  const auto tell = [&](const HopRow& row) {
    if (!column.attached && (row.hop == Hop::Client || row.hop == Hop::Terminal)) return;
    column.stations.push_back(station_part(words, column, trail, row));
    const std::size_t at = row.process ? kHopCount : static_cast<std::size_t>(row.hop);
    column.numbers[at] = column.stations.back().number;
  };
  if (trail.inwards)
    std::for_each(std::begin(kInwards), std::end(kInwards), tell);
  else
    std::for_each(std::begin(kOutwards), std::end(kOutwards), tell);
  tick_what_was_passed(words, column.stations);
}

}  // namespace cutaway::viz

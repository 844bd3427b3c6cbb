// Where the parts of one container's channels stand, and the signs that they are drawn with.
// Private to viz/scene.
#pragma once

#include "viz/scene/channels_model.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {

// Places of one column, from above: terminal, client, server and its log, outline with the card.
struct ChannelPlaces {
  Rect head, terminal, client, server, log, outline, card, kernel;
  double floor = 0;                          // between engine and processes
  std::array<double, kChannelCount> x = {};  // of each tube and its plug
  double plug_y = 0;                         // middle of the plugs
  double tube_foot = 0;                      // where a tube meets what is plugged in
};

// How the decks share the height; the same for all columns.
struct ChannelDecks {
  Rect engine, processes, kernel;
  double gutter = 0;  // for the names of the decks
};
[[nodiscard]] ChannelDecks channel_decks(const Rect& area);
[[nodiscard]] ChannelPlaces channel_places(const ChannelDecks& decks, const Rect& column);

// A tube between two heights. The channel is told by its ticks: dots for 0, bars for 1, slants for
// 2; the arrow says which way. A terminal's goes both ways.
struct Tube {
  std::size_t channel = 1;
  bool both = false;
  bool bright = false;  // bytes are in it just now
};
void tube(SceneBuilder& b, double x, double top, double bottom, Color color, const Tube& tube);

// What a plug leads to, where that is no tube: a plain box, within these bounds.
void plain_end(SceneBuilder& b, Point middle, const std::string& words, double left, double right);

// Its stations alone, without tubes.
void draw_channel_stations(SceneBuilder& b, const ChannelColumn& column,
                           const ChannelPlaces& places);
// All of one container. `phase`: of the bytes on their way.
void draw_channel_column(SceneBuilder& b, const ChannelColumn& column, const ChannelPlaces& places,
                         double phase);

inline constexpr double kChannelLine = 19;  // of words

// A column needs so much; with less room the picture is a list of words.
inline constexpr double kChannelLeastW = 300;
inline constexpr double kChannelLeastH = 432;

}  // namespace cutaway::viz

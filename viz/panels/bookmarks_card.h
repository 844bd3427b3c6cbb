// Bookmarks with their notes, and the range that is played in so many seconds.
#pragma once

#include <optional>
#include <string>

#include "viz/panels/ui.h"
#include "viz/player/bookmarks.h"
#include "viz/player/player.h"
#include "viz/player/replay.h"

namespace cutaway::viz {

struct BookmarksState {
  bool open = false;
  Bookmarks marks;
  std::string note;                   ///< being written, of the bookmark here
  std::optional<std::size_t> noting;  ///< whose note that is
  bool focus = false;
};

struct BookmarksPress {
  std::optional<std::size_t> to;  ///< a bookmark to jump to
  bool replay = false;
  bool closed = false;
};
BookmarksPress draw_bookmarks_card(const Ui& ui, const Rect& room, BookmarksState& state,
                                   RangeReplay& range, const Player& player);

}  // namespace cutaway::viz

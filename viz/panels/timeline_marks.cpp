#include "viz/panels/timeline_marks.h"

#include <algorithm>

namespace cutaway::viz {

void draw_flags(SceneBuilder& b, const Bookmarks& marks, const Track& track, const Rect& lanes) {
  const Theme& t = b.theme();
  for (const Bookmark& mark : marks.all()) {
    const double x = lanes.x + track.at(mark.position);
    b.line({x, lanes.y - 8}, {x, lanes.y + 3}, {t.text2, 1.5, {}});
    b.shape({{x, lanes.y - 8, 0}, {x + 8, lanes.y - 5, 0}, {x, lanes.y - 2, 0}},
            {mark.note.empty() ? Color{} : t.text2, {t.text2, 1, {}}});
  }
}

void draw_range(SceneBuilder& b, const RangeReplay& range, const Track& track, const Rect& lanes) {
  const Theme& t = b.theme();
  const auto end = [&](const std::optional<std::size_t>& position, double hook) {
    if (!position) return;
    const double x = lanes.x + track.at(*position);
    b.path({{x + hook, lanes.y - 1},
            {x, lanes.y - 1},
            {x, lanes.bottom() + 1},
            {x + hook, lanes.bottom() + 1}},
           {t.text, 1.5, {}});
  };
  if (range.marked()) {
    const double from = lanes.x + track.at(*range.begin());
    const double to = lanes.x + track.at(*range.end());
    b.rect({from, lanes.y, to - from, lanes.h}, 0, {t.text.faded(0.12), {}});
  }
  end(range.begin(), 5);
  end(range.end(), -5);
}

void mark_range(RangeReplay& range, std::optional<std::size_t>& from, std::size_t position) {
  if (!from) from = position;
  if (position == *from) return;
  range.clear();
  range.mark_begin(std::min(*from, position));
  range.mark_end(std::max(*from, position));
}

}  // namespace cutaway::viz

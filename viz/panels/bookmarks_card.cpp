#include "viz/panels/bookmarks_card.h"

#include <algorithm>

#include "base/text.h"
#include "viz/panels/card.h"
#include "viz/panels/text_field.h"
#include "viz/player/event_line.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kBookmarksWidth = 760;
constexpr double kBookmarkRow = 24;
constexpr std::size_t kRowsSeen = 6;
constexpr double kRangeButtons = 468;
constexpr double kBookmarksFoot = 92;  // note and range

/// The note, else what has just happened there.
std::string bookmark_words(const Player& player, const Bookmark& mark) {
  if (!mark.note.empty()) return mark.note;
  if (mark.position == 0) return "the beginning";
  return line_words(player.trace(), player.index(), mark.position - 1);
}

void draw_bookmark(Pane& pane, const Rect& row, const Bookmark& mark, const Player& player,
                   BookmarksState& state, BookmarksPress& press) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const bool here = mark.position == player.position();
  const Rect line = {row.x, row.y, row.w - 34, row.h};
  const Press jump = pane.press(("bookmark " + digits_of(mark.position)).c_str(), line, "Go there");
  if (jump.clicked) press.to = mark.position;
  if (here || jump.hovered) b.rect(line, 4, {here ? t.raised : t.inset, {}});
  b.text({row.x + 64, row.y + 16}, digits_of(mark.position),
         {.size = type::kSmall, .color = t.text3, .mono = true, .anchor = Anchor::End});
  b.text({row.x + 76, row.y + 16}, bookmark_words(player, mark),
         {.size = type::kSmall,
          .color = here ? t.text : t.text2,
          .mono = mark.note.empty(),
          .width_max = line.w - 84});
  const Rect cross = {row.right() - 28, row.y, 26, row.h};
  const Press away =
      pane.press(("remove bookmark " + digits_of(mark.position)).c_str(), cross, "Take it away");
  const Stroke stroke = {away.hovered ? t.text : t.text3, 1.5, {}};
  const Point at = {cross.mid_x(), cross.mid_y()};
  b.line({at.x - 4, at.y - 4}, {at.x + 4, at.y + 4}, stroke);
  b.line({at.x - 4, at.y + 4}, {at.x + 4, at.y - 4}, stroke);
  if (away.clicked) state.marks.remove(mark.position);
}

void draw_bookmark_rows(const Ui& ui, const Rect& box, const Player& player, BookmarksState& state,
                        BookmarksPress& press) {
  Pane rows(ui, "Bookmark rows", box, {}, Scrolling::Vertical);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  double y = box.y - scroll;
  const std::vector<Bookmark> marks = state.marks.all();  // one may be taken away meanwhile
  for (const Bookmark& mark : marks) {
    draw_bookmark(rows, {box.x, y, box.w - 10, kBookmarkRow}, mark, player, state, press);
    y += kBookmarkRow;
  }
  ImGui::SetCursorScreenPos(pixels(ui, {box.x, box.y - scroll}));
  ImGui::Dummy(pixels(ui, {1, y + scroll - box.y}));
}

/// What is written is the note of the bookmark here; without one it makes one.
void draw_note(Pane& pane, const Rect& box, BookmarksState& state, const Player& player) {
  const std::size_t here = player.position();
  if (state.noting != here) {
    const Bookmark* mark = state.marks.at(here);
    state.note = mark == nullptr ? "" : mark->note;
    state.noting = here;
  }
  const std::string before = state.note;
  draw_text_field(pane, box, {"##Note", "a note for the bookmark here"}, state.note, state.focus);
  if (state.note == before) return;
  if (state.marks.at(here) == nullptr) state.marks.toggle(here);
  state.marks.write(here, state.note);
}

std::string range_words(const RangeReplay& range) {
  const auto end = [](const std::optional<std::size_t>& at) { return at ? digits_of(*at) : "–"; };
  if (!range.begin() && !range.end()) return "range: , begins it, . ends it";
  return "range " + end(range.begin()) + " … " + end(range.end());
}

/// How long, once or again and again, and go.
void draw_range_row(Pane& pane, Point at, double right, RangeReplay& range, BookmarksPress& press) {
  const Theme& t = pane.theme();
  pane.ink().text({at.x, at.y + 18.7}, range_words(range),
                  {.size = type::kSmall,
                   .color = t.text2,
                   .mono = true,
                   .width_max = right - kRangeButtons - at.x - 8});
  double x = right - kRangeButtons;
  int i = 0;
  for (const int seconds : RangeReplay::kSeconds) {
    const std::string name = decimal(seconds) + " s";
    const std::string key = decimal(++i);
    const CardButton button = {name.c_str(), "So long the range takes", key.c_str(),
                               seconds == range.seconds()};
    if (draw_card_button(pane, {x, at.y}, button, &x)) range.set_seconds(seconds);
    x += 4;
  }
  const CardButton loop = {"loop", "At its end from its beginning again", "", range.loops};
  if (draw_card_button(pane, {x, at.y}, loop, &x)) range.loops = !range.loops;
  press.replay = draw_card_button(pane, {x + 4, at.y},
                                  {"Replay", "Play the range (r)", "r", false, range.marked()});
}

}  // namespace

BookmarksPress draw_bookmarks_card(const Ui& ui, const Rect& room, BookmarksState& state,
                                   RangeReplay& range, const Player& player) {
  const std::size_t seen = std::clamp<std::size_t>(state.marks.all().size(), 1, kRowsSeen);
  const double list = static_cast<double>(seen) * kBookmarkRow;
  const Rect box = card_box(room, kBookmarksWidth, kCardHead + list + kBookmarksFoot);
  Pane pane(ui, "Bookmarks", box, {});
  BookmarksPress press;
  press.closed = draw_card(pane, "Bookmarks");
  const double x = box.x + kCardPad;
  const double right = box.right() - kCardPad;
  if (state.marks.all().empty()) {
    pane.ink().text({x, box.y + kCardHead + 16}, "None yet. b sets one at the present position.",
                    {.size = type::kSmall, .color = ui.theme.text3});
  }
  const double foot = box.y + kCardHead + list + 10;
  draw_range_row(pane, {x, foot + 40}, right, range, press);
  draw_note(pane, {x, foot, right - x, 26}, state, player);
  pane.flush();
  if (!state.marks.all().empty())
    draw_bookmark_rows(ui, {x, box.y + kCardHead, right - x, list}, player, state, press);
  return press;
}

}  // namespace cutaway::viz

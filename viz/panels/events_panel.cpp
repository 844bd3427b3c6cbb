#include "viz/panels/events_panel.h"

#include <algorithm>

#include "base/text.h"
#include "trace/log/enum_names.h"
#include "viz/panels/panel_head.h"
#include "viz/panels/text_field.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr double kEventRow = 22;
constexpr double kNumberEnds = 44;
constexpr double kSignAt = 56;
constexpr double kWordsAt = 68;
constexpr double kFilterHeight = 24;
constexpr std::size_t kLookedAtPerFrame = 50'000;
constexpr const char* kFilterHint = "text, kind:mount, container:…";

/// The row of the present moment: its event, else the call that it belongs to, else the last row
/// that has happened.
EventIndex present_row(const FilteredEvents& found, const Player& player) {
  const std::vector<EventIndex>& rows = found.rows();
  const auto listed = [&rows](EventIndex n) {
    return n != kNoEvent && std::binary_search(rows.begin(), rows.end(), n);
  };
  const EventIndex focus = player.moment().focus;
  if (focus == kNoEvent || listed(focus)) return focus;
  const CallId call(player.trace().record(focus).call);
  const EventIndex line = call ? player.index().line_of(call) : kNoEvent;
  if (listed(line)) return line;
  const std::size_t past = found.past(player.position());
  return past == 0 ? kNoEvent : rows[past - 1];
}

/// How a real event is known; nothing of a simulated one, which is no report.
std::string how_of(const Trace& trace, std::size_t n) {
  const How how = trace.event(n).stamp.how;
  return how == How::None ? "" : std::string(enum_name(how));
}

struct EventRowLook {
  bool now = false;
  bool hovered = false;
};

void draw_event_row(Pane& pane, const Rect& row, const Player& player, std::size_t n,
                    const EventRowLook& look) {
  const Theme& t = pane.theme();
  SceneBuilder& b = pane.ink();
  const ContainerId container(player.trace().record(n).container);
  const Color own = slot_color(t, player.index().slot_of(container));
  const bool future = n >= player.position();
  const Rect plate = {row.x + 6, row.y, row.w - 12, row.h};
  if (look.now)
    b.rect(plate, 4, {t.raised, {}});
  else if (look.hovered)
    b.rect(plate, 4, {t.inset, {}});
  if (look.now) b.rect({plate.x, plate.y, 3, plate.h}, 1, {own, {}});
  const double y = row.y + 15.5;
  b.text({row.x + kNumberEnds, y}, digits_of(shown_number(n)),
         {.size = type::kSmall,
          .color = look.now ? t.text2 : t.text3,
          .mono = true,
          .anchor = Anchor::End});
  draw_sign(b, {row.x + kSignAt, row.mid_y()}, event_sign(player.trace(), n),
            future ? t.text3 : own, future);
  const std::string how = how_of(player.trace(), n);
  const TextStyle known = {.size = type::kSmall, .color = t.text3, .anchor = Anchor::End};
  const double how_w = how.empty() ? 0 : b.width(how, known) + 8;
  if (!how.empty()) b.text({row.right() - 14, y}, how, known);
  const double room = row.w - kWordsAt - 14 - how_w;
  const TextStyle style = {.size = type::kSmall,
                           .color = look.now ? t.text
                                    : future ? t.text3
                                             : t.text2,
                           .mono = true,
                           .bold = look.now,
                           .width_max = room};
  const auto columns = static_cast<std::size_t>(room / b.width("m", style));
  b.text({row.x + kWordsAt, y}, line_words(player.trace(), player.index(), n, columns), style);
}

void draw_visible(Pane& pane, const Rect& box, const FilteredEvents& found, Player& player) {
  const Ui& ui = pane.ui();
  const std::vector<EventIndex>& rows = found.rows();
  if (rows.empty()) return;  // ImGui minds a cursor that is set and no item behind it
  const EventIndex now = present_row(found, player);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  ImGui::SetCursorScreenPos(pixels(ui, {box.x, box.y - scroll}));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(rows.size()), pixels(ui, {0, kEventRow}).y);
  while (clipper.Step()) {
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
      const std::size_t n = rows[static_cast<std::size_t>(i)];
      const Rect row = {box.x, box.y + i * kEventRow - scroll, box.w, kEventRow};
      const Press press = pane.press(("event " + digits_of(shown_number(n))).c_str(), row);
      draw_event_row(pane, row, player, n, {n == now, press.hovered});
      if (press.hovered) tooltip(ui, line_whole(player.trace(), player.index(), n), true);
      if (press.clicked) player.jump(shown_number(n));
    }
  }
}

/// The row of the present moment stays in the middle third while one steps.
void follow_present(const Ui& ui, const Rect& box, EventsPanelState& state, const Player& player) {
  const std::size_t row = state.found.past(player.position());
  if (row == state.scrolled_to) return;
  const double top = (static_cast<double>(row) - 0.5) * kEventRow - box.h * 0.5;
  ImGui::SetScrollY(static_cast<float>(std::max(0.0, top) * ui.scale));
  state.scrolled_to = row;
}

}  // namespace

bool draw_events_panel(const Ui& ui, const Rect& box, EventsPanelState& state, Player& player) {
  Pane pane(ui, "Events panel", box, ui.theme.panel);
  const std::string extra = digits_of(player.position()) + " of " + digits_of(player.count());
  const double y = panel_head(pane, box, {"Events", extra}, state.open);
  if (!state.open) return false;
  draw_text_field(pane, {box.x + 10, y, box.w - 20, kFilterHeight}, {"##Filter", kFilterHint},
                  state.filter, state.focus_filter);
  const bool effects = player.size() == StepSize::Effect;
  state.found.set(state.filter, effects);
  const bool more = state.found.scan(player.trace(), player.index(), kLookedAtPerFrame);
  const double top = y + kFilterHeight + 8;
  const Rect list = {box.x, top, box.w, box.bottom() - top - 4};
  pane.flush();
  if (list.h < kEventRow) return more;
  Pane rows(ui, "Rows", list, {}, Scrolling::Vertical);
  follow_present(ui, list, state, player);
  draw_visible(rows, list, state.found, player);
  if (state.found.rows().empty() && !more) {
    rows.ink().text({list.x + 20, list.y + 18}, "No event answers to this.",
                    {.size = type::kSmall, .color = ui.theme.text3});
  }
  return more;
}

}  // namespace cutaway::viz

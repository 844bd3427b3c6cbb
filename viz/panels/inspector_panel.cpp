#include "viz/panels/inspector_panel.h"

#include "viz/panels/panel_head.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kRow = 22;
constexpr double kWrapped = 18;
constexpr double kPad = 16;
constexpr double kKey = 92;
constexpr double kJumpNumber = 40;

/// One row at `y`; returns where the next begins.
class Rows {
 public:
  Rows(Pane& pane, const Rect& box) : pane_(pane), box_(box) {}

  double draw(const InspectionRow& row, double y) {
    switch (row.kind) {
      case InspectionRow::Kind::Title:
        return draw_title(row, y);
      case InspectionRow::Kind::Value:
        return draw_value(row, y);
      case InspectionRow::Kind::Words:
        return draw_words(row, y);
      case InspectionRow::Kind::Jump:
        return draw_jump(row, y);
    }
    return y;
  }
  EventIndex clicked() const { return clicked_; }

 private:
  double left() const { return box_.x + kPad; }
  double room() const { return box_.w - 2 * kPad; }

  double draw_title(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    pane_.ink().text({left(), y + 18}, row.key, {.size = type::kSmall, .bold = true});
    pane_.ink().line({left(), y + 24.5}, {left() + room(), y + 24.5}, {t.line, 1, {}});
    return y + kRow + 6;
  }
  double draw_value(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    pane_.ink().text({left(), y + 15}, row.key, {.size = type::kSmall, .color = t.text3});
    pane_.ink().text(
        {left() + kKey, y + 15}, row.value,
        {.size = type::kSmall, .mono = true, .bold = row.strong, .width_max = room() - kKey});
    return y + kRow;
  }
  double draw_words(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    const FontStyle style = {type::kSmall, false, false};
    for (const std::string& line : wrap_text(pane_.ui().metrics, row.key, style, room())) {
      pane_.ink().text({left(), y + 14}, line, {.size = type::kSmall, .color = t.text2});
      y += kWrapped;
    }
    return y + 4;
  }
  double draw_jump(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    const Rect box = {left() - 6, y, room() + 12, kRow};
    const Press press = pane_.press(("to event " + row.value).c_str(), box, row.key);
    if (press.clicked) clicked_ = row.event;
    if (press.hovered) pane_.ink().rect(box, 4, {t.inset, {}});
    pane_.ink().text({left() + kJumpNumber - 10, y + 15.5}, row.value,
                     {.size = type::kSmall,
                      .color = press.hovered ? t.text : t.text3,
                      .mono = true,
                      .anchor = Anchor::End});
    pane_.ink().text({left() + kJumpNumber, y + 15.5}, row.key,
                     {.size = type::kSmall,
                      .color = row.strong ? t.text : t.text2,
                      .mono = true,
                      .bold = row.strong,
                      .width_max = room() - kJumpNumber});
    return y + kRow;
  }

  Pane& pane_;
  Rect box_;
  EventIndex clicked_ = kNoEvent;
};

}  // namespace

EventIndex draw_inspector_panel(const Ui& ui, const Rect& box, InspectorPanelState& state,
                                const Inspection& inspection) {
  Pane pane(ui, "Inspector panel", box, ui.theme.panel);
  const double head = panel_head(pane, box, {"Inspector", inspection.subject}, state.open);
  if (!state.open) return kNoEvent;
  pane.flush();
  const Rect list = {box.x, head, box.w, box.bottom() - head - 4};
  Pane rows(ui, "Facts", list, {}, Scrolling::Vertical);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  Rows drawn(rows, list);
  double y = list.y - scroll;
  for (const InspectionRow& row : inspection.rows) y = drawn.draw(row, y);
  ImGui::SetCursorScreenPos(pixels(ui, {list.x, list.y - scroll}));
  ImGui::Dummy(pixels(ui, {1, y + scroll - list.y}));
  return drawn.clicked();
}

}  // namespace cutaway::viz

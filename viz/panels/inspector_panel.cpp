#include "viz/panels/inspector_panel.h"

#include <algorithm>

#include "viz/panels/panel_head.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

constexpr double kInspectorRow = 22;
constexpr double kWrapped = 18;
constexpr double kInspectorPad = 16;
constexpr double kKey = 92;
constexpr double kUnder = 12;  // a value that stands below its key
constexpr double kJumpNumber = 40;

/// One row at `y`; returns where the next begins.
class InspectorRows {
 public:
  InspectorRows(Pane& pane, const Rect& box) : pane_(pane), box_(box) {}

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
  InspectorPress take() { return std::move(pressed_); }

 private:
  double left() const { return box_.x + kInspectorPad; }
  double room() const { return box_.w - 2 * kInspectorPad; }

  double draw_title(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    pane_.ink().text({left(), y + 18}, row.key, {.size = type::kSmall, .bold = true});
    pane_.ink().line({left(), y + 24.5}, {left() + room(), y + 24.5}, {t.line, 1, {}});
    return y + kInspectorRow + 6;
  }
  double draw_value(const InspectionRow& row, double y) {
    const Theme& t = pane_.theme();
    SceneBuilder& b = pane_.ink();
    const TextStyle key = {.size = type::kSmall, .color = t.text3, .width_max = room()};
    const double value_at = std::max(kKey, b.width(row.key, key) + 10);
    const TextStyle value = {.size = type::kSmall, .mono = true, .bold = row.strong};
    const bool beside = value_at + b.width(row.value, value) <= room() || value_at == kKey;
    const double height = beside ? kInspectorRow : kInspectorRow + kWrapped;
    draw_ask(row, {left() - 6, y, room() + 12, height});
    b.text({left(), y + 15}, row.key, key);
    const Point at =
        beside ? Point{left() + value_at, y + 15} : Point{left() + kUnder, y + 15 + kWrapped};
    TextStyle fitted = value;
    fitted.width_max = left() + room() - at.x;
    b.text(at, row.value, fitted);
    return y + height;
  }
  /// A value that one may ask why it is so.
  void draw_ask(const InspectionRow& row, const Rect& box) {
    if (!row.can_ask) return;
    const Theme& t = pane_.theme();
    const Press press =
        pane_.press(("why " + row.key + " " + row.value).c_str(), box, row.value + " · why?");
    if (press.clicked) pressed_.asked = row.key;
    if (row.asked) pane_.ink().rect({box.x - 4, box.y + 2, 3, box.h - 4}, 1, {t.text2, {}});
    if (press.hovered) pane_.ink().rect(box, 4, {t.inset, {}});
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
    const Rect box = {left() - 6, y, room() + 12, kInspectorRow};
    const Press press = pane_.press(("to event " + row.value).c_str(), box, row.key);
    if (press.clicked) pressed_.to = row.event;
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
    return y + kInspectorRow;
  }

  Pane& pane_;
  Rect box_;
  InspectorPress pressed_;
};

}  // namespace

InspectorPress draw_inspector_panel(const Ui& ui, const Rect& box, InspectorPanelState& state,
                                    const InspectorContent& content) {
  Pane pane(ui, "Inspector panel", box, ui.theme.panel);
  const double head = panel_head(pane, box, {"Inspector", content.inspection.subject}, state.open);
  if (!state.open) return {};
  pane.flush();
  const Rect list = {box.x, head, box.w, box.bottom() - head - 4};
  Pane rows(ui, "Facts", list, {}, Scrolling::Vertical);
  const double scroll = static_cast<double>(ImGui::GetScrollY()) / ui.scale;
  InspectorRows drawn(rows, list);
  double y = list.y - scroll;
  std::optional<ChangeAsk> change;
  if (content.changeable != nullptr) {
    ChangeDrawn controls =
        draw_change_controls(rows, {list.x + kInspectorPad, list.right() - kInspectorPad, y},
                             *content.changeable, content.rules, state.hand);
    y = controls.bottom;
    change = std::move(controls.ask);
  }
  for (const InspectionRow& row : content.inspection.rows) y = drawn.draw(row, y);
  ImGui::SetCursorScreenPos(pixels(ui, {list.x, list.y - scroll}));
  ImGui::Dummy(pixels(ui, {1, y + scroll - list.y}));
  InspectorPress press = drawn.take();
  press.change = std::move(change);
  return press;
}

}  // namespace cutaway::viz

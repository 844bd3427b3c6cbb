// A process from near: its numbers, who it is, 41 capabilities as cells, its descriptors as plugs.
#include <algorithm>

#include "viz/scene/closeup_parts.h"
#include "viz/scene/closeup_scene.h"

namespace cutaway::viz {
namespace {

constexpr double kPlugH = 26;
constexpr double kTube = 22;
constexpr double kCellW = 152;  // the longest of the 41 names, and its sign
constexpr double kCellH = 19;
constexpr double kRightsAround = 38;  // of a box's room: its title, and air

class ProcessPicture {
 public:
  ProcessPicture(SceneBuilder& b, const ProcessCloseup& p, const Rect& area)
      : b_(b), p_(p), ink_(b, p.slot) {
    const Rect room = ink_.frame(area, p.program, "one process");
    rights_across_ = static_cast<std::size_t>(std::max(1.0, (room.w - 24) / kCellW));
    rights_down_ = (p.capabilities.size() + rights_across_ - 1) / rights_across_;
    const double rights = static_cast<double>(rights_down_) * kCellH + kRightsAround;
    rights_ = {room.x, room.bottom() - rights, room.w, rights};
    const Rect top = {room.x, room.y, room.w, room.h - rights - kCloseupGap};
    const double left = top.w * 0.31;
    const double middle = top.w * 0.36;
    const double right = top.w - left - middle - 2 * kCloseupGap;
    identity_ = {top.x, top.y, left, top.h};
    const Rect second = {identity_.right() + kCloseupGap, top.y, middle, top.h};
    const double signals = std::min(ink_.box_height(p.signals, middle), top.h * 0.5);
    plugs_ = {second.x, second.y, middle, top.h - signals - kCloseupGap};
    signals_ = {second.x, plugs_.bottom() + kCloseupGap, middle, signals};
    const double who = std::min(ink_.box_height(p.who, right), top.h * 0.55);
    who_ = {second.right() + kCloseupGap, top.y, right, who};
    memory_ = {who_.x, who_.bottom() + kCloseupGap, right,
               top.bottom() - who_.bottom() - kCloseupGap};
  }

  void draw() {
    ink_.facts(ink_.box(identity_, "Process"), p_.identity);
    draw_plugs();
    ink_.facts(ink_.box(signals_, "Signals"), p_.signals);
    ink_.facts(ink_.box(who_, "Who it is"), p_.who);
    ink_.facts(ink_.box(memory_, "Memory and place"), p_.memory);
    draw_rights();
  }

 private:
  void draw_plugs() {
    const Theme& t = b_.theme();
    const Rect room = ink_.box(plugs_, "Descriptors", std::to_string(p_.plugs.size()));
    const auto fit = static_cast<std::size_t>(std::max(1.0, room.h / kPlugH));
    const std::size_t shown = p_.plugs.size() <= fit ? p_.plugs.size() : fit - 1;
    double y = room.y + 2;
    for (std::size_t i = 0; i < shown; ++i) {
      draw_plug(p_.plugs[i], {room.x, y, room.w, kPlugH});
      y += kPlugH;
    }
    if (shown == p_.plugs.size()) return;
    std::string rest;
    for (std::size_t i = shown; i < p_.plugs.size(); ++i)
      rest += (rest.empty() ? "" : "\n") + plug_words(p_.plugs[i]);
    b_.text({room.x, y + 15}, "… " + std::to_string(p_.plugs.size() - shown) + " more",
            {.size = type::kSmall, .color = t.text3, .whole = rest});
  }

  static std::string plug_words(const PlugPart& part) {
    return std::to_string(part.fd) + " " + part.is + (part.other.empty() ? "" : ", " + part.other);
  }

  void draw_plug(const PlugPart& part, const Rect& box) {
    const Theme& t = b_.theme();
    const double y = box.mid_y();
    plug(b_, {box.x + 10, y}, part.fd, ink_.color(), true);
    TextStyle is = {.size = type::kSmall, .mono = true};
    TextStyle other = {.size = type::kSmall, .color = t.text2, .mono = true};
    const double is_at = box.x + 30;
    const double room = box.right() - is_at;
    is.width_max = part.other.empty() ? room : room * 0.5;
    const double x = b_.text({is_at, y + 4.7}, part.is, is);
    if (part.other.empty()) return;
    // A tube to whoever holds the other end.
    const double from = x + 8;
    const double to = from + kTube;
    b_.line({from, y}, {to, y}, {t.line2, 6, {}});
    b_.line({from, y}, {to, y}, {t.deck[2], 3, {}});
    other.width_max = box.right() - to - 8;
    b_.text({to + 8, y + 4.7}, part.other, other);
  }

  /// Filled: it may. A ring: it could again (permitted). A dot: only a program could give it.
  void draw_rights() {
    std::size_t held = 0;
    for (const CapabilityCell& cell : p_.capabilities) held += cell.effective ? 1 : 0;
    const Rect room =
        ink_.box(rights_, "Capabilities",
                 std::to_string(held) + " of " + std::to_string(p_.capabilities.size()));
    const double width = room.w / static_cast<double>(rights_across_);
    for (std::size_t i = 0; i < p_.capabilities.size(); ++i) {
      const std::size_t column = i / rights_down_;
      const double x = room.x + static_cast<double>(column) * width;
      const double y = room.y + (static_cast<double>(i % rights_down_) + 0.5) * kCellH;
      draw_right(p_.capabilities[i], {x, y}, width - 20);
    }
  }

  void draw_right(const CapabilityCell& cell, Point at, double room) {
    const Theme& t = b_.theme();
    const Color color = cell.effective ? ink_.color() : t.text3;
    const Point sign = {at.x + 6, at.y};
    if (cell.effective)
      b_.circle(sign, 5, {color, {}});
    else if (cell.permitted)
      b_.circle(sign, 5, {{}, {color, 1.6, {}}});
    else
      b_.circle(sign, cell.bounding ? 2.0 : 1.0, {t.text3, {}});
    b_.text({at.x + 17, at.y + 4.5}, cell.name,
            {.size = type::kSmall,
             .color = cell.effective ? t.text : t.text3,
             .mono = true,
             .width_max = room});
  }

  SceneBuilder& b_;
  const ProcessCloseup& p_;
  CloseupInk ink_;
  Rect identity_, memory_, plugs_, signals_, who_, rights_;
  std::size_t rights_across_ = 1, rights_down_ = 1;
};

}  // namespace

Scene process_scene(const ProcessCloseup& closeup, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  if (closeup_has_room(area)) {
    ProcessPicture(builder, closeup, area).draw();
    return builder.take();
  }
  const Heading heading = {closeup.program, "one process", type::kMedium, true};
  draw_sections_card(builder, area, {closeup.slot, true, heading}, sections_of(closeup));
  return builder.take();
}

}  // namespace cutaway::viz

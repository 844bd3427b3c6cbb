// A process from near: its numbers, who it is, 41 capabilities as cells, its descriptors as plugs.
#include <algorithm>

#include "viz/scene/closeup_parts.h"
#include "viz/scene/closeup_scene.h"

namespace cutaway::viz {
namespace {

constexpr double kGap = 10;
constexpr double kKey = 112;
constexpr double kPlugH = 26;
constexpr std::size_t kCellsAcross = 6;

class ProcessPicture {
 public:
  ProcessPicture(SceneBuilder& b, const ProcessCloseup& p, const Rect& area)
      : b_(b), p_(p), ink_(b, p.slot) {
    const Rect room = ink_.frame(area, p.program, "one process");
    const double left = room.w * 0.30;
    const double middle = room.w * 0.34;
    const double right = room.w - left - middle - 2 * kGap;
    const double top = 36 + static_cast<double>(p.identity.size()) * kCloseupRow;
    identity_ = {room.x, room.y, left, std::min(top, room.h * 0.5)};
    memory_ = {room.x, identity_.bottom() + kGap, left, room.bottom() - identity_.bottom() - kGap};
    plugs_ = {room.x + left + kGap, room.y, middle, room.h * 0.68};
    signals_ = {plugs_.x, plugs_.bottom() + kGap, middle, room.bottom() - plugs_.bottom() - kGap};
    const double who = 36 + static_cast<double>(p.who.size()) * kCloseupRow;
    who_ = {room.right() - right, room.y, right, std::min(who, room.h * 0.4)};
    rights_ = {who_.x, who_.bottom() + kGap, right, room.bottom() - who_.bottom() - kGap};
  }

  void draw() {
    ink_.facts(ink_.box(identity_, "Process"), p_.identity, kKey);
    ink_.facts(ink_.box(memory_, "Memory and place"), p_.memory, 84);
    draw_plugs();
    ink_.facts(ink_.box(signals_, "Signals"), p_.signals, 72);
    ink_.facts(ink_.box(who_, "Who it is"), p_.who, kKey);
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
    if (shown < p_.plugs.size()) {
      b_.text({room.x, y + 15}, "… " + std::to_string(p_.plugs.size() - shown) + " more",
              {.size = type::kSmall, .color = t.text3});
    }
  }

  void draw_plug(const PlugPart& part, const Rect& box) {
    const Theme& t = b_.theme();
    const double y = box.mid_y();
    plug(b_, {box.x + 10, y}, part.fd, ink_.color(), true);
    const double is_at = box.x + 30;
    const double room = box.right() - is_at;
    const double is_room = part.other.empty() ? room : room * 0.44;
    const double x = b_.text({is_at, y + 4.7}, part.is,
                             {.size = type::kSmall, .mono = true, .width_max = is_room});
    if (part.other.empty()) return;
    // A tube to whoever holds the other end.
    const double from = x + 8;
    const double to = is_at + is_room + 26;
    b_.line({from, y}, {to, y}, {t.line2, 6, {}});
    b_.line({from, y}, {to, y}, {t.deck[2], 3, {}});
    b_.text(
        {to + 8, y + 4.7}, part.other,
        {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = box.right() - to - 8});
  }

  /// Filled: it may. A ring: it could again (permitted). A dot: only a program could give it.
  void draw_rights() {
    const Theme& t = b_.theme();
    std::size_t held = 0;
    for (const CapabilityCell& cell : p_.capabilities) held += cell.effective ? 1 : 0;
    const Rect room =
        ink_.box(rights_, "Capabilities",
                 std::to_string(held) + " of " + std::to_string(p_.capabilities.size()));
    const std::size_t across = room.w > 380 ? kCellsAcross / 2 : 2;
    const std::size_t down = (p_.capabilities.size() + across - 1) / across;
    const double pitch = std::min(21.0, (room.h - 2) / static_cast<double>(down));
    const double width = room.w / static_cast<double>(across);
    const bool named = pitch >= 15;
    for (std::size_t i = 0; i < p_.capabilities.size(); ++i) {
      const CapabilityCell& cell = p_.capabilities[i];
      const std::size_t column = i / down;
      const double x = room.x + static_cast<double>(column) * width;
      const double y = room.y + (static_cast<double>(i % down) + 0.5) * pitch;
      const Color color = cell.effective ? ink_.color() : t.text3;
      const double r = std::min(5.0, pitch / 2 - 2);
      if (cell.effective)
        b_.circle({x + 6, y}, r, {color, {}});
      else if (cell.permitted)
        b_.circle({x + 6, y}, r, {{}, {color, 1.6, {}}});
      else
        b_.circle({x + 6, y}, cell.bounding ? 2.0 : 1.0, {t.text3, {}});
      if (!named) continue;
      b_.text({x + 17, y + 4.5}, cell.name,
              {.size = type::kSmall,
               .color = cell.effective ? t.text : t.text3,
               .mono = true,
               .width_max = width - 20});
    }
  }

  SceneBuilder& b_;
  const ProcessCloseup& p_;
  CloseupInk ink_;
  Rect identity_, memory_, plugs_, signals_, who_, rights_;
};

}  // namespace

Scene process_scene(const ProcessCloseup& closeup, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  ProcessPicture(builder, closeup, area).draw();
  return builder.take();
}

}  // namespace cutaway::viz

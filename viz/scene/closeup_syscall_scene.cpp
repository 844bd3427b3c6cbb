// A system call from near: registers, the checks on its way one after the other, what it changed,
// and the answer that goes back.
#include <algorithm>

#include "viz/scene/closeup_parts.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/paragraph.h"

namespace cutaway::viz {
namespace {

constexpr double kThirdsGap = 14;
constexpr double kStationMost = 96;  // between two balloons
constexpr double kValueLine = 16;
constexpr double kAnswerLine = 28;
constexpr std::size_t kAnswerLines = 4;

class SyscallPicture {
 public:
  SyscallPicture(SceneBuilder& b, const SyscallCloseup& c, const Rect& area)
      : b_(b), c_(c), ink_(b, c.slot) {
    const Rect room = ink_.frame(area, c.call, c.who);
    const double third = (room.w - 2 * kThirdsGap) / 3;
    asks_ = {room.x, room.y, third, room.h};
    checks_ = {room.x + third + kThirdsGap, room.y, third, room.h};
    answer_ = {room.right() - third, room.y, third, room.h};
  }

  void draw() {
    draw_registers();
    draw_checks();
    draw_answer();
  }

 private:
  void draw_registers() {
    const Rect room = ink_.box(asks_, "What it asks", "at entry");
    std::vector<Fact> facts = {{"rax", c_.number + " = " + c_.call, "", true}};
    facts.insert(facts.end(), c_.arguments.begin(), c_.arguments.end());
    ink_.facts(room, facts);
  }

  /// Stations on a line that the call travels down; it stops at the one that refuses.
  void draw_checks() {
    const Rect room = ink_.box(checks_, "What is checked", "in this order");
    const auto count = static_cast<double>(std::max<std::size_t>(c_.checks.size(), 1));
    const double pitch = std::min(kStationMost, (room.h - 4) / count);
    const double x = room.x + 14;
    double last = room.y + 14;
    for (std::size_t i = 0; i < c_.checks.size(); ++i) {
      const double y = room.y + 14 + static_cast<double>(i) * pitch;
      if (i > 0) b_.line({x, last + 12}, {x, y - 12}, {ink_.color(), 3, {}});
      last = y;
      draw_check(c_.checks[i], {x, y}, {room.right() - x - 22, pitch});
    }
  }

  /// `room`: how wide the words may be, and how far the next station is.
  void draw_check(const CaptionPart& part, Point at, Point room) {
    const Theme& t = b_.theme();
    const bool bad = part.state == CaptionPart::State::Bad;
    balloon(b_, at, part.number, true);
    const double x = at.x + 22;
    const double word_x = b_.text({x, at.y - 1}, part.head,
                                  {.size = type::kMedium, .bold = true, .width_max = room.x - 24});
    if (part.state == CaptionPart::State::Ok)
      check_mark(b_, {word_x + 10, at.y - 6}, 1, {t.ok, 2, {}});
    if (bad) cross_mark(b_, {word_x + 14, at.y - 6}, 4.5, {t.bad, 2.2, {}});
    const auto lines = static_cast<std::size_t>(std::max(1.0, (room.y - 30) / kValueLine));
    paragraph(
        b_, {x, at.y + 18}, part.value,
        {.size = type::kSmall, .color = bad ? t.bad : t.text2, .mono = true, .width_max = room.x},
        {lines, kValueLine});
  }

  void draw_answer() {
    const Theme& t = b_.theme();
    const Rect room = ink_.box(answer_, "What comes back", c_.took);
    const std::string words = c_.answer.empty() ? "not back yet" : c_.answer;
    const double y = paragraph(b_, {room.x, room.y + 34}, words,
                               {.size = type::kWide,
                                .color = c_.refused          ? t.bad
                                         : c_.answer.empty() ? t.text3
                                                             : t.text,
                                .mono = true,
                                .bold = true,
                                .width_max = room.w},
                               {kAnswerLines, kAnswerLine}) +
                     12;
    b_.text({room.x, y}, c_.effects.empty() ? "Nothing changed: it only asked." : "What changed",
            {.size = type::kSmall,
             .color = c_.effects.empty() ? t.text2 : t.text,
             .bold = !c_.effects.empty(),
             .width_max = room.w});
    ink_.facts({room.x, y + 10, room.w, room.bottom() - y - 10}, c_.effects);
  }

  SceneBuilder& b_;
  const SyscallCloseup& c_;
  CloseupInk ink_;
  Rect asks_, checks_, answer_;
};

}  // namespace

Scene syscall_scene(const SyscallCloseup& closeup, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  if (closeup_has_room(area)) {
    SyscallPicture(builder, closeup, area).draw();
    return builder.take();
  }
  const Heading heading = {closeup.call, closeup.who, type::kMedium, true};
  draw_sections_card(builder, area, {closeup.slot, true, heading}, sections_of(closeup));
  return builder.take();
}

Scene closeup_scene(const Closeup& closeup, const SceneStyle& style, const Rect& area) {
  if (closeup.syscall) return syscall_scene(*closeup.syscall, style, area);
  if (closeup.process) return process_scene(*closeup.process, style, area);
  if (closeup.container) return container_scene(*closeup.container, style, area);
  return Scene{};
}

}  // namespace cutaway::viz

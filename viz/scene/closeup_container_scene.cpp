// A container from near: its processes, the eight tables of its row, its limits, and the layers
// under its root.
#include <algorithm>

#include "viz/scene/closeup_parts.h"
#include "viz/scene/closeup_scene.h"

namespace cutaway::viz {
namespace {

constexpr double kGap = 10;
constexpr double kCardW = 190;
constexpr double kCardH = 58;
constexpr double kRailH = 34;
constexpr double kTablesShare = 0.46;
constexpr double kLimitH = 44;
constexpr double kLayerH = 30;

class ContainerPicture {
 public:
  ContainerPicture(SceneBuilder& b, const ContainerCloseup& c, const Rect& area)
      : b_(b), c_(c), ink_(b, c.slot) {
    const Rect room = ink_.frame(area, c.name, c.image + "   " + c.state);
    tasks_ = {room.x, room.y, room.w, kCardH};
    rail_ = {room.x, tasks_.bottom() + 8, room.w, kRailH};
    const double left = room.bottom() - rail_.bottom() - kGap;
    tables_ = {room.x, rail_.bottom(), room.w, left * kTablesShare};
    const double y = tables_.bottom() + kGap;
    const double half = (room.w - kGap) / 2;
    limits_ = {room.x, y, half, room.bottom() - y};
    layers_ = {room.x + half + kGap, y, half, room.bottom() - y};
  }

  void draw() {
    draw_tasks();
    draw_tables();
    draw_limits();
    draw_layers();
  }

 private:
  void draw_tasks() {
    const Theme& t = b_.theme();
    const auto fit =
        static_cast<std::size_t>(std::max(1.0, (tasks_.w - 60 + kGap) / (kCardW + kGap)));
    const std::size_t shown = std::min(c_.tasks.size(), fit);
    double x = tasks_.x;
    for (std::size_t i = 0; i < shown; ++i) {
      draw_card(c_.tasks[i], {x, tasks_.y, kCardW, tasks_.h});
      x += kCardW + kGap;
    }
    if (c_.tasks.empty()) {
      b_.text({tasks_.x, tasks_.mid_y() + 5}, "No process: only a record and a writable layer.",
              {.size = type::kMedium, .color = t.text2});
    }
    if (shown < c_.tasks.size()) {
      b_.text({x, tasks_.mid_y() + 5}, "+ " + std::to_string(c_.tasks.size() - shown),
              {.size = type::kMedium, .color = t.text2});
    }
  }

  void draw_card(const Task& task, const Rect& box) {
    const Theme& t = b_.theme();
    const auto id = b_.as(task.id);
    const bool ended = task.mode == TaskMode::Ended;
    const bool loud = task.mode == TaskMode::Now;
    b_.rect(box, measure::kRadiusTask,
            {ended ? Color{} : ink_.color().faded(0.16),
             {ended ? t.text3 : ink_.color(), loud ? 2.5 : 1.2, ended ? Dash{4, 4} : Dash{}}});
    const TextStyle big = {
        .size = type::kHuge, .color = mix(ink_.color(), t.text, 0.25), .bold = true};
    const double x = b_.text({box.x + 12, box.mid_y() + 10}, task.pid_here, big) + 12;
    b_.text({x, box.mid_y() - 4}, task.comm,
            {.mono = true, .bold = true, .width_max = box.right() - 8 - x});
    b_.text({x, box.mid_y() + 16}, task.pid_on_host + " on the host",
            {.size = type::kSmall, .color = t.text2, .width_max = box.right() - 6 - x});
    b_.hit(task.id, box);
  }

  Rect table(std::size_t i) const {
    // Mounts are the longest words: their place takes from the narrow ones.
    static constexpr std::array<double, 8> kShares = {1.05, 1.6, 1.15, 0.95, 0.65, 0.85, 1.0, 0.75};
    const double unit = (tables_.w - 7 * 8) / 8.0;
    double x = tables_.x;
    for (std::size_t k = 0; k < i; ++k) x += unit * kShares[k] + 8;
    return {x, tables_.y, unit * kShares[i], tables_.h};
  }

  void draw_tables() {
    const double y = rail_.mid_y();
    b_.line({rail_.x, y}, {rail_.right(), y}, {ink_.color().faded(0.5), 2, {}});
    for (std::size_t i = 0; i < c_.namespaces.size(); ++i) draw_table(c_.namespaces[i], table(i));
  }

  void draw_table(const NsPart& part, const Rect& box) {
    const Theme& t = b_.theme();
    const Color color = part.own ? ink_.color() : t.host;
    const auto id = b_.as(part.id);
    const double y = rail_.mid_y();
    b_.line({box.mid_x(), y}, {box.mid_x(), box.y},
            {color, measure::kContour, part.own ? Dash{} : Dash{3, 3}});
    b_.circle({box.mid_x(), y}, 7, {part.own ? color : t.deck[1], {color, 2, {}}});
    b_.rect(box, measure::kRadiusNode,
            {color.faded(part.own ? t.fill * 0.5 : 0.04), {color, 1.2, {}}});
    b_.hit(part.id, box);
    b_.text({box.x + 9, box.y + 20}, part.kind,
            {.size = type::kSmall, .mono = true, .bold = true, .width_max = box.w - 14});
    b_.text({box.x + 9, box.y + 38}, part.number,
            {.size = type::kSmall, .color = t.text3, .mono = true, .width_max = box.w - 14});
    const Rect room = {box.x + 9, box.y + 48, box.w - 14, box.h - 54};
    if (part.number.empty()) return;
    if (!part.own) {
      b_.text({room.x, room.y + 14}, "the host's",
              {.size = type::kSmall, .color = t.text2, .width_max = room.w});
      return;
    }
    // Of narrow tables the key says enough.
    const double longest = longest_key(part);
    ink_.facts(room, part.entries, std::min(longest + 12, room.w * 0.62));
  }

  double longest_key(const NsPart& part) const {
    double longest = 0;
    for (const Fact& fact : part.entries)
      longest = std::max(longest, b_.width(fact.key, {.size = type::kSmall}));
    return longest;
  }

  void draw_limits() {
    const Rect room = ink_.box(limits_, "Limits", c_.cgroup);
    if (c_.limits.empty()) {
      b_.text({room.x, room.y + 16}, "No cgroup: it is made when the container starts.",
              {.size = type::kSmall, .color = b_.theme().text2, .width_max = room.w});
      return;
    }
    double y = room.y;
    for (const LimitPart& limit : c_.limits) {
      if (y + kLimitH > room.bottom() + 4) return;
      draw_limit(limit, {room.x, y, room.w, kLimitH});
      y += kLimitH;
    }
  }

  void draw_limit(const LimitPart& limit, const Rect& box) {
    const Theme& t = b_.theme();
    const auto id = b_.as(limit.id);
    b_.text({box.x, box.y + 14}, limit.title, {.size = type::kSmall, .width_max = 90});
    b_.text({box.x + 96, box.y + 14}, limit.file + " " + limit.written,
            {.size = type::kSmall, .color = t.text2, .mono = true, .width_max = box.w - 96 - 130});
    b_.text({box.right(), box.y + 14}, limit.used,
            {.size = type::kSmall,
             .color = limit.full ? t.limit : t.text,
             .bold = limit.full,
             .anchor = Anchor::End,
             .width_max = 122});
    b_.hit(limit.id, box);
    if (limit.used.empty()) return;
    meter(b_, {box.x, box.y + 28}, box.w,
          {limit.share, limit.limited, limit.full, 0, 10, ink_.color()});
  }

  void draw_layers() {
    const Theme& t = b_.theme();
    const Rect room = ink_.box(layers_, "Its root, from the top", "overlay");
    double y = room.y;
    for (const LayerPart& layer : c_.layers) {
      if (y + kLayerH > room.bottom() + 4) break;
      const Rect box = {room.x, y, room.w, kLayerH - 5};
      const auto id = b_.as(layer.id);
      const Color color = layer.writable ? ink_.color() : t.host;
      b_.rect(box, measure::kRadiusSlice, {color.faded(t.fill), {color, 1.2, {}}});
      double x = box.x + 9;
      if (layer.writable) x = tag(b_, {box.x, box.y}, c_.slot, {.letter = 15, .height = box.h}) + 9;
      const double size_w =
          layer.size.empty() ? 0 : b_.width(layer.size, {.size = type::kSmall}) + 16;
      x = b_.text({x, box.mid_y() + 5}, layer.label,
                  {.size = type::kSmall,
                   .mono = true,
                   .bold = layer.writable,
                   .width_max = (box.right() - size_w - x) * 0.6});
      b_.text({x + 12, box.mid_y() + 5}, layer.note,
              {.size = type::kSmall, .color = t.text2, .width_max = box.right() - size_w - x - 20});
      b_.text({box.right() - 8, box.mid_y() + 5}, layer.size,
              {.size = type::kSmall, .anchor = Anchor::End});
      if (!layer.id.empty()) b_.hit(layer.id, box);
      y += kLayerH;
    }
  }

  SceneBuilder& b_;
  const ContainerCloseup& c_;
  CloseupInk ink_;
  Rect tasks_, rail_, tables_, limits_, layers_;
};

}  // namespace

Scene container_scene(const ContainerCloseup& closeup, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  ContainerPicture(builder, closeup, area).draw();
  return builder.take();
}

}  // namespace cutaway::viz

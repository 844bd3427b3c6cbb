// A container from near: its processes, the eight tables of its row, its limits, and the layers
// under its root.
#include <algorithm>

#include "viz/scene/closeup_parts.h"
#include "viz/scene/closeup_scene.h"
#include "viz/scene/paragraph.h"

namespace cutaway::viz {
namespace {

constexpr double kTaskCardW = 190;
constexpr double kTaskCardH = 58;
constexpr double kRailH = 34;
constexpr double kTablesShare = 0.46;  // at least
constexpr double kLimitH = 25;
constexpr double kLimitHigh = 42;  // with what is written in the file below
constexpr double kMeterW = 112;
constexpr double kLayerH = 30;
constexpr double kLayerHigh = 46;     // with its note below its name
constexpr double kLimitsAround = 42;  // of a box's room: its title, and air

class ContainerPicture {
 public:
  ContainerPicture(SceneBuilder& b, const ContainerCloseup& c, const Rect& area)
      : b_(b), c_(c), ink_(b, c.slot) {
    const Rect room = ink_.frame(area, c.name, c.image + "   " + c.state);
    tasks_ = {room.x, room.y, room.w, kTaskCardH};
    rail_ = {room.x, tasks_.bottom() + 8, room.w, kRailH};
    const double left = room.bottom() - rail_.bottom() - kCloseupGap;
    // Limits and layers first: their number is known, that of mounts is not.
    const auto rows = static_cast<double>(std::max(c.limits.size(), c.layers.size()));
    const double lists = std::min(rows * kLimitHigh + kLimitsAround, left * (1 - kTablesShare));
    tables_ = {room.x, rail_.bottom(), room.w, left - lists};
    const double y = tables_.bottom() + kCloseupGap;
    const double half = (room.w - kCloseupGap) / 2;
    limits_ = {room.x, y, half, room.bottom() - y};
    layers_ = {room.x + half + kCloseupGap, y, half, room.bottom() - y};
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
    const auto fit = static_cast<std::size_t>(
        std::max(1.0, (tasks_.w - 60 + kCloseupGap) / (kTaskCardW + kCloseupGap)));
    const std::size_t shown = std::min(c_.tasks.size(), fit);
    double x = tasks_.x;
    for (std::size_t i = 0; i < shown; ++i) {
      draw_card(c_.tasks[i], {x, tasks_.y, kTaskCardW, tasks_.h});
      x += kTaskCardW + kCloseupGap;
    }
    if (c_.tasks.empty()) {
      b_.text({tasks_.x, tasks_.mid_y() + 5}, "No process: only a record and a writable layer.",
              {.size = type::kMedium, .color = t.text2});
    }
    if (shown < c_.tasks.size()) {
      std::string rest;
      for (std::size_t i = shown; i < c_.tasks.size(); ++i)
        rest += (rest.empty() ? "" : "\n") + c_.tasks[i].pid_here + " " + c_.tasks[i].comm;
      b_.text({x, tasks_.mid_y() + 5}, "+ " + std::to_string(c_.tasks.size() - shown),
              {.size = type::kMedium, .color = t.text2, .whole = rest});
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
    // By the words that they hold, not evenly: a path needs room, a clock none.
    static constexpr std::array<double, 8> kShares = {1.1, 1.75, 1.35, 1.05, 0.6, 0.75, 0.95, 0.6};
    static constexpr double kSum = 8.15;
    const double unit = (tables_.w - 7 * 8) / kSum;
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
    if (part.own) return void(ink_.facts(room, part.entries));
    paragraph(b_, {room.x, room.y + 14}, "the host's",
              {.size = type::kSmall, .color = t.text2, .width_max = room.w});
  }

  void draw_limits() {
    const Rect room = ink_.box(limits_, "Limits", c_.cgroup);
    if (c_.limits.empty()) {
      paragraph(b_, {room.x, room.y + 16}, "No cgroup: it is made when the container starts.",
                {.size = type::kSmall, .color = b_.theme().text2, .width_max = room.w});
      return;
    }
    const auto count = static_cast<double>(c_.limits.size());
    const bool high = !limits_in_a_line(room.w) && count * kLimitHigh <= room.h;
    const double pitch = high ? kLimitHigh : std::min(kLimitH, room.h / count);
    double y = room.y;
    for (const LimitPart& limit : c_.limits) {
      draw_limit(limit, {room.x, y, room.w, pitch}, high);
      y += pitch;
    }
  }

  static constexpr double kLimitTitle = 96;
  static constexpr double kUsedMost = 140;
  double used_w() const {
    double most = 0;
    for (const LimitPart& limit : c_.limits)
      most = std::max(most, b_.width(limit.used, {.size = type::kSmall, .bold = true}));
    return std::min(most, kUsedMost) + 14;
  }
  double file_x(const Rect& box) const { return box.x + kLimitTitle + kMeterW + 14 + used_w(); }
  static std::string written(const LimitPart& limit) { return limit.file + " " + limit.written; }

  bool limits_in_a_line(double width) const {
    const double room = width - file_x({0, 0, 0, 0});
    return std::all_of(c_.limits.begin(), c_.limits.end(), [&](const LimitPart& limit) {
      return b_.width(written(limit), {.size = type::kSmall, .mono = true}) <= room;
    });
  }

  /// Its name, how full it is, and what the file says: beside it, or below.
  void draw_limit(const LimitPart& limit, const Rect& box, bool high) {
    const Theme& t = b_.theme();
    const auto id = b_.as(limit.id);
    const double y = box.y + 14;
    b_.text({box.x, y}, limit.title, {.size = type::kSmall, .width_max = kLimitTitle - 8});
    const TextStyle file = {.size = type::kSmall, .color = t.text2, .mono = true};
    TextStyle fitted = file;
    const double x = high ? box.x + kLimitTitle : file_x(box);
    fitted.width_max = box.right() - x;
    b_.text({x, high ? y + 17 : y}, written(limit), fitted);
    b_.hit(limit.id, box);
    if (limit.used.empty()) return;
    meter(b_, {box.x + kLimitTitle, y - 4.5}, kMeterW,
          {limit.share, limit.limited, limit.full, 0, 10, ink_.color()});
    b_.text({box.x + kLimitTitle + kMeterW + 14, y}, limit.used,
            {.size = type::kSmall,
             .color = limit.full ? t.limit : t.text,
             .bold = limit.full,
             .width_max = high ? box.right() - box.x - kLimitTitle - kMeterW - 14 : used_w() - 8});
  }

  void draw_layers() {
    const Rect room = ink_.box(layers_, "Its root, from the top", "overlay");
    const auto count = static_cast<double>(std::max<std::size_t>(c_.layers.size(), 1));
    const bool high = count * kLayerHigh <= room.h;
    const double pitch = high ? kLayerHigh : kLayerH;
    const auto fit = static_cast<std::size_t>(std::max(1.0, room.h / pitch));
    const std::size_t shown = c_.layers.size() <= fit ? c_.layers.size() : fit - 1;
    double y = room.y;
    for (std::size_t i = 0; i < shown; ++i, y += pitch)
      draw_layer(c_.layers[i], {room.x, y, room.w, pitch - 5}, high);
    if (shown == c_.layers.size()) return;
    std::string rest;
    for (std::size_t i = shown; i < c_.layers.size(); ++i)
      rest += (rest.empty() ? "" : "\n") + c_.layers[i].label + ": " + c_.layers[i].note;
    b_.text({room.x, y + 15}, "… " + std::to_string(c_.layers.size() - shown) + " more",
            {.size = type::kSmall, .color = b_.theme().text3, .whole = rest});
  }

  void draw_layer(const LayerPart& layer, const Rect& box, bool high) {
    const Theme& t = b_.theme();
    const auto id = b_.as(layer.id);
    const Color color = layer.writable ? ink_.color() : t.host;
    b_.rect(box, measure::kRadiusSlice, {color.faded(t.fill), {color, 1.2, {}}});
    double x = box.x + 9;
    if (layer.writable) x = tag(b_, {box.x, box.y}, c_.slot, {.letter = 15, .height = box.h}) + 9;
    const TextStyle size = {.size = type::kSmall, .anchor = Anchor::End};
    const double end = box.right() - 8 - b_.width(layer.size, size) - (layer.size.empty() ? 0 : 12);
    const double y = high ? box.y + 17 : box.mid_y() + 5;
    const TextStyle label = {.size = type::kSmall, .mono = true, .bold = layer.writable};
    TextStyle name = label;
    name.width_max = high ? end - x : (end - x) * 0.6;
    const double after = b_.text({x, y}, layer.label, name);
    const Point note = high ? Point{x, y + 17} : Point{after + 12, y};
    b_.text(note, layer.note,
            {.size = type::kSmall, .color = t.text2, .width_max = std::max(end - note.x, 1.0)});
    b_.text({box.right() - 8, box.mid_y() + 5}, layer.size, size);
    if (!layer.id.empty()) b_.hit(layer.id, box);
  }

  SceneBuilder& b_;
  const ContainerCloseup& c_;
  CloseupInk ink_;
  Rect tasks_, rail_, tables_, limits_, layers_;
};

}  // namespace

Scene container_scene(const ContainerCloseup& closeup, const SceneStyle& style, const Rect& area) {
  SceneBuilder builder(style.theme, style.metrics, area);
  if (closeup_has_room(area)) {
    ContainerPicture(builder, closeup, area).draw();
    return builder.take();
  }
  const Heading heading = {closeup.name, closeup.image + "   " + closeup.state, type::kMedium,
                           true};
  draw_sections_card(builder, area, {closeup.slot, true, heading}, sections_of(closeup));
  return builder.take();
}

}  // namespace cutaway::viz

#include "viz/scene/layers_scene.h"

#include <algorithm>

#include "viz/scene/layers_places.h"
#include "viz/scene/sections.h"
#include "viz/scene/signs.h"

namespace cutaway::viz {
namespace {

constexpr double kFileH = 30;
constexpr double kFilePad = 18;  // room for the balloon at its edge
constexpr double kWayArrow = 8;
constexpr double kBesideWire = 12;

class LayersPicture {
 public:
  LayersPicture(SceneBuilder& b, const Layers& layers, const LayersPlaces& places)
      : b_(b), layers_(layers), p_(places), t_(b.theme()) {}

  void draw() {
    draw_decks();
    for (const LayersColumnPlace& column : p_.columns) draw_column(column);
    for (const LayersBrickPlace& brick : p_.bricks) draw_brick(brick);
    place_files();
    for (const LayersColumnPlace& column : p_.columns) draw_way(column);
    draw_files();
    draw_numbers();
    draw_rest();
    if (p_.costs.w > 0) draw_costs();
  }

 private:
  void draw_decks() {
    b_.rect(p_.hull, 14, {t_.cut, {}});
    b_.pattern(corners_of(p_.hull, 14), Pattern::Hatch, t_.hatch);
    b_.rect(p_.hull, 14, {{}, {t_.edge, 1.5, {}}});
    const Rect* rooms[] = {&p_.processes, &p_.mounts, &p_.disk};
    const char* names[] = {"Processes", "Kernel", "Disk"};
    const char* does[] = {"run", "mount tables", "one, shared"};
    const std::size_t colours[] = {1, 2, 3};
    for (std::size_t i = 0; i < 3; ++i) {
      b_.rect(*rooms[i], 4, {t_.deck[colours[i]], {}});
      if (p_.gutter <= 0) continue;
      b_.text({p_.hull.x - 12, rooms[i]->y + 24}, names[i],
              {.size = type::kLarge, .bold = true, .anchor = Anchor::End});
      b_.text({p_.hull.x - 12, rooms[i]->y + 42}, does[i],
              {.size = type::kSmall, .color = t_.text3, .anchor = Anchor::End});
    }
  }

  void draw_column(const LayersColumnPlace& place) {
    const LayersColumn& column = *place.column;
    const Color color = slot_color(t_, column.slot);
    const bool alive = !column.task.empty();
    const auto id = b_.as("container:" + column.id);
    b_.rect(place.outline, measure::kRadiusContainer,
            {color.faded(0.07), {color, 2, alive ? Dash{} : Dash{6, 5}}});
    b_.hit("container:" + column.id, place.outline);
    draw_head(place, column);
    if (alive) draw_card(place, column, color);
    draw_slice(place.mount, column, column.mount.empty() ? "" : "/", column.mount, "");
    draw_slice(place.top, column, "top", "", column.top);
    b_.hit("top:" + column.id, place.top);
  }

  void draw_head(const LayersColumnPlace& place, const LayersColumn& column) {
    const Rect& box = place.outline;
    const double left = tag(b_, {box.x + 10, box.y + 9}, column.slot, {.letter = 18}) + 9;
    const TextStyle state = {.size = type::kSmall, .color = t_.text2, .anchor = Anchor::End};
    const double state_w = b_.width(column.state, state);
    const double right = box.right() - 12;
    TextStyle name = {.size = type::kLarge, .bold = true, .width_max = right - left - state_w - 10};
    const bool both = name.width_max >= 40;
    if (!both) name.width_max = right - left;
    const double end = b_.text({left, box.y + 25}, column.id, name);
    if (!both) return b_.note_cut(column.image + ", " + column.state, "");
    b_.text({right, box.y + 25}, column.state, state);
    const double room = right - state_w - 10 - end - 10;
    if (room < 30) return b_.note_cut(column.image, "");
    b_.text({end + 10, box.y + 25}, column.image,
            {.size = type::kSmall, .color = t_.text2, .mono = true, .width_max = room});
  }

  void draw_card(const LayersColumnPlace& place, const LayersColumn& column, Color color) {
    const Rect& card = place.card;
    const auto id = b_.as(column.task);
    b_.rect(card, measure::kRadiusTask, {color.faded(0.16), {color, column.acts ? 2.5 : 1.5, {}}});
    b_.hit(column.task, card);
    const double x = b_.text({card.x + 12, card.mid_y() + 11}, column.pid,
                             {.size = type::kHuge, .color = color, .bold = true}) +
                     14;
    const double room = card.right() - 8 - x;
    b_.text({x, card.mid_y() - 4}, column.program,
            {.size = type::kMedium, .mono = true, .bold = true, .width_max = room});
    b_.text({x, card.mid_y() + 15}, column.pid_on_host + " on the host",
            {.size = type::kSmall, .color = t_.text2, .width_max = room});
  }

  /// An entry in a container's colour; its words keep off the way that passes in the middle.
  void draw_slice(const Rect& box, const LayersColumn& column, const std::string& label,
                  const std::string& below, const std::string& figure) {
    const Color color = slot_color(t_, column.slot);
    const bool there = !label.empty();
    b_.rect(box, measure::kRadiusSlice,
            {there ? color.faded(0.2) : Color{}, {color, 1.2, there ? Dash{} : Dash{6, 5}}});
    if (!there) return;
    const double x = tag(b_, {box.x, box.y}, column.slot, {.letter = 15, .height = box.h}) + 8;
    const double room = box.mid_x() - kBesideWire - x;
    const bool two = !below.empty();
    b_.text({x, two ? box.y + 17 : box.mid_y() + 5}, label,
            {.size = type::kSmall, .mono = true, .bold = two, .width_max = room});
    if (two)
      b_.text({x, box.y + 34}, below,
              {.size = type::kSmall, .color = t_.text2, .mono = true, .width_max = room});
    if (!figure.empty())
      b_.text({box.right() - 8, box.mid_y() + 5}, figure,
              {.size = type::kSmall,
               .color = t_.text2,
               .mono = true,
               .anchor = Anchor::End,
               .width_max = box.w / 2 - kBesideWire - 8});
  }

  void draw_brick(const LayersBrickPlace& place) {
    const LayersBrick& brick = *place.brick;
    const auto id = b_.as(brick.id);
    const Rect& box = place.box;
    b_.rect(box, measure::kRadiusSlice, {t_.inset, {}});
    b_.rect(box, measure::kRadiusSlice, {t_.host.faded(0.22), {t_.text3, 1.2, {}}});
    b_.hit(brick.id, box);
    const double half = p_.slots[static_cast<std::size_t>(place.from)].w / 2;
    b_.text({box.x + 10, box.y + 20}, brick.label,
            {.size = type::kSmall,
             .mono = true,
             .bold = brick.asked,
             .width_max = half - 10 - kBesideWire});
    b_.text({box.right() - 10, box.y + 20}, brick.size,
            {.size = type::kSmall,
             .color = t_.text2,
             .anchor = Anchor::End,
             .width_max = half - 10 - kBesideWire});
  }

  const LayersBrickPlace* place_of(int brick) const {
    for (const LayersBrickPlace& place : p_.bricks) {
      if (brick >= 0 && place.brick == &layers_.bricks[static_cast<std::size_t>(brick)])
        return &place;
    }
    return nullptr;
  }

  TextStyle path_style() const { return {.size = type::kSmall, .mono = true, .bold = true}; }
  TextStyle inode_style() const { return {.size = type::kSmall, .color = t_.text2, .mono = true}; }

  double middle_of(const LayersFile& file) const {
    double sum = 0;
    double count = 0;
    for (const LayersColumnPlace& column : p_.columns) {
      if (std::find(file.slots.begin(), file.slots.end(), column.column->slot) == file.slots.end())
        continue;
      sum += column.wire_x;
      ++count;
    }
    return count > 0 ? sum / count : p_.disk.mid_x();
  }

  /// Under those who reach it, beside one another where several lie in one layer.
  void place_files() {
    files_.assign(layers_.files.size(), Rect{});
    std::vector<std::size_t> order(layers_.files.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t c) {
      return middle_of(layers_.files[a]) < middle_of(layers_.files[c]);
    });
    for (const LayersBrickPlace& place : p_.bricks) {
      double left = place.box.x + 8;
      for (const std::size_t i : order) {
        const LayersFile& file = layers_.files[i];
        if (place_of(file.brick) != &place) continue;
        const double wanted = b_.width(file.path, path_style()) + 16 +
                              b_.width(file.inode, inode_style()) + 2 * kFilePad;
        const double w = std::clamp(wanted, 60.0, place.box.right() - 8 - left);
        const double x =
            std::clamp(middle_of(file) - w / 2, left, std::max(left, place.box.right() - 8 - w));
        files_[i] = {x, place.box.bottom() - 8 - kFileH, w, kFileH};
        left = x + w + 8;
      }
    }
  }

  std::vector<Point> way_of(const LayersColumnPlace& place) const {
    const double x = place.wire_x;
    std::vector<Point> way = {{x, place.card.bottom()}};
    const auto file = static_cast<std::size_t>(place.column->file);
    const Rect& box = files_[file];
    if (box.w <= 0) {  // it lies in its own top
      way.push_back({x, place.top.mid_y()});
      return way;
    }
    const double to = std::clamp(x, box.x + 14, box.right() - 14);
    const double turn = box.y - 15;
    way.push_back({x, turn});
    if (std::abs(to - x) > 0.5) way.push_back({to, turn});
    way.push_back({to, box.y});
    return way;
  }

  void draw_way(const LayersColumnPlace& place) {
    const LayersColumn& column = *place.column;
    if (column.file < 0 || column.task.empty()) return;
    const auto id = b_.as("way:" + column.id);
    const double width = column.acts && layers_.looking ? 3.0 : 2.0;
    const bool in_top = files_[static_cast<std::size_t>(column.file)].w <= 0;
    const Color color = slot_color(t_, column.slot);
    b_.path(way_of(place), {color, width, {}},
            {.bend = 10, .arrow = in_top ? 0 : kWayArrow, .travelled = true});
    if (in_top) bead(b_, {place.wire_x, place.top.mid_y()}, {BeadKind::Call, color, 0});
  }

  void draw_files() {
    for (std::size_t i = 0; i < files_.size(); ++i) {
      const Rect& box = files_[i];
      if (box.w <= 0) continue;
      const LayersFile& file = layers_.files[i];
      const auto id = b_.as("file:" + file.path);
      b_.rect(box, measure::kRadiusNode, {t_.raised, {t_.text, 1.5, {}}});
      const double room = box.w - 2 * kFilePad;
      const double inode = b_.width(file.inode, inode_style());
      TextStyle path = path_style();
      const bool both = b_.width(file.path, path) + 16 + inode <= room + 0.5;
      path.width_max = both ? 0 : room;
      path.whole = file.path;
      b_.text({box.x + kFilePad, box.mid_y() + 5}, file.path, path);
      if (!both) {
        b_.note_cut(file.inode, "", box);
        continue;
      }
      TextStyle number = inode_style();
      number.anchor = Anchor::End;
      b_.text({box.right() - kFilePad, box.mid_y() + 5}, file.inode, number);
    }
  }

  /// On the way of who acts, else of the one in the middle.
  void draw_numbers() {
    const LayersColumnPlace* told = nullptr;
    for (const LayersColumnPlace& each : p_.columns) {
      if (each.column->file >= 0 && (told == nullptr || each.column->acts)) told = &each;
    }
    if (told == nullptr) return;
    balloon(b_, {told->wire_x, (told->card.bottom() + told->mount.y) / 2}, 1, true);
    balloon(b_, {told->wire_x, told->top.bottom() + 11}, 2, true);
    int number = 3;
    for (const Rect& box : files_) {
      if (box.w > 0 && number <= 4) balloon(b_, {box.x, box.mid_y()}, number, true);
      ++number;
    }
  }

  void draw_rest() {
    const TextStyle quiet = {.size = type::kSmall, .color = t_.text2};
    if (p_.unused > 0)
      b_.text({p_.disk.x + 12, p_.disk.bottom() - 12},
              "+ " + std::to_string(p_.unused) +
                  (p_.unused == 1 ? " layer of another image" : " layers of other images"),
              quiet);
    if (p_.more == 0) return;
    const std::string more = "+ " + std::to_string(p_.more) + " more";
    if (p_.gutter <= 0) return b_.note_cut(more, "", p_.hull);
    TextStyle style = quiet;
    style.anchor = Anchor::End;
    b_.text({p_.hull.x - 12, p_.processes.y + 66}, more, style);
  }

  void draw_costs() {
    const Rect& box = p_.costs;
    b_.text({box.x, box.y + 24}, "Bytes on the disk", {.size = type::kMedium, .bold = true});
    b_.line({box.x, box.y + 36}, {box.right(), box.y + 36}, {t_.line, 1, {}});
    double y = box.y + 48;
    std::size_t shown = 0;
    for (const LayersCost& cost : layers_.costs) {
      if (y + 44 > box.bottom() - 70) break;
      draw_cost(cost, y);
      y += 44;
      ++shown;
    }
    if (shown < layers_.costs.size())
      b_.text({box.x, y + 14}, "+ " + std::to_string(layers_.costs.size() - shown) + " more",
              {.size = type::kSmall, .color = t_.text2});
    b_.line({box.x, y + 24}, {box.right(), y + 24}, {t_.line, 1, {}});
    b_.text({box.x, y + 58}, "all tops", {.size = type::kMedium, .bold = true});
    b_.text({box.right(), y + 58}, layers_.all_tops,
            {.size = 26, .bold = true, .anchor = Anchor::End, .width_max = box.w - 70});
  }

  void draw_cost(const LayersCost& cost, double y) {
    const Rect& box = p_.costs;
    double x = box.x;
    if (cost.slot >= 0) x = tag(b_, {x, y + 2}, cost.slot, {.letter = 15}) + 8;
    const TextStyle figure = {
        .size = type::kSmall, .mono = true, .bold = true, .anchor = Anchor::End};
    b_.text({box.right(), y + 14}, cost.bytes, figure);
    b_.text({x, y + 14}, cost.slot >= 0 ? cost.name + ", its top" : cost.name,
            {.size = type::kSmall,
             .color = t_.text2,
             .width_max = box.right() - b_.width(cost.bytes, figure) - 10 - x});
    const Rect trough = {box.x, y + 24, box.w, 8};
    b_.rect(trough, 4, {t_.inset, {t_.line2, 1, {}}});
    if (cost.share > 0)
      b_.rect({trough.x, trough.y, std::max(4.0, trough.w * cost.share), trough.h}, 4,
              {cost.slot >= 0 ? slot_color(t_, cost.slot) : t_.text3, {}});
  }

  SceneBuilder& b_;
  const Layers& layers_;
  const LayersPlaces& p_;
  const Theme& t_;
  std::vector<Rect> files_;  // of those that lie in a layer; the others have no width
};

/// Where there is no room for a picture: each container and what it stands on.
void draw_list(SceneBuilder& b, const Layers& layers, const Rect& area) {
  std::vector<Section> sections;
  for (const LayersColumn& column : layers.columns) {
    Section section = {column.id, column.image, {}, column.slot};
    section.facts.push_back({"top", column.top, "top:" + column.id, false});
    for (const std::size_t brick : column.bricks)
      section.facts.push_back(
          {layers.bricks[brick].label, layers.bricks[brick].size, layers.bricks[brick].id, false});
    if (column.file >= 0) {
      const LayersFile& file = layers.files[static_cast<std::size_t>(column.file)];
      section.facts.push_back({file.path, file.inode, "", column.acts});
    }
    sections.push_back(std::move(section));
  }
  draw_sections_card(b, area, {kHostSlot, false, {"Layers", "what files stand on", type::kMedium}},
                     sections);
}

}  // namespace

Scene layers_scene(const Layers& layers, const SceneStyle& style, const Rect& area) {
  SceneBuilder b(style.theme, style.metrics, area);
  const LayersPlaces places = layers_places(layers, area);
  if (places.fits)
    LayersPicture(b, layers, places).draw();
  else
    draw_list(b, layers, area);
  return b.take();
}

}  // namespace cutaway::viz

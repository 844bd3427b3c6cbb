// One disk in one frame. Layers are drawn once, in nobody's colour, under all who stand on them;
// only the writable top has a container's mark.
#include <algorithm>

#include "viz/scene/ship/draw.h"

namespace cutaway::viz {
namespace {

constexpr double kDiskTopH = 22;
constexpr double kShelfBeadRoom = 7;
constexpr double kLayerPitch = 24;  // least height of a layer with its words

// Where a layer lies: rows of the disk from the bottom, seats from … to.
struct Shelf {
  const Layer* layer = nullptr;
  int from = 0;
  int to = 0;
  int level = 0;
};

bool crosses(const Shelf& one, const Shelf& other) {
  return one.from <= other.to && other.from <= one.to;
}

Shelf shelf_for(const ShipDraw& d, const Layer& layer) {
  Shelf shelf = {&layer, d.l.disk_slots(), 0, layer.level};
  for (const int slot : layer.users) {
    const int row = d.l.row_of(slot);
    if (row <= 0) continue;
    shelf.from = std::min(shelf.from, row);
    shelf.to = std::max(shelf.to, row);
  }
  // An image that nobody stands on lies where there is room: over all places of containers.
  if (shelf.to == 0) shelf = {&layer, 1, d.l.disk_slots() - 1, layer.level};
  return shelf;
}

// Lowest levels first; a layer that would cover another one goes a row higher.
std::vector<Shelf> stack(const ShipDraw& d) {
  std::vector<Shelf> shelves;
  for (const Layer& layer : d.model.hardware.layers) {
    Shelf shelf = shelf_for(d, layer);
    bool free = false;
    while (!free) {
      free = std::none_of(shelves.begin(), shelves.end(), [&shelf](const Shelf& other) {
        return other.level == shelf.level && crosses(other, shelf);
      });
      if (!free) ++shelf.level;
    }
    shelves.push_back(shelf);
  }
  return shelves;
}

// Layers reach to the right as far as nothing else is there: empty room needs no border.
void spread(const ShipDraw& d, std::vector<Shelf>& shelves) {
  for (Shelf& shelf : shelves) {
    while (shelf.to + 1 < d.l.disk_slots()) {
      Shelf wider = shelf;
      ++wider.to;
      const bool meets_top =
          std::any_of(d.model.hardware.tops.begin(), d.model.hardware.tops.end(),
                      [&](const Top& top) { return d.l.row_of(top.slot) == wider.to; });
      const bool meets_layer = std::any_of(shelves.begin(), shelves.end(), [&](const Shelf& other) {
        return &other != &shelf && crosses(other, wider);
      });
      if (meets_top || meets_layer) break;
      shelf = wider;
    }
  }
}

void draw_host_files(const ShipDraw& d, const Rect& room) {
  const Span s = d.l.disk_slot(0);
  const Rect box = {s.x + 3, room.y + 4, s.w - 3, room.h - 8};
  const auto quiet = d.b.faded(d.strength(kHostSlot));
  const auto id = d.b.as("disk:host");
  draw_slice(d, box, {});
  d.b.hit("disk:host", box);
  double y = room.y + 24;
  for (std::size_t i = 0; i < d.model.hardware.host_files.size() && y < box.bottom() - 4; ++i) {
    d.b.text({s.x + 12, y}, d.model.hardware.host_files[i],
             {.size = type::kSmall, .color = d.t().text2, .mono = i == 0, .width_max = s.w - 13});
    y += 18;
  }
}

void draw_top(const ShipDraw& d, const Top& top, const Rect& room) {
  const int row = d.l.row_of(top.slot);
  if (row <= 0) return;
  const Span s = d.l.disk_slot(row);
  const bool last = row == d.l.disk_slots() - 1;
  const Rect box = {s.x, room.y + 4, s.w - (last ? 3 : 0), kDiskTopH};
  const auto quiet = d.b.faded(d.strength(top.slot));
  const auto id = d.b.as(top.id);
  // A way into the disk passes where the figure would stand.
  const bool passed = d.model.packet && d.model.packet->slot == top.slot &&
                      d.model.packet->reach == Where::Hardware;
  draw_slice(d, box,
             {.slot = top.slot,
              .label = top.label,
              .figure = passed ? "" : top.figure,
              .strong = top.strong,
              .words_to = passed ? d.l.node_x(row, Column::Mount) - kShelfBeadRoom : 0});
  d.b.hit(top.id, box);
}

void draw_layer(const ShipDraw& d, const Shelf& shelf, const Rect& box) {
  const Layer& layer = *shelf.layer;
  const auto id = d.b.as(layer.id);
  d.b.hit(layer.id, box);
  if (layer.fraction < 1) {
    brick(d.b, box, {layer.label, layer.note, layer.fraction, layer.strong});
    return;
  }
  draw_slice(d, box,
             {.label = layer.label,
              .figure = layer.note,
              .strong = layer.strong,
              .ring = layer.asker,
              .ringed = layer.asker >= 0});
}

int levels_of(const std::vector<Shelf>& shelves) {
  int levels = 1;
  for (const Shelf& shelf : shelves) levels = std::max(levels, shelf.level + 1);
  return levels;
}

// What lies too deep for its words to find room becomes a count at the bottom.
struct Sunk {
  int count = 0;
  int asker = kHostSlot;  // whose call is using one of them
  bool strong = false;
};
Sunk sink(std::vector<Shelf>& shelves, int levels_max) {
  Sunk sunk;
  const int deep = levels_of(shelves) - levels_max;
  if (deep <= 0) return sunk;
  std::vector<Shelf> seen;
  for (Shelf& shelf : shelves) {
    if (shelf.level > deep) {
      shelf.level -= deep;
      seen.push_back(shelf);
      continue;
    }
    ++sunk.count;
    sunk.asker = std::max(sunk.asker, shelf.layer->asker);
    sunk.strong = sunk.strong || shelf.layer->strong;
  }
  shelves = seen;
  return sunk;
}

Rect shelf_box(const ShipDraw& d, const Shelf& shelf, double bottom, double pitch) {
  const double x = d.l.disk_slot(shelf.from).x;
  const bool last = shelf.to == d.l.disk_slots() - 1;
  const double w = d.l.disk_slot(shelf.to).right() - x - (last ? 3 : 0);
  return {x, bottom - (shelf.level + 1) * pitch, w, pitch - 4};
}

void draw_sunk(const ShipDraw& d, const Sunk& sunk, const Rect& box) {
  const auto id = d.b.as("layers:more");
  draw_slice(d, box,
             {.label = "+ " + std::to_string(sunk.count) + " " + d.words.layers,
              .strong = sunk.strong,
              .mono = false,
              .ring = sunk.asker,
              .ringed = sunk.asker >= 0});
  d.b.hit("layers:more", box);
}

void draw_layers(const ShipDraw& d, const Rect& room) {
  std::vector<Shelf> shelves = stack(d);
  spread(d, shelves);
  const double top = room.y + 4 + kDiskTopH + 4;
  const int fit = std::max(1, static_cast<int>((room.bottom() - top + 4) / kLayerPitch));
  const int levels = std::min(levels_of(shelves), fit);
  const Sunk sunk = sink(shelves, levels);
  const double pitch = (room.bottom() - top) / levels;
  for (const Shelf& shelf : shelves)
    draw_layer(d, shelf, shelf_box(d, shelf, room.bottom(), pitch));
  if (sunk.count > 0)
    draw_sunk(d, sunk, shelf_box(d, {nullptr, 1, d.l.disk_slots() - 1, 0}, room.bottom(), pitch));
}

}  // namespace

void draw_disk(const ShipDraw& d) {
  if (d.l.hardware_folded) return;
  const Theme& t = d.t();
  const Rect room = d.l.room(Column::Mount);
  d.b.rect({room.x - 2, room.y - 1, room.w + 4, room.h + 2}, 6, {t.inset, {t.line2, 1.2, {}}});
  draw_host_files(d, room);
  for (const Top& top : d.model.hardware.tops) draw_top(d, top, room);
  draw_layers(d, room);
}

}  // namespace cutaway::viz

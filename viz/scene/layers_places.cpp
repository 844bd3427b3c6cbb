#include "viz/scene/layers_places.h"

#include <algorithm>

#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

constexpr double kMargin = 8;
constexpr double kCostsW = 240;
constexpr double kCostsFrom = 960;  // of a picture so wide, the sums take a part
constexpr double kLayerColumnLeast = 200;
constexpr double kLayerColumnMost = 380;
constexpr double kCardMost = 200;
constexpr double kProcessesH = 138;
constexpr double kMountsH = 58;
constexpr double kLayerTopH = 26;
constexpr double kDiskFoot = 34;
constexpr double kShelfLeast = 30;
constexpr double kFileRoom = 44;  // more, where a file lies in it
constexpr double kShelfMost = 70;

void place_decks(LayersPlaces& p, const Rect& area) {
  const Rect box = area.inset(kMargin);
  p.gutter = box.w > 760 ? measure::kGutter + 8 : 0;
  const double costs = box.w >= kCostsFrom ? kCostsW + 16 : 0;
  p.hull = {box.x + p.gutter, box.y, box.w - p.gutter - costs, box.h};
  p.costs = {p.hull.right() + 16, box.y, std::max(costs - 16, 0.0), box.h};
  const double wall = measure::kWall, floor = measure::kFloor;
  const double x = p.hull.x + wall, w = p.hull.w - 2 * wall;
  double y = p.hull.y + wall;
  p.processes = {x, y, w, kProcessesH};
  y = p.processes.bottom() + floor;
  p.mounts = {x, y, w, kMountsH};
  y = p.mounts.bottom() + floor;
  p.disk = {x, y, w, p.hull.bottom() - wall - y};
}

/// As many as have room: who acts, then in their order.
std::vector<const LayersColumn*> seen_columns(const Layers& layers, std::size_t room) {
  std::vector<const LayersColumn*> seen;
  for (const LayersColumn& column : layers.columns) seen.push_back(&column);
  while (seen.size() > room) {
    const auto last = std::find_if(seen.rbegin(), seen.rend(),
                                   [](const LayersColumn* column) { return !column->acts; });
    seen.erase(last == seen.rend() ? seen.end() - 1 : std::next(last).base());
  }
  return seen;
}

void place_columns(LayersPlaces& p, const Layers& layers) {
  const auto room = static_cast<std::size_t>(std::max(1.0, p.disk.w / kLayerColumnLeast));
  const auto seen = seen_columns(layers, room);
  p.more = layers.columns.size() - seen.size();
  const double count = static_cast<double>(std::max<std::size_t>(seen.size(), 1));
  const double w = std::min(p.disk.w / count, kLayerColumnMost);
  double x = p.disk.x + (p.disk.w - w * static_cast<double>(seen.size())) / 2;
  for (const LayersColumn* column : seen) {
    LayersColumnPlace place;
    place.column = column;
    place.outline = {x + 6, p.processes.y + 8, w - 12, p.processes.h - 16};
    const double card = std::min(w - 28, kCardMost);
    place.card = {x + w / 2 - card / 2, place.outline.y + 42, card, place.outline.h - 52};
    place.mount = {x + 6, p.mounts.y + 8, w - 12, p.mounts.h - 16};
    place.top = {x + 6, p.disk.y + 8, w - 12, kLayerTopH};
    place.wire_x = x + w / 2;
    p.slots.push_back(place.top);
    p.columns.push_back(place);
    x += w;
  }
}

/// While nobody stands on them the layers lie beside one another.
void lay_out_layers(LayersPlaces& p, const Layers& layers) {
  const double count = static_cast<double>(std::max<std::size_t>(layers.bricks.size(), 1));
  const double w = std::min(p.disk.w / count, kLayerColumnMost);
  double x = p.disk.x + (p.disk.w - w * static_cast<double>(layers.bricks.size())) / 2;
  for (const LayersBrick& brick : layers.bricks) {
    const int at = static_cast<int>(p.slots.size());
    p.slots.push_back({x + 6, p.disk.y + 8, w - 12, kLayerTopH});
    p.bricks.push_back({&brick, at, at, 0, {}});
    x += w;
  }
}

bool crosses(const LayersBrickPlace& one, const LayersBrickPlace& other) {
  return one.level == other.level && one.from <= other.to && other.from <= one.to;
}

/// Lowest first; what would cover another layer goes a shelf higher.
void stack_bricks(LayersPlaces& p, const Layers& layers) {
  std::vector<std::size_t> order(layers.bricks.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return layers.bricks[a].level < layers.bricks[b].level;
  });
  for (const std::size_t index : order) {
    LayersBrickPlace place = {&layers.bricks[index],
                              static_cast<int>(p.columns.size()),
                              -1,
                              layers.bricks[index].level,
                              {}};
    for (int i = 0; i < static_cast<int>(p.columns.size()); ++i) {
      const auto& stands_on = p.columns[static_cast<std::size_t>(i)].column->bricks;
      if (std::find(stands_on.begin(), stands_on.end(), index) == stands_on.end()) continue;
      place.from = std::min(place.from, i);
      place.to = std::max(place.to, i);
    }
    if (place.to < 0) {
      ++p.unused;
      continue;
    }
    const auto taken = [&](const LayersBrickPlace& other) { return crosses(place, other); };
    while (std::any_of(p.bricks.begin(), p.bricks.end(), taken)) ++place.level;
    p.bricks.push_back(place);
  }
}

/// Each level is as high as its highest shelf needs; what is left they share.
void place_bricks(LayersPlaces& p) {
  int levels = 0;
  for (const LayersBrickPlace& each : p.bricks) levels = std::max(levels, each.level + 1);
  std::vector<double> heights(static_cast<std::size_t>(levels), kShelfLeast);
  for (const LayersBrickPlace& each : p.bricks) {
    if (each.brick->asked) heights[static_cast<std::size_t>(each.level)] = kShelfLeast + kFileRoom;
  }
  const double top = p.disk.y + 8 + kLayerTopH + 22, bottom = p.disk.bottom() - kDiskFoot;
  double missing = bottom - top;
  for (const double h : heights) missing -= h + 5;
  p.fits = missing >= 0;
  const double more = levels == 0 ? 0 : std::max(missing, 0.0) / levels;
  for (double& h : heights) h += std::min(more, kShelfMost);
  for (LayersBrickPlace& each : p.bricks) {
    double y = bottom;
    for (int level = 0; level <= each.level; ++level)
      y -= heights[static_cast<std::size_t>(level)] + 5;
    const Rect& first = p.slots[static_cast<std::size_t>(each.from)];
    const Rect& last = p.slots[static_cast<std::size_t>(each.to)];
    each.box = {first.x, y + 5, last.right() - first.x,
                heights[static_cast<std::size_t>(each.level)]};
  }
}

}  // namespace

LayersPlaces layers_places(const Layers& layers, const Rect& area) {
  LayersPlaces p;
  place_decks(p, area);
  place_columns(p, layers);
  if (p.columns.empty())
    lay_out_layers(p, layers);
  else
    stack_bricks(p, layers);
  place_bricks(p);
  p.fits =
      p.fits && p.hull.w >= kLayerColumnLeast + 2 * measure::kWall && p.disk.h > 2 * kLayerTopH;
  return p;
}

}  // namespace cutaway::viz

// Where the parts of the layers' picture stand: decks, columns, and each layer's shelf on the disk.
// Private to viz/scene.
#pragma once

#include <vector>

#include "viz/scene/geometry.h"
#include "viz/scene/layers_model.h"

namespace cutaway::viz {

struct LayersColumnPlace {
  const LayersColumn* column = nullptr;
  Rect outline, card, mount, top;
  double wire_x = 0;  // where the way down passes
};

struct LayersBrickPlace {
  const LayersBrick* brick = nullptr;
  int from = 0, to = 0;  // columns
  int level = 0;
  Rect box;
};

struct LayersPlaces {
  Rect hull, processes, mounts, disk, costs;
  double gutter = 0;
  std::vector<LayersColumnPlace> columns;
  std::vector<Rect> slots;               // the places of the disk, beside one another
  std::vector<LayersBrickPlace> bricks;  // those that somebody stands on
  std::size_t more = 0;                  // containers without a column
  std::size_t unused = 0;                // layers that nobody stands on
  bool fits = false;                     // else the picture is a list of words
};

[[nodiscard]] LayersPlaces layers_places(const Layers& layers, const Rect& area);

}  // namespace cutaway::viz

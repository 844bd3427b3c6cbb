// Scene: the picture as pure data. What is drawn, in order, with the ids of what it stands for; no
// ImGui, no files. Made by SceneBuilder (ship_scene, caption_scene); drawn by viz/draw, written by
// viz/export, compared as text by tests.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/marks.h"

namespace cutaway::viz {

// The room that something occupies which must not be covered: words, a numbered balloon, a bead.
struct LabelBox {
  enum class Kind { Words, Balloon, Bead };
  Rect box;
  std::string text;
  Kind kind = Kind::Words;
};

// Where a pointer meets the thing `id`. Later areas lie above earlier ones.
struct HitArea {
  std::string id;
  Rect box;
};

// A label that had to be shortened: the whole of it is for the tooltip and the text twin.
struct CutLabel {
  std::string id;
  std::string whole;
  std::string shown;
  Rect box = {};  // of what is shown; empty: it was left out, whoever points at `id` is told
};

struct Scene {
  Rect area;
  Color ground;
  std::vector<Mark> marks;
  std::vector<LabelBox> labels;
  std::vector<Rect> travelled;  // stretches of travelled wires: no words may lie on them
  std::vector<HitArea> hits;
  std::vector<CutLabel> cuts;

  // Id of the topmost thing under the pointer; empty: nothing.
  [[nodiscard]] std::string_view hit(Point at) const;
  [[nodiscard]] const HitArea* find_hit(std::string_view id) const;
  // The whole words of what was cut there: of the label under the pointer, else of the thing;
  // empty: nothing was.
  [[nodiscard]] std::string whole_at(Point at) const;
};

// One line for each collision: two labels, or a travelled wire through words. A picture must have
// none.
[[nodiscard]] std::vector<std::string> overlaps(const Scene& scene);
// Labels that reach over the edge of the scene's area.
[[nodiscard]] std::vector<std::string> labels_outside(const Scene& scene);

// The scene as text, for golden tests: one mark a line, numbers rounded to half a pixel.
[[nodiscard]] std::string to_text(const Scene& scene);
// Only its words, in drawing order.
[[nodiscard]] std::string words_of(const Scene& scene);

// Appends `other` on top of `scene`.
void append(Scene& scene, Scene other);

}  // namespace cutaway::viz

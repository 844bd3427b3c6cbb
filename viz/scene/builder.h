// SceneBuilder: writes marks into a Scene. Knows the theme and how wide words are; keeps whose
// marks they are, group opacity and a transform. The compound signs of the picture (meter, tag,
// bead …) stand in signs.h.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "viz/scene/scene.h"
#include "viz/theme/measures.h"
#include "viz/theme/theme.h"

namespace cutaway::viz {

enum class Anchor { Start, Middle, End };

struct TextStyle {
  double size = type::kMedium;
  Color color = {};  // none: the theme's text
  bool mono = false;
  bool bold = false;
  Anchor anchor = Anchor::Start;
  double width_max = 0;         // 0: as wide as it is; less than nothing: there is no room for it
  bool label = true;            // takes part in the collision check
  bool afar = false;            // is read from afar, too
  std::string_view whole = {};  // what is told of it when the words are cut, or stand for more

  [[nodiscard]] FontStyle font() const { return {size, mono, bold}; }
};

struct PathStyle {
  double bend = 0;
  double arrow = 0;        // length of the arrow head at the end; 0: none
  bool travelled = false;  // no words may lie on it
};

class SceneBuilder {
 public:
  SceneBuilder(const Theme& theme, const FontMetrics& metrics, const Rect& area);

  [[nodiscard]] const Theme& theme() const { return theme_; }
  [[nodiscard]] const FontMetrics& metrics() const { return metrics_; }
  [[nodiscard]] double width(std::string_view text, const TextStyle& style) const;

  void rect(const Rect& box, double radius, const Paint& paint);
  void line(Point from, Point to, const Stroke& stroke);
  void path(std::vector<Point> points, const Stroke& stroke, const PathStyle& style = {});
  void shape(std::vector<Corner> corners, const Paint& paint);
  void pattern(std::vector<Corner> corners, Pattern pattern, Color color, Point origin = {});
  void circle(Point at, double radius, const Paint& paint);
  void arc(Point at, double radius, double from, double to, const Stroke& stroke);
  void glow(Point at, double radius, Color color);
  // `at`: baseline, at the side that the anchor names. Returns the x where the text ends.
  double text(Point at, std::string_view words, const TextStyle& style);
  // What was shortened elsewhere, or left out: the tooltip has the whole.
  void note_cut(std::string_view whole, std::string_view shown, const Rect& box = {});

  // Keeps words off a place that holds something else than words.
  void reserve(const Rect& box, std::string what, LabelBox::Kind kind);
  void hit(std::string id, const Rect& box);

  // Marks until the end of the scope belong to `id`, are faded, or are moved and scaled.
  class Scope;
  [[nodiscard]] Scope as(std::string id);
  [[nodiscard]] Scope faded(double opacity);
  [[nodiscard]] Scope moved(double scale, Point by);
  // Seen from afar: only words that are marked so are drawn, and those at their own size, however
  // small the rest is.
  [[nodiscard]] Scope from_afar();
  // How much larger than its surroundings such a word is; 1 when we are not afar.
  [[nodiscard]] double words_scale() const { return state_.afar ? 1 / state_.scale : 1; }

  /// Does nothing with words, no number and no bead lie there yet, and is it in the picture?
  [[nodiscard]] bool is_free(const Rect& box) const;
  [[nodiscard]] Scene take() { return std::move(scene_); }

 private:
  struct State {
    std::string id;
    double opacity = 1;
    double scale = 1;
    Point by;
    bool afar = false;
  };

  [[nodiscard]] Point placed(Point p) const;
  [[nodiscard]] Rect placed(const Rect& box) const;
  [[nodiscard]] std::vector<Corner> placed(std::vector<Corner> corners) const;
  [[nodiscard]] Color seen(Color color) const { return color.faded(state_.opacity); }
  [[nodiscard]] Stroke seen(Stroke stroke) const;
  [[nodiscard]] Paint seen(const Paint& paint) const {
    return {seen(paint.fill), seen(paint.stroke)};
  }
  void add(Shape shape) { scene_.marks.push_back({state_.id, std::move(shape)}); }

  const Theme& theme_;
  const FontMetrics& metrics_;
  Scene scene_;
  State state_;
};

class [[nodiscard]] SceneBuilder::Scope {
 public:
  Scope(SceneBuilder& builder, State before) : builder_(builder), before_(std::move(before)) {}
  ~Scope() { builder_.state_ = std::move(before_); }
  Scope(const Scope&) = delete;
  Scope& operator=(const Scope&) = delete;

 private:
  SceneBuilder& builder_;
  State before_;
};

// The four corners of a rectangle, each with its own radius, clockwise from the top left.
[[nodiscard]] std::vector<Corner> corners_of(const Rect& box, double top_left, double top_right,
                                             double bottom_right, double bottom_left);
[[nodiscard]] std::vector<Corner> corners_of(const Rect& box, double radius = 0);

}  // namespace cutaway::viz

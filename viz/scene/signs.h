// The compound signs of the picture: each means one thing, everywhere it is drawn.
#pragma once

#include <string>
#include <vector>

#include "viz/scene/builder.h"

namespace cutaway::viz {

// A container's mark: letter on its colour, then a band of its pattern. The host's is a plain grey
// square. Returns the x where it ends.
struct TagSize {
  double letter = 15;
  double height = 0;  // 0: as wide as the letter's field
  double band = 8;
};
double tag(SceneBuilder& b, Point at, int slot, const TagSize& size = {});
[[nodiscard]] double tag_width(int slot, const TagSize& size = {});
// Where there is no room for it: the letter alone, or where not even that fits the pattern.
void narrow_tag(SceneBuilder& b, const Rect& box, int slot);

// Used is the fill. A limit is a lid that closes the end; without one the end is open, and the fill
// is the share of the machine.
struct Meter {
  double used = 0;  // 0 … 1, of the limit or of the machine
  bool limited = false;
  bool full = false;  // the limit bites
  double peak = 0;    // of the last seconds; 0: not shown
  double height = 10;
  Color color = {};
};
void meter(SceneBuilder& b, Point left_middle, double width, const Meter& meter);

// What was lost: both edges torn, nothing between.
void tear(SceneBuilder& b, const Rect& box, Color ground, Color edge);

enum class BeadKind { Call, Answer, Refusal, Signal };
struct Bead {
  BeadKind kind = BeadKind::Call;
  Color color = {};
  double glow = 0;  // 0 … 1
};
void bead(SceneBuilder& b, Point at, const Bead& bead);

// A numbered station on a path: filled once the packet has been there.
void balloon(SceneBuilder& b, Point at, int number, bool done);

enum class Verdict { None, Ok, Bad };
void check_mark(SceneBuilder& b, Point at, double scale, const Stroke& stroke);
void cross_mark(SceneBuilder& b, Point at, double half, const Stroke& stroke);

// The label of a packet. It docks at the gate and stays; the bead moves.
struct Flag {
  std::string text = {};
  Color color = {};
  bool solid = true;
  Verdict verdict = Verdict::None;
  double size = type::kMedium;
};
inline constexpr double kFlagHeight = 28;
[[nodiscard]] TextStyle flag_text(const Flag& flag);
[[nodiscard]] double flag_width(const SceneBuilder& b, const Flag& flag);
void flag(SceneBuilder& b, Point left_middle, const Flag& flag);

// The way of a packet: travelled up to `travelled` (a length along the way), the rest still ahead.
struct Wire {
  std::vector<Point> points = {};
  Color color = {};
  double width = measure::kTravelled;
  double travelled = 1e9;
};
void wire(SceneBuilder& b, const Wire& wire);
[[nodiscard]] double length_of(const std::vector<Point>& points);
[[nodiscard]] Point point_along(const std::vector<Point>& points, double distance);
// Distance along the way of the corner nearest to `p`.
[[nodiscard]] double distance_to(const std::vector<Point>& points, Point p);

// A layer: filled by the share that is here, dashed until it is whole. In nobody's colour.
struct Brick {
  std::string label = {};
  std::string figure = {};
  double fraction = 1;
  bool active = false;
};
void brick(SceneBuilder& b, const Rect& box, const Brick& brick);

// A descriptor of a task.
void plug(SceneBuilder& b, Point middle, int number, Color color, bool on);

}  // namespace cutaway::viz

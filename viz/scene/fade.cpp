#include "viz/scene/fade.h"

namespace cutaway::viz {
namespace {

struct Fader {
  double opacity;

  void operator()(RectMark& mark) const { paint(mark.paint); }
  void operator()(PathMark& mark) const { color(mark.stroke.color); }
  void operator()(ShapeMark& mark) const { paint(mark.paint); }
  void operator()(PatternMark& mark) const { color(mark.color); }
  void operator()(CircleMark& mark) const { paint(mark.paint); }
  void operator()(ArcMark& mark) const { color(mark.stroke.color); }
  void operator()(GlowMark& mark) const { color(mark.color); }
  void operator()(TextMark& mark) const { color(mark.color); }

 private:
  void color(Color& c) const { c = c.faded(opacity); }
  void paint(Paint& p) const {
    color(p.fill);
    color(p.stroke.color);
  }
};

}  // namespace

void fade(Scene& scene, std::string_view id, double opacity) {
  if (opacity >= 1) return;
  for (Mark& mark : scene.marks) {
    if (mark.id == id) std::visit(Fader{opacity}, mark.shape);
  }
}

}  // namespace cutaway::viz

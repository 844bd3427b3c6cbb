// Can it be read, and told apart? Contrast of every word on what it really stands on, the distance
// of colours for three kinds of colour vision, and colour that is never alone.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>

#include "tests/viz/metrics.h"
#include "tests/viz/specimens.h"
#include "viz/scene/caption.h"
#include "viz/scene/ship.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {
namespace {

// ---- Contrast

Color over(Color top, Color below) {
  const double a = top.a / 255.0;
  const auto channel = [a](std::uint8_t t, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround(t * a + b * (1 - a)));
  };
  return {channel(top.r, below.r), channel(top.g, below.g), channel(top.b, below.b), 255};
}

bool inside(const std::vector<Corner>& corners, Point p) {
  bool in = false;
  for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
    const Corner& a = corners[i];
    const Corner& b = corners[j];
    if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) in = !in;
  }
  return in;
}

// What a shape lays over this point; nothing where it is not, or has no fill. A pattern's ink
// covers a part of its ground only: words on it are held to the ground and to the ink.
struct FillAt {
  Point p;
  std::optional<Color> operator()(const RectMark& m) const {
    return m.box.contains(p) ? std::optional(m.paint.fill) : std::nullopt;
  }
  std::optional<Color> operator()(const ShapeMark& m) const {
    return inside(m.corners, p) ? std::optional(m.paint.fill) : std::nullopt;
  }
  std::optional<Color> operator()(const CircleMark& m) const {
    const bool in = std::hypot(p.x - m.at.x, p.y - m.at.y) <= m.radius;
    return in ? std::optional(m.paint.fill) : std::nullopt;
  }
  template <class Other>
  std::optional<Color> operator()(const Other&) const {
    return std::nullopt;
  }
};

Color ground_of(const Scene& scene, std::size_t text) {
  const auto& mark = std::get<TextMark>(scene.marks[text].shape);
  const Point middle = {mark.at.x + mark.width / 2, mark.at.y - mark.font.size * 0.36};
  Color ground = scene.ground;
  for (std::size_t i = 0; i < text; ++i) {
    const auto fill = std::visit(FillAt{middle}, scene.marks[i].shape);
    if (fill && fill->visible()) ground = over(*fill, ground);
  }
  return ground;
}

// As WCAG 2.1 asks for (AA): 4.5, for large words 3.
double least_contrast(const FontStyle& font) {
  return font.size >= 24 || (font.bold && font.size >= 18.66) ? 3 : 4.5;
}

std::vector<Specimen> pictures() {
  return {run_echo_specimen(),  hello_specimen(),     hub_specimen(),    refused_specimen(),
          hardware_specimen(),  host_specimen(),      signal_specimen(), crowd_specimen(3, 2),
          crowd_specimen(8, 3), crowd_specimen(12, 1)};
}

class InTheme : public testing::TestWithParam<const Theme*> {};

TEST_P(InTheme, EveryWordCanBeReadOnWhatItStandsOn) {
  const SceneStyle style = {*GetParam(), kMetrics};
  std::set<std::string> told;
  for (const Specimen& s : pictures()) {
    for (const Scene& scene : {ship_scene(s.model, style, {276, 42, 1040, 630}),
                               caption_scene(s.caption, style, {284, 670, 1028, 106})}) {
      for (std::size_t i = 0; i < scene.marks.size(); ++i) {
        const auto* text = std::get_if<TextMark>(&scene.marks[i].shape);
        if (text == nullptr) continue;
        const Color ground = ground_of(scene, i);
        const double found = contrast(over(text->color, ground), ground);
        if (found >= least_contrast(text->font) || !told.insert(text->text).second) continue;
        ADD_FAILURE() << scene.marks[i].id << " '" << text->text << "': " << found;
      }
    }
  }
}

TEST_P(InTheme, LinesOfContainersStandOut) {
  const Theme& t = *GetParam();
  for (const Color color : t.container) {
    for (const Color deck : t.deck) EXPECT_GE(contrast(color, deck), 3.9);
  }
}

// ---- Colour vision

using Matrix = std::array<double, 9>;
// Machado, Oliveira, Fernandes: A Physiologically-based Model for Simulation of Color Vision
// Deficiency (2009), severity 1, on linear RGB. The first is the usual eye.
constexpr std::array<Matrix, 4> kEyes = {
    {{1, 0, 0, 0, 1, 0, 0, 0, 1},
     {0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998},
     {0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881},
     {1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
      0.303900}}};

using Three = std::array<double, 3>;

double linear(std::uint8_t channel) {
  const double v = channel / 255.0;
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

Three seen_by(const Matrix& eye, Color c) {
  const Three rgb = {linear(c.r), linear(c.g), linear(c.b)};
  Three seen = {};
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t i = 0; i < 3; ++i) seen[row] += eye[row * 3 + i] * rgb[i];
    seen[row] = std::clamp(seen[row], 0.0, 1.0);
  }
  return seen;
}

Three oklab(const Three& c) {
  const double l = std::cbrt(0.4122214708 * c[0] + 0.5363325363 * c[1] + 0.0514459929 * c[2]);
  const double m = std::cbrt(0.2119034982 * c[0] + 0.6806995451 * c[1] + 0.1073969566 * c[2]);
  const double s = std::cbrt(0.0883024619 * c[0] + 0.2817188376 * c[1] + 0.6299787005 * c[2]);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

// The least distance of any two, to any of the four eyes.
double least_distance(const std::vector<Color>& colors) {
  double least = 1;
  for (const Matrix& eye : kEyes) {
    for (std::size_t i = 0; i < colors.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Three a = oklab(seen_by(eye, colors[i]));
        const Three b = oklab(seen_by(eye, colors[j]));
        least = std::min(least, std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]));
      }
    }
  }
  return least;
}

TEST_P(InTheme, ContainersAreToldApartByEveryEye) {
  const Theme& t = *GetParam();
  const std::vector<Color> all(t.container.begin(), t.container.end());
  const std::vector<Color> four(all.begin(), all.begin() + 4);
  EXPECT_GE(least_distance(four), t.dark ? 0.119 : 0.144);
  // On paper 6 and 8 are near: pattern and letter decide.
  EXPECT_GE(least_distance(all), t.dark ? 0.090 : 0.059);
}

// Each comes with a sign of its own (check, cross, lid, gap). On paper "bad" and "limit" are all
// but the same to a green-blind eye (0.021): there the signs alone decide.
TEST_P(InTheme, MeaningsAreToldApartByEveryEye) {
  const Theme& t = *GetParam();
  const double least = t.dark ? 0.085 : t.name == "light" ? 0.021 : 0.08;
  EXPECT_GE(least_distance({t.ok, t.bad, t.limit, t.lost}), least);
}

INSTANTIATE_TEST_SUITE_P(Themes, InTheme, testing::Values(&kDark, &kLight, &kProjector),
                         [](const auto& theme) { return std::string(theme.param->name); });

TEST(Projector, HasMoreContrastAndThickerLinesThanPaper) {
  EXPECT_GT(kProjector.thick, kLight.thick);
  for (std::size_t i = 0; i < kLight.deck.size(); ++i) {
    EXPECT_GT(contrast(kProjector.text3, kProjector.deck[i]),
              contrast(kLight.text3, kLight.deck[i]));
    EXPECT_GT(contrast(kProjector.edge, kProjector.deck[i]), contrast(kLight.edge, kLight.deck[i]));
  }
}

// ---- Colour is never alone

bool carries_sign(const Scene& scene, const std::string& id, int slot) {
  for (const Mark& mark : scene.marks) {
    if (mark.id != id) continue;
    if (const auto* p = std::get_if<PatternMark>(&mark.shape);
        p && p->pattern == slot_pattern(slot))
      return true;
    if (const auto* t = std::get_if<TextMark>(&mark.shape); t && t->text == slot_letter(slot))
      return true;
  }
  return false;
}

bool is_color(Color one, Color other) {
  return one.visible() && one.r == other.r && one.g == other.g && one.b == other.b;
}

struct HasColor {
  Color color;
  bool operator()(const RectMark& m) const {
    return is_color(m.paint.fill, color) || is_color(m.paint.stroke.color, color);
  }
  bool operator()(const ShapeMark& m) const { return is_color(m.paint.fill, color); }
  bool operator()(const PathMark& m) const { return is_color(m.stroke.color, color); }
  template <class Other>
  bool operator()(const Other&) const {
    return false;
  }
};

// Is anything of this thing drawn in the container's colour? What became part of a count is not.
bool is_coloured(const Scene& scene, const std::string& id, Color color) {
  return std::any_of(scene.marks.begin(), scene.marks.end(), [&](const Mark& mark) {
    return mark.id == id && std::visit(HasColor{color}, mark.shape);
  });
}

// Outline, row, tables, top, memory: wherever a container is drawn at all, its letter or pattern
// is. (Its nodes stand on its row, which begins with its tag.)
TEST(Sign, EveryMarkOfAContainerCarriesPatternOrLetter) {
  for (const int count : {1, 3, 5, 8, 11}) {
    const Specimen s = crowd_specimen(count, 1);
    const Scene scene = ship_scene(s.model, {kDark, kMetrics}, {8, 42, 1580, 630});
    for (const Container& c : s.model.containers) {
      const std::string name = c.actor.name;
      int found = 0;
      for (const std::string& id :
           {"container:" + name, "row:" + name, "top:" + name, "slice:" + name}) {
        if (!is_coloured(scene, id, slot_color(kDark, c.actor.slot))) continue;
        EXPECT_TRUE(carries_sign(scene, id, c.actor.slot)) << count << ": " << id;
        ++found;
      }
      EXPECT_GE(found, 2) << count << ": " << name;
    }
  }
}

// Whatever is filled with a container's colour and wide enough for a sign has one.
TEST(Sign, NoLaneOfACpuIsColourAlone) {
  Specimen s = crowd_specimen(2, 1);
  s.model.hardware.cpus = {{{0, 0.08, 0, false}, {0.2, 0.6, 1, false}, {0.7, 0.85, 0, false}}};
  const Scene scene = ship_scene(s.model, {kDark, kMetrics}, {276, 42, 1040, 630});
  int patterns = 0;
  int letters = 0;
  for (const Mark& mark : scene.marks) {
    if (mark.id != "cpu:0") continue;
    patterns += std::holds_alternative<PatternMark>(mark.shape) ? 1 : 0;
    const auto* text = std::get_if<TextMark>(&mark.shape);
    letters += text != nullptr && text->text.size() == 1 ? 1 : 0;
  }
  EXPECT_EQ(patterns, 3) << "a narrow one has the pattern alone, a wide one both";
  EXPECT_EQ(letters, 1);
}

}  // namespace
}  // namespace cutaway::viz

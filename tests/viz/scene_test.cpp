// Builder and scene: transform, opacity, ids, hits; and that a collision is found when there is
// one.
#include "viz/scene/scene.h"

#include <gtest/gtest.h>

#include "tests/viz/metrics.h"
#include "viz/scene/signs.h"
#include "viz/scene/text_wrap.h"

namespace cutaway::viz {
namespace {

SceneBuilder builder() { return SceneBuilder(kDark, kMetrics, {0, 0, 400, 300}); }

template <typename T>
const T& mark(const Scene& scene, std::size_t i) {
  return std::get<T>(scene.marks.at(i).shape);
}

TEST(Builder, TransformsNestAndEnd) {
  SceneBuilder b = builder();
  {
    const auto outer = b.moved(2, {10, 0});
    const auto inner = b.moved(1, {5, 5});
    b.rect({1, 1, 10, 10}, 3, {kDark.text, {}});
  }
  b.rect({1, 1, 10, 10}, 3, {kDark.text, {}});
  const Scene scene = b.take();
  EXPECT_EQ(mark<RectMark>(scene, 0).box, (Rect{22, 12, 20, 20}));
  EXPECT_EQ(mark<RectMark>(scene, 0).radius, 6);
  EXPECT_EQ(mark<RectMark>(scene, 1).box, (Rect{1, 1, 10, 10}));
}

TEST(Builder, OpacityMultipliesAndEnds) {
  SceneBuilder b = builder();
  {
    const auto outer = b.faded(0.5);
    const auto inner = b.faded(0.5);
    b.circle({5, 5}, 2, {kDark.text, {}});
  }
  b.circle({5, 5}, 2, {kDark.text, {}});
  const Scene scene = b.take();
  EXPECT_EQ(mark<CircleMark>(scene, 0).paint.fill.a, 64);
  EXPECT_EQ(mark<CircleMark>(scene, 1).paint.fill.a, 255);
}

TEST(Builder, MarksCarryTheIdOfWhatTheyStandFor) {
  SceneBuilder b = builder();
  {
    const auto id = b.as("task:4711");
    b.line({0, 0}, {5, 5}, {kDark.text, 1, {}});
  }
  b.line({0, 0}, {5, 5}, {kDark.text, 1, {}});
  const Scene scene = b.take();
  EXPECT_EQ(scene.marks[0].id, "task:4711");
  EXPECT_EQ(scene.marks[1].id, "");
}

TEST(Builder, TextStandsWhereItsAnchorSays) {
  SceneBuilder b = builder();
  const double w = b.width("4711", {.size = 13, .mono = true});
  b.text({100, 20}, "4711", {.size = 13, .mono = true, .anchor = Anchor::End});
  b.text({100, 40}, "4711", {.size = 13, .mono = true, .anchor = Anchor::Middle});
  const Scene scene = b.take();
  EXPECT_DOUBLE_EQ(mark<TextMark>(scene, 0).at.x, 100 - w);
  EXPECT_DOUBLE_EQ(mark<TextMark>(scene, 1).at.x, 100 - w / 2);
}

TEST(Builder, RemembersWhatItCut) {
  SceneBuilder b = builder();
  const auto id = b.as("task:1");
  b.text({0, 20}, "containerd-shim", {.size = 13, .mono = true, .width_max = 80});
  const Scene scene = b.take();
  ASSERT_EQ(scene.cuts.size(), 1U);
  EXPECT_EQ(scene.cuts[0].id, "task:1");
  EXPECT_EQ(scene.cuts[0].whole, "containerd-shim");
}

TEST(Builder, WhoPointsAtWhatWasCutIsToldAllOfIt) {
  SceneBuilder b = builder();
  {
    const auto id = b.as("task:1");
    b.text({0, 20}, "containerd-shim", {.size = 13, .mono = true, .width_max = 80});
    b.text({0, 40}, "… 2 more", {.size = 13, .whole = "one\nother"});
    b.note_cut("a line that found no room", "");
    b.hit("task:1", {0, 60, 100, 20});
  }
  b.text({0, 100}, "whole", {.size = 13, .width_max = 80, .whole = "whole"});
  const Scene scene = b.take();
  EXPECT_EQ(scene.whole_at({10, 18}), "containerd-shim");
  EXPECT_EQ(scene.whole_at({10, 38}), "one\nother");
  EXPECT_NE(scene.whole_at({10, 70}).find("a line that found no room"), std::string::npos);
  EXPECT_EQ(scene.whole_at({10, 98}), "");
  EXPECT_EQ(scene.whole_at({150, 18}), "");
}

TEST(Overlaps, FindsTwoLabelsOnTheSamePlace) {
  SceneBuilder b = builder();
  b.text({10, 50}, "one", {});
  b.text({20, 54}, "other", {});
  EXPECT_EQ(overlaps(b.take()).size(), 1U);
}

TEST(Overlaps, FindsAWireThroughWords) {
  SceneBuilder b = builder();
  b.text({10, 50}, "words", {});
  wire(b, {{{30, 0}, {30, 100}}, kDark.text});
  EXPECT_EQ(overlaps(b.take()).size(), 1U);
}

TEST(Overlaps, LetsAWireRunUnderABalloon) {
  SceneBuilder b = builder();
  wire(b, {{{30, 0}, {30, 100}}, kDark.text});
  balloon(b, {30, 50}, 1, true);
  EXPECT_TRUE(overlaps(b.take()).empty());
}

TEST(Outside, FindsALabelOverTheEdge) {
  SceneBuilder b = builder();
  b.text({380, 50}, "too long for here", {});
  EXPECT_EQ(labels_outside(b.take()).size(), 1U);
}

TEST(Hit, GivesTheTopmost) {
  SceneBuilder b = builder();
  b.hit("container:web", {0, 0, 100, 100});
  b.hit("task:1", {10, 10, 20, 20});
  const Scene scene = b.take();
  EXPECT_EQ(scene.hit({15, 15}), "task:1");
  EXPECT_EQ(scene.hit({50, 50}), "container:web");
  EXPECT_EQ(scene.hit({150, 50}), "");
}

TEST(Wire, IsSolidAsFarAsItWasTravelled) {
  SceneBuilder b = builder();
  wire(b, {{{0, 10}, {100, 10}, {100, 60}}, kDark.text, 3, 120});
  const Scene scene = b.take();
  ASSERT_EQ(scene.marks.size(), 3U);  // ahead, halo, travelled
  EXPECT_GT(mark<PathMark>(scene, 0).stroke.dash.off, 0);
  EXPECT_EQ(mark<PathMark>(scene, 0).points.front(), (Point{100, 30}));
  EXPECT_EQ(mark<PathMark>(scene, 2).points.back(), (Point{100, 30}));
}

TEST(Wire, FindsPlacesAlongItsWay) {
  const std::vector<Point> way = {{0, 0}, {10, 0}, {10, 10}};
  EXPECT_EQ(length_of(way), 20);
  EXPECT_EQ(point_along(way, 15), (Point{10, 5}));
  EXPECT_EQ(point_along(way, 99), (Point{10, 10}));
  EXPECT_EQ(distance_to(way, {12, 7}), 17);
}

TEST(Meter, HasALidOnlyWhereThereIsALimit) {
  SceneBuilder open = builder();
  meter(open, {0, 50}, 100, {.used = 0.5, .limited = false, .color = kDark.host});
  EXPECT_NE(words_of(open.take()).find("∞"), std::string::npos);
  SceneBuilder closed = builder();
  meter(closed, {0, 50}, 100, {.used = 0.5, .limited = true, .color = kDark.host});
  EXPECT_EQ(words_of(closed.take()), "");
}

TEST(Wrap, BreaksAtBlanksAndALongWordWhereTheLineEnds) {
  const auto lines = wrap_text(kMetrics, "one two incomprehensibilities x", {10, true, false}, 60);
  EXPECT_EQ(lines, (std::vector<std::string>{"one two", "incomprehe", "nsibi", "lities x"}))
      << "two halves rather than a lone letter";
  EXPECT_EQ(wrap_text(kMetrics, "größe", {10, true, false}, 3),
            (std::vector<std::string>{"g", "r", "ö", "ß", "e"}));
}

TEST(Wrap, LeavesNoLoneWordOnTheLastLine) {
  const auto lines = wrap_runs(kMetrics, {{"aaa bbb ccc ddd", 0}}, {{10, true, false}}, 70);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[1][0].text, "ccc ddd");
}

}  // namespace
}  // namespace cutaway::viz

// Lists of facts: values wrap, go under their keys, are cut or counted, by the room there is.
#include <gtest/gtest.h>

#include "tests/viz/metrics.h"
#include "viz/scene/fact_list.h"
#include "viz/scene/paragraph.h"
#include "viz/scene/sections.h"

namespace cutaway::viz {
namespace {

SceneBuilder fact_builder() { return SceneBuilder(kDark, kMetrics, {0, 0, 600, 400}); }

std::vector<Fact> facts() {
  return {{"program", "/usr/sbin/nginx", "", false},
          {"arguments", "nginx -g daemon off; -c /etc/nginx/nginx.conf", "fact:args", false},
          {"state", "sleeps", "", false}};
}

std::vector<std::string> texts(const Scene& scene) {
  std::vector<std::string> all;
  for (const Mark& mark : scene.marks) {
    if (const auto* text = std::get_if<TextMark>(&mark.shape)) all.push_back(text->text);
  }
  return all;
}

TEST(FactList, WrapsWhereThereIsRoom) {
  SceneBuilder b = fact_builder();
  const std::vector<Fact> list = facts();
  const FactList made(b, list, 260);
  EXPECT_GT(made.height(), 60) << "more than a line each";
  made.draw(b, {0, 0, 260, 200}, made.fitting(200));
  const Scene scene = b.take();
  EXPECT_TRUE(scene.cuts.empty());
  EXPECT_TRUE(overlaps(scene).empty());
  EXPECT_GT(texts(scene).size(), 6U);
}

TEST(FactList, CutsAndTellsWhereThereIsOneLineEach) {
  SceneBuilder b = fact_builder();
  const std::vector<Fact> list = facts();
  const FactList made(b, list, 260);
  made.draw(b, {0, 0, 260, 60}, made.fitting(60));
  const Scene scene = b.take();
  ASSERT_EQ(scene.cuts.size(), 1U);
  EXPECT_EQ(scene.cuts[0].whole, list[1].value);
  EXPECT_GT(scene.cuts[0].box.w, 0);
  EXPECT_EQ(scene.whole_at({scene.cuts[0].box.mid_x(), scene.cuts[0].box.mid_y()}), list[1].value);
}

TEST(FactList, CountsWhatFindsNoRoomAndTellsIt) {
  SceneBuilder b = fact_builder();
  const std::vector<Fact> list = facts();
  const FactList made(b, list, 260);
  const double end = made.draw(b, {0, 0, 260, 40}, made.fitting(40));
  EXPECT_LE(end, 40);
  const Scene scene = b.take();
  EXPECT_EQ(texts(scene).back(), "… 2 more");
  EXPECT_EQ(scene.cuts.back().whole, fact_words(list[1]) + "\n" + fact_words(list[2]));
}

TEST(FactList, ValuesGoUnderTheirKeysInANarrowColumn) {
  SceneBuilder b = fact_builder();
  const std::vector<Fact> list = {{"/sys/fs/cgroup", "cgroup2, read-only", "", false}};
  const FactList made(b, list, 160);
  made.draw(b, {0, 0, 160, 100}, made.fitting(100));
  const Scene scene = b.take();
  ASSERT_EQ(texts(scene).size(), 2U);
  EXPECT_GT(scene.labels[1].box.y, scene.labels[0].box.bottom() - 1);
  EXPECT_TRUE(scene.cuts.empty());
}

TEST(Paragraph, NothingOfALongPathIsLost) {
  SceneBuilder b = fact_builder();
  const std::string path = "/var/lib/docker/overlay2/8f2c/merged/etc/hosts";
  paragraph(b, {0, 20}, path, {.size = 13, .mono = true, .width_max = 120});
  const std::vector<std::string> lines = texts(b.take());
  std::string joined;
  for (const std::string& line : lines) joined += line;
  EXPECT_EQ(joined, path);
  EXPECT_EQ(lines.front(), "/var/lib/") << "rather after a sign than within a word";
}

TEST(Sections, FillColumnsInTheirOrderAndTellTheRest) {
  const std::vector<Section> sections = {
      {"First", "", facts()}, {"Second", "", facts()}, {"Third", "", facts()}};
  for (const double height : {400.0, 120.0, 60.0, 30.0, 18.0}) {
    SceneBuilder b = fact_builder();
    draw_sections(b, {0, 0, 500, height}, sections);
    const Scene scene = b.take();
    EXPECT_TRUE(overlaps(scene).empty()) << height;
    std::string told = words_of(scene);
    for (const CutLabel& cut : scene.cuts) told += cut.whole + "\n";
    for (const Section& section : sections)
      EXPECT_NE(told.find(section.title), std::string::npos) << height << ": " << section.title;
    for (const LabelBox& label : scene.labels) EXPECT_LE(label.box.bottom(), height) << label.text;
  }
}

}  // namespace
}  // namespace cutaway::viz

// The ship as text: goldens of the two pictures of the keel, and that nothing collides, at every
// size, in every state.
#include "viz/scene/ship.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/viz/golden.h"
#include "tests/viz/metrics.h"
#include "tests/viz/specimens.h"
#include "viz/scene/window_layout.h"

namespace cutaway::viz {
namespace {

const SceneStyle kStyle = {kDark, kMetrics};
constexpr Rect kArea = {276, 42, 1040, 630};

struct Window {
  double width;
  double height;
};
constexpr Window kWindows[] = {{1024, 768}, {1280, 720}, {1600, 900}, {1920, 1080}};

struct Named {
  std::string name;
  Specimen specimen;
};

std::vector<Named> every_specimen() {
  std::vector<Named> all = {{"run-echo", run_echo_specimen()}, {"hello", hello_specimen()},
                            {"hub", hub_specimen()},           {"refused", refused_specimen()},
                            {"hardware", hardware_specimen()}, {"host", host_specimen()},
                            {"signal", signal_specimen()},     {"mac", mac_specimen()}};
  for (const int containers : {0, 1, 2, 3, 4, 5, 8, 11, 12, 50}) {
    for (const int tasks : {0, 1, 2, 9}) {
      all.push_back({std::to_string(containers) + "x" + std::to_string(tasks),
                     crowd_specimen(containers, tasks)});
    }
  }
  return all;
}

void expect_tidy(const Scene& scene, const std::string& what) {
  for (const std::string& line : overlaps(scene)) ADD_FAILURE() << what << ": " << line;
  for (const std::string& line : labels_outside(scene)) ADD_FAILURE() << what << ": " << line;
  for (const Mark& mark : scene.marks) {
    const auto* text = std::get_if<TextMark>(&mark.shape);
    if (text == nullptr) continue;
    EXPECT_GE(text->font.size, 12) << what << ": " << text->text;
  }
}

TEST(Ship, RunEchoIsDrawnAsLookedAt) {
  expect_golden("viz/golden/01-run-echo.txt",
                to_text(ship_scene(run_echo_specimen().model, kStyle, kArea)));
}

TEST(Ship, HelloIsDrawnAsLookedAt) {
  const SceneStyle paper = {kLight, kMetrics};
  expect_golden("viz/golden/07-hello.txt",
                to_text(ship_scene(hello_specimen().model, paper, {8, 48, 1580, 594})));
}

TEST(Ship, NothingCollidesAtAnyWindowSize) {
  for (const Window& window : kWindows) {
    for (const bool panels : {true, false}) {
      for (const bool presenter : {true, false}) {
        const WindowLayout layout =
            window_layout(window.width, window.height, {panels, panels, presenter});
        for (const Named& named : every_specimen()) {
          const std::string what = named.name + " at " +
                                   std::to_string(static_cast<int>(window.width)) +
                                   (panels ? " with panels" : "") + (presenter ? " presented" : "");
          expect_tidy(ship_scene(named.specimen.model, kStyle, layout.picture), what);
          Caption caption = named.specimen.caption;
          if (!layout.parts_list) caption.parts.clear();
          expect_tidy(
              caption_scene(caption, kStyle, layout.caption,
                            {layout.sentence_size, layout.part_size, layout.sentence_lines}),
              what);
        }
      }
    }
  }
}

TEST(Ship, IsAFunctionOfWhatItIsGiven) {
  const Specimen s = crowd_specimen(5, 3);
  EXPECT_EQ(to_text(ship_scene(s.model, kStyle, kArea)),
            to_text(ship_scene(s.model, kStyle, kArea)));
}

TEST(Ship, ShowsLessWhereItHasNoRoomNeverSmallerWords) {
  const Specimen s = run_echo_specimen();
  const auto words = [&s](double w, double h) {
    const Scene small = ship_scene(s.model, kStyle, {0, 0, w, h});
    expect_tidy(small, std::to_string(w));
    return words_of(small);
  };
  const std::string folded = words(900, 430);
  EXPECT_EQ(folded.find("5.9 free"), std::string::npos);
  EXPECT_NE(folded.find("Network card"), std::string::npos);
  EXPECT_NE(folded.find("mount tables"), std::string::npos);
  const std::string lines = words(450, 300);
  EXPECT_EQ(lines.find("mount tables"), std::string::npos);
  for (const char* kept : {"Engine", "Processes", "8f2c", "Kernel", "pivot_root", "5.9 free"})
    EXPECT_NE(lines.find(kept), std::string::npos) << kept;
  const std::string two = words(321, 64);
  EXPECT_EQ(two.find("Hardware"), std::string::npos);
  EXPECT_NE(two.find("8f2c"), std::string::npos);
  EXPECT_NE(two.find("pivot"), std::string::npos);
  EXPECT_EQ(words(321, 0), "");
}

TEST(Ship, OnAMacTheHullIsTheLinuxMachineAndTheClientIsOutside) {
  const Scene scene = ship_scene(mac_specimen().model, kStyle, {8, 48, 1580, 594});
  const HitArea* hull = scene.find_hit("outside:socket");
  ASSERT_NE(hull, nullptr);
  for (const char* id : {"station:client", "station:terminal", "outside:vm"}) {
    ASSERT_NE(scene.find_hit(id), nullptr) << id;
    EXPECT_LT(scene.find_hit(id)->box.right(), hull->box.x) << id;
  }
  for (const char* id : {"station:server", "station:cache", "container:8f2c"}) {
    ASSERT_NE(scene.find_hit(id), nullptr) << id;
    EXPECT_GT(scene.find_hit(id)->box.x, hull->box.right()) << id;
  }
  const std::string words = words_of(scene);
  for (const char* each :
       {"hull of the Linux VM", "macOS kernel (Darwin)", "VM's tasks", "1231 in the VM",
        "one socket, through the hull", "1.3 of 4 GiB at most"})
    EXPECT_NE(words.find(each), std::string::npos) << each;
  EXPECT_EQ(words.find("on the host"), std::string::npos);
  // On Linux there is no such frame.
  const Scene linux_ship = ship_scene(run_echo_specimen().model, kStyle, {8, 48, 1580, 594});
  EXPECT_EQ(linux_ship.find_hit("outside:vm"), nullptr);
}

// Who has a hit area, can be asked why.
TEST(Ship, EverythingThatCanBeAskedHasAPlace) {
  const Scene scene = ship_scene(run_echo_specimen().model, kStyle, kArea);
  for (const char* id : {"task:4711", "task:812", "container:8f2c", "gate:8f2c", "row:8f2c",
                         "row:host", "node:8f2c/mnt", "node:8f2c/user", "pid:8f2c/1", "uts:8f2c",
                         "slice:8f2c/mem", "top:8f2c", "layer:busybox", "disk:host", "card:eth0",
                         "cpu:0", "station:terminal", "station:hub", "packet"}) {
    EXPECT_NE(scene.find_hit(id), nullptr) << id;
  }
}

// Adding a container within the capacity moves nobody.
TEST(Ship, AContainerKeepsItsPlaceForLife) {
  Specimen one = crowd_specimen(1, 1);
  one.model.capacity = 2;
  const Specimen two = crowd_specimen(2, 1);
  const Scene before = ship_scene(one.model, kStyle, kArea);
  const Scene after = ship_scene(two.model, kStyle, kArea);
  for (const char* id :
       {"container:box-0", "row:box-0", "task:5000", "node:8f2c/mnt", "gate:box-0"}) {
    ASSERT_NE(before.find_hit(id), nullptr) << id;
    EXPECT_EQ(before.find_hit(id)->box, after.find_hit(id)->box) << id;
  }
}

TEST(Ship, ARecordWithoutAProcessIsDashedAndHasNoNodes) {
  const Scene scene = ship_scene(hub_specimen().model, kStyle, kArea);
  bool dashed = false;
  for (const Mark& mark : scene.marks) {
    const auto* rect = std::get_if<RectMark>(&mark.shape);
    dashed = dashed ||
             (mark.id == "container:8f2c" && rect != nullptr && rect->paint.stroke.dash.off > 0);
  }
  EXPECT_TRUE(dashed);
  EXPECT_EQ(scene.find_hit("gate:8f2c"), nullptr);
  EXPECT_EQ(scene.find_hit("node:8f2c/user"), nullptr);
}

TEST(Ship, TooManyBecomeACount) {
  const std::string words = words_of(ship_scene(crowd_specimen(50, 4).model, kStyle, kArea));
  EXPECT_NE(words.find("+ 40 more"), std::string::npos) << "rows";
  EXPECT_NE(words.find("+ 46 more"), std::string::npos) << "outlines";
  EXPECT_NE(words.find("+3"), std::string::npos) << "tasks";
}

TEST(Ship, ALensKeepsOnlyItsOwnAtFullStrength) {
  Specimen s = crowd_specimen(2, 1);
  s.model.lit = 0;
  for (const Mark& mark : ship_scene(s.model, kStyle, kArea).marks) {
    const auto* text = std::get_if<TextMark>(&mark.shape);
    if (text == nullptr || mark.id != "row:box-1") continue;
    EXPECT_LT(text->color.a, 80);
  }
}

TEST(Packet, StandsWhereItsMotionSays) {
  const Specimen s = run_echo_specimen();
  const PacketPlan plan = {4, false, false, false};
  double low = 0;
  for (int i = 0; i <= 20; ++i) {
    const Scene scene = ship_scene(s.model, kStyle, kArea, {}, packet_motion(plan, i / 20.0));
    for (const LabelBox& label : scene.labels) {
      // The legend at the keel shows a bead as well.
      if (label.kind != LabelBox::Kind::Bead || label.box.y > 640) continue;
      EXPECT_GE(label.box.y, low - 0.01) << i;
      low = label.box.y;
    }
  }
  EXPECT_GT(low, 400);
}

TEST(Packet, ARefusedOneEndsAtTheGateWithItsErrno) {
  const Scene scene = ship_scene(refused_specimen().model, kStyle, kArea);
  EXPECT_NE(words_of(scene).find("EPERM"), std::string::npos);
  for (const LabelBox& label : scene.labels) {
    if (label.kind != LabelBox::Kind::Bead || label.box.y > 640) continue;
    EXPECT_LT(label.box.y, 320);
  }
}

TEST(Caption, SaysWhatThenWhy) {
  const Scene scene = caption_scene(run_echo_specimen().caption, kStyle, {284, 670, 1028, 106});
  expect_golden("viz/golden/01-caption.txt", to_text(scene));
}

TEST(Caption, SaysThatThereIsMore) {
  Caption caption = run_echo_specimen().caption;
  caption.parts.clear();
  const Scene scene = caption_scene(caption, kStyle, {0, 0, 420, 66});
  const std::string words = words_of(scene);
  EXPECT_EQ(words.substr(words.size() - 4), "…\n");
  EXPECT_TRUE(std::any_of(scene.cuts.begin(), scene.cuts.end(), [&](const CutLabel& cut) {
    return cut.whole == caption.what + " " + caption.why;
  }));
}

}  // namespace
}  // namespace cutaway::viz

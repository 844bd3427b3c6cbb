// The CPU rasteriser on drawings whose pixels are known, and on the whole picture.
#include "viz/export/raster.h"

#include <gtest/gtest.h>

#include "tests/viz/specimens.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {
namespace {

const FontMetrics kMetrics = FontMetrics::bundled();
constexpr FrameSize kSmall = {100, 80, 1, 1};

Image drawn(const std::function<void(ImDrawList&)>& draw) {
  return headless_frame(kSmall, bundled_fonts(), rgb(0x000000),
                        [&](const PictureAtlas&) { draw(*ImGui::GetBackgroundDrawList()); });
}

Color at(const Image& image, int x, int y) {
  const std::uint8_t* p = image.pixel(x, y);
  return {p[0], p[1], p[2], p[3]};
}

bool near(Color one, Color other, int by) {
  return std::abs(one.r - other.r) <= by && std::abs(one.g - other.g) <= by &&
         std::abs(one.b - other.b) <= by;
}

TEST(Raster, FillsExactlyTheRectangle) {
  const Image image = drawn([](ImDrawList& list) {
    list.AddRectFilled({10, 20}, {30, 40}, IM_COL32(255, 128, 0, 255));
  });
  int covered = 0;
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) covered += at(image, x, y) == rgb(0xFF8000) ? 1 : 0;
  }
  EXPECT_EQ(covered, 20 * 20);
  EXPECT_EQ(at(image, 10, 20), rgb(0xFF8000));
  EXPECT_EQ(at(image, 29, 39), rgb(0xFF8000));
  EXPECT_EQ(at(image, 30, 39), rgb(0x000000));
}

// Half-transparent triangles around a point: a pixel on a shared edge painted twice, or not at all,
// would show.
TEST(Raster, GivesEveryPixelOfSharedEdgesToOneTriangle) {
  const Image image = drawn([](ImDrawList& list) {
    const ImVec2 uv = ImGui::GetFontTexUvWhitePixel();
    const ImVec2 middle = {50.3F, 40.7F};
    const ImVec2 ring[] = {{10, 10}, {47.2F, 5.1F}, {90, 12}, {88, 70}, {52.9F, 75.3F}, {12, 68}};
    list.PrimReserve(18, 18);
    for (int i = 0; i < 6; ++i) {
      for (const ImVec2 p : {middle, ring[i], ring[(i + 1) % 6]})
        list.PrimVtx(p, uv, IM_COL32(255, 255, 255, 128));
    }
  });
  for (int y = 15; y < 65; ++y) {
    for (int x = 15; x < 85; ++x) ASSERT_EQ(at(image, x, y).r, 128) << x << "," << y;
  }
}

TEST(Raster, KeepsClipRectangles) {
  const Image image = drawn([](ImDrawList& list) {
    list.PushClipRect({40, 0}, {50, 80});
    list.AddRectFilled({0, 0}, {100, 80}, IM_COL32_WHITE);
    list.PopClipRect();
  });
  EXPECT_EQ(at(image, 39, 40), rgb(0x000000));
  EXPECT_EQ(at(image, 40, 40), rgb(0xFFFFFF));
  EXPECT_EQ(at(image, 49, 40), rgb(0xFFFFFF));
  EXPECT_EQ(at(image, 50, 40), rgb(0x000000));
}

TEST(Raster, BlendsByAlpha) {
  const Image image = drawn([](ImDrawList& list) {
    list.AddRectFilled({0, 0}, {100, 80}, IM_COL32(200, 0, 0, 255));
    list.AddRectFilled({0, 0}, {100, 80}, IM_COL32(0, 200, 0, 51));
  });
  EXPECT_EQ(at(image, 5, 5), rgb(0xA02800));
}

Image picture(const Theme& theme) {
  const Scene scene = ship_scene(run_echo_specimen().model, {theme, kMetrics}, {0, 0, 1040, 630});
  return headless_frame({1040, 630, 1, 1}, bundled_fonts(), theme.bg,
                        [&](const PictureAtlas& atlas) {
                          draw_scene(scene, *ImGui::GetBackgroundDrawList(), atlas);
                        });
}

TEST(Picture, IsTheSameEachTime) { EXPECT_TRUE(picture(kDark).rgba == picture(kDark).rgba); }

// Places whose colour is known from the scene: ground, decks, a tag, the core of the bead.
TEST(Picture, HasTheThemesColoursWhereTheSceneSays) {
  for (const Theme* theme : {&kDark, &kLight}) {
    const Specimen s = run_echo_specimen();
    const Scene scene = ship_scene(s.model, {*theme, kMetrics}, {0, 0, 1040, 630});
    const Image image = picture(*theme);
    EXPECT_EQ(at(image, 3, 3), theme->bg);
    const Rect row = scene.find_hit("row:8f2c")->box;
    EXPECT_TRUE(near(at(image, 900, static_cast<int>(row.y) + 30), theme->deck[2], 3));
    const Rect outline = scene.find_hit("container:8f2c")->box;
    EXPECT_TRUE(near(at(image, static_cast<int>(outline.x) + 16, static_cast<int>(outline.y) + 12),
                     theme->container[0], 3));
    for (const LabelBox& label : scene.labels) {
      if (label.kind != LabelBox::Kind::Bead || label.box.y > 590) continue;
      EXPECT_TRUE(
          near(at(image, static_cast<int>(label.box.mid_x()), static_cast<int>(label.box.mid_y())),
               theme->core, 8));
    }
  }
}

TEST(Picture, StaysWithinItsTriangles) {
  const Scene scene = ship_scene(run_echo_specimen().model, {kDark, kMetrics}, {0, 0, 1040, 630});
  int triangles = 0;
  (void)headless_frame({1040, 630, 1, 1}, bundled_fonts(), kDark.bg,
                       [&](const PictureAtlas& atlas) {
                         draw_scene(scene, *ImGui::GetBackgroundDrawList(), atlas);
                         triangles = ImGui::GetBackgroundDrawList()->IdxBuffer.Size / 3;
                       });
  EXPECT_GT(triangles, 5000);
  EXPECT_LT(triangles, 20000);
}

TEST(Headless, LeavesTheContextThatWasThere) {
  ImGuiContext* mine = ImGui::CreateContext();
  ImGui::SetCurrentContext(mine);
  (void)drawn([](ImDrawList&) {});
  EXPECT_EQ(ImGui::GetCurrentContext(), mine);
  ImGui::DestroyContext(mine);
}

}  // namespace
}  // namespace cutaway::viz

// The CPU rasteriser on drawings whose pixels are known, and on the whole picture.
#include "viz/export/raster.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/viz/metrics.h"
#include "tests/viz/specimens.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/scene/ship.h"

namespace cutaway::viz {
namespace {

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

// A glyph lies on whole pixels: its ink is what the atlas holds, from nothing to all.
TEST(Raster, LettersHaveSolidStrokes) {
  const Image image =
      headless_frame(kSmall, bundled_fonts(), rgb(0x000000), [](const PictureAtlas& atlas) {
        const BakedFont& font = atlas.font({type::kLarge, false, true});
        ImGui::GetBackgroundDrawList()->AddText(font.font, font.line_px(), {10, 10}, IM_COL32_WHITE,
                                                "H");
      });
  int solid = 0, shades = 0, dark = 0;
  for (int y = 10; y < 30; ++y) {
    for (int x = 10; x < 26; ++x) {
      const int ink = at(image, x, y).r;
      solid += ink == 255 ? 1 : 0;
      shades += ink > 0 && ink < 255 ? 1 : 0;
      dark += ink == 0 ? 1 : 0;
    }
  }
  EXPECT_GT(solid, 20);
  EXPECT_GT(shades, 5);
  EXPECT_GT(dark, 150);
}

// A square that wanders over words and a shape: each frame is what a fresh raster makes of it, and
// frames that look alike are not drawn.
void scenery(const PictureAtlas& atlas, float x) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  list.AddCircleFilled({60, 40}, 30, IM_COL32(40, 90, 160, 200));
  const BakedFont& font = atlas.font({type::kMedium, false, false});
  list.AddText(font.font, font.line_px(), {5, 30}, IM_COL32_WHITE, "pivot_root");
  list.AddRectFilled({x, 20}, {x + 12.5F, 32}, IM_COL32(255, 80, 0, 128));
}

TEST(Raster, EachFrameIsWhatAFreshOneWouldBe) {
  Headless window(kSmall, bundled_fonts(), rgb(0x101820));
  for (const float x : {0.0F, 0.4F, 40.25F, 40.25F, 87.0F, 0.0F}) {
    const auto draw = [x](const PictureAtlas& atlas) { scenery(atlas, x); };
    window.paint(draw);
    const Image fresh = headless_frame(kSmall, bundled_fonts(), rgb(0x101820), draw);
    EXPECT_TRUE(window.image().rgba == fresh.rgba) << x;
  }
}

TEST(Raster, WhatLooksTheSameIsNotDrawn) {
  Headless window(kSmall, bundled_fonts(), rgb(0x101820));
  const auto at_x = [](float x) { return [x](const PictureAtlas& atlas) { scenery(atlas, x); }; };
  EXPECT_TRUE(window.paint(at_x(10)));
  EXPECT_FALSE(window.paint(at_x(10)));
  EXPECT_TRUE(window.paint(at_x(10.25F)));
}

int tiles_drawn(Raster& raster, ImVec2 square) {
  ImGui::NewFrame();
  ImGui::GetBackgroundDrawList()->AddRectFilled(square, {square.x + 10, square.y + 10},
                                                IM_COL32_WHITE);
  ImGui::Render();
  return raster.draw(*ImGui::GetDrawData());
}

TEST(Raster, DrawsTheTilesThatChanged) {
  ImGuiContext* context = ImGui::CreateContext();
  ImGui::SetCurrentContext(context);
  ImGui::GetIO().DisplaySize = {640, 320};
  ImGui::GetIO().IniFilename = nullptr;
  AlphaTexture texture;
  unsigned char* pixels = nullptr;
  ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &texture.width, &texture.height);
  texture.alpha = pixels;
  Raster raster(640, 320, texture, rgb(0x000000));
  EXPECT_EQ(tiles_drawn(raster, {20, 20}), raster.tile_count());
  EXPECT_EQ(tiles_drawn(raster, {20, 20}), 0);
  EXPECT_EQ(tiles_drawn(raster, {22, 20}), 1);    // within its tile
  EXPECT_EQ(tiles_drawn(raster, {400, 200}), 2);  // from one to another
  EXPECT_EQ(at(raster.image(), 25, 25), rgb(0x000000));
  EXPECT_EQ(at(raster.image(), 405, 205), rgb(0xFFFFFF));
  ImGui::DestroyContext(context);
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

// A film is drawn beside the window: contexts of two threads do not meet.
TEST(Headless, EachThreadHasItsOwnContext) {
  const auto draw = [](const PictureAtlas& atlas) { scenery(atlas, 30); };
  const Image alone = headless_frame(kSmall, bundled_fonts(), rgb(0), draw);
  Image beside[2];
  std::thread other([&] {
    for (int i = 0; i < 20; ++i) beside[0] = headless_frame(kSmall, bundled_fonts(), rgb(0), draw);
  });
  for (int i = 0; i < 20; ++i) beside[1] = headless_frame(kSmall, bundled_fonts(), rgb(0), draw);
  other.join();
  EXPECT_TRUE(beside[0].rgba == alone.rgba);
  EXPECT_TRUE(beside[1].rgba == alone.rgba);
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

// Words are measured without ImGui; here ImGui says whether that is right.
#include <gtest/gtest.h>
#include <imgui.h>

#include <string>

#include "viz/draw/bundled_fonts.h"
#include "viz/scene/metrics.h"
#include "viz/theme/measures.h"

namespace cutaway::viz {
namespace {

class Atlas : public testing::Test {
 protected:
  Atlas() : picture_(bake_atlas(atlas_, bundled_fonts(), 1)) {}

  ImFontAtlas atlas_;
  PictureAtlas picture_;
  FontMetrics metrics_ = FontMetrics::bundled();
};

TEST_F(Atlas, MeasuresWhatImGuiMeasures) {
  const char* words[] = {"pivot_root(\".\", \".\")",
                         "busybox ✓",
                         "own, mnt …2611",
                         "“/” of this task.",
                         "12 → 14 × 3 ∞",
                         "Привет",
                         "λ",
                         "a日b"};
  for (const bool mono : {false, true}) {
    for (const bool bold : {false, true}) {
      for (const double size : {type::kSmall, type::kMedium}) {
        const FontStyle style = {size, mono, bold};
        const BakedFont& baked = picture_.font(style);
        for (const char* text : words) {
          const float imgui = baked.font->CalcTextSizeA(baked.line_px(), 1e6F, 0, text).x;
          EXPECT_NEAR(metrics_.width(text, style), static_cast<double>(imgui), 0.06)
              << text << " " << size << mono << bold;
        }
      }
    }
  }
}

TEST_F(Atlas, HasTheSizesOfTheTokensExactly) {
  for (const double size : {type::kSmall, type::kMedium, type::kLarge, type::kSentence, type::kWide,
                            type::kPresenter, type::kHuge}) {
    const FontStyle style = {size, false, true};
    EXPECT_NEAR(picture_.font(style).line_px(), metrics_.line_height(style), 0.01) << size;
  }
}

TEST_F(Atlas, TakesTheNextLargerFontWhereASizeIsNotBaked) {
  const FontStyle wanted = {14, false, false};
  EXPECT_EQ(picture_.font(wanted).font, picture_.font({type::kMedium, false, false}).font);
  const FontStyle huge = {90, true, false};
  EXPECT_EQ(picture_.font(huge).font, picture_.font({type::kMedium, true, false}).font);
}

TEST(Utf8, ReadsCodePointsAndSurvivesBrokenBytes) {
  const std::string text = "a→\xFF\xE2\x86";
  std::size_t at = 0;
  EXPECT_EQ(next_code_point(text, at), U'a');
  EXPECT_EQ(next_code_point(text, at), U'→');
  EXPECT_EQ(next_code_point(text, at), char32_t{0xFFFD});
  EXPECT_EQ(next_code_point(text, at), char32_t{0xFFFD});
  EXPECT_EQ(next_code_point(text, at), char32_t{0xFFFD});
  EXPECT_EQ(at, text.size());
}

TEST(Cut, KeepsWholeCharactersAndSaysThatSomethingIsMissing) {
  const FontMetrics metrics = FontMetrics::bundled();
  const FontStyle mono = {10, true, false};  // 6 px a character
  EXPECT_EQ(metrics.cut("overlay", mono, 42), "overlay");
  EXPECT_EQ(metrics.cut("containerd-shim", mono, 60), "container…");
  EXPECT_EQ(metrics.cut("→→→→→→→→→→", mono, 42), "→→→→→→…");
  EXPECT_EQ(metrics.cut("echo hi there", mono, 36), "echo…");
}

TEST(Cut, LeavesNoStump) {
  const FontMetrics metrics = FontMetrics::bundled();
  EXPECT_EQ(metrics.cut("overlay", {10, true, false}, 24), "");
  EXPECT_EQ(metrics.cut("", {10, true, false}, 24), "");
}

}  // namespace
}  // namespace cutaway::viz

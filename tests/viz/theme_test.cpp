// The contrasts and the uniqueness that the tokens promise. A colour that is changed must keep
// them.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "viz/theme/slots.h"
#include "viz/theme/theme.h"

namespace cutaway::viz {
namespace {

std::vector<Color> grounds(const Theme& t) {
  return {t.bg, t.panel, t.inset, t.raised, t.deck[0], t.deck[1], t.deck[2], t.deck[3]};
}

class EachTheme : public testing::TestWithParam<const Theme*> {};

TEST_P(EachTheme, CaptionsCanBeReadOnEveryGround) {
  const Theme& t = *GetParam();
  for (const Color ground : grounds(t)) {
    EXPECT_GE(contrast(t.text3, ground), 4.5);
    EXPECT_GE(contrast(t.text2, ground), 7.0);
    EXPECT_GE(contrast(t.text, ground), 12.0);
  }
}

TEST_P(EachTheme, ContainersStandOutFromEveryDeck) {
  const Theme& t = *GetParam();
  for (const Color color : t.container) {
    for (const Color deck : t.deck) EXPECT_GE(contrast(color, deck), t.dark ? 5.1 : 3.95);
    EXPECT_GE(contrast(t.on, color), 4.5);
  }
}

TEST_P(EachTheme, MeaningsStandOutFromEveryDeck) {
  const Theme& t = *GetParam();
  for (const Color color : {t.ok, t.bad, t.limit, t.lost, t.host}) {
    for (const Color deck : t.deck) EXPECT_GE(contrast(color, deck), 4.0);
  }
}

TEST_P(EachTheme, NoMeaningIsAContainersColour) {
  const Theme& t = *GetParam();
  for (const Color meaning : {t.ok, t.bad, t.limit, t.lost, t.host}) {
    for (const Color container : t.container) EXPECT_FALSE(meaning == container);
  }
}

INSTANTIATE_TEST_SUITE_P(Themes, EachTheme, testing::Values(&kDark, &kLight, &kProjector),
                         [](const auto& theme) { return std::string(theme.param->name); });

TEST(Slots, LettersGoOnAfterZ) {
  EXPECT_EQ(slot_letter(0), "A");
  EXPECT_EQ(slot_letter(25), "Z");
  EXPECT_EQ(slot_letter(26), "A2");
  EXPECT_EQ(slot_letter(kHostSlot), "");
}

TEST(Slots, FromTheNinthOnColoursComeAgainWithTheNextPattern) {
  EXPECT_EQ(slot_color(kDark, 8), slot_color(kDark, 0));
  EXPECT_EQ(slot_pattern(8), slot_pattern(1));
  EXPECT_EQ(slot_color(kDark, kHostSlot), kDark.host);
}

TEST(Slots, NoTwoOfSixtyFourHaveTheSameColourAndPattern) {
  std::set<std::pair<std::string, int>> seen;
  for (int slot = 0; slot < 64; ++slot) {
    seen.insert({slot_color_name(kDark, slot), static_cast<int>(slot_pattern(slot))});
  }
  EXPECT_EQ(seen.size(), 64U);
}

TEST(Slots, NoContainerHasThePatternOfCutMaterialOrHeldBackTime) {
  for (int slot = 0; slot < 200; ++slot) EXPECT_LT(slot_pattern(slot), Pattern::Hatch);
}

TEST(Contrast, IsThatOfWcag) {
  EXPECT_NEAR(contrast(rgb(0x000000), rgb(0xFFFFFF)), 21.0, 0.001);
  EXPECT_NEAR(contrast(rgb(0x777777), rgb(0xFFFFFF)), 4.48, 0.01);
}

}  // namespace
}  // namespace cutaway::viz

#include "viz/text/text_lines.h"

#include <gtest/gtest.h>

#include "tests/viz_text/widest.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

TEST(TextLines, WrapsAtWordsAndHangs) {
  TextLines lines(40);
  lines.add("one two three four five six seven eight nine ten", 2, 4);
  EXPECT_EQ(lines.take(), "  one two three four five six seven\n    eight nine ten\n");
}

TEST(TextLines, NarrowerThanFortyCountsAsForty) {
  TextLines lines(5);
  EXPECT_EQ(lines.columns(), 40);
}

TEST(TextLines, BreaksAWordThatIsWiderThanTheLine) {
  TextLines lines(40);
  lines.add(std::string(100, 'x'), 4, 6);
  const std::string text = lines.take();
  EXPECT_EQ(widest(text), 40U);
  EXPECT_EQ(std::count(text.begin(), text.end(), 'x'), 100);
}

TEST(TextLines, CountsCharactersNotBytes) {
  TextLines lines(40);
  std::string words;
  for (int i = 0; i < 40; ++i) words += "äöü ";
  lines.add(words);
  EXPECT_LE(widest(lines.take()), 40U);
}

TEST(TextLines, ColourOnlyWhenAskedFor) {
  TextLines plain(40);
  plain.add({{"loud", Ink::Strong}});
  EXPECT_EQ(plain.take(), "loud\n");
  TextLines color(40, true);
  color.add({{"loud", Ink::Strong}});
  EXPECT_EQ(color.take(), "\x1b[1mloud\x1b[0m\n");
}

TEST(TextLines, KeepsGapsWithinALine) {
  TextLines lines(60);
  lines.add({{"bash    ", Ink::Quiet}, {"clone() = 3", Ink::Plain}}, 2, 4);
  EXPECT_EQ(lines.take(), "  bash    clone() = 3\n");
}

}  // namespace
}  // namespace cutaway::viz

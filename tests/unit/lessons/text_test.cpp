#include "lessons/text.h"

#include <gtest/gtest.h>

namespace cutaway::lessons {
namespace {

TEST(LessonText, sections_and_paragraphs) {
  std::vector<Error> problems;
  const Text text = parse_text(
      "t.md",
      "# The title\n\n## step.a\nOne line,\nand its rest.\n\n> Quoted\n> words.\n\n## goal\n\n",
      problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(text.title, "The title");
  ASSERT_NE(text.find("step.a"), nullptr);
  EXPECT_EQ(text.find("step.a")->paragraphs,
            (std::vector<std::string>{"One line, and its rest.", "Quoted words."}));
  EXPECT_EQ(text.find("step.a")->line, 3);
  EXPECT_EQ(text.find("step.a")->paragraph(1), "Quoted words.");
  EXPECT_EQ(text.find("step.a")->paragraph(2), "");
  EXPECT_TRUE(text.find("goal")->paragraphs.empty());
  EXPECT_EQ(text.find("nothing"), nullptr);
}

TEST(LessonText, what_is_wrong_with_the_form) {
  std::vector<Error> problems;
  parse_text("t.md", "words\n## a\n## a\n", problems);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].message, "t.md:1: words before the first \"## \" belong to nothing");
  EXPECT_EQ(problems[1].message, "t.md:3: the section \"a\" stands here twice");
  EXPECT_EQ(problems[2].message, "t.md:1: has no title, expected \"# …\"");
}

TEST(LessonText, sentences) {
  EXPECT_EQ(count_sentences(""), 0);
  EXPECT_EQ(count_sentences("A label without an end"), 1);
  EXPECT_EQ(count_sentences("One. Two! Three?"), 3);
  EXPECT_EQ(count_sentences("It waits... and goes on."), 2);
  EXPECT_EQ(count_sentences("Version 28.1 of it is 1.5 GB."), 1);
  EXPECT_EQ(count_sentences("`docker run x. y. z.` is one line."), 1)
      << "what stands in code marks is no language";
  EXPECT_EQ(count_sentences("It is **new.** So is this."), 2);
  EXPECT_EQ(count_sentences("He said \"yes.\" And left."), 2);
}

TEST(LessonText, words) {
  EXPECT_EQ(count_words("three small words"), 3);
  EXPECT_EQ(count_words("`docker run x` counts once"), 3);
  EXPECT_EQ(new_words("a **shim** and a **runtime**, and ** alone"),
            (std::vector<std::string>{"shim", "runtime"}));
  EXPECT_EQ(forbidden_word("You Simply type."), "simply");
  EXPECT_EQ(forbidden_word("It is just so."), "just");
  EXPECT_EQ(forbidden_word("obviously"), "obviously");
  EXPECT_EQ(forbidden_word("An adjustment of justice, `just` in code."), "");
}

TEST(LessonText, commands_in_their_order_and_once) {
  std::vector<Error> problems;
  const Text text = parse_text(
      "t.md", "# T\n## z\n`docker pull b` and `ls`\n## a\n`docker ps`, then `docker pull b`\n",
      problems);
  EXPECT_EQ(docker_commands(text, [](const std::string&) { return true; }),
            (std::vector<std::string>{"docker pull b", "docker ps"}));
}

}  // namespace
}  // namespace cutaway::lessons

// The terminal: what libvterm's screen shows after any bytes, however they are cut and wherever one
// jumps to; and the panel that draws it.
#include <gtest/gtest.h>

#include "base/prng.h"
#include "base/text.h"
#include "tests/viz_panels/driver.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/panels/terminal_ink.h"
#include "viz/panels/terminal_rows.h"
#include "viz/player/transcript.h"

namespace cutaway::viz {
namespace {

constexpr std::string_view kEsc = "\x1b";

std::string ink_words(const LetterLook& ink) {
  std::string words;
  const auto add = [&words](const std::string& word) {
    words += (words.empty() ? "" : " ") + word;
  };
  if (ink.bold) add("bold");
  if (ink.underline) add("underline");
  if (ink.reverse) add("reverse");
  if (ink.text != kOwnColor) add(decimal(ink.text));
  if (ink.ground != kOwnColor) add("on " + decimal(ink.ground));
  return words;
}

/// A screen as a golden text: "<bold 4:bin> ".
std::string drawn(const ScreenContent& content) {
  std::string text = content.alternate ? "alternate\n" : "";
  for (const ScreenLine& line : content.joined()) {
    if (line.runs.empty()) text += line.text;
    for (const InkRun& run : line.runs) {
      const std::string letters = line.text.substr(run.from, run.to - run.from);
      const std::string ink = ink_words(run.ink);
      text += ink.empty() ? letters : "<" + ink + ":" + letters + ">";
    }
    text += "\n";
  }
  const ScreenContent::Place at = content.cursor_place();
  return text + (content.cursor ? "cursor " : "no cursor ") +
         decimal(static_cast<std::int64_t>(at.line)) + "," +
         decimal(static_cast<std::int64_t>(at.column)) + "\n";
}

std::string after(std::string_view bytes, int columns = kScreenColumns, int rows = kScreenRows) {
  Screen screen(columns, rows);
  screen.print(bytes, false);
  return drawn(screen.content());
}

TEST(Terminal, ListsFoldersInColour) {
  EXPECT_EQ(after("\x1b[0m\x1b[01;34mbin\x1b[0m  \x1b[01;36msh\x1b[0m  \x1b[01;32mrun.sh\x1b[0m  "
                  "\x1b[30;42mtmp\x1b[0m\n\x1b[38;5;208morange\x1b[38;2;1;2;3mtrue\x1b[m plain\n"),
            "<bold 4:bin>  <bold 6:sh>  <bold 2:run.sh>  <0 on 2:tmp>\n"
            "<208:orange><16843267:true> plain\n"
            "cursor 2,0\n");
}

TEST(Terminal, AProgressBarIsWrittenOverItself) {
  std::string bytes = "pulling\n";
  for (int share = 0; share <= 100; share += 25)
    bytes += "\r[" + std::string(static_cast<std::size_t>(share / 25), '=') + "> ] " +
             decimal(share) + " %";
  EXPECT_EQ(after(bytes), "pulling\n[====> ] 100 %\ncursor 1,14\n");
}

TEST(Terminal, AnEditorHasAScreenOfItsOwnAndGivesTheOtherBack) {
  std::string bytes = "$ vi notes\n";
  bytes += "\x1b[?1049h\x1b[2J\x1b[H~\r\n~\r\n\x1b[24;1H\x1b[7mnotes [new]\x1b[m\x1b[1;1Hhello";
  const std::string inside = after(bytes);
  EXPECT_EQ(inside.substr(0, 17), "alternate\nhello\n~");
  EXPECT_NE(inside.find("<reverse:notes [new]>"), std::string::npos) << inside;
  EXPECT_NE(inside.find("cursor 0,5"), std::string::npos) << inside;
  EXPECT_EQ(after(bytes + "\x1b[?1049l"), "$ vi notes\ncursor 1,0\n");
}

TEST(Terminal, WideLettersTakeTwoColumnsAndFullRowsGoOn) {
  Screen screen(10, 3);
  screen.print("0123456789abc\n\xe4\xb8\xad\xe6\x96\x87!\nx\ny\nz\n", false);
  const ScreenContent content = screen.content();
  EXPECT_EQ(content.above_count, 4U);
  const std::vector<ScreenLine> lines = content.joined();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].text, "0123456789abc");
  ASSERT_EQ(lines[1].runs.size(), 3U) << "each wide letter ends a run";
  EXPECT_EQ(lines[1].runs[1].column, 2U);
  EXPECT_EQ(lines[1].runs[2].column, 4U);
}

TEST(Terminal, AFullRowAndANewLineAreTwoLines) {
  Screen screen(10, 3);
  screen.print("0123456789\nabc\n", false);
  EXPECT_EQ(screen.content().joined().size(), 2U);
  screen.print("0123456789\rabc", false);
  EXPECT_EQ(screen.content().joined().back().text, "abc3456789");
}

TEST(Terminal, ASmallerTerminalKeepsWhatIsThere) {
  Screen screen(20, 6);
  screen.print("one\ntwo\nthree\nfour\nfive\n", false, 7);
  screen.resize(20, 3);
  const std::vector<ScreenLine> lines = screen.content().joined();
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[0].text, "one");
  EXPECT_EQ(lines[0].event, 7U);
  screen.resize(40, 10);
  screen.print("0123456789012345678901234567\n", false);
  EXPECT_EQ(screen.content().joined().back().text, "0123456789012345678901234567");
}

TEST(Terminal, EachLineKnowsWhoWroteItAlsoAboveTheScreen) {
  Screen screen(20, 3);
  for (EventIndex event = 1; event <= 9; ++event)
    screen.print("line " + decimal(event) + "\n", event % 2 == 0, event);
  screen.type("docker ps", 10);
  const std::vector<ScreenLine> lines = screen.content().joined();
  ASSERT_EQ(lines.size(), 10U);
  for (std::size_t i = 0; i < 9; ++i) {
    EXPECT_EQ(lines[i].event, i + 1) << lines[i].text;
    EXPECT_EQ(lines[i].error, i % 2 == 1) << lines[i].text;
  }
  EXPECT_TRUE(lines[9].typed);
  EXPECT_EQ(lines[9].text, "docker ps");
}

/// Bytes as programs print them, and some that none should.
std::string random_bytes(Prng& prng, std::size_t pieces) {
  const std::string_view likely[] = {"hello ",
                                     "world",
                                     "\n",
                                     "\r\n",
                                     "\r",
                                     "\b",
                                     "\t",
                                     "\x1b[1A",
                                     "\x1b[2K",
                                     "\x1b[K",
                                     "\x1b[31m",
                                     "\x1b[0m",
                                     "\x1b[1;44m",
                                     "\x1b[5;7H",
                                     "\x1b[2J",
                                     "\x1b[?1049h",
                                     "\x1b[?1049l",
                                     "\x1b[?25l",
                                     "\x1b[?25h",
                                     "\x1b[2;4r",
                                     "\x1b[r",
                                     "\x1b"
                                     "7",
                                     "\x1b"
                                     "8",
                                     "\x1b"
                                     "c",
                                     "\x1b]0;title\x07",
                                     "\xc3\xa9",
                                     "\xe4\xb8\xad",
                                     "\xe4\xb8",
                                     "\xff",
                                     "e\xcc\x81",
                                     "\x1b[3@",
                                     "\x1b[2P",
                                     "\x1b[L",
                                     "\x1b[M",
                                     "0123456789012345678901234567890123456789",
                                     "\x1b[4h",
                                     "\x1b(0",
                                     "\x1b(B",
                                     "\x0e",
                                     "\x0f"};
  std::string bytes;
  for (std::size_t i = 0; i < pieces; ++i)
    bytes += likely[prng.below(sizeof likely / sizeof *likely)];
  return bytes;
}

TEST(TerminalProperty, HoweverTheBytesAreCutTheScreenIsTheSame) {
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    Prng prng(seed);
    const std::string bytes = random_bytes(prng, 120);
    Screen whole(31, 7);
    whole.print(bytes, false, 3);
    Screen cut(31, 7);
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t length = 1 + prng.below(9);
      cut.print(std::string_view(bytes).substr(at, length), false, 3);
      at += length;
    }
    ASSERT_EQ(drawn(whole.content()), drawn(cut.content())) << "seed " << seed;
    ASSERT_EQ(whole.content().lines, cut.content().lines) << "seed " << seed;
  }
}

std::vector<ScreenPiece> random_pieces(std::uint64_t seed, std::size_t count) {
  Prng prng(seed);
  std::vector<ScreenPiece> pieces;
  for (std::size_t i = 0; i < count; ++i) {
    ScreenPiece piece;
    piece.event = i;
    if (prng.below(20) == 0) {
      piece.kind = ScreenPiece::Kind::Typed;
      piece.text = "docker ps";
    } else if (prng.below(60) == 0) {
      piece.kind = ScreenPiece::Kind::Size;
      piece.columns = 20 + static_cast<int>(prng.below(30));
      piece.rows = 3 + static_cast<int>(prng.below(6));
    } else {
      piece.kind = prng.below(3) == 0 ? ScreenPiece::Kind::Error : ScreenPiece::Kind::Out;
      // Long enough that there are stops.
      piece.text = prng.below(40) == 0 ? random_bytes(prng, 10)
                                       : std::string(900, 'x') + "\x1b[32mgreen\x1b[m\n";
      if (prng.below(50) == 0)
        piece.text +=
            "\x1b"
            "c";
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

TEST(TerminalProperty, ASeekShowsWhatAReplayShows) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const std::vector<ScreenPiece> pieces = random_pieces(seed, 110);
    Prng prng(seed);
    ScreenReel reel;
    for (int i = 0; i < 8; ++i) {
      const std::size_t count = prng.below(pieces.size() + 1);
      const ScreenContent sought = reel.at(pieces, count);
      ScreenReel fresh;
      const ScreenContent replayed = fresh.at(pieces, count);
      ASSERT_EQ(drawn(sought), drawn(replayed)) << "seed " << seed << " after " << count;
      ASSERT_EQ(sought.joined(), replayed.joined()) << "seed " << seed << " after " << count;
    }
  }
}

TEST(TerminalProperty, AScreenThatGoesOnFromASavedOneIsTheSame) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Prng prng(seed);
    const std::string before =
        "\x1b[44mon blue\x1b[m \xe4\xb8\xad 0123456789012345678901234567890123\n" +
        random_bytes(prng, seed % 2 == 0 ? 0 : 12) + "\x1b[m\n";
    const std::string rest = random_bytes(prng, 60);
    Screen screen(31, 7);
    screen.print(before, true, 1);
    const auto saved = screen.save();
    if (saved == nullptr) continue;
    Screen other(*saved, screen.above());
    ASSERT_EQ(screen.content().lines, other.content().lines) << "seed " << seed;
    screen.print(rest, false, 2);
    other.print(rest, false, 2);
    ASSERT_EQ(screen.content().joined(), other.content().joined()) << "seed " << seed;
  }
}

TEST(Terminal, WhatIsHiddenInATerminalIsNotSaved) {
  const auto can_save = [](std::string_view bytes) {
    Screen screen;
    screen.print(bytes, false);
    return screen.save() != nullptr;
  };
  EXPECT_TRUE(can_save("plain\n"));
  EXPECT_TRUE(can_save("\x1b[31mred\x1b[m\n"));
  EXPECT_FALSE(can_save("no line")) << "the cursor is in the middle";
  EXPECT_FALSE(can_save("\x1b[31mred\n")) << "the pen";
  EXPECT_FALSE(can_save("\x1b[2;9r\n")) << "a scroll region";
  EXPECT_TRUE(
      can_save("\x1b[2;9r\x1b"
               "c\n"))
      << "until all is reset";
  EXPECT_FALSE(can_save("\x1b[?1049h\n")) << "the other screen";
  EXPECT_FALSE(can_save("\x1b[?25l\n")) << "a cursor that is away";
  EXPECT_FALSE(can_save("\x1b[\n")) << "in the middle of a sequence";
}

TEST(TerminalRows, BreakAtBlanksAndNothingIsLost) {
  Screen screen;
  screen.type("docker run busybox echo hi there");
  screen.print("\x1b[31mred words and\x1b[m more of them\n", false);
  const TerminalRows laid = terminal_rows(screen.content(), 16);
  ASSERT_EQ(laid.rows.size(), 5U);
  EXPECT_EQ(laid.rows[0].spans[0].text, "docker run \\");
  EXPECT_TRUE(laid.rows[0].first);
  EXPECT_FALSE(laid.rows[1].first);
  EXPECT_EQ(laid.rows[3].spans[0].text, "red words and");
  EXPECT_EQ(laid.rows[3].spans[0].ink.text, 1);
  EXPECT_EQ(laid.rows[4].spans.back().text, "more of them");
  EXPECT_EQ(laid.cursor_row, 5U);
}

TEST(TerminalRows, TheCursorIsWhereTheProgramPutIt) {
  Screen screen;
  screen.print("password: ", false);
  const TerminalRows laid = terminal_rows(screen.content(), 30);
  EXPECT_EQ(laid.cursor_row, 0U);
  EXPECT_EQ(laid.cursor_column, 10U);
  screen.print("\x1b[?25l", false);
  EXPECT_FALSE(terminal_rows(screen.content(), 30).cursor);
}

TEST(TerminalRows, AFullScreenProgramIsNotBrokenAndFollowsTheCursor) {
  Screen screen;
  screen.print("\x1b[?1049h\x1b[1;1H" + std::string(70, 'a') + "end", false);
  const TerminalRows laid = terminal_rows(screen.content(), 20);
  ASSERT_EQ(laid.rows.size(), 1U);
  EXPECT_EQ(laid.rows[0].spans[0].text, std::string(16, 'a') + "end");
  EXPECT_EQ(laid.cursor_column, 19U);
}

TEST(TerminalInk, EveryColourCanBeReadInEveryTheme) {
  for (const Theme* theme : {&kDark, &kLight, &kProjector}) {
    for (TerminalColor text = kOwnColor; text < 256; ++text) {
      for (const TerminalColor ground : {kOwnColor, 0, 1, 4, 7, 15, 208}) {
        LetterLook ink;
        ink.text = text;
        ink.ground = ground;
        for (const bool reverse : {false, true}) {
          ink.reverse = reverse;
          const TerminalInk look = terminal_ink(*theme, ink, theme->text2);
          const Color under = look.ground.visible() ? look.ground : theme->inset;
          ASSERT_GE(contrast(look.text, under), 4.5) << text << " on " << ground;
        }
      }
    }
  }
  EXPECT_NE(terminal_ink(kDark, {1}, kDark.text2).text, terminal_ink(kDark, {2}, kDark.text2).text);
}

TEST(TerminalPanel, ShowsColoursAndTheCursor) {
  Trace trace = hand_trace();
  WindowDriver window(trace, 1600, 900);
  window.player().last();
  window.frame();
  EXPECT_TRUE(window.shows("hi there")) << window.words();
  // The panel's content stands for what a program has printed.
  Screen screen;
  screen.print(std::string(kEsc) + "[01;34mbin\x1b[0m etc\n", false);
  window.state().view.screen.screen = screen.content();
  window.state().terminal.laid_at = static_cast<std::size_t>(-1);
  window.frame();
  bool blue = false;
  for (const Scene& scene : window.scenes()) {
    for (const Mark& mark : scene.marks) {
      const auto* text = std::get_if<TextMark>(&mark.shape);
      if (text != nullptr && text->text == "bin")
        blue = text->font.bold && text->color == terminal_ink(kDark, {4}, kDark.text2).text;
    }
  }
  EXPECT_TRUE(blue) << window.words();
}

}  // namespace
}  // namespace cutaway::viz

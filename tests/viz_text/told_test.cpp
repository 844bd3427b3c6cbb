// A command told as data: where the lines that somebody wrote come to stand.
#include "viz/text/told.h"

#include <gtest/gtest.h>

#include "tests/viz_text/hand_trace.h"
#include "viz/text/annotate.h"

namespace cutaway::viz {
namespace {

using abi::Sys;

constexpr CallId kWrite{77};

BytesMoved written(std::string_view text) {
  BytesMoved moved;
  moved.fd = 1;
  moved.bytes = static_cast<std::int64_t>(text.size());
  moved.is = ChannelKind::Pipe;
  moved.text = text;
  return moved;
}

/// `docker run`: the container asks for its pid, and writes by a call of which no line is there.
Trace trace_of_an_unfinished_write(std::string_view text) {
  Trace trace = hand_trace(hand_web());
  add(trace, kShell, CliTyped{"docker run web", {}}, "cli");
  add_call(trace, kWeb, made(Sys::getpid, {}, 1), {}, "io.write", kWebBox);
  add(trace, kWeb, written(text), "io.write", kWrite, kWebBox);
  return trace;
}

std::vector<std::string> lines_told(const Trace& trace) {
  std::vector<std::string> lines;
  for (const ToldCommand& command : tell(trace).commands) {
    for (const ToldBeat& beat : command.beats) {
      for (const ToldStep& step : beat.steps) {
        for (const ToldItem& item : step.items) {
          if (item.kind == ToldItem::Kind::Output) lines.push_back(item.text);
        }
      }
    }
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Told, LinesOfACallThatNeverReturnedAreToldWhenTheCommandEnds) {
  Trace trace = trace_of_an_unfinished_write("last words\nof somebody\n");
  add(trace, kShell, CliDone{137}, "cli");
  EXPECT_EQ(lines_told(trace), (Lines{"last words", "of somebody"}));
  EXPECT_NE(annotate(trace, 80).find("last words"), std::string::npos) << annotate(trace, 80);
}

TEST(Told, AlsoWhenTheTraceEndsBeforeTheCommand) {
  const Trace trace = trace_of_an_unfinished_write("last words\n");
  EXPECT_EQ(lines_told(trace), Lines{"last words"});
}

TEST(Told, LinesOfACallThatReturnedAreToldOnceAndAfterIt) {
  Trace trace = trace_of_an_unfinished_write("words\n");
  Event line;
  line.stamp.t = trace.record(trace.size() - 1).t + 1000;
  line.stamp.task = kWeb;
  line.stamp.call = kWrite;
  line.stamp.container = kWebBox;
  line.stamp.step = trace.step_id("io.write");
  line.body = made(Sys::write, {}, 6);
  trace.append(std::move(line));
  add_call(trace, kWeb, made(Sys::getppid, {}, 0), {}, "io.write", kWebBox);
  add(trace, kShell, CliDone{0}, "cli");
  EXPECT_EQ(lines_told(trace), Lines{"words"});
  const Told told = tell(trace);
  const std::vector<ToldItem>& items = told.commands.at(0).beats.back().steps.back().items;
  ASSERT_EQ(items.size(), 4U);
  EXPECT_EQ(items[1].kind, ToldItem::Kind::Call);
  EXPECT_EQ(items[2].kind, ToldItem::Kind::Output);
  EXPECT_EQ(items[3].kind, ToldItem::Kind::Call);
}

TEST(Told, UnfinishedLinesOfOneCommandAreNotToldInTheNext) {
  Trace trace = trace_of_an_unfinished_write("words\n");
  add(trace, kShell, CliDone{0}, "cli");
  add(trace, kShell, CliTyped{"docker ps", {}}, "cli");
  add_call(trace, kDaemon, made(Sys::read, {}, 0), {}, "api.wait");
  add(trace, kShell, CliDone{0}, "cli");
  const Told told = tell(trace);
  ASSERT_EQ(told.commands.size(), 2U);
  EXPECT_EQ(lines_told(trace), Lines{"words"});
  EXPECT_FALSE(told.commands[0].beats.back().steps.empty());
}

}  // namespace
}  // namespace cutaway::viz

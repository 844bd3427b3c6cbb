// What the panels say: lanes, lines, filter, terminal, causes, inspector. All as text.
#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/viz_panels/hand_trace.h"
#include "viz/player/causes.h"
#include "viz/player/event_filter.h"
#include "viz/player/event_line.h"
#include "viz/player/inspection.h"
#include "viz/player/lanes.h"
#include "viz/player/player.h"
#include "viz/player/step_index.h"
#include "viz/player/transcript.h"

namespace cutaway::viz {
namespace {

std::string lines_of(const Trace& trace, std::string_view filter) {
  const StepIndex index(trace);
  FilteredEvents found;
  found.set(filter, false);
  found.scan(trace, index, trace.size());
  std::string text;
  for (const EventIndex n : found.rows()) text += line_words(trace, index, n) + "\n";
  return text;
}

TEST(Lanes, NarrowMarksBecomeOneWithTheirCount) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  for (const double width : {20.0, 100.0, 1476.0}) {
    const Track track = Track::even(width, trace.size());
    const auto marks = lane_marks(trace, index, StepSize::Syscall, track);
    std::size_t counted = 0;
    for (std::size_t i = 0; i < marks.size(); ++i) {
      counted += marks[i].count;
      if (i == 0) continue;
      EXPECT_GE(marks[i].at - marks[i - 1].at, kNarrow - 1e-9) << width;
    }
    EXPECT_EQ(counted, index.marks(StepSize::Syscall).size()) << width;
  }
  const auto wide = lane_marks(trace, index, StepSize::Syscall, Track::even(1476, trace.size()));
  EXPECT_EQ(wide.size(), index.marks(StepSize::Syscall).size());
}

TEST(Lanes, NarrowBlocksBecomeOne) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  const auto blocks = lane_blocks(index, StepSize::EngineStep, Track::even(12, trace.size()));
  std::size_t counted = 0;
  for (const LaneBlock& block : blocks) counted += block.count;
  EXPECT_EQ(counted, index.unit_count(StepSize::EngineStep));
  EXPECT_LE(blocks.size(), 6U);
}

TEST(Lanes, EqualTrackGivesEachBeatTheSameRoom) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  const Track track = Track::equal(800, index, StepSize::Beat);
  const auto blocks = lane_blocks(index, StepSize::Beat, track, Blocks::Joined);
  ASSERT_EQ(blocks.size(), 8U);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    EXPECT_NEAR(blocks[i].to, 100.0 * static_cast<double>(i + 1), 1e-6);
  }
  for (std::size_t n = 0; n <= trace.size(); ++n) EXPECT_EQ(track.position(track.at(n)), n);
}

TEST(Lanes, APacedTrackGivesLongStepsMoreRoomButNotAsMuchAsTheyHaveEvents) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  const Track track = Track::paced(1000, index);
  double before = -1;
  for (std::size_t n = 0; n <= trace.size(); ++n) {
    EXPECT_EQ(track.position(track.at(n)), n);
    EXPECT_GT(track.at(n), before);
    before = track.at(n);
  }
  EXPECT_EQ(track.at(trace.size()), 1000);
  const auto room = [&](std::string_view label) {
    for (const StepUnit& unit : index.units(StepSize::EngineStep)) {
      if (unit.label == label) return track.at(unit.at.to) - track.at(unit.at.from);
    }
    return 0.0;
  };
  const double ratio = room("ns.clone") / room("mnt.proc");  // 8 events to 1
  EXPECT_GT(ratio, 2);
  EXPECT_LT(ratio, 6);
}

TEST(EventLines, SayWhatHappened) {
  const Trace trace = hand_trace();
  const std::string all = lines_of(trace, "");
  for (const char* line : {"docker run busybox echo hi there", "access /etc/ld.so.preload ENOENT",
                           "busybox is not in the cache", "clone, 3 new namespaces",
                           "mount proc /proc", "pivot_root . .", "sethostname \"8f2c4a1b9d3e\"",
                           "mount tmpfs /mnt EPERM", "8f2c4a1b9d3e created", "command ends: 0"}) {
    EXPECT_NE(all.find(std::string(line) + "\n"), std::string::npos) << line << "\n" << all;
  }
  EXPECT_EQ(all.find("new mnt namespace"), std::string::npos);  // the call's row says it
}

TEST(EventLines, ARefusalIsAnotherSignThanAnAnswer) {
  const Trace trace = hand_trace();
  int refused = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    refused += event_sign(trace, n) == EventSign::Refused ? 1 : 0;
  }
  EXPECT_EQ(refused, 1);  // EPERM; ENOENT of access is an answer
}

TEST(EventFilter, KindsContainersStepsTasksAndWords) {
  const Trace trace = hand_trace();
  EXPECT_EQ(lines_of(trace, "kind:ns container:8f2c"),
            "new mnt namespace\nnew pid namespace\nnew uts namespace\njoins a mnt namespace\n"
            "joins a pid namespace\njoins a uts namespace\nhostname 8f2c4a1b9d3e\n");
  EXPECT_EQ(lines_of(trace, "step:root"), "pivot_root . .\n");
  EXPECT_EQ(lines_of(trace, "task:2041 kind:syscall"), "clone, pid 4690\n");
  EXPECT_EQ(lines_of(trace, "MOUNT eperm"), "mount tmpfs /mnt EPERM\n");
  EXPECT_EQ(lines_of(trace, "container:quirky_hopper kind:api"),
            "POST /containers/8f2c4a1b9d3e/start\n");
  EXPECT_EQ(lines_of(trace, "nothing-like-this"), "");
  EXPECT_NE(lines_of(trace, "kind:all").find("the machine as it stands"), std::string::npos);
}

TEST(EventFilter, LooksThroughALongTraceInPieces) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  FilteredEvents found;
  found.set("clone", false);
  int pieces = 1;
  while (found.scan(trace, index, 10)) ++pieces;
  EXPECT_EQ(pieces, 5);
  EXPECT_EQ(found.rows().size(), 3U);
  EXPECT_EQ(found.past(trace.size()), 3U);
  EXPECT_EQ(found.past(0), 0U);
}

/// The hand-made story, and then so many calls that whole blocks have nothing else.
Trace with_many_calls() {
  Trace trace = hand_trace();
  Event call = trace.event(trace.size() - 1);
  call.body = Syscall{};
  std::get<Syscall>(call.body).sys = abi::Sys::getppid;
  for (int i = 0; i < 5000; ++i) trace.append(call);
  call.body = Note{"between them", ""};
  trace.append(call);
  return trace;
}

TEST(EventFilter, ShowsTheSameWithoutALookAtEachCall) {
  const Trace trace = with_many_calls();
  const StepIndex index(trace);
  for (const bool effects : {false, true}) {
    FilteredEvents found;
    found.set("", effects);
    while (found.scan(trace, index, 700)) continue;
    EventFilter each = EventFilter::parse("");
    each.effects = effects;
    EXPECT_FALSE(each.wishes());
    std::vector<EventIndex> rows;
    for (std::size_t n = 0; n < trace.size(); ++n) {
      if (each.matches(trace, index, n)) rows.push_back(static_cast<EventIndex>(n));
    }
    EXPECT_GT(rows.size(), 5000U);
    EXPECT_EQ(found.rows(), rows);
  }
  EXPECT_TRUE(EventFilter::parse("kind:all").wishes());
}

TEST(Screen, FollowsCarriageReturnsAndCursorMovements) {
  Screen screen;
  screen.type("docker pull busybox");
  screen.print("latest: Pulling\n17ee: Waiting\r\n", false);
  screen.print("\x1b[1A\x1b[2K\r17ee: Downloading\r\n", false);
  screen.print("ab\rX\tq\x1b[31mred\x1b[0m", true);
  const std::vector<ScreenLine> lines = screen.content().joined();
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_TRUE(lines[0].typed);
  EXPECT_EQ(lines[2].text, "17ee: Downloading");
  EXPECT_EQ(lines[3].text, "Xb      qred");
  EXPECT_TRUE(lines[3].error);
}

TEST(Transcript, ShowsWhatHadBeenPrintedByThen) {
  const Trace trace = hand_trace();
  Transcript transcript;
  transcript.extend(trace, StepIndex(trace).kinds());
  EXPECT_TRUE(transcript.lines_at(1).empty());
  EXPECT_TRUE(transcript.waits_for_command(1));
  const auto middle = transcript.lines_at(20);
  ASSERT_EQ(middle.size(), 2U);
  EXPECT_EQ(middle[0].text, "docker run busybox echo hi there");
  EXPECT_TRUE(middle[1].error);
  EXPECT_FALSE(transcript.waits_for_command(20));
  const auto end = transcript.lines_at(trace.size());
  EXPECT_EQ(end.back().text, "hi there");
  EXPECT_TRUE(transcript.waits_for_command(trace.size()));
}

TEST(Causes, LeadBackToTheCommand) {
  const Trace trace = hand_trace();
  const StepIndex index(trace);
  EventIndex pivot = kNoEvent;
  for (const EventIndex n : index.marks(StepSize::Syscall)) {
    if (line_words(trace, index, n) == "pivot_root . .") pivot = n;
  }
  ASSERT_NE(pivot, kNoEvent);
  std::string chain;
  for (const EventIndex n : causes_of(trace, index, pivot)) {
    chain += line_words(trace, index, n) + "\n";
  }
  EXPECT_EQ(chain,
            "clone, 3 new namespaces\nclone, pid 4702\nPOST /containers/8f2c4a1b9d3e/start\n"
            "docker run busybox echo hi there\n");
}

TEST(Inspection, ShowsTheTaskItsNamespacesAndWhatChanged) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.jump(26);  // the clone has returned
  player.jump(33);  // … and sethostname, in the container
  const Inspection seen =
      inspect(trace, player.index(), player.world(), player.moment(), Subject());
  std::string text = seen.subject + "\n";
  for (const InspectionRow& row : seen.rows) text += row.key + " | " + row.value + "\n";
  for (const char* part :
       {"task 4711\n", "pid here | 1\n", "pid on host | 4711\n", "capabilities | 41 of 41\n",
        "seccomp | no filter\n", "mnt | …2611  own\n", "net | …1836  the host's\n",
        "hostname 8f2c4a1b9d3e | "}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text;
  }
}

Subject task_with(TaskId id) {
  cutaway::Task task;
  task.id = id;
  task.pids = {1};
  return task_subject(task);
}

TEST(Inspection, OfATaskThatIsGone) {
  const Trace trace = hand_trace();
  Player player(trace);
  player.last();
  const Inspection seen =
      inspect(trace, player.index(), player.world(), player.moment(), task_with(TaskId(99)));
  ASSERT_GT(seen.rows.size(), 0U);
  EXPECT_EQ(seen.subject, "task");
  EXPECT_EQ(seen.rows[0].key, "It has ended, and its exit code was collected.");
}

TEST(Inspection, OfATaskThatIsYetToCome) {
  const Trace trace = hand_trace();
  Player player(trace);
  const auto first_row = [&](std::size_t position, TaskId task) {
    player.jump(position);
    const Inspection seen =
        inspect(trace, player.index(), player.world(), player.moment(), task_with(task));
    return seen.rows.empty() ? "" : seen.rows[0].key;
  };
  EXPECT_EQ(first_row(24, TaskId(6)), "It has not begun yet.");
  EXPECT_NE(first_row(25, TaskId(6)), "It has not begun yet.");  // forked
  EXPECT_EQ(first_row(0, TaskId(1)), "It has not begun yet.");   // no machine yet
}

}  // namespace
}  // namespace cutaway::viz

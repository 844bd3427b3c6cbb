// Memory that runs out: sentence, stations, picture and inspector of each stage; and why a signal
// was dropped.
#include <gtest/gtest.h>

#include "tests/viz_text/run_lines.h"
#include "viz/player/inspection.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/caption.h"
#include "viz/text/explain.h"
#include "viz/text/oom_parts.h"

namespace cutaway::viz {
namespace {

const Trace& eaten() {
  static const Trace trace =
      run_lines({"run -d --name web -m 64m nginx", "run --name eater -m 32m stress memhog 64m"});
  return trace;
}

/// The position behind the first event that is so far.
std::size_t stage(OomNews::Stage wanted) {
  for (std::size_t n = 0; n < eaten().size(); ++n) {
    const auto news = oom_news(eaten(), eaten().world_at(n + 1), eaten().event(n));
    if (news && news->stage == wanted) return n + 1;
  }
  ADD_FAILURE() << "no such stage";
  return 0;
}

Caption said(std::size_t position) {
  return caption_of(eaten(), eaten().world_at(position), position, StepSize::Effect);
}

TEST(OutOfMemory, EachStageHasItsSentence) {
  EXPECT_EQ(said(stage(OomNews::Stage::Refused)).what,
            "memhog touches a page more, and eater has no room for it.");
  EXPECT_EQ(said(stage(OomNews::Stage::Reclaimed)).what, "Nothing can be taken back from eater.");
  const Caption killed = said(stage(OomNews::Stage::Killed));
  EXPECT_EQ(killed.what,
            "eater may hold 32 MiB and is full, so the kernel kills its largest process, memhog.");
  EXPECT_NE(killed.why.find("128 + 9 = 137"), std::string::npos);
}

TEST(OutOfMemory, TheStationsTellWhoTouchedWhatLimitAndWhoIsChosen) {
  const Caption caption = said(stage(OomNews::Stage::Killed));
  ASSERT_EQ(caption.parts.size(), 5U);
  EXPECT_EQ(caption.parts[0].value, "1 in eater");
  EXPECT_EQ(caption.parts[1].value, "32.0 of 32 MiB");
  EXPECT_EQ(caption.parts[1].state, CaptionPart::State::Bad);
  EXPECT_EQ(caption.parts[2].value.substr(0, 8), "memhog, ");
  EXPECT_EQ(caption.parts[3].value, "from the kernel");
  EXPECT_EQ(caption.parts[4].state, CaptionPart::State::Next);
  const Caption before = said(stage(OomNews::Stage::Refused));
  ASSERT_EQ(before.parts.size(), 4U);
  EXPECT_EQ(before.parts[2].state, CaptionPart::State::Next);
}

TEST(OutOfMemory, ThePictureLeadsToTheLidAndBackToWhomeverIsKilled) {
  const std::size_t position = stage(OomNews::Stage::Killed);
  const ShipModel model = ship_model(eaten(), eaten().world_at(position), position);
  ASSERT_TRUE(model.packet && model.signal);
  EXPECT_EQ(model.packet->label, "page fault");
  EXPECT_EQ(*model.packet->column, Column::Memory);
  EXPECT_TRUE(model.signal->from_lid);
  EXPECT_EQ(model.signal->choice, 3);
  EXPECT_EQ(model.signal->number, 4);
  EXPECT_NE(explain(eaten(), position, 100).find("because the lid of its memory is reached"),
            std::string::npos);
}

std::size_t after_oom(const Trace& trace) {
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (std::holds_alternative<CgroupOom>(trace.event(n).body)) return n + 1;
  }
  ADD_FAILURE() << "memory did not run out";
  return 0;
}

// Whoever touches a page need not be the one who ends.
TEST(OutOfMemory, TheToucherIsToldApartFromTheVictim) {
  const Trace trace =
      run_lines({"run -m 16m stress sh -c 'memhog 10m 5 & sleep 1; memhog 8m; wait'"});
  const std::size_t position = after_oom(trace);
  const World world = trace.world_at(position);
  const auto news = oom_news(trace, world, trace.event(position - 1));
  ASSERT_TRUE(news && news->toucher && news->victim);
  EXPECT_NE(news->toucher, news->victim);
  const ShipModel model = ship_model(trace, world, position);
  ASSERT_TRUE(model.packet);
  EXPECT_EQ(model.packet->task, "task:" + std::to_string(world.tasks.at(news->toucher).pid()));
}

// Nobody touched anything: a limit was written below what is used.
TEST(OutOfMemory, OfALimitThatWasLoweredNoPageIsTold) {
  const Trace trace = run_lines({"run -d --name hog -m 64m stress memhog 32m 1000",
                                 "update --memory 8m --memory-swap 8m hog"});
  const std::size_t position = after_oom(trace);
  const Caption caption = caption_of(trace, trace.world_at(position), position, StepSize::Effect);
  ASSERT_FALSE(caption.parts.empty());
  EXPECT_EQ(caption.parts[0].head, "Within limit?");
  EXPECT_EQ(caption.parts[0].number, 1);
  const ShipModel model = ship_model(trace, trace.world_at(position), position);
  ASSERT_TRUE(model.packet) << "the limit's own write";
  EXPECT_TRUE(model.packet->stations.empty()) << "its balloons would be those of other parts";
}

bool has_row(const Inspection& found, const std::string& key, const std::string& value) {
  for (const InspectionRow& row : found.rows) {
    if (row.key == key && (value.empty() || row.value == value)) return true;
  }
  return false;
}

Inspection looked_at(const Trace& trace, std::size_t position) {
  const StepIndex index(trace);
  Moment moment;
  moment.position = position;
  moment.focus = static_cast<EventIndex>(position - 1);
  return inspect(trace, index, trace.world_at(position), moment, {});
}

TEST(OutOfMemory, TheInspectorSaysWhomTheKernelAsksAndWhomItDoesNot) {
  const Inspection found = looked_at(eaten(), stage(OomNews::Stage::Chosen));
  EXPECT_EQ(found.rows.front().key, "Who is killed?");
  EXPECT_TRUE(has_row(found, "memhog, 1 in eater", ""));
  EXPECT_TRUE(has_row(found, "chosen: the largest", ""));
  EXPECT_TRUE(has_row(found, "Not asked: other cgroups", ""));
  EXPECT_TRUE(has_row(found, "dockerd, the host", ""));
  EXPECT_TRUE(has_row(found, "used", "32.0 of 32 MiB"));
  EXPECT_TRUE(has_row(found, "memory.events max", "1"));
  EXPECT_TRUE(has_row(found, "memory.events oom_kill", "1"));
}

TEST(DroppedSignal, TheInspectorSaysWhy) {
  const Trace trace =
      run_lines({"run -d --name web busybox sh -c 'sleep 1000; true'", "stop -t 1 web"});
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* dropped = std::get_if<SignalIgnored>(&event.body);
    if (dropped == nullptr || dropped->sig != abi::sig::kTerm) continue;
    const Inspection found = looked_at(trace, n + 1);
    EXPECT_EQ(found.rows.front().key, "Why dropped?");
    EXPECT_TRUE(has_row(found, "its action", "default (SIG_DFL)"));
    EXPECT_TRUE(has_row(found, "sender", "outside: a namespace above"));
    EXPECT_TRUE(has_row(found, "SIGKILL", "passes from outside"));
    return;
  }
  FAIL() << "nothing was dropped";
}

// The bit is set in its own user namespace; the hostname belongs to another.
TEST(Rights, ThatCountElsewhereAreToldSo) {
  const Trace trace =
      run_lines({"run --user 1000 --security-opt seccomp=unconfined busybox "
                 "unshare -U -r hostname x"});
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call == nullptr || call->sys != abi::Sys::sethostname || call->err != abi::Errno::kEPERM)
      continue;
    const Caption caption = caption_of(trace, trace.world_at(n + 1), n + 1, StepSize::Syscall);
    EXPECT_EQ(caption.why,
              "It has that right in its own user namespace alone; what it asks about belongs to "
              "another one.");
    return;
  }
  FAIL() << "sethostname was not refused";
}

}  // namespace
}  // namespace cutaway::viz

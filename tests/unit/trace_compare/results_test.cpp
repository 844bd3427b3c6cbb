// What came out of both runs.
#include <gtest/gtest.h>

#include "tests/unit/trace_compare/edited.h"

namespace cutaway::test {
namespace {

using Lines = std::vector<std::string>;

class CompareResults : public testing::Test {
 protected:
  static const Trace& echo() {
    static const Trace trace = simulate("run-echo");
    return trace;
  }
  /// Places of the events that carry the container's bytes out of it.
  static std::size_t output_of(const Edited& edited, std::string_view text) {
    for (std::size_t n = 0; n < edited.events.size(); ++n) {
      const auto* moved = std::get_if<BytesMoved>(&edited.events[n].body);
      if (moved != nullptr && moved->dir == Direction::Out && moved->text == text) return n;
    }
    ADD_FAILURE() << "nobody writes " << text;
    return 0;
  }
};

TEST_F(CompareResults, another_exit_status) {
  Edited real = as_real(echo());
  std::get<CliDone>(real.events.at(real.find_event<CliDone>()).body).exit = 7;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"different result client cli exit simulator_wrong"}));
  EXPECT_FALSE(agrees(found));
  EXPECT_EQ(found.results.different, 1);
  EXPECT_EQ(differing(found, RowLevel::Result).at(0).values.at("result_b"), "7");
}

TEST_F(CompareResults, another_end_of_the_container) {
  Edited real = as_real(echo());
  auto& ended = std::get<ContainerExited>(real.events.at(real.find_event<ContainerExited>()).body);
  ended.signal = 9;
  ended.code = 137;
  ended.oom = true;
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"different result init exit end simulator_wrong"}));
  EXPECT_EQ(differing(found, RowLevel::Result).at(0).values.at("result_b"),
            "killed by SIGKILL, out of memory");
}

TEST_F(CompareResults, another_output) {
  Edited real = as_real(echo());
  auto& moved = std::get<BytesMoved>(real.events.at(output_of(real, "hi there\n")).body);
  moved.text = "ho there\n";
  moved.data = real.blob(moved.text);
  const Comparison found = compared(echo(), real.build());
  EXPECT_EQ(told(found), (Lines{"different result workload io.write stdout simulator_wrong"}));
  EXPECT_EQ(differing(found, RowLevel::Result).at(0).values.at("result_b"), "“ho there\\n”");
}

// free says 24105 here and 16041 there; who has not read /proc/meminfo may not.
TEST_F(CompareResults, figures_of_another_machine) {
  const auto with = [](const char* path, const char* text) {
    Edited real = as_real(echo());
    Event reading = real.events.at(real.find(abi::Sys::write, "io.write"));
    const std::size_t at = output_of(real, "hi there\n");
    Syscall read;
    read.sys = abi::Sys::read;
    read.args = {Arg::fd(3, path), Arg::bytes("7"), Arg::integer(4096)};
    read.ret = 1;
    reading.body = read;
    auto& moved = std::get<BytesMoved>(real.events.at(at).body);
    moved.text = text;
    moved.data = real.blob(moved.text);
    real.events.insert(real.events.begin() + static_cast<std::ptrdiff_t>(at), reading);
    return real.build();
  };
  const Trace ours = with("/proc/meminfo", "Mem:  24105\n");
  const auto results = [](const Comparison& found) { return differing(found, RowLevel::Result); };
  const auto explained = results(compared(ours, with("/proc/meminfo", "Mem: 116041\n")));
  ASSERT_EQ(explained.size(), 1U);
  EXPECT_EQ(explained[0].why, "compare.kernel.meters");
  for (const Trace& other :
       {with("/proc/meminfo", "Men: 116041\n"), with("/etc/motd", "Mem: 116041\n")}) {
    const auto wrong = results(compared(ours, other));
    ASSERT_EQ(wrong.size(), 1U);
    EXPECT_TRUE(is_open(wrong[0].row_class));
  }
}

TEST_F(CompareResults, no_output) {
  Edited real = as_real(echo());
  real.drop(output_of(real, "hi there\n"));
  EXPECT_EQ(told(compared(echo(), real.build())),
            (Lines{"only_a result workload io.write stdout simulator_wrong"}));
}

TEST_F(CompareResults, bytes_that_were_not_captured_count_by_their_number) {
  Edited real = as_real(echo());
  auto& moved = std::get<BytesMoved>(real.events.at(output_of(real, "hi there\n")).body);
  moved.text = "hi";
  moved.data = BlobId{};
  EXPECT_EQ(told(compared(echo(), real.build())), Lines());
  moved.bytes += 1;
  EXPECT_EQ(told(compared(echo(), real.build())),
            (Lines{"different result workload io.write stdout simulator_wrong"}));
}

TEST_F(CompareResults, an_id_in_the_output) {
  Edited one(echo());
  Edited two(simulate("run-echo", 4711));
  for (Edited* each : {&one, &two}) {
    const Trace& built = each->build();
    std::string id;
    built.head().containers.each([&id](const Container& container) { id = container.id; });
    if (id.empty()) {
      id = std::get<ContainerCreated>(each->events.at(each->find_event<ContainerCreated>()).body)
               .container.id;
    }
    auto& moved = std::get<BytesMoved>(each->events.at(output_of(*each, "hi there\n")).body);
    moved.text = id.substr(0, 12) + "\n";
    moved.data = each->blob(moved.text);
    moved.bytes = static_cast<std::int64_t>(moved.text.size());
  }
  const Comparison found = compared(one.build(), two.build());
  bool seen = false;
  for (const CompareRow& row : differing(found, RowLevel::Result)) {
    EXPECT_EQ(row.name, "stdout");
    EXPECT_EQ(row.status, RowStatus::Matched);
    EXPECT_EQ(row.row_class, RowClass::Ids);
    seen = true;
  }
  EXPECT_TRUE(seen);
}

TEST_F(CompareResults, commands_that_one_side_never_ran) {
  const Comparison found = compared(simulate("second-run"), echo());
  EXPECT_GT(found.results.only_a, 0);
  EXPECT_EQ(found.results.only_b, 0);
}

}  // namespace
}  // namespace cutaway::test

// One simulator is typed at, at random: nothing crashes, each line ends with a status of docker's,
// the log holds the World, and the same seed gives the same trace. CUTAWAY_FUZZ_SECONDS: how long
// (else a short while), CUTAWAY_FUZZ_SEED: where to begin.
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>

#include "base/text.h"
#include "sim/simulator.h"
#include "tests/fuzz/asked.h"
#include "tests/fuzz/docker_lines.h"
#include "trace/abi/abi.h"
#include "trace/log/jsonl.h"

namespace cutaway::test {
namespace {

constexpr std::size_t kLines = 25;  // in one session
constexpr std::size_t kEventsPerLine = 60'000;

/// Statuses that docker's client ends with: its own, 125 to 127, and those of programs.
bool is_a_status(int exit) { return exit >= 0 && exit <= 255; }

class Session {
 public:
  explicit Session(std::uint64_t seed) : lines_(seed), simulator_({}) {}

  void type_all() {
    for (std::size_t i = 0; i < kLines && !::testing::Test::HasFailure(); ++i) type();
  }
  const Trace& trace() const { return simulator_.trace(); }
  const std::vector<std::string>& typed() const { return typed_; }

 private:
  void type() {
    SideCommand command;
    command.words = lines_.next(simulator_.trace().head());
    for (const std::string& word : command.words)
      command.line += (command.line.empty() ? "" : " ") + shell_quoted(word);
    command.name = "c" + std::to_string(typed_.size());
    typed_.push_back(command.line);
    const auto index = simulator_.submit_in_background(command);
    if (!index) {
      EXPECT_EQ(index.error().code, ErrorCode::NotYet) << command.line;
      return;
    }
    if (!finish(*index)) end(command.name, *index);
    const CommandState& state = simulator_.command(*index);
    EXPECT_TRUE(state.done) << command.line;
    EXPECT_TRUE(is_a_status(state.exit)) << command.line << ": " << state.exit;
  }
  /// False: it goes on, or waits for somebody.
  bool finish(std::size_t index) {
    const std::size_t until = simulator_.trace().size() + kEventsPerLine;
    while (!simulator_.command(index).done && simulator_.trace().size() < until) {
      const auto more = simulator_.run_some(64);
      if (!more || !*more) break;
    }
    return simulator_.command(index).done;
  }
  void end(const std::string& name, std::size_t index) {
    SideCommand signal;
    signal.kind = SideCommand::Kind::Signal;
    signal.name = name;
    signal.signal = abi::sig::kKill;
    EXPECT_TRUE(simulator_.submit(signal)) << typed_.back();
    EXPECT_TRUE(finish(index)) << typed_.back();
  }

  DockerLines lines_;
  sim::Simulator simulator_;
  std::vector<std::string> typed_;
};

void session(std::uint64_t seed) {
  Session first(seed), second(seed);
  first.type_all();
  if (::testing::Test::HasFailure()) {
    for (const std::string& line : first.typed()) std::cerr << "  docker " << line << "\n";
    return;
  }
  EXPECT_TRUE(replayed(first.trace()) == first.trace().head()) << "seed " << seed;
  second.type_all();
  EXPECT_TRUE(to_jsonl(first.trace()) == to_jsonl(second.trace())) << "seed " << seed;
}

TEST(DockerLines, AtRandomAreAllAnswered) {
  using Clock = std::chrono::steady_clock;
  const auto until = Clock::now() + std::chrono::seconds(asked("CUTAWAY_FUZZ_SECONDS", 3));
  std::uint64_t seed = asked("CUTAWAY_FUZZ_SEED", 1);
  std::size_t sessions = 0;
  do {
    SCOPED_TRACE("seed " + std::to_string(seed));
    session(seed++);
    ++sessions;
  } while (Clock::now() < until && !HasFailure());
  RecordProperty("sessions", static_cast<int>(sessions));
  std::cout << sessions << " sessions of " << kLines << " lines\n";
}

}  // namespace
}  // namespace cutaway::test

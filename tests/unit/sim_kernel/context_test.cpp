// The run loop of programs: nested coroutines, results, ends. No kernel decides anything here.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

Co<std::int64_t> twice_pid(Sys sys) {
  const std::int64_t first = co_await sys.getpid();
  const std::int64_t second = co_await sys.getpid();
  co_return first + second;
}

Co<std::string> in_words(Sys sys, std::string prefix) {
  auto sum = twice_pid(sys);
  const std::int64_t value = co_await sum;
  co_return prefix + std::to_string(value);
}

Program nested(Sys sys, State) {
  auto words = in_words(sys, "pid+pid=");
  const std::string text = co_await words;
  notes().push_back(text);
  co_return 3;
}

TEST(Context, NestedCoroutinesHandValuesUp) {
  Lab lab;
  lab.run(nested);
  EXPECT_EQ(lab.notes, Notes{"pid+pid=4082"});
}

TEST(Context, MainsReturnIsExitGroup) {
  Lab lab;
  lab.run(nested);
  const Syscall* exit = lab.find_call(abi::Sys::exit_group);
  ASSERT_NE(exit, nullptr);
  EXPECT_FALSE(exit->returned);
  EXPECT_EQ(exit->args.at(0).value, 3);
}

Program no_calls(Sys, State) { co_return 0; }

TEST(Context, AProgramWithoutCallsEnds) {
  Lab lab;
  lab.run(no_calls);
  EXPECT_EQ(lab.task("bash"), nullptr);
}

Program passes_state(Sys sys, State state) {
  notes() = state.argv;
  notes().push_back(std::any_cast<std::string>(state.more));
  co_await sys.getpid();
  co_return 0;
}

TEST(Context, StateIsCopiedIn) {
  Lab lab;
  State state;
  state.argv = {"a", "b"};
  state.more = std::string("c");
  lab.run(passes_state, state);
  EXPECT_EQ(lab.notes, (Notes{"a", "b", "c"}));
}

Program throws(Sys sys, State) {
  const std::string path = "/nosuch";
  co_await sys.open(path, 0);
  const std::vector<int> empty;
  co_return empty.at(3);
}

TEST(ContextDeathTest, WhoeverThrowsIsNamedAndWhat) {
  Lab lab;
  EXPECT_DEATH(lab.run(throws),
               "no throw in a simulated program .task [0-9]+ .bash., behind openat "
               "= -2: .*vector");
}

}  // namespace
}  // namespace cutaway::sim

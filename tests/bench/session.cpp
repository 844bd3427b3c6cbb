// A session in the simulator: a command, and a thousand of them taken back.
#include <benchmark/benchmark.h>

#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kTakenBack = 30;  // only whether it is right
#else
constexpr std::size_t kTakenBack = 1000;
#endif

bool type(sim::Simulator& simulator, const std::string& line) {
  SideCommand command;
  command.line = line;
  split_shell_words(line, command.words);
  const auto index = simulator.submit(command);
  return index && simulator.run_until_done(*index) && simulator.command(*index).exit == 0;
}

/// docker run --rm busybox true, from the client's start to its end, traced.
void run_ours(benchmark::State& state) {
  sim::Simulator simulator({});
  bool right = type(simulator, "pull -q busybox");
  for (auto _ : state) right = type(simulator, "run --rm busybox true") && right;
  if (!right) state.SkipWithError("a command failed");
  state.SetItemsProcessed(state.iterations());
}

void undo_ours(benchmark::State& state) {
  sim::Simulator simulator({});
  bool right = type(simulator, "pull -q busybox");
  const std::size_t events = simulator.trace().size();
  for (auto _ : state) {
    state.PauseTiming();
    for (std::size_t i = 0; i < kTakenBack; ++i)
      right = type(simulator, "run --rm busybox true") && right;
    state.ResumeTiming();
    right = simulator.undo(kTakenBack) && right;
    right = right && simulator.trace().size() == events && simulator.commands() == 1;
  }
  if (!right) state.SkipWithError("it is not as it was");
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(run_ours)->Name("run/ours");
BENCHMARK(undo_ours)->Name("undo/ours")->Iterations(1);

}  // namespace
}  // namespace cutaway

// The window on large traces: time to open, a frame while stepping, a frame at rest, seek, memory.
// CUTAWAY_LARGE="events containers" chooses the size (default: small, for the smoke test).
#include <benchmark/benchmark.h>
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>

#include "base/prng.h"
#include "tests/bench/bench_window.h"
#include "tests/bench/large_trace.h"

namespace cutaway {
namespace {

struct Size {
  std::size_t events = 20'000;
  std::size_t containers = 3;
};

Size asked_size() {
  Size size;
  const char* asked = std::getenv("CUTAWAY_LARGE");
  if (asked != nullptr) std::sscanf(asked, "%zu %zu", &size.events, &size.containers);
  return size;
}

const Trace& trace() {
  static const Trace made = large_trace(asked_size().events, asked_size().containers);
  return made;
}

void large_open(benchmark::State& state) {
  trace();
  for (auto _ : state) {
    BenchWindow window(trace());
    window.frame();
    benchmark::DoNotOptimize(window.player().count());
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

BenchWindow& window() {
  static BenchWindow made(trace());
  return made;
}

/// Each frame is another moment: picture, sentence, inspector and lists are computed anew.
void large_step(benchmark::State& state) {
  window().player().jump(trace().size() / 2);
  window().frame();
  for (auto _ : state) {
    window().player().forward();
    window().frame();
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

/// The same moment again: the pointer moves.
void large_rest(benchmark::State& state) {
  window().player().jump(trace().size() / 2);
  window().frame();
  for (auto _ : state) window().frame();
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void large_seek(benchmark::State& state) {
  Prng random(11);
  for (auto _ : state) {
    window().player().jump(static_cast<std::size_t>(random.next() % trace().size()));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

/// How many events it takes to make the containers: what follows are calls.
std::size_t making() { return asked_size().containers * 1300; }

/// Anywhere else, and the frame that shows it: nothing of the moment before is of use. Every second
/// time that is while the containers are made, where each moment has other containers.
void large_jump(benchmark::State& state) {
  Prng random(12);
  window().frame();
  double worst = 0;
  std::size_t turn = 0;
  for (auto _ : state) {
    const std::size_t among = ++turn % 2 == 0 ? std::min(making(), trace().size()) : trace().size();
    const std::clock_t begun = std::clock();  // of this process: others may be busy
    window().player().jump(static_cast<std::size_t>(random.next() % among));
    window().frame();
    const double took = 1e3 * static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
    worst = std::max(worst, took);
  }
  state.counters["worst_ms"] = worst;
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}

void large_memory(benchmark::State& state) {
  for (auto _ : state) window().frame();
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  state.counters["MiB_at_most"] = static_cast<double>(usage.ru_maxrss) / 1024;
  state.counters["triangles"] = static_cast<double>(window().triangles());
  state.counters["events"] = static_cast<double>(trace().size());
}

BENCHMARK(large_open)->Iterations(1)->Unit(benchmark::kMillisecond);
BENCHMARK(large_step)->Unit(benchmark::kMillisecond);
BENCHMARK(large_rest)->Unit(benchmark::kMillisecond);
BENCHMARK(large_seek)->Unit(benchmark::kMillisecond);
BENCHMARK(large_jump)->Unit(benchmark::kMillisecond);
BENCHMARK(large_memory)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace cutaway

BENCHMARK_MAIN();

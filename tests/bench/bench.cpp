// How fast are we, beside something that does the same amount of work in the same run? Benchmarks
// come in pairs `<what>/ours` and `<what>/peer`; bench_table.py divides one by the other. Both
// count the same items.
#include <benchmark/benchmark.h>
#include <imgui.h>
#include <lz4.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstring>
#include <string>
#include <vector>

#include "base/os/heap.h"
#include "base/prng.h"
#include "sim/simulator.h"
#include "trace/log/cut.h"
#include "trace/log/event_store.h"
#include "trace/log/trace.h"
#include "viz/draw/bundled_fonts.h"
#include "viz/draw/draw_scene.h"
#include "viz/export/headless.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/theme/theme.h"

namespace cutaway {
namespace {

Trace simulate() {
  sim::SimulatorOptions options;
  options.machine.memory = std::int64_t{8} << 30;
  sim::Simulator simulator(options);
  SideCommand command;
  command.line = "run busybox echo hi there";
  command.words = {"run", "busybox", "echo", "hi", "there"};
  const auto index = simulator.submit(command);
  CHECK(index && simulator.run_until_done(*index));
  return simulator.take_trace();
}

/// What all work with: docker run busybox echo hi there.
struct Run {
  Trace trace = simulate();
  std::vector<Event> events;
  std::string bytes;  ///< what the trace keeps in memory: records and bodies
  std::size_t calls = 0;

  Run() {
    for (std::size_t n = 0; n < trace.size(); ++n) {
      events.push_back(trace.event(n));
      const Record& record = trace.record(n);
      bytes.append(reinterpret_cast<const char*>(&record), sizeof record);
      bytes.append(trace.store().payload(n));
      calls += std::holds_alternative<Syscall>(events.back().body) ? 1U : 0U;
    }
  }
};

const Run& run() {
  static const Run made;
  return made;
}

void count(benchmark::State& state, std::size_t items) {
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(items));
}
void expect(benchmark::State& state, bool right) {
  if (!right) state.SkipWithError("the result is not what it must be");
}

// Events per second, appended to a trace and applied to its World.
void append_ours(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) {
    Trace copy(run().trace.header);
    for (const Event& event : run().events) copy.append(event);
    size = copy.size();
  }
  expect(state, size == run().trace.size());
  count(state, run().events.size());
}
void append_peer(benchmark::State& state) {
  std::string copy(run().bytes.size(), '\0');
  for (auto _ : state) {
    std::memcpy(copy.data(), run().bytes.data(), copy.size());
    benchmark::ClobberMemory();
  }
  expect(state, copy == run().bytes);
  count(state, run().events.size());
}

// Seeks per second, to anywhere; against replaying from the beginning.
std::size_t anywhere(Prng& prng) {
  return static_cast<std::size_t>(prng.below(run().trace.size() + 1));
}
void seek_ours(benchmark::State& state) {
  Prng prng(1);
  bool right = true;
  for (auto _ : state) {
    const World world = run().trace.world_at(anywhere(prng));
    benchmark::DoNotOptimize(&world);
  }
  right = right && run().trace.world_at(run().trace.size()) == run().trace.head();
  expect(state, right);
  count(state, 1);
}
void seek_peer(benchmark::State& state) {
  Prng prng(1);
  for (auto _ : state) {
    World world;
    const std::size_t end = anywhere(prng);
    for (std::size_t n = 0; n < end; ++n) evolve(world, run().trace.event(n));
    benchmark::DoNotOptimize(&world);
  }
  count(state, 1);
}

// Bytes of memory per second, to a .cut file and back; against lz4 alone.
void write_ours(benchmark::State& state) {
  std::string file;
  for (auto _ : state) file = to_cut(run().trace);
  expect(state, !file.empty() && file.size() < run().bytes.size());
  count(state, run().bytes.size());
}
std::string packed() {
  const int size = static_cast<int>(run().bytes.size());
  std::string out(static_cast<std::size_t>(LZ4_compressBound(size)), '\0');
  const int used =
      LZ4_compress_default(run().bytes.data(), out.data(), size, static_cast<int>(out.size()));
  out.resize(static_cast<std::size_t>(used));
  return out;
}
void write_peer(benchmark::State& state) {
  std::string file;
  for (auto _ : state) file = packed();
  expect(state, !file.empty());
  count(state, run().bytes.size());
}
void read_ours(benchmark::State& state) {
  const std::string file = to_cut(run().trace);
  std::size_t events = 0;
  for (auto _ : state) {
    const auto trace = from_cut("bench", file);
    events = trace ? trace->size() : 0;
  }
  expect(state, events == run().trace.size());
  count(state, run().bytes.size());
}
void read_peer(benchmark::State& state) {
  const std::string file = packed();
  std::string out(run().bytes.size(), '\0');
  for (auto _ : state) {
    LZ4_decompress_safe(file.data(), out.data(), static_cast<int>(file.size()),
                        static_cast<int>(out.size()));
    benchmark::ClobberMemory();
  }
  expect(state, out == run().bytes);
  count(state, run().bytes.size());
}

// Pictures per second: what a frame of the ship costs the cpu, from the World to the draw list.
// The peer is no program but a limit, a screen's 60: the table has it.
void frame_ours(benchmark::State& state) {
  constexpr viz::Rect kArea{276, 42, 1040, 630};
  const viz::FontMetrics metrics = viz::FontMetrics::bundled();
  const auto draw = [&](const viz::PictureAtlas& atlas) {
    ImDrawList list(ImGui::GetDrawListSharedData());
    Prng prng(1);
    for (auto _ : state) {
      state.PauseTiming();
      const std::size_t n = anywhere(prng);
      const World world = run().trace.world_at(n);
      state.ResumeTiming();
      const viz::Scene scene =
          viz::ship_scene(viz::ship_model(run().trace, world, n), {viz::kDark, metrics}, kArea);
      list._ResetForNewFrame();
      list.PushTextureID(ImGui::GetIO().Fonts->TexID);
      list.PushClipRectFullScreen();
      viz::draw_scene(scene, list, atlas);
    }
    expect(state, list.VtxBuffer.Size > 1000);
  };
  expect(state, viz::headless_frame({}, viz::bundled_fonts(), viz::kDark.bg, draw).width > 0);
  count(state, 1);
}

// Calls per second: simulated ones, each with its effects, its cost and its event; against as many
// of the cheapest that this computer's kernel has.
void calls_ours(benchmark::State& state) {
  std::size_t size = 0;
  for (auto _ : state) size = simulate().size();
  expect(state, size == run().trace.size());
  count(state, run().calls);
}
void calls_peer(benchmark::State& state) {
  long pid = 0;
  for (auto _ : state) {
    for (std::size_t n = 0; n < run().calls; ++n) pid = ::syscall(SYS_getpid);
  }
  expect(state, pid == ::getpid());
  count(state, run().calls);
}

BENCHMARK(append_ours)->Name("append/ours");
BENCHMARK(append_peer)->Name("append/peer");
BENCHMARK(seek_ours)->Name("seek/ours");
BENCHMARK(seek_peer)->Name("seek/peer");
BENCHMARK(write_ours)->Name("write/ours");
BENCHMARK(write_peer)->Name("write/peer");
BENCHMARK(read_ours)->Name("read/ours");
BENCHMARK(read_peer)->Name("read/peer");
BENCHMARK(frame_ours)->Name("frame/ours");
BENCHMARK(calls_ours)->Name("calls/ours");
BENCHMARK(calls_peer)->Name("calls/peer");

}  // namespace
}  // namespace cutaway

int main(int argc, char** argv) {
  cutaway::os::prepare_heap();  // as the program does
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}

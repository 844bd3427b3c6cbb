// Lessons in the window: from the choice of one to its first page on the screen.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include "app/gui/lesson_runs.h"
#include "app/lesson/window_lessons.h"
#include "lessons/lesson.h"
#include "tests/bench/bench_window.h"

namespace cutaway {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr std::size_t kLessons = 2;  // only whether it is right
#else
constexpr std::size_t kLessons = 1000;
#endif

/// In seconds; negative: it did not begin.
double time_to_begin(const std::string& lesson) {
  app::WindowLessons lessons = app::WindowLessons::forgetful();
  const auto nothing = std::make_shared<const Trace>();
  app::Futures before(nothing, nullptr);
  app::LessonRuns runs(before, &lessons);
  BenchWindow window(*nothing);
  window.frame();
  const auto chosen = std::chrono::steady_clock::now();
  window.state().lesson.open = lesson;
  runs.serve(window.state());
  window.frame();
  const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - chosen;
  return window.state().lesson.playing() ? passed.count() : -1;
}

/// Of all that are bundled, the one that takes longest.
void lesson_ours(benchmark::State& state) {
  const auto& all = lessons::bundled_lessons();
  for (auto _ : state) {
    double longest = 0;
    for (std::size_t i = 0; i < std::min(all.size(), kLessons); ++i) {
      const double seconds = time_to_begin(all[i].folder);
      if (seconds < 0) state.SkipWithError("a lesson did not begin");
      longest = std::max(longest, seconds);
    }
    state.SetIterationTime(longest);
  }
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(lesson_ours)->Name("lesson/ours")->Iterations(1)->UseManualTime();

}  // namespace
}  // namespace cutaway

#include "viz/panels/window_wait.h"

#include <algorithm>

#include "viz/panels/window.h"
#include "viz/player/pace.h"
#include "viz/text/signal_parts.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

constexpr std::size_t kWaitLookBack = 65536;  // events of a step that are looked at

/// The position at which the longest wait of the present step begins, and how long it is.
struct Gap {
  std::size_t position = 0;
  std::int64_t ns = 0;
};

Gap longest_gap(const Player& player) {
  Gap gap;
  const std::size_t to = player.position();
  if (to == 0) return gap;
  std::size_t from = player.index().previous(player.size(), to);
  if (to > kWaitLookBack) from = std::max(from, to - kWaitLookBack);
  for (std::size_t n = std::max<std::size_t>(from, 1); n < to; ++n) {
    const std::int64_t ns = player.trace().record(n).t - player.trace().record(n - 1).t;
    if (ns > gap.ns) gap = {n, ns};
  }
  return gap;
}

}  // namespace

std::optional<WaitView> wait_view(const WindowState& state) {
  const Gap gap = longest_gap(state.player);
  if (gap.ns < kWaitNs) return std::nullopt;
  const Trace& trace = state.player.trace();
  const World world = trace.world_at(gap.position);
  Moment moment = {gap.position, kNoEvent, StepSize::Effect};
  const PictureWish wish = {state.presenter, state.berths.count(), &state.player.index(),
                            state.camera.slot(), nullptr};
  WaitView view = {state.pictures.ship(trace, world, moment, wish), {}, gap.ns, gap.position, 0};
  if (!view.ship.grace || view.ship.grace->end != GraceEnd::Waits) return std::nullopt;
  view.caption = state.pictures.caption(trace, world, moment, wish);
  return view;
}

std::optional<WaitView> wait_now(const WindowState& state) {
  if (!state.view.wait) return std::nullopt;
  const WaitReplay& replay = state.tools.wait;
  const double whole = static_cast<double>(std::max<std::int64_t>(1, replay.whole_ns()));
  const double share =
      replay.playing() ? static_cast<double>(replay.passed_ns()) / whole : state.player.waited();
  if (!replay.playing() && share >= 1) return std::nullopt;
  WaitView now = *state.view.wait;
  now.share = share;
  const auto ns = static_cast<std::int64_t>(share * static_cast<double>(now.ns));
  let_pass(now.ship, state.tools.reduced_motion ? ns / kSecondNs * kSecondNs : ns);
  tell_grace(now.caption, *now.ship.grace);
  return now;
}

void let_pass_after(WindowState& state) {
  MomentView& view = state.view;
  const bool here = state.later_ns > 0 && state.later_at == state.player.position();
  if (!here || !view.ship.grace) return;
  let_pass(view.ship, state.later_ns);
  tell_grace(view.caption, *view.ship.grace);
}

}  // namespace cutaway::viz

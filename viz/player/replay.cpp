#include "viz/player/replay.h"

#include <algorithm>

#include "viz/player/pace.h"

namespace cutaway::viz {
namespace {

constexpr double kNsPerSecond = 1e9;

}  // namespace

void RangeReplay::mark_begin(std::size_t position) {
  begin_ = position;
  if (end_ && *end_ <= position) end_.reset();
  stop();
}

void RangeReplay::mark_end(std::size_t position) {
  end_ = position;
  if (begin_ && *begin_ >= position) begin_.reset();
  stop();
}

void RangeReplay::clear() {
  begin_.reset();
  end_.reset();
  stop();
}

std::size_t RangeReplay::stops_of(const Player& player) const {
  std::size_t stops = 0;
  for (std::size_t at = *begin_; at < *end_; ++stops) at = player.index().next(player.size(), at);
  return std::max<std::size_t>(1, stops);
}

double RangeReplay::per_stop() const { return seconds_ / static_cast<double>(stops_); }

void RangeReplay::start(Player& player) {
  if (!marked()) return;
  player.pause();
  player.jump(*begin_);
  stops_ = stops_of(player);
  position_ = player.position();
  playing_ = true;
  elapsed_ = 0;
  stop_ = 0;
}

bool RangeReplay::advance(Player& player, double seconds) {
  if (!playing_) return false;
  if (player.position() != position_ || player.playing()) {
    stop();
    return true;
  }
  elapsed_ += seconds;
  const auto due = static_cast<std::size_t>(elapsed_ / per_stop());
  const bool moved = stop_ < due;
  for (; stop_ < due && player.position() < *end_; ++stop_) player.forward();
  if (player.position() > *end_) player.jump(*end_);
  const bool over = elapsed_ >= seconds_;
  if (over && player.position() < *end_) player.jump(*end_);
  position_ = player.position();
  if (!over) return moved;
  stop();
  if (loops) start(player);
  return true;
}

double RangeReplay::until_next() const {
  const double next = static_cast<double>(stop_ + 1) * per_stop();
  return std::max(0.0, next - elapsed_);
}

std::int64_t wait_before(const Player& player) {
  const std::size_t position = player.position();
  if (position == 0) return 0;
  const std::size_t before = player.index().previous(player.size(), position);
  const std::int64_t from = before == 0 ? 0 : player.trace().record(before - 1).t;
  return player.trace().record(position - 1).t - from;
}

bool WaitReplay::start(const Player& player) {
  whole_ = wait_before(player);
  playing_ = whole_ >= kWaitNs;
  elapsed_ = 0;
  position_ = player.position();
  return playing_;
}

std::int64_t WaitReplay::passed_ns() const {
  return std::min(whole_, static_cast<std::int64_t>(elapsed_ * kNsPerSecond));
}

bool WaitReplay::advance(const Player& player, double seconds) {
  if (!playing_) return false;
  elapsed_ += seconds;
  if (player.position() != position_ || passed_ns() >= whole_) stop();
  return true;
}

}  // namespace cutaway::viz

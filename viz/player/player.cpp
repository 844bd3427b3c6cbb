#include "viz/player/player.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "viz/player/event_class.h"
#include "viz/player/telling.h"

namespace cutaway::viz {
namespace {

// Replaying a few events is quicker than looking for a checkpoint.
constexpr std::size_t kReplayEvents = 512;

}  // namespace

Player::Player(const Trace& trace) : trace_(&trace), index_(trace) {
  world_ = trace.world_at(0);
  go(0, false);
}

void Player::refresh() { index_.extend(*trace_); }

void Player::set_size(StepSize size) {
  if (size == size_) return;
  size_ = size;
  moment_ = {position_, focus(), size_};
}

void Player::step_forward(StepSize size) { go(index_.next(size, position_), true); }

void Player::step_back(StepSize size) { go(index_.previous(size, position_), false); }

void Player::first() { jump(position_ > index_.beginning() ? index_.beginning() : 0); }

void Player::jump(std::size_t position) { go(std::min(position, count()), false); }

void Player::travel(std::size_t position) {
  position = std::min(position, count());
  go(position, position > position_);
}

void Player::scrub(std::size_t position) {
  if (position == 0) return jump(0);
  jump(index_.stretch_at(size_, std::min(position, count())).to);
}

void Player::go(std::size_t position, bool with_motion) {
  if (position >= position_ && position - position_ <= kReplayEvents) {
    for (std::size_t n = position_; n < position; ++n) evolve(world_, trace_->event(n));
  } else {
    world_ = trace_->world_at(position);
  }
  if (position != position_) elapsed_ = 0;
  still_ = !with_motion;
  came_from_ = position > position_ && with_motion ? position_ : position;
  position_ = position;
  moment_ = {position_, focus(), size_};
}

EventIndex Player::focus() const {
  if (position_ == 0) return kNoEvent;
  const auto last = static_cast<EventIndex>(position_ - 1);
  const EventClass kind = event_class(*trace_, last);
  if (size_ == StepSize::Effect && kind == EventClass::Effect) return last;
  if (size_ == StepSize::Syscall && kind == EventClass::Syscall) return last;
  Stretch stretch = index_.stretch_at(size_, position_);
  stretch.to = std::min(stretch.to, position_);
  return telling_event(*trace_, index_, stretch);
}

std::int64_t Player::wait_ns() const {
  if (position_ == 0 || came_from_ >= position_) return 0;
  const std::int64_t before = came_from_ == 0 ? 0 : trace_->record(came_from_ - 1).t;
  return trace_->record(position_ - 1).t - before;
}

void Player::play() {
  if (position_ >= count()) jump(index_.beginning());
  playing_ = true;
  // The step we stand on has been seen: go on at once.
  elapsed_ = std::max(elapsed_, seconds_);
}

void Player::toggle() {
  if (playing_)
    pause();
  else
    play();
}

void Player::set_speed(double speed) {
  const auto* nearest = std::min_element(
      kSpeeds.begin(), kSpeeds.end(),
      [speed](double a, double b) { return std::abs(a - speed) < std::abs(b - speed); });
  speed_ = static_cast<std::size_t>(nearest - kSpeeds.begin());
}

void Player::faster() { speed_ = std::min(speed_ + 1, kSpeeds.size() - 1); }
void Player::slower() { speed_ = speed_ == 0 ? 0 : speed_ - 1; }

void Player::next_speed() { speed_ = (speed_ + 1) % kSpeeds.size(); }

void Player::set_pace(double seconds, double motion_seconds, double wait_seconds) {
  seconds_ = std::max(seconds, 0.05);
  motion_ = std::max(motion_seconds, 0.0);
  wait_ = std::max(wait_seconds, 0.0);
}

double Player::phase() const {
  return still_ || motion_ <= 0 ? 1 : std::clamp((elapsed_ - wait_) / motion_, 0.0, 1.0);
}

double Player::waited() const {
  return still_ || wait_ <= 0 ? 1 : std::clamp(elapsed_ / wait_, 0.0, 1.0);
}

double Player::until_next() const {
  if (!playing_) return std::numeric_limits<double>::infinity();
  return std::max(0.0, seconds_ - elapsed_) / speed();
}

bool Player::advance(double seconds) {
  const bool was_moving = moving();
  elapsed_ += std::max(0.0, seconds) * speed();
  if (!playing_ || elapsed_ < seconds_) return was_moving;
  if (position_ >= count()) {
    playing_ = false;
  } else {
    forward();
  }
  return true;
}

}  // namespace cutaway::viz

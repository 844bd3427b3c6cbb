#include "viz/player/camera.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace cutaway::viz {
namespace {

constexpr double kNotch = 1.15;     // a notch makes the decks so much larger
constexpr double kNearFrom = 1.75;  // from here on the next level
constexpr double kLargest = 2.4;    // where there is no next level
constexpr double kAfarBelow = 0.8;  // and from here on the whole ship from afar
constexpr double kHysteresis = 1.2;
constexpr double kPullNotches = 3;  // from one close-up to the next
constexpr double kAppearS = 0.24;   // motion of tokens: zoom

}  // namespace

std::string_view nearness_name(Nearness nearness) {
  static constexpr std::string_view kNames[] = {"ship", "deck", "container", "process", "syscall"};
  return kNames[static_cast<std::size_t>(nearness)];
}

void Camera::set(Nearness nearness) {
  if (nearness == at_) return;
  came_nearer_ = nearness > at_;
  at_ = nearness;
  passed_ = 0;
  pull_ = 0;
  zoom_ = 1;
  part_ = {0.5, 0.5};
}

void Camera::look_at(Nearness nearness, const Sight& sight) {
  if (nearness >= Nearness::Container) slot_ = sight.slot;
  if (nearness >= Nearness::Process) task_ = sight.task;
  set(nearness);
}

void Camera::nearer(const Sight& sight) {
  switch (at_) {
    case Nearness::Ship:
      return set(Nearness::Deck);
    case Nearness::Deck:
      if (sight.container) return look_at(Nearness::Container, sight);
      if (sight.task) return look_at(Nearness::Process, sight);
      return;
    case Nearness::Container:
      if (sight.task) look_at(Nearness::Process, sight);
      return;
    case Nearness::Process:
      if (sight.call && sight.task == task_) set(Nearness::Syscall);
      return;
    case Nearness::Syscall:
      return;
  }
}

void Camera::farther() {
  if (at_ == Nearness::Deck && zoom_ > 1) {
    zoom_ = 1;
    return;
  }
  // A process of the host has no container around it.
  if (at_ == Nearness::Process && slot_ == kHostSlot) return set(Nearness::Deck);
  if (at_ != Nearness::Ship) set(static_cast<Nearness>(static_cast<int>(at_) - 1));
}

void Camera::wheel(double notches, Point pointer, const Rect& box, const Sight& sight) {
  if (at_ != Nearness::Deck) {
    const double back = at_ == Nearness::Ship ? kHysteresis : kPullNotches * kHysteresis;
    pull_ += notches;
    if (pull_ >= (at_ == Nearness::Ship ? 1 : kPullNotches)) {
      pull_ = 0;
      nearer(sight);
    } else if (pull_ <= -back) {
      pull_ = 0;
      farther();
    }
    return;
  }
  const Rect before = area(box);
  const Point under = {(pointer.x - before.x) / before.w, (pointer.y - before.y) / before.h};
  const double wanted = zoom_ * std::pow(kNotch, notches);
  if (wanted < kAfarBelow) return set(Nearness::Ship);
  const bool something = sight.container || sight.task;
  if (wanted > kNearFrom && something) return nearer(sight);
  zoom_ = std::clamp(wanted, kAfarBelow, kLargest);
  if (zoom_ <= 1) return;
  // What is under the pointer stays there.
  part_ = {under.x - (pointer.x - box.mid_x()) / (box.w * zoom_),
           under.y - (pointer.y - box.mid_y()) / (box.h * zoom_)};
}

void Camera::drag(Point by, const Rect& box) {
  if (at_ != Nearness::Deck || zoom_ <= 1) return;
  part_.x -= by.x / (box.w * zoom_);
  part_.y -= by.y / (box.h * zoom_);
}

Rect Camera::area(const Rect& box) const {
  if (at_ != Nearness::Deck || zoom_ <= 1) return box;
  const double half = 0.5 / zoom_;
  const double x = std::clamp(part_.x, half, 1 - half);
  const double y = std::clamp(part_.y, half, 1 - half);
  const double w = box.w * zoom_;
  const double h = box.h * zoom_;
  return {box.mid_x() - x * w, box.mid_y() - y * h, w, h};
}

void Camera::follow(const Sight& acts, bool pinned) {
  if (pinned || at_ <= Nearness::Deck) return;
  if (at_ == Nearness::Container) {
    if (!acts.container || acts.slot != slot_) set(Nearness::Deck);
    return;
  }
  if (acts.task == task_ && (acts.call || at_ == Nearness::Process)) return;
  if (acts.task == task_) return set(Nearness::Process);
  if (at_ == Nearness::Syscall && acts.call) {  // the next call, whoever makes it
    slot_ = acts.slot;
    task_ = acts.task;
    return;
  }
  const bool at_home = acts.container && acts.slot == slot_;
  set(at_home ? Nearness::Container : Nearness::Deck);
}

bool Camera::advance(double seconds) {
  if (passed_ >= kAppearS) return false;
  passed_ += std::max(seconds, 0.0);
  return true;
}

double Camera::appearing() const { return std::clamp(passed_ / kAppearS, 0.0, 1.0); }

}  // namespace cutaway::viz

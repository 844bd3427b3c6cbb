#include "real/control.h"
#include "base/json_value.h"

#include <utility>

namespace cutaway::real {

void RunControl::break_at(BreakPoint point) {
  const std::lock_guard<std::mutex> lock(mutex_);
  point_ = std::move(point);
  came_true_ = false;
}

std::vector<RunControl::Standing> RunControl::take_standing() {
  const std::lock_guard<std::mutex> lock(mutex_);
  std::vector<Standing> all;
  all.swap(standing_);
  return all;
}

void RunControl::go_on() {
  for (const Standing& each : take_standing()) each.release();
}

void RunControl::step() {
  stop();
  go_on();
}

void RunControl::stop() {
  const std::lock_guard<std::mutex> lock(mutex_);
  at_next_step_ = true;
}

void RunControl::let_run() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    point_ = {};
    at_next_step_ = false;
  }
  go_on();
}

std::optional<Held> RunControl::held() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (standing_.empty()) return std::nullopt;
  return standing_.front().held;
}

bool RunControl::over() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return over_;
}

bool RunControl::wait_held(std::chrono::milliseconds longest) const {
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait_for(lock, longest, [this] { return over_ || !standing_.empty(); });
  return !standing_.empty();
}

void RunControl::end() {
  const std::lock_guard<std::mutex> lock(mutex_);
  over_ = true;
  changed_.notify_all();
}

bool RunControl::stops_here(const BreakPoint& point, const AboutTo& next) {
  bool holds = false;
  switch (point.kind) {
    case BreakKind::None:
      return false;
    case BreakKind::Step:
      return next.begins_step && next.step == point.step;
    case BreakKind::Call:
      return next.event && spec::matches(point.call, next.event());
    case BreakKind::When:
      if (came_true_ || !next.look) return false;
      next.look([&](const Trace& trace) { holds = point.when(trace); });
      came_true_ = holds;
      return holds;
  }
  return false;
}

bool RunControl::stops_before(const AboutTo& next) {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (at_next_step_ && (next.begins_step || next.own_work)) {
    at_next_step_ = false;
    return true;
  }
  return stops_here(point_, next);
}

void RunControl::hold(Held what, std::function<void()> release) {
  const std::lock_guard<std::mutex> lock(mutex_);
  standing_.push_back({std::move(what), std::move(release)});
  changed_.notify_all();
}

bool RunControl::drop(const void* owner, int task) {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::erase_if(standing_, [owner, task](const Standing& each) {
           return each.held.owner == owner && (task == 0 || each.held.task == task);
         }) > 0;
}

}  // namespace cutaway::real

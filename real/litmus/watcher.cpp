#include "real/litmus/watcher.h"

#include "real/litmus/area.h"

namespace cutaway::real {

namespace {

constexpr auto kAsk = static_cast<abi::Sys>(kLitmusAsk);

bool asks_for(const SeenCall& call, LitmusAsk what) {
  return call.sys == kAsk && !call.args.empty() &&
         call.args.front().value == static_cast<std::int64_t>(what);
}

}  // namespace

bool LitmusWatcher::is_stopped(pid_t tid) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return stopped_.count(tid) != 0;
}

bool LitmusWatcher::is_alive(pid_t tid) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return alive_.count(tid) != 0;
}

/// Asking is no call of the program's, and Linux does not have it. Nor is what an executed file
/// does until it asks for the first time.
bool LitmusWatcher::is_own(const SeenCall& call) {
  if (asks_for(call, LitmusAsk::Area)) beginning_.insert(call.tid);
  if (asks_for(call, LitmusAsk::Next)) beginning_.erase(call.tid);
  return call.sys == kAsk || beginning_.count(call.tid) != 0;
}

void LitmusWatcher::entered(const SeenCall& call) {
  if (!is_own(call) && !hushed_) recorder_.entered(call);
}

void LitmusWatcher::returned(const SeenCall& call) {
  if (!is_own(call) && !hushed_) recorder_.returned(call);
}

void LitmusWatcher::forked(const SeenFork& fork) {
  if (!hushed_) recorder_.forked(fork);
  const std::lock_guard<std::mutex> lock(mutex_);
  alive_.insert(fork.child);
}

void LitmusWatcher::execed(int tid, int former) {
  if (!hushed_) recorder_.execed(tid, former);
}

void LitmusWatcher::ending(const SeenEnd& end) {
  if (!hushed_) recorder_.ending(end);
}

void LitmusWatcher::ended(const SeenEnd& end) {
  if (!hushed_) recorder_.ended(end);
  const std::lock_guard<std::mutex> lock(mutex_);
  alive_.erase(end.tid);
  stopped_.erase(end.tid);
}

void LitmusWatcher::signalled(const SeenSignal& signal) {
  if (!hushed_) recorder_.signalled(signal);
}

void LitmusWatcher::stopped(int tid, int signal) {
  if (!hushed_) recorder_.stopped(tid, signal);
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_.insert(tid);
}

void LitmusWatcher::continued(int tid) {
  if (!hushed_) recorder_.continued(tid);
  const std::lock_guard<std::mutex> lock(mutex_);
  stopped_.erase(tid);
}

}  // namespace cutaway::real

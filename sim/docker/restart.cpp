#include "sim/docker/restart.h"

#include <algorithm>

#include "sim/docker/live.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;

// Docker's pauses (restartmanager.go): 100 ms, then twice the last one, at most a minute; anew
// after a run of ten seconds.
std::int64_t next_delay(std::int64_t last, std::int64_t ran) {
  if (last == 0 || ran >= 10 * kSecond) return 100 * kMillisecond;
  return std::min(2 * last, 60 * kSecond);
}

bool policy_wants(const spec::RestartPolicy& policy, std::int32_t exit, std::int32_t made) {
  if (policy.name == "always" || policy.name == "unless-stopped") return true;
  if (policy.name != "on-failure") return false;
  return exit != 0 && (policy.retries_max == 0 || made < policy.retries_max);
}

}  // namespace

bool plan_restart(Sys sys, ContainerId number, const ContainerExited& end) {
  const Container* container = sys.world().containers.find(number);
  LiveContainer& live = live_of(sys, number);
  if (container == nullptr || live.by_hand || live.restarts) return false;
  const auto config = stored_config(sys, *container);
  if (!config || !policy_wants(config->restart, end.code, live.restarts_made)) return false;
  live.delay_ns = next_delay(live.delay_ns, container->finished - container->started);
  live.restarting = true;
  return true;
}

Co<int> start_again(Sys sys, ContainerId number) {
  const std::string word = futex_word(number);
  const std::int64_t until = sys.now() + live_of(sys, number).delay_ns;
  while (live_of(sys, number).restarting && sys.now() < until)
    co_await sys.futex_wait(word, until - sys.now());
  const Container* found = sys.world().containers.find(number);
  if (!live_of(sys, number).restarting || found == nullptr) co_return 0;
  live_of(sys, number).restarting = false;
  ++live_of(sys, number).restarts_made;
  sys.step("container.restart");
  auto starting = start_container(sys, *found);
  const StartOutcome outcome = co_await starting;
  co_return outcome.status < 400 ? 0 : 1;
}

void forget_restarts(Sys sys, ContainerId number) {
  LiveContainer& live = live_of(sys, number);
  live.by_hand = live.restarting = false;
  live.delay_ns = 0;
  live.restarts_made = 0;
}

Co<int> cancel_restart(Sys sys, ContainerId number) {
  LiveContainer& live = live_of(sys, number);
  live.by_hand = true;
  live.restarting = false;
  const std::string word = futex_word(number);
  co_return static_cast<int>(co_await sys.futex_wake(word));
}

}  // namespace cutaway::sim

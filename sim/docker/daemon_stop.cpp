// Stopping (docker stop, "Description"): the stop signal, patience, SIGKILL. And what builds on it:
// restart, rm --force.
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/restart.h"
#include "spec/docker_line.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kForEver = -1;

/// How a container is to be stopped.
struct StopWish {
  int signal = abi::sig::kTerm;
  std::int64_t patience_ns = kForEver;
};

/// What the request says, else the container's own stop signal and patience.
Result<StopWish> stop_wish(Sys sys, const Container& container, const std::string& path) {
  TRY_ASSIGN(const spec::ContainerConfig config, stored_config(sys, container));
  std::string name = config.stop_signal;
  const std::string asked = http_query(path, "signal");
  if (!asked.empty() && !spec::normalize_signal(asked, name))
    return fail(ErrorCode::Failed, spec::say::invalid_signal(asked));
  std::int64_t seconds = config.stop_timeout_s;
  parse_decimal(http_query(path, "t"), seconds);
  return StopWish{abi::signal_of(name), seconds < 0 ? kForEver : seconds * kSecond};
}

bool has_ended(Sys sys, ContainerId number) {
  return sys.shared<DaemonState>().live[number.value].ended;
}

/// True when it has ended within that time.
Co<bool> await_exit(Sys sys, ContainerId number, std::int64_t patience_ns) {
  const std::string word = futex_word(number);
  const std::int64_t until = sys.now() + patience_ns;
  while (!has_ended(sys, number)) {
    const std::int64_t left = patience_ns == kForEver ? kForEver : until - sys.now();
    if (left <= 0 && left != kForEver) co_return false;
    co_await sys.futex_wait(word, left);
  }
  co_return true;
}

/// To the container's first process, the only one that docker signals.
Co<int> signal_init(Sys sys, ContainerId number, int signal) {
  const Container* container = sys.world().containers.find(number);
  const Task* init = container == nullptr ? nullptr : sys.world().tasks.find(container->init);
  if (init == nullptr) co_return 0;
  co_await sys.kill(init->pid(), signal);
  auto telling = tell_container(sys, "kill", number, {{"signal", decimal(signal)}});
  co_await telling;
  auto resuming = resume_if_paused(sys, number);
  co_return co_await resuming;
}

Co<int> stop_container(Sys sys, ContainerId number, StopWish wish) {
  sys.step("container.stop");
  auto asking = signal_init(sys, number, wish.signal);
  co_await asking;
  auto waiting = await_exit(sys, number, wish.patience_ns);
  const bool ended = co_await waiting;
  if (ended) co_return 0;
  auto ending = kill_container(sys, number);
  co_return co_await ending;
}

/// stop and restart: the container of the request, ended. 204; 304: it did not run; else an error.
Co<StartOutcome> stop_asked(Sys sys, ApiRequestIn request, bool keep) {
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) co_return StartOutcome{404, spec::say::no_such_container(request.target)};
  const ContainerId number = found->number;
  sys.about(number);
  const auto wish = stop_wish(sys, *found, request.message.path);
  if (!wish) co_return StartOutcome{400, wish.error().message};
  const bool runs =
      found->state == ContainerState::Running || found->state == ContainerState::Paused;
  const bool restarting = sys.shared<DaemonState>().live[number.value].restarting;
  auto cancelling = cancel_restart(sys, number);
  co_await cancelling;
  if (!runs) co_return StartOutcome{restarting ? 204 : 304, {}};
  sys.shared<DaemonState>().live[number.value].restarts = keep;
  auto stopping = stop_container(sys, number, *wish);
  co_await stopping;
  auto telling = tell_container(sys, "stop", number);
  co_await telling;
  co_return StartOutcome{204, {}};
}

Co<int> answer_outcome(Sys sys, ApiRequestIn request, StartOutcome outcome) {
  auto answering = outcome.status < 400
                       ? answer(sys, request, outcome.status, "")
                       : answer_error(sys, request, outcome.status, outcome.message);
  co_return co_await answering;
}

}  // namespace

Co<int> kill_container(Sys sys, ContainerId number) {
  sys.step("container.kill");
  auto cancelling = cancel_restart(sys, number);
  co_await cancelling;
  auto killing = signal_init(sys, number, abi::sig::kKill);
  co_await killing;
  auto waiting = await_exit(sys, number, kForEver);
  co_await waiting;
  co_return 0;
}

Co<int> handle_stop(Sys sys, ApiRequestIn request) {
  sys.step("api.stop");
  auto stopping = stop_asked(sys, request, false);
  const StartOutcome stopped = co_await stopping;
  auto answering = answer_outcome(sys, request, stopped);
  co_return co_await answering;
}

Co<int> handle_restart(Sys sys, ApiRequestIn request) {
  sys.step("api.restart");
  auto stopping = stop_asked(sys, request, true);
  StartOutcome outcome = co_await stopping;
  const Container* found = find_container(sys, request.target);
  if (outcome.status < 400 && found != nullptr) {
    const ContainerId number = found->number;
    sys.shared<DaemonState>().live[number.value].restarts = false;
    forget_restarts(sys, number);
    auto starting = start_container(sys, *found);
    outcome = co_await starting;
    auto telling = tell_container(sys, "restart", number);
    co_await telling;
  }
  auto answering = answer_outcome(sys, request, outcome);
  co_return co_await answering;
}

}  // namespace cutaway::sim

#include "real/engine/detached.h"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>

#include "real/engine/monitor.h"
#include "real/sys/files.h"

namespace cutaway::real {

struct DetachedContainers::Watched {
  Running running;
  Fd stop;
  std::thread thread;
  std::atomic<bool> ended = false;

  // To the container's end, or until somebody asks us to stop watching.
  void watch(Machine& machine) {
    const auto end = monitor(machine, running, {nullptr, nullptr, false, {}, stop.get()});
    if (!end || !end->ended) return;
    const Status finished =
        finish_container(machine, running.record, end->end, running.config.auto_remove);
    static_cast<void>(finished);  // the record says Running: who looks next finds it ended
    running.watched.reset();
    ended = true;
  }
};

DetachedContainers::DetachedContainers() = default;
DetachedContainers::~DetachedContainers() = default;

Status DetachedContainers::watch(Machine& machine, Running running) {
  auto watched = std::make_unique<Watched>();
  watched->running = std::move(running);
  watched->stop = Fd(::eventfd(0, EFD_CLOEXEC));
  if (!watched->stop) return os_fail("eventfd", "", errno);
  Watched& each = *watched;
  each.thread = std::thread([&each, &machine] { each.watch(machine); });
  const std::lock_guard<std::mutex> lock(mutex_);
  watched_.push_back(std::move(watched));
  return {};
}

bool DetachedContainers::any() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return std::any_of(watched_.begin(), watched_.end(),
                     [](const auto& each) { return !each->ended.load(); });
}

void DetachedContainers::hand_over(Machine& machine) {
  for (const auto& each : watched_) {
    const std::uint64_t one = 1;
    static_cast<void>(!::write(each->stop.get(), &one, sizeof one));
    each->thread.join();
  }
  watched_.remove_if([](const auto& each) { return each->ended.load(); });
  for (const auto& each : watched_) {
    if (::fork() != 0) continue;
    // From here on a process of our own, which outlives the terminal: no descriptor of the
    // caller's may stay open in it.
    ::setsid();
    for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGPIPE}) ::signal(signal, SIG_IGN);
    const int null = ::open("/dev/null", O_RDWR);
    for (int fd = 0; fd < 3; ++fd) ::dup2(null, fd);
    Machine quiet = machine;
    quiet.story = nullptr;
    each->stop.reset();
    for (const auto& other : watched_) {
      if (other != each) other->running.watched.reset();  // another child holds it
    }
    each->watch(quiet);
    ::_exit(0);
  }
  watched_.clear();
}

}  // namespace cutaway::real

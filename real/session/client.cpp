#include "real/session/client.h"

#include <utility>

namespace cutaway::real {

Client::Client(SideCommand command) : command_(std::move(command)) {
  state_.name = command_.name;
  state_.line = (command_.kind == SideCommand::Kind::Docker ? "docker " : "") + command_.line;
}

void Client::collect() {
  const std::lock_guard<std::mutex> lock(mutex_);
  state_.stdout_text += std::exchange(latest_.stdout_text, {});
  state_.stderr_text += std::exchange(latest_.stderr_text, {});
  state_.done = latest_.done;
  state_.exit = latest_.exit;
  state_.t0 = latest_.t0;
  state_.t1 = latest_.t1;
}

void Client::await() {
  if (when_over_.valid()) when_over_.wait();
}

bool Client::signal(int signal) const {
  const std::lock_guard<std::mutex> lock(mutex_);
  if (signals_) signals_->send(signal);
  return signals_ != nullptr;
}

void Client::hears(std::shared_ptr<const SignalPipe> signals) {
  const std::lock_guard<std::mutex> lock(mutex_);
  signals_ = std::move(signals);
}

int Client::signals() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  return signals_ ? signals_->read.get() : -1;
}

void Client::begins(std::int64_t now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  latest_.t0 = now;
}

void Client::prints(int channel, std::string_view bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  (channel == 1 ? latest_.stdout_text : latest_.stderr_text) += bytes;
}

void Client::ends(int exit, std::int64_t now) {
  const std::lock_guard<std::mutex> lock(mutex_);
  latest_.exit = exit;
  latest_.t1 = now;
  latest_.done = true;
}

}  // namespace cutaway::real

#include "app/gui/futures.h"

#include <utility>

namespace cutaway::app {

Futures::Futures(std::shared_ptr<const Trace> first, ForkSource* source)
    : source_(source), names_({{"as it was", 0}}) {
  futures_.push_back({std::move(first), 0});
}

void Futures::come(viz::WindowState& state, std::size_t shown, std::size_t position) {
  viz::ForkState& fork = state.fork;
  fork = viz::ForkState();
  fork.possible = source_ != nullptr;
  if (fork.possible) fork.futures = names_;
  fork.shown = shown_ = shown;
  viz::show_trace(state, trace(shown), position);
}

void Futures::leave(const viz::WindowState& state) { names_ = state.fork.futures; }

bool Futures::serve(viz::WindowState& state) {
  viz::ForkState& fork = state.fork;
  if (source_ == nullptr) return false;
  const std::string complaints = source_->complaints();
  if (!complaints.empty()) state.notice.say(complaints);
  const auto typed = std::exchange(fork.ask, std::nullopt);
  std::shared_ptr<const Trace> left_behind;  // shown until the next one is
  const bool made = typed && make(state, *typed, left_behind);
  const auto show = std::exchange(fork.show, std::nullopt);
  if (show && *show < futures_.size()) {
    fork.shown = shown_ = *show;
    viz::show_trace(state, *futures_[*show].trace, state.player.position());
  }
  if (made) viz::show_what_came(state, *typed);
  if (std::exchange(fork.compare, false)) {
    const Status laid = source_->compare(*futures_.front().trace, *futures_[fork.shown].trace);
    if (!laid) state.notice.say(laid.error().message);
  }
  return typed || show;
}

bool Futures::make(viz::WindowState& state, const viz::ForkAsk& typed,
                   std::shared_ptr<const Trace>& behind) {
  viz::ForkState& fork = state.fork;
  const std::size_t position = state.player.position();
  const bool goes_on = position == state.player.count();
  auto made = source_->fork(futures_[fork.shown].made, position, typed);
  if (!made) {
    fork.problem = made.error().message;
    fork.focus = fork.typing;
    if (!fork.typing) state.notice.say(made.error().message);
    return false;
  }
  fork.typing = false;
  fork.problem.clear();
  Future future = {std::move(made->trace), ++made_};
  fork.show = goes_on ? fork.shown : futures_.size();
  // Nothing came after this moment, so nothing is left behind: the run goes on.
  if (goes_on) {
    std::swap(futures_[fork.shown], future);
    behind = std::move(future.trace);
  } else {
    futures_.push_back(std::move(future));
    fork.futures.push_back({typed.text, position});
  }
  fork.futures[*fork.show].keyboard = made->keyboard;
  return true;
}

}  // namespace cutaway::app

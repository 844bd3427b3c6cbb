// A run on the screen and its other futures.
#pragma once

#include <memory>
#include <vector>

#include "app/gui/gui.h"

namespace cutaway::app {

/// All futures; the first is what was opened. (A trace stays where it is: the window looks at it.)
class Futures {
 public:
  /// `source` null: it has one future.
  Futures(std::shared_ptr<const Trace> first, ForkSource* source);

  /// It comes onto the screen, as it was left, at this position of the future that is shown.
  void come(viz::WindowState& state, std::size_t shown, std::size_t position);
  /// Something else does.
  void leave(const viz::WindowState& state);

  /// Does what was asked for. True: draw.
  bool serve(viz::WindowState& state);

  const Trace& trace(std::size_t future) const { return *futures_[future].trace; }
  std::size_t shown() const { return shown_; }
  /// As the source counts: what was typed in it.
  std::size_t made(std::size_t future) const { return futures_[future].made; }

 private:
  struct Future {
    std::shared_ptr<const Trace> trace;
    std::size_t made = 0;  ///< which of those that the source made
  };

  bool make(viz::WindowState& state, const viz::ForkAsk& typed,
            std::shared_ptr<const Trace>& behind);

  ForkSource* source_;
  std::vector<Future> futures_;
  std::vector<viz::Future> names_;  ///< while it is not on the screen
  std::size_t made_ = 0, shown_ = 0;
};

}  // namespace cutaway::app

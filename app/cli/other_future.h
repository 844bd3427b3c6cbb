// Another future of a simulation: the same run up to a moment, and from there another command. The
// simulator is deterministic, so that the past is the same, event by event.
#pragma once

#include <string>
#include <vector>

#include "app/cli/fork_steps.h"
#include "app/cli/input.h"
#include "app/cli/other_windows.h"
#include "app/gui/gui.h"

namespace cutaway::app {

/// Runs the input again up to the first step, goes through the steps (at least one), and on until
/// the last line is done or its program waits for keys. What the input would have done later is
/// left out. An error: not a simulation, or a line cannot be typed.
Result<MadeFuture> other_future(InputOptions input, const Invocation& invocation,
                                const std::vector<ForkStep>& steps);

/// The same for the window.
class OtherFutures : public ForkSource {
 public:
  OtherFutures(InputOptions input, Invocation invocation)
      : input_(std::move(input)), invocation_(std::move(invocation)) {}
  ~OtherFutures() override;
  Result<MadeFuture> fork(std::size_t from, std::size_t position,
                          const viz::ForkAsk& typed) override;
  /// `cutaway compare --view` of both.
  Status compare(const Trace& was, const Trace& is) override;
  std::string complaints() override { return windows_.complaints(); }

 private:
  InputOptions input_;
  Invocation invocation_;
  std::vector<std::vector<ForkStep>> steps_ = {{}};  ///< of each future; of the first none
  std::string folder_;  ///< of the traces that are compared; goes with us
  int compared_ = 0;
  OtherWindows windows_;
};

}  // namespace cutaway::app

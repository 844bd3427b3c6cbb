// A litmus program's trace: its tasks under the tracer, its calls in the Recorder. How the sandbox
// is put together is seen as well, by a trace that is thrown away: what that leads to is the World
// that the program's own trace begins with.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "real/litmus/launcher.h"
#include "real/litmus/sandbox.h"
#include "trace/log/trace.h"

namespace cutaway::real {

class LitmusStory {
 public:
  LitmusStory();
  ~LitmusStory();
  LitmusStory(const LitmusStory&) = delete;
  LitmusStory& operator=(const LitmusStory&) = delete;

  /// Before the launcher makes the sandbox. Where tracing is refused the program runs without, and
  /// its trace says so.
  Status begin(LitmusLauncher& launcher);
  void program_begins(LitmusSandbox& sandbox, const std::string& scenario);
  /// What comes now is the sandbox's end, and not told.
  void program_is_over(LitmusSandbox& sandbox);
  /// Null without begin().
  std::unique_ptr<Trace> take_trace();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway::real

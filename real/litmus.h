// Front door: litmus programs on this machine's own kernel (tier U of DESIGN §7): each in a sandbox
// that nothing of the machine can be reached from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "spec/litmus.h"
#include "spec/litmus_judge.h"
#include "trace/log/trace.h"

namespace cutaway::real {

struct LitmusOptions {
  bool trace = true;                     ///< false: nothing is traced, and nothing slowed
  std::string scenario;                  ///< id for the header; may be empty
  std::int64_t wall_ns = 5'000'000'000;  ///< DESIGN §7; not more
};

struct LitmusRun {
  std::int64_t held = 0;
  std::vector<spec::LitmusFailure> failed;  ///< in the order of the document
  std::vector<spec::LitmusGave> gave;       ///< as it came: by the program, then by each file
  std::unique_ptr<Trace> trace;             ///< null when not traced
};

/// Runs programs, one after the other. What they have in common (a cgroup, a process that makes
/// sandboxes) is made once, and goes with it.
class RealLitmus {
 public:
  /// Cannot: who is not root.
  static Result<std::unique_ptr<RealLitmus>> make();
  ~RealLitmus();

  /// Cannot: the document asks for a machine that this is not, or for tier R.
  Result<LitmusRun> run(const spec::Litmus& litmus, const LitmusOptions& options);

 private:
  struct Impl;
  explicit RealLitmus(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway::real

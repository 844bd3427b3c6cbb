// Starts the helper over a bundle and waits for its first word: a container's shim, or an exec.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "real/engine/machine.h"
#include "real/sys/fd.h"
#include "spec/plan/plan.h"

namespace cutaway::real {

struct ShimRequest {
  std::string mode;  ///< "shim" or "exec"
  std::string bundle;
  std::string container;  ///< docker's id
  bool open_stdin = false;
  bool detached = false;  ///< nobody reads what it says
  bool tty = false;       ///< its terminal's master is in ShimProcess::out and, with open_stdin, in
};

/// Our ends of its descriptors, and what it said first ("started N", "failed STEP ERRNO").
struct ShimProcess {
  int pid = 0;
  Fd in, out, err, control;
  std::optional<SharedStepPage> page;  ///< when it is traced
  std::string word;

  bool started() const;
  /// The container's (or exec's) first pid, as the host sees it.
  int first_pid() const;
};

Result<ShimProcess> start_process(Machine& machine, const ShimRequest& request);
/// Waits for its end (of a traced one: of all its tasks).
void reap(Machine& machine, const ShimProcess& process);
/// What the daemon says of a first word that is no "started".
Error start_error(const std::vector<std::string>& argv, const std::string& word);

/// Writes the plan into the bundle, a folder that is made where it is missing.
Status write_bundle(const Machine& machine, const std::string& bundle, const spec::Plan& plan,
                    const spec::PlanInput& input);

}  // namespace cutaway::real

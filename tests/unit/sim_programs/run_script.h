// A script run by the simulated busybox shell, on the booted machine, in /tmp.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {

struct ScriptRun {
  std::string out, err;
  int status = -1;
  std::unique_ptr<Lab> lab;
};

/// /bin/sh -c SCRIPT sh A B "c d", stdin at its end.
ScriptRun run_script(const std::string& script);
/// The same for any words, PATH not looked at.
ScriptRun run_words(const std::vector<std::string>& argv);

}  // namespace cutaway::sim

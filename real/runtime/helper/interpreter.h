// Executes the table (real/runtime/table.h), call by call: what sim/docker/plan_runner.cpp is to
// the simulator.
#pragma once

#include "real/runtime/table.h"

namespace cutaway::helper {

struct Outcome {
  const char* step = nullptr;  ///< null: all went well
  int error = 0;
};

struct Interpreter {
  real::TableHeader* table = nullptr;
  real::StepPage* page = nullptr;  ///< where steps are announced
  long slots[real::kSlotsMax] = {};
  char scratch[real::kScratchBytes] = {};
  long report_bytes = 0;  ///< how much of the scratch buffer is init's report
};

// NOLINTNEXTLINE(bugprone-dynamic-static-initializers): constinit says that it is not
extern constinit Interpreter interpreter;

/// Reads the bundle's table and makes its offsets addresses. False when it cannot be read.
bool load_table(const char* bundle);
/// All calls of one part. In the child of its clone it does not return.
Outcome run_part(real::Part part);
void announce(real::Part part, unsigned step);
const char* step_name(unsigned step);
const char* errno_name(int error);

/// What the clone of the runtime's part goes on with in the child.
[[noreturn]] void init_main();

}  // namespace cutaway::helper

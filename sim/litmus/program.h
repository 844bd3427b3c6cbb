// The program of a litmus task: it makes the calls of its list, one when it has the turn.
#pragma once

#include <memory>

#include "sim/litmus/conductor.h"

namespace cutaway::sim {

/// What a litmus task starts from (State::more).
struct LitmusTask {
  std::shared_ptr<Conductor> conductor;
  Conductor::Task task = 0;
};
State litmus_state(const std::shared_ptr<Conductor>& conductor, Conductor::Task task);

Program litmus_task(Sys sys, State state);

/// The program of an executable file that holds calls ({"program":{"litmus":[…]}}).
Program litmus_file(Sys sys, State state);
ProgramRow litmus_program_row();

/// An item of a scenario: litmus_task from here makes the calls, and reports as a file's program
/// does.
State litmus_item_state(spec::LitmusProgram program);

}  // namespace cutaway::sim

// Front door: what the simulation leaves out, and why: rows for docs/FIDELITY.md and for the
// screen.
#pragma once

#include <string>
#include <vector>

namespace cutaway::sim {

struct FidelityRow {
  std::string subject;  ///< a syscall, or a part of the engine
  std::string note;     ///< what is not as on Linux
};

/// Engine first, then the syscalls in the order of their names.
std::vector<FidelityRow> fidelity_rows();
/// docs/FIDELITY.md.
std::string fidelity_markdown();

}  // namespace cutaway::sim

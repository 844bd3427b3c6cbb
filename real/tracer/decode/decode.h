// From registers and memory to arguments (Arg): a table by syscall and argument, made of the shapes
// (trace/event/shape.h) and of rows for what has a form of its own. What the kernel reads is
// decoded at entry, what it writes at return; until then it is Missing, as in the simulator.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "real/tracer/memory.h"
#include "real/tracer/tracer.h"

namespace cutaway::real {

/// The six argument registers as they were at entry.
using Registers = std::array<std::uint64_t, 6>;

/// What a task's call is about, for those who decode.
struct Raw {
  const Memory& memory;
  const Registers& registers;
  std::uint64_t at(std::size_t n) const { return n < registers.size() ? registers[n] : 0; }
};

/// Fills call.args; call.tid and call.sys are given.
void decode_entry(const Raw& raw, SeenCall& call);
/// Adds what the kernel wrote, call.out and call.data; call.ret and call.err are given.
void decode_return(const Raw& raw, std::uint64_t data_max, SeenCall& call);

}  // namespace cutaway::real

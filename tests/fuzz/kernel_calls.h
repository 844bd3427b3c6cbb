// Any bytes as a program of the simulated kernel: which calls its tasks make, with which arguments.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cutaway::test {

/// Boots a machine and lets a program make the calls that the bytes say, its children as well, as
/// root without limits. After each step of the kernel the invariants of the World must hold, and at
/// the end the events must make the same World again. What is wrong; empty: nothing.
std::string run_calls(std::string_view bytes);

/// How many events the last run told: a fuzzer that gets nowhere finds nothing.
std::size_t events_of_last_run();

}  // namespace cutaway::test

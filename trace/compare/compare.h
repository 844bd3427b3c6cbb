// Lays two traces side by side (CONTRACT §3): step by step, call by call, result by result; each
// difference gets a class, out of a table of rules, and the key of a sentence that explains it.
// Pure: functions of the two traces. The words of a row are made above (spec/words).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "trace/log/trace.h"

namespace cutaway {

enum class RowStatus : std::uint8_t { Matched, Different, OnlyA, OnlyB };
enum class RowLevel : std::uint8_t { Step, Syscall, Result };

/// Why a row differs. None: it does not.
enum class RowClass : std::uint8_t {
  None,
  Loader,          ///< what the C library does on its own account
  Ids,             ///< other names and numbers for the same thing
  Choice,          ///< two ways to ask the kernel for the same
  Cgroup,          ///< cgroup file systems are laid out differently
  Kernel,          ///< the kernels know different calls
  Rootless,        ///< one side ran without root
  Loss,            ///< the tracer lost events
  Engine,          ///< client, daemon and their steps: shown, not counted
  SimulatorWrong,  ///< the same question, and Linux answered otherwise
  Unexplained,
};
inline constexpr std::size_t kRowClasses = 11;

struct CompareRow {
  RowStatus status = RowStatus::Matched;
  RowLevel level = RowLevel::Syscall;
  Role role = Role::Host;
  std::string step;
  std::string name;         ///< of the call; of a step its id; "exit", "stdout", "stderr", "end"
  EventIndex a = kNoEvent;  ///< the event on that side; of a step its first call
  EventIndex b = kNoEvent;
  RowClass row_class = RowClass::None;
  std::string why;                            ///< key of the sentence: "compare.ids"; empty: none
  std::map<std::string, std::string> values;  ///< for the {names} in that sentence
};

struct Tally {
  std::int64_t matched = 0, different = 0, only_a = 0, only_b = 0;

  void count(RowStatus status);
  std::int64_t all() const { return matched + different + only_a + only_b; }
};

struct ComparedSide {
  SideKind side = SideKind::Sim;
  std::string name;
  std::string recorded = {};  ///< where ("Linux 6.1.0"), when the run was not made now; else empty
};

struct Comparison {
  ComparedSide a, b;
  Tally steps;     ///< by (role, step, ordinal)
  Tally syscalls;  ///< single calls of these steps
  Tally workload;  ///< those of them that tasks of role workload or exec make
  Tally results;   ///< of commands and containers
  std::int64_t steps_ppm = 0, syscalls_ppm = 0, workload_ppm = 0;
  std::vector<CompareRow> rows;  ///< each step, its calls behind it; then the results
};

struct CompareOptions {
  std::string name_a, name_b;               ///< of the traces, as people know them
  std::vector<std::string> compared_steps;  ///< all others are the engine's
};

Comparison compare(const Trace& a, const Trace& b, const CompareOptions& options);

/// Is this row a reason to say that the sides disagree?
bool is_open(RowClass row_class);
/// No row is simulator_wrong or unexplained.
bool agrees(const Comparison& comparison);

std::string_view row_class_name(RowClass row_class);  // "simulator_wrong"
std::string_view row_status_name(RowStatus status);   // "only_a"
std::string_view row_level_name(RowLevel level);      // "syscall"

/// CONTRACT §3. `why` puts a row's sentence into words.
Json comparison_json(const Comparison& comparison,
                     const std::function<std::string(const CompareRow&)>& why);

}  // namespace cutaway

// The plan as the runtime's helper executes it: a flat table of system calls, in one block of bytes
// that is written to the bundle and read as it is. Nothing is parsed, allocated or looked up
// between clone and execve. Written by compile.cpp, read by helper/: both of one build, so no
// version is negotiated, only checked.
//
// A pointer in the table is an offset from its begin; `relocations` names the places where the
// helper adds the address at which the table lies.
#pragma once

#include <cstdint>

namespace cutaway::real {

inline constexpr char kTableMagic[8] = {'c', 'u', 't', 'p', 'l', 'a', 'n', '1'};
/// The helper's buffer: a table is never larger.
inline constexpr std::uint32_t kTableMax = 1U << 20U;
inline constexpr int kArgsMax = 6;
inline constexpr int kSlotsMax = 64;       ///< variables of a plan
inline constexpr int kScratchBytes = 512;  ///< for results that come by pointer
inline constexpr int kToleratedMax = 4;
inline constexpr std::uint16_t kNone16 = 0xffff;

/// Who executes a run of operations.
enum class Part : std::uint32_t { ShimBegin, ShimReap, ShimEnd, Runtime, Init };
inline constexpr int kParts = 5;

enum class ArgForm : std::uint8_t {
  Number,         ///< value
  Pointer,        ///< value: an offset in the table
  Slot,           ///< the number in variable `value`
  Scratch,        ///< the address of the scratch buffer
  Decimal,        ///< the address of the number in variable `value`, as text
  DecimalLength,  ///< the length of that text
};

struct TableArg {
  std::uint64_t value;
  ArgForm form;
  std::uint8_t padding[7];
};

/// What becomes of the result.
enum class Keep : std::uint8_t {
  Nothing,
  Number,  ///< ret goes to `slot`
  Pair,    ///< two descriptors from the scratch buffer go to `slot` and `slot` + 1
  Bytes,   ///< ret goes to `slot`; the scratch buffer's bytes are the report (init failed)
};

struct TableOp {
  std::uint16_t sys;   ///< number of the system call
  std::uint16_t step;  ///< index of its step's name
  std::uint16_t slot;
  std::uint16_t group;         ///< calls of one group belong together
  std::uint16_t otherwise_on;  ///< this errno: the `otherwise_count` operations behind it instead
  std::uint16_t otherwise_count;
  std::uint16_t tolerated[kToleratedMax];  ///< errnos that are no failure; 0: none
  Keep keep;
  std::uint8_t must_read;  ///< a result of 0 has failed (EPIPE)
  std::uint8_t skip_rest;  ///< a tolerated error leaves out the rest of the group
  std::uint8_t send_fd;    ///< sendmsg: argument 1 is the descriptor that goes along
  std::uint32_t padding;
  TableArg args[kArgsMax];
};

struct TableRun {
  std::uint32_t first, count;  ///< operations; without those that stand in as `otherwise`
};

struct TableHeader {
  char magic[8];
  std::uint32_t bytes;  ///< of the whole table
  std::uint32_t op_bytes;
  std::uint32_t ops, op_count;                  ///< offset, count
  std::uint32_t relocations, relocation_count;  ///< offset of offsets
  std::uint32_t step_names, step_count;         ///< offset of pointers to names
  TableRun parts[kParts];
  std::uint16_t child_slot;      ///< the variable that holds the container's first pid
  std::uint16_t report_slot;     ///< the write end of the report pipe
  std::uint16_t rt_start, reap;  ///< steps that the shim announces itself
  std::uint16_t terminal;        ///< 1: kConsoleFd is open
  std::uint16_t padding;
};

/// The page through which the helper tells which step each of its tasks is in. Index into the
/// table's step names plus 1; 0: none.
struct StepPage {
  volatile std::uint32_t shim, runtime, init;
};

/// Descriptors that the daemon gives the shim, beside 0, 1, 2.
inline constexpr int kControlFd = 3;  ///< "started N", "failed STEP ERRNO", "exited CODE SIGNAL"
// High ones, so that the lowest free number is what it would be without them.
inline constexpr int kStepPageFd = 100;  ///< only when it is traced
inline constexpr int kConsoleFd = 101;   ///< only with a terminal: a socket that takes its master

}  // namespace cutaway::real

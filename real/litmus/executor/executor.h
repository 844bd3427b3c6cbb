// The executor: the program inside of the sandbox. It has no C library (real/runtime/helper), so
// that no system call is made but those that it is told to make.
//   cutaway-litmus launcher    started by the supervisor; makes sandboxes, one after the other
//   cutaway-litmus init        pid 1 of a sandbox: sets the filter, then does what it is given
//   cutaway-litmus machine     pid 1 without a sandbox (tier R), in a machine that is thrown away
//   cutaway-litmus …           a file of a litmus document was executed
#pragma once

#include "real/litmus/area.h"
#include "real/runtime/helper/kernel.h"

namespace cutaway::litmus {

using helper::address;
using helper::kernel;

/// Numbers of calls that the executor makes of its own accord.
namespace sys {
inline constexpr long kRead = 0, kWrite = 1, kOpen = 2, kClose = 3, kMmap = 9, kSigaction = 13,
                      kSigprocmask = 14, kPipe2 = 293, kClone = 56, kWait4 = 61, kKill = 62,
                      kGetppid = 110, kSetgroups = 116, kSetresuid = 117, kSetresgid = 119,
                      kPrctl = 157, kExitGroup = 231, kSeccomp = 317, kExecveat = 322, kUmask = 95,
                      kChdir = 80, kRtSigreturn = 15;
}  // namespace sys

/// What the executor ends with when it cannot go on; the supervisor has words for each.
enum class Failure : long { NoArea = 90, NoFilter, BadMap, NoIds, NoLauncher, NoSupervisor, Kept };
[[noreturn]] void fail(Failure why);

/// launcher.cpp: until the control socket ends.
[[noreturn]] void launch_sandboxes();
/// init.cpp. Tier U: with the ids of nobody; tier R: with those of the machine.
enum class Tier { U, R };
[[noreturn]] void be_init(Tier tier);
/// disposable.cpp: why this machine must not be changed by programs; null: it is thrown away
/// afterwards (DESIGN §7).
const char* why_kept();
/// task.cpp: does what the slot is given, for ever.
[[noreturn]] void serve(unsigned slot);
/// The area in front of us; fails without one.
real::LitmusArea& area();
void map_area(long fd);
/// Is it "0 BASE 65536" with a base that is allowed, and nothing else?
bool good_map(const char* text, long size, std::uint64_t& base);

}  // namespace cutaway::litmus

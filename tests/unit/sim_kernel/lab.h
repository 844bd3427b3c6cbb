// A booted simulated machine in which a test runs programs of its own: coroutines that note what
// their calls returned. Invariants of the World are checked after every event.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "sim/core/sys.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/kernel.h"

namespace cutaway::sim {

inline constexpr std::uint64_t kChld = 17;  ///< clone's flags of a fork
inline const State kNone;
inline const std::vector<Arg> kNoArgs;
inline const std::vector<Arg> kAda{Arg::integer(1000)};  ///< arguments of setuid

/// A scripted other side of the Internet.
class FakeInternet : public Internet {
 public:
  abi::Errno connect(std::string_view address, std::int64_t& latency_ns) override;
  RemoteAnswer ask(std::string_view address, std::string_view request) override;

  abi::Errno outcome = abi::Errno::kOk;
  std::int64_t connect_ns = 20'000'000;
  RemoteAnswer answer;
  std::vector<std::string> asked;
};

/// What programs of a test note, in the order in which they do.
using Notes = std::vector<std::string>;

class Lab {
 public:
  explicit Lab(const Machine& machine = {}, std::uint64_t seed = 1);
  /// For people: with CUTAWAY_LAB_TRACE=FILE the trace is written there as JSON Lines.
  ~Lab();

  /// Starts `entry` as the console's program and runs until nothing happens any more.
  void run(Entry entry, State state = {});
  void boot(Entry entry, State state = {});
  /// Runs on; at most `steps`.
  void go(std::size_t steps = 2'000'000);

  /// What reached the console's terminal on stdout (1) or stderr (2).
  std::string output(int channel) const;
  /// A program notes this; State carries the pointer, as tests live on one thread.
  Notes notes;

  const Task* task(std::string_view comm) const;
  /// "fork:exited", names of all events of the trace, in order; for those that `keep` names.
  std::vector<std::string> kinds() const;
  std::size_t count(std::string_view kind, std::string_view op) const;
  const Syscall* find_call(abi::Sys sys, std::size_t nth = 0);

  ProgramTable programs;
  FakeInternet internet;
  Trace trace;
  Kernel kernel;
  bool check_invariants = true;

 private:
  Event found_;
};

/// The notes of the lab that runs now.
Notes& notes();
void note(const std::string& what, std::int64_t ret);

}  // namespace cutaway::sim

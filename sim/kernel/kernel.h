// The simulated kernel: runs programs on a virtual clock, decides their calls on a const World, and
// takes the effects. Everything it does ends up in the trace; it knows nothing of docker.
#pragma once

#include <any>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/prng.h"
#include "sim/core/program.h"
#include "trace/effects/effects.h"
#include "trace/log/trace.h"

namespace cutaway::sim {

/// First bytes of an executable file that holds a simulated program; its name and a newline follow.
inline constexpr std::string_view kProgramMagic =
    "\x7f"
    "ELF cutaway program: ";

/// Programs by the name that an executable's inode carries ("busybox").
struct ProgramRow {
  std::string_view name;
  Entry entry;
  std::int64_t pages;       ///< pages touched at start
  std::int64_t file_bytes;  ///< size of its binary
  std::string_view says;    ///< one line for `cutaway scenario programs`
};
class ProgramTable {
 public:
  void add(const ProgramRow& row);
  const ProgramRow* find(std::string_view name) const;
  const std::vector<ProgramRow>& rows() const { return rows_; }

 private:
  std::vector<ProgramRow> rows_;
};

/// What lies beyond the network card. One request, one answer that arrives over time.
struct RemoteAnswer {
  std::string bytes;            ///< what arrives; may be shorter than `size` (the rest are zeros)
  std::int64_t size = 0;        ///< how many bytes arrive
  std::int64_t latency_ns = 0;  ///< until the first of them
  std::int64_t bytes_per_second = 0;
  bool cut = false;  ///< the connection breaks after them
};
class Internet {
 public:
  virtual ~Internet() = default;
  /// 0, or the errno that connect gets after `latency_ns`.
  virtual abi::Errno connect(std::string_view address, std::int64_t& latency_ns) = 0;
  virtual RemoteAnswer ask(std::string_view address, std::string_view request) = 0;
};

/// Of a machine that has a loopback device at most: nothing gets beyond.
class NoInternet : public Internet {
 public:
  abi::Errno connect(std::string_view, std::int64_t& latency_ns) override {
    latency_ns = 0;
    return abi::Errno::kENETUNREACH;
  }
  RemoteAnswer ask(std::string_view, std::string_view) override { return {}; }
};

class Kernel;

/// Where a task is on its way, for who watches.
enum class Whereabouts : std::uint8_t { Gone, Runs, Waits, Rests, Stopped };

/// Looks on after each thing that happens, and may rouse who rests (Sys::rest): the conductor of a
/// program whose tasks take turns.
class Watcher {
 public:
  virtual ~Watcher() = default;
  /// False: it has seen enough.
  virtual bool look(Kernel& kernel) = 0;
  /// Is this one of its tasks?
  virtual bool knows(TaskId task) const = 0;
};

struct KernelCheckpoint;  ///< sim/kernel/kernel_impl.h

class Kernel {
 public:
  Kernel(Trace& trace, const ProgramTable& programs, Internet& internet, std::uint64_t seed);
  ~Kernel();

  /// From the N-th write to a file of the disk on there is no room for another (−1: there is).
  void set_disk_full(std::int64_t after_writes);

  /// Names the step of calls made by tasks that know of none (a container's own programs); ""
  /// leaves it.
  using StepRule = std::string_view (*)(Role role, const Request& request);
  void set_step_rule(StepRule rule);

  /// Starts the trace with `world` as its snapshot, and a program in each task of `starts`.
  struct Start {
    TaskId task;
    Entry entry;
    State state;
  };
  void boot(World world, const std::vector<Start>& starts);

  /// Does the next thing that happens; false when nothing ever will (all tasks wait for the
  /// outside).
  bool step();
  /// Time of the next thing, or −1.
  std::int64_t next_time() const;
  /// Lets the clock run on to `t` (nothing may happen before it).
  void advance_to(std::int64_t t);
  std::int64_t now() const;

  /// Bytes from outside the machine (a person types, a runner feeds stdin) into a pipe.
  void feed(PipeId pipe, std::string_view bytes);
  void close_feed(PipeId pipe);
  /// Somebody opens a terminal window: a pty whose master stands outside, 80x24.
  TerminalId open_terminal();
  /// A place where stdout and stderr are seen apart, for one command: no terminal to its programs.
  TerminalId open_capture();
  /// Keys that are pressed in it.
  void type(TerminalId terminal, std::string_view bytes);
  /// Somebody opens another terminal: a sibling of `like`, with its descriptors, at `entry`. With a
  /// `capture` its stdout and stderr lead there.
  void start_beside(TaskId like, Entry entry, const State& state, TerminalId capture = {});
  /// A signal from outside (Ctrl-C of the runner), as if the host's init sent it.
  void signal_from_outside(TaskId task, int signal);

  Whereabouts whereabouts(TaskId task) const;
  /// Nobody runs or is about to: all wait, rest or stand.
  bool quiet() const;
  /// Who rests goes on.
  void rouse(TaskId task);
  /// A word to whoever reads the trace.
  void note(std::string text, std::string kind);

  /// All that it knows beside the World, now. Null: a program runs that cannot be begun again
  /// where it stands (one that has looked around, as docker's client and daemon do while they
  /// serve somebody).
  std::shared_ptr<const KernelCheckpoint> checkpoint() const;
  /// Goes back there, once the trace has.
  void restore(const KernelCheckpoint& checkpoint);

  const World& world() const;
  Trace& trace();
  const ProgramTable& programs() const;

  struct Impl;  ///< sim/kernel/kernel_impl.h

 private:
  friend class Sys;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cutaway::sim

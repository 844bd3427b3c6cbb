// What a handler sees and what it decides. A handler is a pure question to a const World: would
// this call return now, with what, or would it wait, and for what? It is asked again whenever what
// the call waits for may have happened, so it must not remember anything.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/core/program.h"
#include "sim/kernel/remote.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway::sim {

struct ProgramRow;
class Walks;
class ProgramTable;

/// What a waiting task waits for: events that touch this make the kernel ask its handler again.
enum class WaitKind : std::uint8_t {
  Pipe,
  Socket,
  Child,
  Exec,
  Futex,
  Fifo,
  Timer,
  Signal,
  Terminal,
  Special
};
struct WaitKey {
  WaitKind kind = WaitKind::Timer;
  std::uint32_t id = 0;  ///< PipeId, SocketId, TaskId, AddressSpaceId or FileId, as the kind says
  friend bool operator==(WaitKey a, WaitKey b) { return a.kind == b.kind && a.id == b.id; }
  friend bool operator<(WaitKey a, WaitKey b) {
    return a.kind != b.kind ? a.kind < b.kind : a.id < b.id;
  }
};

/// Tasks that wait in open(2) of a FIFO for the other end, by the FIFO's inode (fifo(7)).
struct FifoWaiters {
  std::int32_t readers = 0, writers = 0;
};
using FifoOpeners = std::map<InodeId, FifoWaiters>;

/// Children that stopped (by which signal) or went on (SIGCONT) and were not reported yet
/// (wait(2)).
using StateChanges = std::map<TaskId, int>;

/// sa_flags of what rt_sigaction(2) was given last, by handlers' table and signal.
using ActionFlags = std::map<std::pair<SighandId, int>, std::int64_t>;
/// ITIMER_REAL of a process (setitimer(2)): when it sends SIGALRM, and how long after that again.
struct IntervalTimer {
  std::int64_t due = 0, every = 0;  ///< due 0: it does not run
  std::uint32_t ticket = 0;         ///< of the agenda's note that counts
};
/// By process.
using IntervalTimers = std::map<TaskId, IntervalTimer>;

/// What one descriptor of an epoll(7) looks at.
struct Watched {
  FileId file;
  std::uint32_t events = 0;  ///< EPOLLIN …; none: it has reported once (EPOLLONESHOT)
  std::int64_t data = 0;
};
/// What is behind an open file of no file system: eventfd(2), timerfd_create(2), epoll(7). No event
/// tells of it, so it is not in the World.
struct SpecialFile {
  enum class Kind : std::uint8_t { Event, Timer, Poll };
  Kind kind = Kind::Event;
  std::uint64_t count = 0;  ///< Event
  bool semaphore = false;
  IntervalTimer timer;                      ///< Timer
  std::map<std::int32_t, Watched> watched;  ///< Poll: by descriptor
};
using SpecialFiles = std::map<FileId, SpecialFile>;

inline FifoWaiters openers_of(const FifoOpeners* fifos, InodeId fifo) {
  if (fifos == nullptr || !fifo) return {};
  const auto found = fifos->find(fifo);
  return found == fifos->end() ? FifoWaiters{} : found->second;
}

/// A call that is to be decided.
struct Ask {
  const World& world;
  const Task& task;
  const Request& request;
  const BlobStore& blobs;
  const ProgramTable& programs;
  const Remotes& remotes;
  std::int64_t now = 0;
  std::int64_t entered = 0;   ///< when the call began
  bool woken = false;         ///< what it waits for has happened since it began (futex, FIFO)
  std::int64_t progress = 0;  ///< bytes of this write that have moved already
  const FifoOpeners* fifos = nullptr;
  const StateChanges* changes = nullptr;
  const IntervalTimers* timers = nullptr;
  const SpecialFiles* specials = nullptr;
  std::uint64_t random = 0;  ///< for getrandom and the like; the same while the call lasts
  const ActionFlags* action_flags = nullptr;
  bool disk_full = false;  ///< a fault: nothing more can be written to the disk
  Walks* walks = nullptr;  ///< notes what is found on paths

  std::int64_t integer(std::size_t n) const {
    return n < request.args.size() ? request.args[n].value : 0;
  }
  std::uint64_t bits(std::size_t n) const { return static_cast<std::uint64_t>(integer(n)); }
  std::uint32_t word(std::size_t n) const { return static_cast<std::uint32_t>(integer(n)); }
  /// The text of an argument; empty for NULL.
  std::string_view text(std::size_t n) const {
    return n < request.args.size() ? std::string_view(request.args[n].text) : std::string_view();
  }
  bool null(std::size_t n) const {
    return n >= request.args.size() || request.args[n].tag == ArgTag::Missing;
  }
};

struct Decision {
  enum class Kind : std::uint8_t { Return, Wait };
  Kind kind = Kind::Return;

  // Return
  std::int64_t ret = 0;
  abi::Errno err = abi::Errno::kOk;
  Reply reply;                                      ///< data, out, texts, stat (ret is filled in)
  std::vector<std::pair<std::size_t, Arg>> filled;  ///< arguments that the kernel wrote
  std::optional<std::string> moved;    ///< bytes read or written (with Wait: a first part was)
  std::optional<std::string> content;  ///< a file's whole content afterwards
  std::int64_t content_size = 0;
  std::vector<std::int32_t> child_pids;
  std::int64_t local_port = 0;       ///< connect, bind, sendto: the port that the socket gets
  FileId sent;                       ///< sendmsg: the open file that goes along
  FileId received;                   ///< recvmsg: the one that came, as descriptor reply.out[0]
  std::string interpreter;           ///< execve of a script: what runs it
  std::string program;               ///< execve
  std::int64_t pages = 0;            ///< execve, brk, mmap
  const ProgramRow* load = nullptr;  ///< execve: what runs now
  std::vector<std::string> argv;     ///< execve: as it came out ("#!" puts words before)
  bool until_exec = false;           ///< vfork: returns when the child execs or ends
  std::int64_t extra_cost = 0;
  std::optional<std::string> ask_remote;  ///< bytes for the other end of an Internet connection
  std::int64_t take_remote = 0;           ///< bytes of the Internet's answer that were read
  bool wake_futex = false;
  TaskId reported;                     ///< wait: this child's stop, or that it goes on
  std::optional<IntervalTimer> timer;  ///< setitimer, alarm: what the caller's is now
  CgroupId memory_full;                ///< write: a page found no room in this memory cgroup
  std::optional<SpecialFile> special;  ///< what an eventfd … is now
  FileId special_file;                 ///< none: it is the one that the call returns

  // Wait
  std::string on;  ///< in words, for the trace
  std::vector<WaitKey> keys;
  std::int64_t deadline = -1;
  std::optional<std::string> connect_remote;  ///< first: ask the Internet for this address
  int group_signal = 0;                       ///< first: the caller's process group gets it
  InodeId fifo;                               ///< waits for the other end of this FIFO
  bool fifo_writes = false;
};

inline Decision refuse(abi::Errno err) {
  Decision decision;
  decision.ret = -1;
  decision.err = err;
  return decision;
}
inline Decision answer(std::int64_t ret) {
  Decision decision;
  decision.ret = ret;
  return decision;
}
inline Decision wait_for(std::string on, WaitKey key, std::int64_t deadline = -1) {
  Decision decision;
  decision.kind = Decision::Kind::Wait;
  decision.on = std::move(on);
  decision.keys.push_back(key);
  decision.deadline = deadline;
  return decision;
}

using Decide = Decision (*)(const Ask&);

}  // namespace cutaway::sim

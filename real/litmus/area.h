// What the supervisor (this program) and the tasks of a litmus program share: one mapping, at the
// same address in all of them. A task does not know what its program is: it asks for its next call,
// finds the number and six registers here, makes it, and leaves the result. Everything else, what
// arguments mean, whose turn it is, what was expected, is the supervisor's.
//
// Asking is a system call that Linux does not have (vserver(2), unimplemented(2)): the sandbox's
// seccomp filter hands it to the supervisor (seccomp_unotify(2)), and the task sleeps in it until
// it is answered. So there is no futex to be taken for the program's own, who asks is told by the
// kernel, and a task that is killed, stopped or interrupted meanwhile loses nothing: it asks again.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cutaway::real {

/// The call that asks: vserver(what, slot).
inline constexpr long kLitmusAsk = 236;
enum class LitmusAsk : std::uint32_t {
  Next,  ///< the task of this slot has done what it was given
  Area,  ///< a file that is a litmus program was executed: it has no area yet
};

/// Far from where the kernel or a program puts anything by itself.
inline constexpr std::uint64_t kLitmusAreaAddress = 0x1000'0000'0000;
inline constexpr unsigned kLitmusSlots = 256;
inline constexpr std::size_t kLitmusStackBytes = 32U << 10U;  ///< room for signal frames
inline constexpr std::size_t kLitmusRoomBytes = 128U << 10U;

/// What a task is given to do.
enum class LitmusDo : std::uint32_t {
  Call,     ///< a system call
  Spawn,    ///< one that makes a task, which becomes that of slot `child`
  Touch,    ///< args: address, length, write; a byte of each page
  Handled,  ///< args: a signal; how often its counting handler ran
  Batch,    ///< args: address and count of LitmusBatchCall; stops at the first that fails, and then
            ///< args[2] says which
  Reap,     ///< pid 1: reaps whoever becomes its child, until there is nobody left
};

struct LitmusOrders {
  volatile std::uint32_t ask;   ///< counts what was given
  volatile std::uint32_t done;  ///< the last of these that is done
  LitmusDo what;
  std::uint32_t child;       ///< Spawn. In the child's own slot, not 0: it begins with counts of 0
  std::int32_t exit_signal;  ///< not 0: from now on this signal's exiting handler …
  std::int32_t exit_status;  ///< … ends the process with this
  std::uint64_t number;
  std::uint64_t args[6];
  std::int64_t result;  ///< as the kernel gave it: −errno
};

struct LitmusBatchCall {
  std::uint64_t number;
  std::uint64_t args[6];
};

struct LitmusSlot {
  LitmusOrders orders;
  unsigned char page_[4096 - sizeof(LitmusOrders)];
  /// A new task begins here: its parent's stack is in use when they share their memory.
  unsigned char stack[kLitmusStackBytes];
  /// What registers point at: strings, structs, buffers.
  unsigned char room[kLitmusRoomBytes];
};

/// Addresses in the executor's program, which is the same one in all tasks.
struct LitmusAddresses {
  std::uint64_t counting, exiting;  ///< signal handlers
  std::uint64_t restorer;           ///< rt_sigreturn(2)
};

struct LitmusArea {
  LitmusAddresses addresses;
  std::uint64_t id_base;        ///< what id 0 of the sandbox is outside
  std::uint32_t executed_slot;  ///< whose execve it is when one asks for an area
  std::uint32_t filter_length;  ///< instructions, in the room of slot 0 while pid 1 begins
  unsigned char page_[4096 - sizeof(LitmusAddresses) - 16];
  LitmusSlot slots[kLitmusSlots];
};
static_assert(sizeof(LitmusSlot) % 4096 == 0 && offsetof(LitmusArea, slots) == 4096);

/// Descriptors that the launcher and pid 1 begin with.
inline constexpr int kLitmusControlFd = 3;  ///< a socket
inline constexpr int kLitmusAreaFd = 4;
inline constexpr int kLitmusProgramFd = 5;

/// Ids of the sandbox: so many, from `id_base` on, which is never lower than this (DESIGN §7). Id 0
/// of the machine is never one of them: who has it may write disks, sysctls and cgroup files
/// without any capability.
inline constexpr std::uint64_t kLitmusIdBaseMin = 300000;
inline constexpr std::uint64_t kLitmusIdCount = 65536;

}  // namespace cutaway::real

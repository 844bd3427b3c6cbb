#include "real/tracer/decode/call_data.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <iterator>

#include "real/tracer/decode/messages.h"
#include "real/tracer/decode/rows.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

/// Calls without arguments; all others that have no shape are shown with six words.
constexpr Sys kWithout[] = {Sys::sched_yield,  Sys::pause,        Sys::getpid,         Sys::fork,
                            Sys::vfork,        Sys::getuid,       Sys::getgid,         Sys::geteuid,
                            Sys::getegid,      Sys::getppid,      Sys::getpgrp,        Sys::setsid,
                            Sys::munlockall,   Sys::vhangup,      Sys::sync,           Sys::gettid,
                            Sys::inotify_init, Sys::rt_sigreturn, Sys::restart_syscall};

/// How many of prctl's five words an option looks at (prctl(2)); the rest of the registers is what
/// happened to be there.
struct OptionWords {
  std::uint64_t option;
  std::size_t words;
};
constexpr OptionWords kPrctlWords[] = {
    {1, 2},  {2, 2},  {3, 1},  {4, 2},  {7, 1},  {8, 2},  {13, 1}, {14, 2}, {15, 2},
    {16, 2}, {21, 1}, {22, 3}, {23, 2}, {24, 2}, {25, 2}, {26, 2}, {27, 1}, {28, 2},
    {29, 2}, {30, 1}, {36, 2}, {37, 2}, {38, 2}, {39, 1}, {40, 2}, {41, 2}, {42, 1}};
constexpr std::uint64_t kPrctlAmbient = 47, kAmbientClearAll = 4;

std::size_t prctl_words(const Raw& raw) {
  const std::uint64_t option = raw.at(0) & 0xffffffff;
  if (option == kPrctlAmbient) return raw.at(1) == kAmbientClearAll ? 2 : 3;
  for (const OptionWords& each : kPrctlWords) {
    if (each.option == option) return each.words;
  }
  return 5;
}

bool makes_file(std::uint64_t flags) { return (flags & (abi::o::kCreat | abi::o::kTmpfile)) != 0; }

constexpr std::uint64_t kFcntlWithout[] = {1, 3, 9, 11, 1025, 1032, 1034};  // F_GETFD, F_GETFL …

struct Moved {
  Sys sys;
  bool vector;
};
constexpr Moved kMovers[] = {{Sys::read, false},     {Sys::write, false},  {Sys::pread64, false},
                             {Sys::pwrite64, false}, {Sys::sendto, false}, {Sys::recvfrom, false},
                             {Sys::readv, true},     {Sys::writev, true},  {Sys::preadv, true},
                             {Sys::pwritev, true}};

std::string gather(const Memory& memory, std::uint64_t iov, std::uint64_t count,
                   std::uint64_t most) {
  std::vector<iovec> parts;
  std::string all;
  if (!many(memory, iov, count, parts)) return all;
  for (const iovec& part : parts) {
    const std::uint64_t left = most - all.size();
    if (left == 0) break;
    bool there = false;
    all += memory.bytes(reinterpret_cast<std::uint64_t>(part.iov_base),
                        std::min<std::uint64_t>(part.iov_len, left), there);
  }
  return all;
}

}  // namespace

std::size_t argument_count(const Raw& raw, Sys sys, std::size_t shaped) {
  if (sys == Sys::none) return 0;
  if (sys == Sys::prctl) return prctl_words(raw);
  if (shaped > 0) return shaped;
  const bool without =
      std::find(std::begin(kWithout), std::end(kWithout), sys) != std::end(kWithout);
  return without ? 0 : 6;
}

void leave_out_unused(const Raw& raw, SeenCall& call) {
  if (call.sys == Sys::open && !makes_file(raw.at(1))) call.args[2] = number(0);
  if (call.sys == Sys::openat && !makes_file(raw.at(2))) call.args[3] = number(0);
  if (call.sys != Sys::fcntl) return;
  if (std::find(std::begin(kFcntlWithout), std::end(kFcntlWithout), raw.at(1)) !=
      std::end(kFcntlWithout))
    call.args[2] = number(0);
}

void fill_out(const Raw& raw, SeenCall& call) {
  std::int32_t pair[2] = {};
  switch (call.sys) {
    case Sys::pipe:
    case Sys::pipe2:
      if (raw.memory.value(raw.at(0), pair)) call.out = {pair[0], pair[1]};
      break;
    case Sys::socketpair:
      if (raw.memory.value(raw.at(3), pair)) call.out = {pair[0], pair[1]};
      break;
    case Sys::wait4:
      if (call.ret > 0 && raw.memory.value(raw.at(1), pair[0])) call.out = {pair[0]};
      break;
    case Sys::waitid:
      fill_waitid(raw, call);
      break;
    case Sys::clone:
      // CLONE_PIDFD: the descriptor is where parent_tid points to (clone(2)).
      if ((raw.at(0) & abi::clone::kPidfd) != 0 && raw.memory.value(raw.at(2), pair[0]))
        call.out = {pair[0]};
      break;
    case Sys::recvmsg:
      call.out = received_descriptors(raw.memory, raw.at(1));
      break;
    default:
      break;
  }
}

void fill_data(const Raw& raw, std::uint64_t data_max, SeenCall& call) {
  if (call.ret <= 0) return;
  const std::uint64_t length = std::min(static_cast<std::uint64_t>(call.ret), data_max);
  if (call.sys == Sys::sendmsg || call.sys == Sys::recvmsg) {
    msghdr message{};
    if (raw.memory.value(raw.at(1), message))
      call.data = gather(raw.memory, reinterpret_cast<std::uint64_t>(message.msg_iov),
                         message.msg_iovlen, length);
    return;
  }
  const auto* mover = std::find_if(std::begin(kMovers), std::end(kMovers),
                                   [&](const Moved& each) { return each.sys == call.sys; });
  if (mover == std::end(kMovers)) return;
  if (mover->vector) {
    call.data = gather(raw.memory, raw.at(1), raw.at(2), length);
    return;
  }
  // A short buffer is in its argument already.
  const Arg& kept = call.args[1];
  if (kept.tag == ArgTag::Bytes && kept.text.size() >= length) {
    call.data.assign(kept.text, 0, length);
    return;
  }
  bool there = false;
  call.data = raw.memory.bytes(raw.at(1), length, there);
}

}  // namespace cutaway::real::decode

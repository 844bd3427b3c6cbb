// brk(2), mmap(2), munmap(2), mprotect(2), and what a C library asks for at its start.
#include <algorithm>

#include "base/prng.h"
#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::int64_t kHeapStart = 0x555555559000, kMapStart = 0x7f0000000000;

/// Where the address space would put something: far below for the heap, from kMapStart for maps. An
/// address says only that it is one; what lies where is not kept.
std::int64_t fresh_address(const Ask& ask) {
  return kMapStart + static_cast<std::int64_t>(ask.random % 0xfffff) * kPageBytes;
}

}  // namespace

/// brk(0) tells the end of the heap; any other address becomes it.
Decision decide_brk(const Ask& ask) {
  const std::int64_t wanted = ask.integer(0);
  return answer(wanted == 0 ? kHeapStart : wanted);
}

Decision decide_mmap(const Ask& ask) {
  constexpr std::uint64_t shared_or_private = 3, anonymous = 0x20;
  if (ask.bits(1) == 0 || (ask.bits(3) & shared_or_private) == 0)
    return refuse(abi::Errno::kEINVAL);
  const bool file_backed = (ask.bits(3) & anonymous) == 0;
  if (file_backed && file_of(ask.world, ask.task, ask.integer(4)) == nullptr) {
    return refuse(abi::Errno::kEBADF);
  }
  // Address space is given, not memory: nothing is charged before it is touched.
  return answer(ask.integer(0) != 0 ? ask.integer(0) : fresh_address(ask));
}

Decision decide_munmap(const Ask& ask) {
  const bool aligned = ask.integer(0) % kPageBytes == 0;
  return !aligned || ask.bits(1) == 0 ? refuse(abi::Errno::kEINVAL) : answer(0);
}

Decision decide_mprotect(const Ask& ask) {
  return ask.integer(0) % kPageBytes != 0 ? refuse(abi::Errno::kEINVAL) : answer(0);
}

Decision decide_arch_prctl(const Ask& ask) {
  constexpr std::int64_t set_gs = 0x1001, get_gs = 0x1004;
  const std::int64_t code = ask.integer(0);
  return code >= set_gs && code <= get_gs ? answer(0) : refuse(abi::Errno::kEINVAL);
}

Decision decide_set_tid_address(const Ask& ask) { return answer(own_pid(ask.task)); }

Decision decide_prlimit64(const Ask& ask) {
  if (ask.integer(1) < 0 || ask.integer(1) > 15) return refuse(abi::Errno::kEINVAL);
  Decision decision = answer(0);
  constexpr std::int64_t stack = 3, files = 7, unlimited = -1;
  std::int64_t soft = unlimited, hard = unlimited;
  if (ask.integer(1) == stack) soft = std::int64_t{8} << 20;
  if (ask.integer(1) == files) {
    soft = max_descriptors(ask.task);
    hard = kHardDescriptors;
  }
  decision.reply.out = {soft, hard};
  return decision;
}

Decision decide_getrandom(const Ask& ask) {
  constexpr std::uint64_t kMost = 33'554'431;  // getrandom(2), NOTES
  Prng prng(ask.random);
  std::string bytes;
  const std::uint64_t count = std::min(ask.bits(1), kMost);
  bytes.reserve(static_cast<std::size_t>(count));
  while (bytes.size() < count) bytes.push_back(static_cast<char>(prng.below(256)));
  Decision decision = answer(static_cast<std::int64_t>(count));
  decision.filled.emplace_back(0, captured(bytes));
  decision.reply.data = std::move(bytes);
  return decision;
}

Decision decide_nothing(const Ask&) { return answer(0); }

}  // namespace cutaway::sim

// Pid 1 of a sandbox, from its execve on. It looks itself whether its ids are harmless, or the
// machine is one to be thrown away, and does nothing if neither is so, whoever started it.
#include <linux/errno.h>
#include <linux/filter.h>
#include <linux/mman.h>
#include <linux/seccomp.h>

#include "real/litmus/executor/executor.h"

namespace cutaway::litmus {

namespace {

extern "C" {
void litmus_count(int signal);
void litmus_exit(int signal);
void litmus_restore();
}

long number(const char*& at, const char* end) {
  while (at < end && *at == ' ') ++at;
  if (at == end || *at < '0' || *at > '9') return -1;
  long value = 0;
  for (; at < end && *at >= '0' && *at <= '9'; ++at) value = value * 10 + (*at - '0');
  return value;
}

/// Seen from inside a user namespace, its map says which ids of the one above these are: the
/// initial one, as the launcher is in there (user_namespaces(7)).
void look_at_map(const char* file) {
  char text[256];
  const long fd = kernel(sys::kOpen, address(file), 0, 0);
  const long size = fd < 0 ? fd : kernel(sys::kRead, fd, address(text), sizeof text);
  kernel(sys::kClose, fd);
  std::uint64_t base = 0;
  if (!good_map(text, size, base) || base != area().id_base) fail(Failure::BadMap);
}

struct Program {
  std::uint16_t length;
  const void* filter;
};

long set_filter() {
  const Program program{static_cast<std::uint16_t>(area().filter_length), area().slots[0].room};
  return kernel(sys::kSeccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                address(&program));
}

}  // namespace

bool good_map(const char* text, long size, std::uint64_t& base) {
  if (size <= 0) return false;
  const char* at = text;
  const char* const end = text + size;
  const long inside = number(at, end), outside = number(at, end), count = number(at, end);
  if (at == end || *at != '\n' || at + 1 != end) return false;
  base = static_cast<std::uint64_t>(outside);
  return inside == 0 && outside >= static_cast<long>(real::kLitmusIdBaseMin) &&
         count == static_cast<long>(real::kLitmusIdCount);
}

real::LitmusArea& area() {
  // NOLINTNEXTLINE(performance-no-int-to-ptr): it is mapped there
  return *reinterpret_cast<real::LitmusArea*>(real::kLitmusAreaAddress);
}

void map_area(long fd) {
  const long at =
      kernel(sys::kMmap, static_cast<long>(real::kLitmusAreaAddress), sizeof(real::LitmusArea),
             PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED_NOREPLACE, fd, 0);
  if (at != static_cast<long>(real::kLitmusAreaAddress)) fail(Failure::NoArea);
}

void be_init(Tier tier) {
  constexpr long kParentDeath = 1, kSigkill = 9;
  kernel(sys::kPrctl, kParentDeath, kSigkill, 0, 0, 0);
  map_area(real::kLitmusAreaFd);
  if (tier == Tier::R && why_kept() != nullptr) fail(Failure::Kept);
  if (tier == Tier::U) {
    look_at_map("/proc/self/uid_map");
    look_at_map("/proc/self/gid_map");
  }
  area().addresses = {reinterpret_cast<std::uint64_t>(&litmus_count),
                      reinterpret_cast<std::uint64_t>(&litmus_exit),
                      reinterpret_cast<std::uint64_t>(&litmus_restore)};
  const long listener = set_filter();
  if (listener < 0) fail(Failure::NoFilter);
  helper::Line<32> told;
  told.add("listener ").add(listener).add("\n");
  kernel(sys::kWrite, real::kLitmusControlFd, address(told.text), static_cast<long>(told.size));
  serve(0);
}

}  // namespace cutaway::litmus

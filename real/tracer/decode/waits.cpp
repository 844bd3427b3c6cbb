// Waiting for descriptors: poll(2), select(2), epoll(7).
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include <algorithm>
#include <cstring>

#include "real/tracer/decode/rows.h"
#include "trace/abi/more_flags.h"

namespace cutaway::real::decode {

namespace {

using abi::Sys;

Arg poll_events(std::int16_t events) {
  return Arg::list(abi::flag_names(abi::kPollEvents, static_cast<std::uint16_t>(events)));
}

Arg polled(const Asked& asked, bool done) {
  std::vector<pollfd> fds;
  if (!many(asked.memory(), asked.address(), asked.raw.at(1) & 0xffffffff, fds))
    return pointer(asked);
  std::vector<Arg> items;
  for (const pollfd& each : fds) {
    Arg item = structure({{"events", poll_events(each.events)}, {"fd", signed_number(each.fd)}});
    if (done) {
      item.keys.emplace_back("revents");
      item.items.push_back(poll_events(each.revents));
    }
    items.push_back(std::move(item));
  }
  return list(std::move(items));
}
Arg poll_asked(const Asked& asked) { return polled(asked, false); }
Arg poll_done(const Asked& asked) { return polled(asked, true); }

/// The descriptors below nfds that are in the set.
Arg descriptor_set(const Asked& asked) {
  const auto count = static_cast<std::size_t>(
      std::clamp<std::int64_t>(static_cast<std::int32_t>(asked.raw.at(0)), 0, FD_SETSIZE));
  std::uint64_t words[FD_SETSIZE / 64] = {};
  const std::size_t bytes = (count + 63) / 64 * 8;
  if (asked.memory().read(asked.address(), words, bytes) != bytes) return pointer(asked);
  std::vector<Arg> fds;
  for (std::size_t fd = 0; fd < count; ++fd) {
    if ((words[fd / 64] >> (fd % 64) & 1U) != 0) fds.push_back(number(fd));
  }
  return list(std::move(fds));
}

Arg event_arg(const epoll_event& event) {
  return structure({{"events", Arg::list(abi::flag_names(abi::kEpollEvents, event.events))},
                    {"data", number(event.data.u64)}});
}
Arg epoll_asked(const Asked& asked) {
  return shown<epoll_event>(asked, [](const epoll_event& event) { return event_arg(event); });
}
Arg epoll_done(const Asked& asked) {
  std::vector<epoll_event> events;
  if (!many(asked.memory(), asked.address(), static_cast<std::uint64_t>(asked.call.ret), events))
    return pointer(asked);
  std::vector<Arg> items;
  items.reserve(events.size());
  for (const epoll_event& event : events) items.push_back(event_arg(event));
  return list(std::move(items));
}

}  // namespace

Rows wait_rows() {
  Rows rows = {
      {Sys::poll, 0, When::Entry, poll_asked},
      {Sys::poll, 0, When::Return, poll_done},
      {Sys::ppoll, 0, When::Entry, poll_asked},
      {Sys::ppoll, 0, When::Return, poll_done},
      {Sys::ppoll, 3, When::Entry, signal_set},
      {Sys::epoll_ctl, 3, When::Entry, epoll_asked},
      {Sys::epoll_wait, 1, When::Return, epoll_done},
      {Sys::epoll_pwait, 1, When::Return, epoll_done},
      {Sys::epoll_pwait, 4, When::Entry, signal_set},
  };
  for (const Sys sys : {Sys::select, Sys::pselect6}) {
    for (std::size_t n = 1; n <= 3; ++n) {
      rows.push_back({sys, n, When::Entry, descriptor_set});
      rows.push_back({sys, n, When::Return, descriptor_set});
    }
  }
  return rows;
}

}  // namespace cutaway::real::decode

// Open files of no file system (eventfd, timerfd, epoll), and what poll(2) and epoll_wait(2) ask of
// any file.
#pragma once

#include "sim/core/poll.h"
#include "sim/kernel/decision.h"

namespace cutaway::sim {

struct Polled {
  std::int64_t fd = -1, events = 0, revents = 0;
};
/// What a file says now, of the events that are wanted and those that are told unasked; else
/// `waiting` knows what for.
std::int64_t poll_events(const Ask& ask, const Polled& one, const OpenFile& file,
                         Decision& waiting);
/// A wait ends at the earliest of its times. −1: none.
void note_deadline(Decision& waiting, std::int64_t deadline);

/// As read(2) of this file, whatever its descriptor is.
Decision read_open(const Ask& ask, const OpenFile& file);

/// Null: it is none of these.
const SpecialFile* special_of(const Ask& ask, const OpenFile& file);
Decision read_special(const Ask& ask, const OpenFile& file, const SpecialFile& special);
Decision write_special(const Ask& ask, const OpenFile& file, const SpecialFile& special);
/// Of an epoll(7): readable while anything it looks at has something to tell (ep_eventpoll_poll).
std::int64_t epoll_events(const Ask& ask, const SpecialFile& special, Decision& waiting);
std::int64_t special_events(const Ask& ask, const Polled& one, const OpenFile& file,
                            Decision& waiting);

}  // namespace cutaway::sim

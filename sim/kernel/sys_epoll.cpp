// epoll_create1(2), epoll_ctl(2), epoll_wait(2): what poll(2) asks, with a list that is kept.
#include <algorithm>

#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/special.h"
#include "trace/abi/more_flags.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::uint32_t kOneShot = 0x40000000;

Decision new_epoll(const Ask& ask) {
  const std::int32_t fd = lowest_free_fd(ask.world, ask.task);
  if (fd >= max_descriptors(ask.task)) return refuse(abi::Errno::kEMFILE);
  Decision decision = answer(fd);
  decision.special = SpecialFile{};
  decision.special->kind = SpecialFile::Kind::Poll;
  return decision;
}

struct PollFile {
  abi::Errno err = abi::Errno::kOk;
  const OpenFile* file = nullptr;
  const SpecialFile* special = nullptr;
};
PollFile poll_file(const Ask& ask) {
  PollFile found;
  found.file = io_file(ask, ask.integer(0));
  if (found.file == nullptr) return {abi::Errno::kEBADF};
  found.special = special_of(ask, *found.file);
  const bool polls = found.special != nullptr && found.special->kind == SpecialFile::Kind::Poll;
  return polls ? found : PollFile{abi::Errno::kEINVAL};
}

/// Regular files and folders are always ready: there is nothing to wait for (EPERM).
bool can_wait_for(const OpenFile& file) {
  return file.kind != FileKind::Inode && file.kind != FileKind::Namespace &&
         file.kind != FileKind::Null;
}

std::uint32_t event_bits(const Arg& names) {
  std::uint64_t bits = 0;
  for (const Arg& name : names.items) {
    std::uint64_t bit = 0;
    if (abi::flag_value(abi::kEpollEvents, name.text, bit)) bits |= bit;
  }
  return static_cast<std::uint32_t>(bits);
}

Watched watched_by(const Ask& ask, FileId file) {
  Watched watched;
  watched.file = file;
  if (ask.null(3)) return watched;
  const Arg& event = ask.request.args[3];
  for (std::size_t i = 0; i < event.keys.size() && i < event.items.size(); ++i) {
    if (event.keys[i] == "events") watched.events = event_bits(event.items[i]);
    if (event.keys[i] == "data") watched.data = event.items[i].value;
  }
  // Asked for or not (do_epoll_ctl in fs/eventpoll.c). None at all: EPOLLONESHOT has told once.
  watched.events |= kPollError | kPollHup;
  return watched;
}

Arg event_of(std::int64_t events, std::int64_t data) {
  Arg event;
  event.tag = ArgTag::Struct;
  event.keys = {"events", "data"};
  event.items = {Arg::list(abi::flag_names(abi::kEpollEvents, static_cast<std::uint64_t>(events))),
                 Arg::integer(data)};
  return event;
}

}  // namespace

namespace {

constexpr std::uint32_t kKinds = 0x3fff;
constexpr int kMaxNests = 4;  // EP_MAX_NESTS in fs/eventpoll.c

std::int64_t told_by(const Ask& ask, std::int32_t fd, const Watched& watched, Decision& waiting) {
  const OpenFile* file = ask.world.files.find(watched.file);
  if (file == nullptr || watched.events == 0) return 0;
  const Polled one{fd, watched.events & kKinds, 0};
  return poll_events(ask, one, *file, waiting) &
         static_cast<std::int64_t>(watched.events | kPollError | kPollHup);
}

/// Would it come to look at `target`, or too deep (ep_loop_check)?
bool loops(const Ask& ask, FileId from, FileId target, int depth) {
  if (from == target || depth > kMaxNests) return true;
  const auto special = ask.specials->find(from);
  if (special == ask.specials->end()) return false;
  for (const auto& [fd, watched] : special->second.watched) {
    if (ask.specials->count(watched.file) != 0 && loops(ask, watched.file, target, depth + 1))
      return true;
  }
  return false;
}

}  // namespace

std::int64_t epoll_events(const Ask& ask, const SpecialFile& special, Decision& waiting) {
  for (const auto& [fd, watched] : special.watched) {
    if (told_by(ask, fd, watched, waiting) != 0) return kPollIn;
  }
  return 0;
}

Decision decide_epoll_create(const Ask& ask) {
  return ask.integer(0) <= 0 ? refuse(abi::Errno::kEINVAL) : new_epoll(ask);
}
Decision decide_epoll_create1(const Ask& ask) {
  if ((ask.bits(0) & ~abi::o::kCloexec) != 0) return refuse(abi::Errno::kEINVAL);
  return new_epoll(ask);
}

/// EPOLL_CTL_ADD 1, DEL 2, MOD 3 (do_epoll_ctl in fs/eventpoll.c).
Decision decide_epoll_ctl(const Ask& ask) {
  constexpr std::int64_t kAdd = 1, kDelete = 2, kModify = 3;
  const std::int64_t operation = ask.integer(1);
  const OpenFile* epoll = io_file(ask, ask.integer(0));
  const OpenFile* file = io_file(ask, ask.integer(2));
  if (epoll == nullptr || file == nullptr) return refuse(abi::Errno::kEBADF);
  if (!can_wait_for(*file)) return refuse(abi::Errno::kEPERM);
  const PollFile found = poll_file(ask);
  if (found.err != abi::Errno::kOk || file == epoll) return refuse(abi::Errno::kEINVAL);
  SpecialFile now = *found.special;
  const auto fd = static_cast<std::int32_t>(ask.integer(2));
  const auto there = now.watched.find(fd);
  const bool known = there != now.watched.end() && there->second.file == file->id;
  if (operation == kAdd && known) return refuse(abi::Errno::kEEXIST);
  if ((operation == kDelete || operation == kModify) && !known) return refuse(abi::Errno::kENOENT);
  if (operation < kAdd || operation > kModify) return refuse(abi::Errno::kEINVAL);
  if (operation == kAdd && loops(ask, file->id, epoll->id, 0)) return refuse(abi::Errno::kELOOP);
  if (operation == kDelete)
    now.watched.erase(fd);
  else
    now.watched[fd] = watched_by(ask, file->id);
  Decision decision = answer(0);
  decision.special = std::move(now);
  decision.special_file = epoll->id;
  return decision;
}

/// All events are told as long as they last (level-triggered).
Decision decide_epoll_wait(const Ask& ask) {
  const PollFile found = poll_file(ask);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  if (ask.integer(2) <= 0) return refuse(abi::Errno::kEINVAL);
  SpecialFile now = *found.special;
  Decision waiting = wait_for(found.file->is, WaitKey{WaitKind::Special, found.file->id.value});
  Arg events;
  events.tag = ArgTag::List;
  for (auto& [fd, watched] : now.watched) {
    const auto room = static_cast<std::size_t>(ask.integer(2));
    if (events.items.size() == room) continue;
    const std::int64_t got = told_by(ask, fd, watched, waiting);
    if (got == 0) continue;
    events.items.push_back(event_of(got, watched.data));
    if ((watched.events & kOneShot) != 0) watched.events = 0;
  }
  const std::int64_t timeout_ms = static_cast<std::int32_t>(ask.integer(3));
  const std::int64_t deadline = timeout_ms < 0 ? -1 : ask.entered + timeout_ms * 1'000'000;
  const bool over = deadline >= 0 && ask.now >= deadline;
  if (events.items.empty() && !over) {
    note_deadline(waiting, deadline);
    return waiting;
  }
  Decision decision = answer(static_cast<std::int64_t>(events.items.size()));
  decision.filled.emplace_back(1, std::move(events));
  decision.special = std::move(now);
  decision.special_file = found.file->id;
  return decision;
}

}  // namespace cutaway::sim

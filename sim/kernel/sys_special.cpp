// eventfd2(2), timerfd_create(2), timerfd_settime(2): numbers that a program reads and waits for.
#include <algorithm>

#include "sim/kernel/bytes.h"
#include "sim/kernel/handlers.h"
#include "sim/kernel/limits.h"
#include "sim/kernel/special.h"
#include "sim/kernel/time_args.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

constexpr std::size_t kNumberBytes = 8;
constexpr std::uint64_t kMost = 0xfffffffffffffffe;  ///< of an eventfd

Decision new_special(const Ask& ask, SpecialFile made) {
  const std::int32_t fd = lowest_free_fd(ask.world, ask.task);
  if (fd >= max_descriptors(ask.task)) return refuse(abi::Errno::kEMFILE);
  Decision decision = answer(fd);
  decision.special = std::move(made);
  return decision;
}

Decision wait_on(const OpenFile& file, std::int64_t deadline = -1) {
  if (nonblocking(file)) return refuse(abi::Errno::kEAGAIN);
  return wait_for(file.is, WaitKey{WaitKind::Special, file.id.value}, deadline);
}

/// Eight bytes, and what the file is afterwards.
Decision told(const OpenFile& file, std::uint64_t number, SpecialFile now) {
  std::string bytes;
  for (std::size_t i = 0; i < kNumberBytes; ++i)
    bytes += static_cast<char>(number >> (8 * i) & 0xffU);
  Decision decision = answer(static_cast<std::int64_t>(kNumberBytes));
  decision.filled.emplace_back(1, captured(bytes));
  decision.reply.data = bytes;
  decision.moved = std::move(bytes);
  decision.special = std::move(now);
  decision.special_file = file.id;
  return decision;
}

/// How often it has run out since that was last read.
std::uint64_t expirations(const Ask& ask, const IntervalTimer& timer) {
  if (timer.due == 0 || timer.due > ask.now) return 0;
  if (timer.every == 0) return 1;
  return 1 + static_cast<std::uint64_t>((ask.now - timer.due) / timer.every);
}

Decision read_eventfd(const OpenFile& file, SpecialFile now) {
  if (now.count == 0) return wait_on(file);
  const std::uint64_t taken = now.semaphore ? 1 : now.count;
  now.count -= taken;
  return told(file, taken, std::move(now));
}

Decision read_timer(const Ask& ask, const OpenFile& file, SpecialFile now) {
  const std::uint64_t times = expirations(ask, now.timer);
  if (times == 0) return wait_on(file, now.timer.due == 0 ? -1 : now.timer.due);
  now.timer.due =
      now.timer.every == 0 ? 0 : now.timer.due + static_cast<std::int64_t>(times) * now.timer.every;
  return told(file, times, std::move(now));
}

Arg itimerspec(const Ask& ask, const IntervalTimer& timer) {
  std::int64_t left = 0;
  if (timer.due != 0) left = std::max<std::int64_t>(timer.due - ask.now, 0);
  const bool again = timer.due != 0 && timer.due <= ask.now && timer.every != 0;
  if (again) left = timer.every - (ask.now - timer.due) % timer.every;
  return interval_arg({left, timer.every}, kTimespec);
}

/// The timer behind argument 0.
struct TimerFile {
  abi::Errno err = abi::Errno::kOk;
  const OpenFile* file = nullptr;
  const SpecialFile* special = nullptr;
};
TimerFile timer_file(const Ask& ask) {
  TimerFile found;
  found.file = io_file(ask, ask.integer(0));
  if (found.file == nullptr) return {abi::Errno::kEBADF};
  found.special = special_of(ask, *found.file);
  const bool timer = found.special != nullptr && found.special->kind == SpecialFile::Kind::Timer;
  return timer ? found : TimerFile{abi::Errno::kEINVAL};
}

}  // namespace

const SpecialFile* special_of(const Ask& ask, const OpenFile& file) {
  const auto found = ask.specials->find(file.id);
  return found == ask.specials->end() ? nullptr : &found->second;
}

Decision read_special(const Ask& ask, const OpenFile& file, const SpecialFile& special) {
  if (special.kind == SpecialFile::Kind::Poll || ask.request.count < kNumberBytes)
    return refuse(abi::Errno::kEINVAL);
  return special.kind == SpecialFile::Kind::Event ? read_eventfd(file, special)
                                                  : read_timer(ask, file, special);
}

Decision write_special(const Ask& ask, const OpenFile& file, const SpecialFile& special) {
  const std::string& data = ask.request.data;
  if (special.kind != SpecialFile::Kind::Event || data.size() != kNumberBytes)
    return refuse(abi::Errno::kEINVAL);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumberBytes; ++i)
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(data[i])) << (8 * i);
  if (number > kMost) return refuse(abi::Errno::kEINVAL);
  if (kMost - special.count < number) return wait_on(file);
  Decision decision = answer(static_cast<std::int64_t>(kNumberBytes));
  decision.moved = data;
  decision.special = special;
  decision.special->count += number;
  decision.special_file = file.id;
  return decision;
}

std::int64_t special_events(const Ask& ask, const Polled& one, const OpenFile& file,
                            Decision& waiting) {
  const SpecialFile& special = ask.specials->at(file.id);
  waiting.on = file.is;
  waiting.keys.push_back(WaitKey{WaitKind::Special, file.id.value});
  if (special.kind == SpecialFile::Kind::Event) {
    const std::int64_t in = special.count > 0 ? kPollIn : 0;
    const std::int64_t out = special.count < kMost ? kPollOut : 0;
    return (in | out) & one.events;
  }
  if (special.kind == SpecialFile::Kind::Poll)
    return epoll_events(ask, special, waiting) & one.events;
  if (expirations(ask, special.timer) > 0) return kPollIn & one.events;
  note_deadline(waiting, special.timer.due == 0 ? -1 : special.timer.due);
  return 0;
}

Decision decide_eventfd2(const Ask& ask) {
  constexpr std::uint64_t kSemaphore = 1;
  const std::uint64_t flags = ask.bits(1);
  if ((flags & ~(kSemaphore | abi::o::kCloexec | abi::o::kNonblock)) != 0)
    return refuse(abi::Errno::kEINVAL);
  SpecialFile made;
  made.count = ask.word(0);
  made.semaphore = (flags & kSemaphore) != 0;
  return new_special(ask, std::move(made));
}

Decision decide_timerfd_create(const Ask& ask) {
  constexpr std::int64_t kRealtime = 0, kMonotonic = 1, kBoottime = 7;
  if ((ask.bits(1) & ~(abi::o::kCloexec | abi::o::kNonblock)) != 0)
    return refuse(abi::Errno::kEINVAL);
  const std::int64_t clock = ask.integer(0);
  if (clock != kRealtime && clock != kMonotonic && clock != kBoottime)
    return refuse(abi::Errno::kEINVAL);
  SpecialFile made;
  made.kind = SpecialFile::Kind::Timer;
  return new_special(ask, std::move(made));
}

Decision decide_timerfd_settime(const Ask& ask) {
  constexpr std::uint64_t kAbsolute = 1, kCancelOnSet = 2;
  if (ask.null(2)) return refuse(abi::Errno::kEFAULT);
  const auto wanted = interval_of(ask.request.args[2], kTimespec);
  if ((ask.bits(1) & ~(kAbsolute | kCancelOnSet)) != 0 || !wanted)
    return refuse(abi::Errno::kEINVAL);
  const TimerFile found = timer_file(ask);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  Decision decision = answer(0);
  decision.filled.emplace_back(3, itimerspec(ask, found.special->timer));
  const std::int64_t from = (ask.bits(1) & kAbsolute) != 0 ? 0 : ask.now;
  decision.special = *found.special;
  decision.special->timer =
      IntervalTimer{wanted->value > 0 ? from + wanted->value : 0, wanted->every, 0};
  decision.special_file = found.file->id;
  return decision;
}

Decision decide_timerfd_gettime(const Ask& ask) {
  const TimerFile found = timer_file(ask);
  if (found.err != abi::Errno::kOk) return refuse(found.err);
  Decision decision = answer(0);
  decision.filled.emplace_back(1, itimerspec(ask, found.special->timer));
  return decision;
}

}  // namespace cutaway::sim

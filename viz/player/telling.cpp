#include "viz/player/telling.h"

#include <map>

#include "viz/player/event_class.h"

namespace cutaway::viz {
namespace {

using abi::Sys;

/// Calls that make a container what it is come before what the engine says, that before the rest.
int call_weight(Sys sys) {
  switch (sys) {
    case Sys::clone:
    case Sys::clone3:
    case Sys::unshare:
    case Sys::setns:
    case Sys::pivot_root:
    case Sys::execve:
      return 30;
    case Sys::mount:
    case Sys::umount2:
    case Sys::sethostname:
    case Sys::seccomp:
    case Sys::capset:
    case Sys::exit_group:
    case Sys::kill:
      return 25;
    case Sys::prctl:
    case Sys::setuid:
    case Sys::setgid:
    case Sys::mknod:
    case Sys::mknodat:
    case Sys::mkdir:
    case Sys::mkdirat:
    case Sys::symlink:
    case Sys::symlinkat:
    case Sys::setsid:
    case Sys::wait4:
      return 10;
    default:
      return 1;
  }
}

constexpr int kRefusedBonus = 12;
constexpr int kEffectBonus = 4;
constexpr int kMostEffectsWeighed = 3;
constexpr int kEngineWeight = 18;
constexpr int kLooseEffectWeight = 16;  // a signal, a death: nobody's call

// Of a longer stretch the end is looked at.
constexpr std::size_t kMostLookedAt = 65'536;

bool refused(const Record& record) {
  const auto err = static_cast<abi::Errno>(record.err);
  return err == abi::Errno::kEPERM || err == abi::Errno::kEACCES;
}

class EventScale {
 public:
  EventScale(const Trace& trace, Stretch stretch) : trace_(trace) {
    for (std::size_t n = stretch.from; n < stretch.to; ++n) {
      const Record& record = trace.record(n);
      if (record.call != 0 && event_class(trace, n) == EventClass::Effect) ++effects_[record.call];
    }
  }

  int weigh(std::size_t n) const {
    const Record& record = trace_.record(n);
    switch (event_class(trace_, n)) {
      case EventClass::Noise:
        return 0;
      case EventClass::Detail:
        return 1;
      case EventClass::Engine:
        return kEngineWeight;
      case EventClass::Effect:
        return record.call == 0 ? kLooseEffectWeight : 2;
      case EventClass::Syscall:
        return weigh_call(record);
    }
    return 0;
  }

 private:
  int weigh_call(const Record& record) const {
    const auto found = effects_.find(record.call);
    const int effects = found == effects_.end() ? 0 : std::min(found->second, kMostEffectsWeighed);
    return call_weight(static_cast<Sys>(record.sys)) + kEffectBonus * effects +
           (refused(record) ? kRefusedBonus : 0);
  }

  const Trace& trace_;
  std::map<std::uint32_t, int> effects_;  ///< by call
};

}  // namespace

EventIndex telling_event(const Trace& trace, const StepIndex& index, Stretch stretch) {
  stretch.to = std::min(stretch.to, index.count());
  if (stretch.to - std::min(stretch.from, stretch.to) > kMostLookedAt) {
    stretch.from = stretch.to - kMostLookedAt;
  }
  const EventScale scale(trace, stretch);
  EventIndex best = kNoEvent;
  int most = -1;
  for (std::size_t n = stretch.from; n < stretch.to; ++n) {
    const int weight = scale.weigh(n);
    if (weight < most) continue;
    most = weight;
    best = static_cast<EventIndex>(n);
  }
  return best;
}

}  // namespace cutaway::viz

// What an event is to somebody who steps through a trace.
#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <variant>

#include "trace/log/trace.h"

namespace cutaway::viz {

enum class EventClass : std::uint8_t {
  Noise,  ///< scheduling, counters, the first snapshot: not worth a row or a step
  Syscall,
  Engine,  ///< client, server, images, records of containers; the trace itself
  Effect,  ///< what a call or the kernel changed: a "kernel effect"
  Detail,  ///< the rest: descriptors, names of files, memory
};

/// Index in Body of a type.
template <class T, std::size_t Index = 0>
constexpr std::size_t body_of() {
  if constexpr (std::is_same_v<std::variant_alternative_t<Index, BodyVariant>, T>) {
    return Index;
  } else {
    return body_of<T, Index + 1>();
  }
}

template <class T>
bool is(const Record& record) {
  return record.body == body_of<T>();
}

/// The class of event n.
EventClass event_class(const Trace& trace, std::size_t n, const Record& record);
inline EventClass event_class(const Trace& trace, std::size_t n) {
  return event_class(trace, n, trace.record(n));
}

}  // namespace cutaway::viz

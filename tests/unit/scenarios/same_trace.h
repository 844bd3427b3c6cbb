// Whether two traces are the same in every byte that is kept: a tenth of the time that writing both
// as text takes.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <type_traits>

#include "trace/log/event_store.h"
#include "trace/log/jsonl.h"

namespace cutaway {

inline bool same_event(const Trace& a, const Trace& b, std::size_t n) {
  static_assert(std::has_unique_object_representations_v<Record>, "no padding");
  const Record one = a.record(n), other = b.record(n);
  return std::memcmp(&one, &other, sizeof one) == 0 && a.store().payload(n) == b.store().payload(n);
}

/// Header, names of steps, contents and every event. The first event that differs is shown.
inline testing::AssertionResult same_trace(const Trace& a, const Trace& b) {
  if (header_to_json(a.header) != header_to_json(b.header)) {
    return testing::AssertionFailure() << "their headers differ";
  }
  for (std::size_t n = 0; n < std::min(a.size(), b.size()); ++n) {
    if (same_event(a, b, n)) continue;
    return testing::AssertionFailure() << event_to_json(a, n, a.world_at(n)).dump() << "\n"
                                       << event_to_json(b, n, b.world_at(n)).dump();
  }
  if (a.size() != b.size()) {
    return testing::AssertionFailure() << a.size() << " events, " << b.size() << " events";
  }
  bool same = a.step_count() == b.step_count() && a.blobs.size() == b.blobs.size();
  for (StepId id{1}; same && id.value <= a.step_count(); ++id.value) {
    same = a.step_name(id) == b.step_name(id);
  }
  for (std::size_t i = 0; same && i < a.blobs.size(); ++i)
    same = a.blobs.id_at(i) == b.blobs.id_at(i);
  if (!same) return testing::AssertionFailure() << "steps or contents differ";
  return testing::AssertionSuccess();
}

}  // namespace cutaway

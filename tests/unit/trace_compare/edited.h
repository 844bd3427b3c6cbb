// Simulated traces, and copies of them with something changed by hand.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "trace/compare/compare.h"
#include "trace/log/trace.h"

namespace cutaway::test {

/// The trace of a bundled scenario.
Trace simulate(std::string_view id, std::uint64_t seed = 1,
               CgroupVersion cgroup = CgroupVersion::V2);

/// A trace taken apart, to be changed and put together again.
class Edited {
 public:
  explicit Edited(const Trace& original);

  std::vector<Event> events;
  TraceHeader header;

  /// Index of the how-manieth (from 0) call of this name in this step; a failed test when there is
  /// none.
  std::size_t find(abi::Sys sys, std::string_view step, std::size_t which = 0) const;
  Syscall& call(std::size_t n) { return std::get<Syscall>(events.at(n).body); }
  template <class T>
  std::size_t find_event(std::size_t which = 0) const {
    for (std::size_t n = 0; n < events.size(); ++n) {
      if (std::holds_alternative<T>(events[n].body) && which-- == 0) return n;
    }
    return missing("an event");
  }
  void drop(std::size_t n) { events.erase(events.begin() + static_cast<std::ptrdiff_t>(n)); }
  /// The same call once more, right behind; its index.
  std::size_t repeat(std::size_t n);
  /// The bytes under an id of their own.
  BlobId blob(std::string_view bytes) { return original_.blobs.put(bytes); }

  Trace build() const;

 private:
  static std::size_t missing(const std::string& what);

  Trace original_;  // names of steps, bytes
};

/// The same run, said to be Linux's.
Edited as_real(const Trace& original);

/// With the steps that the plan says are compared.
Comparison compared(const Trace& a, const Trace& b);

/// Rows of that level which are not plainly matched.
std::vector<CompareRow> differing(const Comparison& comparison, RowLevel level);
/// "different syscall init mnt.proc mount simulator_wrong" for each of them.
std::vector<std::string> told(const Comparison& comparison);

}  // namespace cutaway::test

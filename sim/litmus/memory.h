// The memory of a litmus task as its program can know it: what mmap gave it. The simulated kernel
// keeps no page tables; whether a touch is a fault is decided here (mmap(2), mprotect(2)).
#pragma once

#include <cstdint>
#include <map>
#include <set>

#include "spec/litmus_call.h"

namespace cutaway::sim {

class LitmusMemory {
 public:
  /// A call on memory has succeeded.
  void note(const spec::LitmusCall& call, std::int64_t ret);
  /// May all of this be read, or written?
  bool allows(std::uint64_t address, std::uint64_t length, bool write) const;
  /// How many pages of it are touched for the first time now.
  std::int64_t touch(std::uint64_t address, std::uint64_t length);

 private:
  void protect(std::uint64_t address, std::uint64_t length, std::uint64_t prot);
  void unmap(std::uint64_t address, std::uint64_t length);
  std::map<std::uint64_t, std::uint64_t> pages_;  ///< page number → PROT_*
  std::set<std::uint64_t> touched_;
};

}  // namespace cutaway::sim

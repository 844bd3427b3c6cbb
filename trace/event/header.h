// The head of a trace: what machine, what was asked, how it was recorded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/side.h"

namespace cutaway {

/// The number in `"cutaway":1`. A trace with a greater one is refused.
inline constexpr int kTraceVersion = 1;

enum class CgroupVersion : std::uint8_t { V1, V2, Hybrid };
enum class HostOs : std::uint8_t { Linux, Mac, Windows };

/// The machine as a scenario may set it. `memory` in bytes.
struct Machine {
  std::string kernel = "6.12";
  CgroupVersion cgroup = CgroupVersion::V2;
  std::int64_t cpus = 2;
  std::int64_t memory = std::int64_t{2} << 30;
  std::string arch = "x86_64";
  HostOs os = HostOs::Linux;
  FIELDS(kernel, cgroup, cpus, memory, arch, os)
};

struct TraceHeader {
  int version = kTraceVersion;
  SideKind side = SideKind::Sim;
  bool virtual_clock = true;
  Machine machine;
  std::string scenario;  ///< empty: null
  std::vector<std::string> commands;
  std::optional<std::uint64_t> seed;
  bool loss_counted = false;  ///< "loss":"counted", else "none"
};

}  // namespace cutaway

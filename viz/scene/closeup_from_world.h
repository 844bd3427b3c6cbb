// Close-ups from a World (and, for a system call, from what has just happened).
#pragma once

#include <optional>

#include "trace/log/trace.h"
#include "viz/scene/closeup_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// `ship` of the same moment: its tasks and gauges are taken from there.
[[nodiscard]] std::optional<ContainerCloseup> container_closeup(const World& world,
                                                                const ShipModel& ship, int slot);
[[nodiscard]] ProcessCloseup process_closeup(const World& world, const cutaway::Task& task);
[[nodiscard]] std::optional<SyscallCloseup> syscall_closeup(const World& world,
                                                            const Happening& now);

}  // namespace cutaway::viz

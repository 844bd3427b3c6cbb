// What descriptors 0, 1 and 2 lead to, who carries their bytes on, what the terminal showed.
// Private to viz/scene.
#pragma once

#include <optional>
#include <vector>

#include "spec/docker_line.h"
#include "trace/log/trace.h"
#include "trace/world/world.h"
#include "viz/scene/channels_model.h"

namespace cutaway::viz {

/// Who carries this container's bytes to a terminal just now: what it was told, and its process,
/// where that is seen.
struct Carrier {
  spec::Command command;
  TaskId client;
};
[[nodiscard]] std::optional<Carrier> carrier_of(const World& world,
                                                const cutaway::Container& container);
[[nodiscard]] ChannelPlug plug_of(const World& world, const cutaway::Task& task,
                                  std::size_t channel, const std::optional<Carrier>& carrier);

/// The line with which each container was made, and what the terminal has shown since: into the
/// column of the same number.
void fill_terminals(const Trace& trace, const World& world, std::size_t position,
                    const std::vector<const cutaway::Container*>& containers, Channels& channels);

}  // namespace cutaway::viz

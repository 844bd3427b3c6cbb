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

/// The command that carries this container's bytes to a terminal just now, as it was typed.
[[nodiscard]] std::optional<spec::Command> carrier_of(const World& world,
                                                      const cutaway::Container& container);
[[nodiscard]] ChannelPlug plug_of(const World& world, const cutaway::Task& task,
                                  std::size_t channel, const std::optional<spec::Command>& carrier);

/// The line with which each container was made, and what the terminal has shown since: into the
/// column of the same number.
void fill_terminals(const Trace& trace, const World& world, std::size_t position,
                    const std::vector<const cutaway::Container*>& containers, Channels& channels);

}  // namespace cutaway::viz

// The way of a call through the kernel: whose table answers it, how far it gets, which file or
// layer it reaches. The picture's packet and the sentence's parts list follow the same way.
#pragma once

#include <optional>
#include <string>

#include "trace/world/world.h"
#include "viz/scene/ship_model.h"
#include "viz/text/story.h"

namespace cutaway::viz {

/// What a call is about.
enum class CallFamily : std::uint8_t {
  None,   ///< the kernel answers without looking into a table
  Mount,  ///< mounts and roots
  File,   ///< by path: looked up in the caller's mounts
  Fd,     ///< by descriptor: whatever it stands for
  Net,
  Pid,  ///< tasks and signals
  Uts,
  User,  ///< ids and capabilities
  Memory,
  Cpu,
};
[[nodiscard]] CallFamily family_of(abi::Sys sys);

struct CallPath {
  std::optional<Column> column;  ///< none: it stays in the kernel, at the row of who asks
  Where reach = Where::Row;
  bool refused = false;
  std::string fstype;  ///< Mount column: of what was looked up
  std::string layer;   ///< digest of the image's layer that holds the file
  bool top = false;    ///< the file is in the container's writable layer
};

/// The way of the call of `now`, seen from the World after it.
[[nodiscard]] CallPath path_of_call(const World& world, const Happening& now);

/// The folder of the host that holds a container's writable layer; none before it is made.
[[nodiscard]] std::optional<Place> top_of(const World& world, const cutaway::Container& container);

}  // namespace cutaway::viz

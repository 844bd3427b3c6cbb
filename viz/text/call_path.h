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
  bool rights = false;  ///< a capability is asked for on the way
  std::string fstype;   ///< Mount column: of what was looked up
  std::string layer;    ///< digest of the image's layer that holds the file
  bool top = false;     ///< the file is in the container's writable layer
};

/// The way of the call of `now`, seen from the World after it.
[[nodiscard]] CallPath path_of_call(const World& world, const Happening& now);

/// The path among a call's arguments, and where it leads in the caller's mounts.
struct AskedPath {
  std::string path;
  Location where;
};
/// None: the call names no path, or nothing is there.
[[nodiscard]] std::optional<AskedPath> path_of_arguments(const World& world,
                                                         const cutaway::Task& task,
                                                         const Syscall& call);

/// Digest of the image's layer in whose folder this place lies; empty: of none.
[[nodiscard]] std::string layer_holding(const World& world, const Place& place);

}  // namespace cutaway::viz

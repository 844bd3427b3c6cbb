// What of a moment is looked at: which view, how near, at whom. Named as people name things, so
// that command lines and saved moments can say it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "trace/world/world.h"
#include "viz/player/camera.h"

namespace cutaway::viz {

enum class View : std::uint8_t { Ship, Lens, Matrix, Tree, Channels, Layers };
std::string_view view_name(View view);  // "ship", "lens", …

struct Look {
  View view = View::Ship;
  Nearness near = Nearness::Deck;
  std::string of;             ///< "web", "host", a pid; empty: who acts
  std::string beside;         ///< lens: the one on the right; empty: the host
  std::int64_t later_ns = 0;  ///< so much after the moment's last event: a running clock went on
};

std::optional<View> view_named(std::string_view name);
std::optional<Nearness> nearness_named(std::string_view name);

/// Who is called so at this moment: a container by name, id or letter, a process by its pid on the
/// host, or the host. An error says who there is.
Result<Sight> sight_named(const World& world, const std::string& name);

/// What --near is answered where there is nothing of that kind.
Error nothing_so_near();

}  // namespace cutaway::viz

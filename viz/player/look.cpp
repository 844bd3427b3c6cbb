#include "viz/player/look.h"

#include <array>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "viz/text/people.h"

namespace cutaway::viz {
namespace {

constexpr std::array<std::string_view, 6> kViews = {"ship", "lens",     "matrix",
                                                    "tree", "channels", "layers"};
constexpr int kNearnesses = 5;

/// By name, by (the beginning of) its id, or by its letter.
const cutaway::Container* container_called(const World& world, const std::string& name) {
  if (const cutaway::Container* named = container_by_name(world, name)) return named;
  return world.containers.first(
      [&name](const cutaway::Container& container) { return slot_letter(container.slot) == name; });
}

Sight sight_into(const World& world, const cutaway::Container& container) {
  Sight sight;
  sight.container = true;
  sight.slot = container.slot;
  const cutaway::Task* task = first_alive(world, container.number);
  if (task != nullptr) sight.task = task->id;
  return sight;
}

std::string known_names(const World& world) {
  std::vector<std::string> names = {"host"};
  for (const cutaway::Container* container : containers_by_slot(world))
    names.push_back(container_name(world, *container));
  return join(names, ", ");
}

}  // namespace

std::string_view view_name(View view) { return kViews[static_cast<std::size_t>(view)]; }

std::optional<View> view_named(std::string_view name) {
  for (std::size_t i = 0; i < kViews.size(); ++i) {
    if (kViews[i] == name) return static_cast<View>(i);
  }
  return std::nullopt;
}

std::optional<Nearness> nearness_named(std::string_view name) {
  for (int i = 0; i < kNearnesses; ++i) {
    if (nearness_name(static_cast<Nearness>(i)) == name) return static_cast<Nearness>(i);
  }
  return std::nullopt;
}

Result<Sight> sight_named(const World& world, const std::string& name) {
  Sight sight;
  if (name == "host") return sight;
  // Digits are a pid before they are the beginning of an id.
  std::int64_t pid = 0;
  const cutaway::Task* task =
      parse_decimal(name, pid) ? task_by_pid(world, static_cast<std::int32_t>(pid)) : nullptr;
  const cutaway::Container* container = task == nullptr ? container_called(world, name) : nullptr;
  if (container != nullptr) return sight_into(world, *container);
  if (task == nullptr) {
    return fail({ErrorCode::Usage, "nobody is called '" + name + "' at this moment",
                 "there are " + known_names(world) + ", and processes by their pid on the host"});
  }
  if (const cutaway::Container* home = home_of(world, *task)) {
    sight = sight_into(world, *home);
  }
  sight.task = task->id;
  return sight;
}

Error nothing_so_near() {
  return {ErrorCode::Failed, "there is nothing to look at from so near at this moment",
          "choose another moment with --at, or somebody with --of"};
}

}  // namespace cutaway::viz

#include "trace/world/world.h"

#include "trace/world/equal.h"

namespace cutaway {

World::World() = default;
World::World(const World& other) = default;
World::World(World&& other) noexcept = default;
World& World::operator=(const World& other) = default;
World& World::operator=(World&& other) noexcept = default;
World::~World() = default;

bool operator==(const World& a, const World& b) { return equal_values(a, b); }

}  // namespace cutaway

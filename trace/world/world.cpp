#include "trace/world/world.h"

#include "trace/world/equal.h"

namespace cutaway {

bool operator==(const World& a, const World& b) { return equal_values(a, b); }

}  // namespace cutaway

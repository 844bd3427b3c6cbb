// From "kind" and "op" (CONTRACT §2) back to the type of a body.
#pragma once

#include <cstddef>
#include <string_view>

#include "trace/event/event.h"

namespace cutaway {

/// Index in Body of what has this kind and op; std::variant_npos when nothing has.
std::size_t body_index(std::string_view kind, std::string_view op);
/// A body of that type with nothing in it.
Body empty_body(std::size_t index);

}  // namespace cutaway

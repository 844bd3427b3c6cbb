// JSON as a line of text.
#pragma once

#include <string>

#include "base/json_value.h"

namespace cutaway {

/// On one line, whatever bytes it holds: U+FFFD stands for those that are no UTF-8, as Go's
/// encoding/json (docker) has it. nlohmann's own dump() would throw.
template <class AnyJson>
std::string json_text(const AnyJson& json) {
  return json.dump(-1, ' ', false, AnyJson::error_handler_t::replace);
}

}  // namespace cutaway

// All of nlohmann's JSON, compiled once: who only hands a value on includes base/json.h.
#pragma once

#include <nlohmann/json.hpp>

#include "base/json.h"

// Else every file that touches a value makes the whole class anew, a quarter of its time to
// compile.
extern template class nlohmann::basic_json<>;
extern template class nlohmann::detail::serializer<nlohmann::json>;

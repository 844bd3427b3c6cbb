// create: a record and an empty writable layer.
#pragma once

#include <string>

namespace cutaway::real {

/// 64 hex digits, as docker calls containers, and volumes that nobody named.
std::string random_id();

}  // namespace cutaway::real

// create: a record and an empty writable layer.
#pragma once

#include <string>

#include "real/engine/record.h"

namespace cutaway::real {

/// 64 hex digits, as docker calls containers, and volumes that nobody named.
std::string random_id();

/// What the World keeps of it: the words that were typed, as the simulated daemon keeps them. A
/// name that is among them is what people call the container.
std::string told_config(const ContainerRecord& record);

}  // namespace cutaway::real

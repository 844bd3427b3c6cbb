// Front door: names for containers that were given none: a quality and a person of computing, as
// docker makes them.
#pragma once

#include <cstdint>
#include <string>

namespace cutaway::spec {

/// "patient_hopper": the same number gives the same name.
std::string random_container_name(std::uint64_t random);

}  // namespace cutaway::spec

// Which ids of this machine a sandbox gets: ones that are nobody's.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/result.h"

namespace cutaway::real {

/// Texts of passwd(5) and group(5) (an id is their third field) and of subuid(5) (the second is the
/// first of as many as the third says).
struct AssignedIds {
  std::string_view passwd, group, subuid, subgid;
};
/// The first id of a range of kLitmusIdCount that touches none of these, at least kLitmusIdBaseMin.
Result<std::uint64_t> free_id_range(const AssignedIds& assigned);
/// By this machine's files in /etc; one that is not there assigns nothing.
Result<std::uint64_t> free_id_range();

}  // namespace cutaway::real

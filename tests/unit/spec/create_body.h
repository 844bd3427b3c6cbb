// What the client would send to POST /containers/create, as record.py notes it: for comparing typed
// options with the request that the real client made.
#pragma once

#include "base/json.h"
#include "spec/docker_line.h"

namespace cutaway::spec::test {

/// Every field that record.py can see and that RunOptions covers.
Json create_body(const Command& command);
/// The fields in which two bodies differ: those of `body`.
Json difference(const Json& body, const Json& base);

}  // namespace cutaway::spec::test

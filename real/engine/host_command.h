// A command line of the host: `sh -c` on this machine, as a scenario's "host" item asks for.
#pragma once

#include <string>

#include "base/result.h"
#include "real/engine/streams.h"

namespace cutaway::real {

/// Its exit status (128 + signal when killed); its output goes to the streams.
Result<int> run_host_command(const std::string& line, const Streams& streams);

}  // namespace cutaway::real

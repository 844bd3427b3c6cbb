// start: the root is mounted, a shim is started, and the shim has the runtime make the container.
#pragma once

#include <string>

#include "real/engine/machine.h"
#include "real/engine/record.h"
#include "real/engine/shim_process.h"

namespace cutaway::real {

/// A container that runs, as the one who started it holds it.
struct Running {
  ContainerRecord record;
  spec::ContainerConfig config;
  ShimProcess shim;
  Fd watched;  ///< StateFolder::watch: given back when its end is written down
};

/// On an Error the container stays Created; its record keeps why, and the message is the daemon's.
Result<Running> start_container(Machine& machine, ContainerRecord record);

/// The shim's last line: "exited CODE SIGNAL [oom]", as docker tells it.
struct End {
  int code = 0;
  int signal = 0;
  bool oom = false;  ///< the kernel ended a member for want of memory
};
End parse_end(std::string_view line);
/// Writes it into the record, tells the story, removes what the shim could not, and with --rm all.
Status finish_container(Machine& machine, ContainerRecord& record, const End& end, bool remove);

}  // namespace cutaway::real

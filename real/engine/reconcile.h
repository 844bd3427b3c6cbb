// Records and reality: a shim may have ended while nobody watched, or have been killed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "real/engine/machine.h"

namespace cutaway::real {

/// All records as they are now; those that say Running and do not are put right first.
std::vector<ContainerRecord> current_records(Machine& machine);
/// One of them; the Error's message is the daemon's.
Result<ContainerRecord> find_current(Machine& machine, std::string_view target);
/// Its folders, its hold on the image, what is left of mounts and cgroups.
Status remove_record(Machine& machine, const ContainerRecord& record, std::string_view reason);
/// The same without mounts and cgroups, which are known to be gone.
Status forget_record(Machine& machine, const ContainerRecord& record, std::string_view reason);

}  // namespace cutaway::real

// Containers that stand still.
#pragma once

#include "real/engine/machine.h"
#include "real/engine/record.h"

namespace cutaway::real {

/// A signal acts only on what runs: stop, kill and rm -f let a paused container go on (dockerd,
/// killWithSignal).
Status resume_if_paused(Machine& machine, const ContainerRecord& record);

}  // namespace cutaway::real

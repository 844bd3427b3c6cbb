// Are we root, as far as containers go?
#pragma once

namespace cutaway::real {

/// False for the machine's root with CAP_SYS_ADMIN. Else what root would do has to be done in a
/// user namespace of the container's own, or left. Asked once.
bool is_rootless();

}  // namespace cutaway::real

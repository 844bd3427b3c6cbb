// The rows of syscall_shape, one function for each family of calls. Rows are data: names are those
// of the prototypes in section 2 of man-pages 6.03 (of the kernel where it has no page).
#pragma once

#include <vector>

#include "trace/event/shape.h"

namespace cutaway::shapes {

using Rows = std::vector<SyscallShape>;

Rows descriptor_rows();
Rows path_rows();
Rows mount_rows();
Rows task_rows();
Rows identity_rows();
Rows signal_rows();
Rows memory_rows();
Rows time_rows();
Rows socket_rows();
Rows wait_rows();

}  // namespace cutaway::shapes

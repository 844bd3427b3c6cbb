// Copies what is in a folder: names, contents, owners and modes. Links are copied as links and
// never followed.
#pragma once

#include "base/result.h"

namespace cutaway::real {

/// Into a folder that is there; both are open folders (not O_PATH). Devices, fifos and sockets are
/// left out, and what is mounted below.
Status copy_tree(int from, int to);

}  // namespace cutaway::real

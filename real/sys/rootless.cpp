#include "real/sys/rootless.h"

#include "base/os/probe.h"

namespace cutaway::real {

bool is_rootless() {
  static const bool rootless = !os::probe_root().ok;
  return rootless;
}

}  // namespace cutaway::real

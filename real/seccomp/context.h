// A filter that libseccomp is making.
#pragma once

#include <seccomp.h>

#include <memory>

namespace cutaway::real {

struct SeccompRelease {
  void operator()(void* context) const { ::seccomp_release(context); }
};
using SeccompContext = std::unique_ptr<void, SeccompRelease>;

}  // namespace cutaway::real

// Docker's default profile as a program for the kernel.
#pragma once

#include <string>

#include "base/result.h"
#include "spec/seccomp.h"

namespace cutaway::real {

/// The bytes of a `struct sock_filter[]` for seccomp(2), SECCOMP_SET_MODE_FILTER. For x86-64, and
/// for i386 and x32 programs on it, as docker does.
Result<std::string> docker_seccomp_filter(const spec::SeccompContext& context);

/// Equal for equal filters: what a compiled one can be kept under.
std::string filter_identity(const spec::SeccompContext& context);

/// "6.12.3-cloud": uname(2)'s release of this machine.
std::string running_kernel();

}  // namespace cutaway::real

// Whether this machine is the one that a litmus document asks for.
#pragma once

#include "base/result.h"
#include "real/litmus/launcher.h"
#include "spec/litmus.h"

namespace cutaway::real {

/// Cannot, with what is missing.
Status check_needs(const spec::Litmus& litmus, const LitmusLauncher& launcher);

}  // namespace cutaway::real

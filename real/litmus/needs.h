// Whether this machine is the one that a litmus document asks for.
#pragma once

#include "base/result.h"
#include "spec/litmus.h"

namespace cutaway::real {

/// Cannot, with what is missing.
Status check_needs(const spec::Litmus& litmus);

}  // namespace cutaway::real

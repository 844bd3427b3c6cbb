// seccomp(2) as far as docker's default profile goes: which call of whom is answered how.
#pragma once

#include "sim/kernel/decision.h"

namespace cutaway::sim {

/// The errno that the task's filter answers this call with, or Ok to let it through.
abi::Errno seccomp_verdict(const Ask& ask);

}  // namespace cutaway::sim

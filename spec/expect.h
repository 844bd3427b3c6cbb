// Front door: judging what a scenario expects.
#pragma once

#include "spec/predicate.h"
#include "spec/scenario.h"
#include "trace/side.h"

namespace cutaway::spec {

/// `command`: the one that `of` names; null or not done: it was never reached, or did not end.
Verdict judge_expect(const Expect& expect, const CommandState* command, Timeline& timeline);

}  // namespace cutaway::spec

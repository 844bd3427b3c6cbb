// Interfaces come and go in pairs (veth(4)).
#pragma once

#include <string>

#include "trace/effects/effects.h"

namespace cutaway {

/// An interface goes, and the other end of a veth with it; a bridge lets go of its ports.
void remove_link(TaskId subject, NsId ns, std::int32_t index, const std::string& why,
                 EffectSink& sink);

/// The namespace is about to end: the other ends of its veth pairs go (veth(4)).
void remove_far_ends(TaskId subject, NsId ns, EffectSink& sink);

}  // namespace cutaway

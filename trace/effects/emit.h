// Emitting one event. Out of line: making and destroying a Body of some ninety alternatives is a
// lot of code, needed once and not in each file that emits.
#pragma once

#include <type_traits>

#include "trace/effects/effects.h"

namespace cutaway {

/// `subject`: whose event it is. For every struct that effects emit (emit.cpp lists them).
template <class BodyType>
requires(!std::is_lvalue_reference_v<BodyType>) void emit_body(EffectSink& sink, TaskId subject,
                                                               BodyType&& body);

}  // namespace cutaway

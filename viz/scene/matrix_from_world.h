// Matrix from a World: namespaces(7) of all living processes.
#pragma once

#include "trace/world/world.h"
#include "viz/scene/caption.h"
#include "viz/scene/matrix_model.h"

namespace cutaway::viz {

[[nodiscard]] Matrix matrix_of(const World& world);
/// What is shared and what is not, in two sentences.
[[nodiscard]] Caption matrix_caption(const Matrix& matrix);

}  // namespace cutaway::viz

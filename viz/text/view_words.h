// The other views of the window in words: lens, matrix, process tree, channels, layers.
#pragma once

#include "trace/world/world.h"
#include "viz/scene/channels_model.h"
#include "viz/scene/layers_model.h"
#include "viz/scene/lens_model.h"
#include "viz/scene/matrix_model.h"
#include "viz/scene/tree_model.h"
#include "viz/text/text_lines.h"

namespace cutaway::viz {

/// `left`, then what of it `right` sees under another name, and which tables are one for both.
void tell_lens(const Lens& left, const Lens& right, TextLines& lines);
void tell_matrix(const Matrix& matrix, TextLines& lines);
void tell_tree(const ProcessTree& tree, TextLines& lines);
void tell_channels(const Channels& channels, TextLines& lines);
void tell_layers(const Layers& layers, TextLines& lines);

}  // namespace cutaway::viz

// What the middle of the window can show instead of the ship: lens, matrix, tree, channels, layers.
// Each is a row of one table; what it shows is a function of the moment.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/panels/ui.h"
#include "viz/player/look.h"
#include "viz/player/moment.h"
#include "viz/scene/caption.h"
#include "viz/scene/channels_model.h"
#include "viz/scene/layers_model.h"
#include "viz/scene/lens_model.h"
#include "viz/scene/matrix_model.h"
#include "viz/scene/ship_model.h"
#include "viz/scene/tree_model.h"

namespace cutaway::viz {

struct ViewRow {
  View view;
  const char* name;
  const char* tip;
};
const std::vector<ViewRow>& view_rows();

/// Through whose eyes: slots of containers. The left one is kNobody until somebody has chosen: then
/// it is the one who acts, else the newest.
struct StageState {
  static constexpr int kNobody = -2;
  View view = View::Ship;
  int left = kNobody;
  int right = kHostSlot;

  friend bool operator==(const StageState& a, const StageState& b) {
    return a.view == b.view && a.left == b.left && a.right == b.right;
  }
};

/// One to look out of.
struct Eye {
  int slot = kHostSlot;
  std::string name;
};

/// What the present view shows; of the others nothing is computed.
struct StageContent {
  StageState of;
  std::vector<Eye> eyes;
  int left_slot = kHostSlot;
  Lens left, right;
  Matrix matrix;
  ProcessTree tree;
  Channels channels;
  Layers layers;
  Caption caption;
};
StageContent stage_content(const StageState& state, const World& world, const Moment& moment,
                           const Trace& trace);

void toggle_view(StageState& state, View view);
/// The next one of those who can be looked out of.
int next_slot(const World& world, int slot);

/// `phase`: of what is on its way, 0 … 1. Returns the id of what was clicked, "none" for the
/// ground, empty for nothing.
std::string draw_stage(const Ui& ui, const Rect& box, StageState& state,
                       const StageContent& content, const ShipModel& ship, double phase = 1);

}  // namespace cutaway::viz

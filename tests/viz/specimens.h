// The two design pictures of the keel, as values: what a World would say at those moments.
#pragma once

#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

struct Specimen {
  ShipModel model;
  Caption caption;
};

[[nodiscard]] Specimen run_echo_specimen();   // picture 01
[[nodiscard]] Specimen hello_specimen();      // picture 07
// Made up: n containers with m tasks each, all with every sign, for layouts.
[[nodiscard]] Specimen crowd_specimen(int containers, int tasks);

}  // namespace cutaway::viz

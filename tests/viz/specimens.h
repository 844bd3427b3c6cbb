// The two design pictures of the keel, as values: what a World would say at those moments.
#pragma once

#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

struct Specimen {
  ShipModel model;
  Caption caption;
};

[[nodiscard]] Specimen run_echo_specimen();  // picture 01
[[nodiscard]] Specimen hello_specimen();     // picture 07
// Variations on picture 01, each with another sign on its way.
[[nodiscard]] Specimen
hub_specimen();  // the hub is asked; the container is a record, without a process
[[nodiscard]] Specimen refused_specimen();   // EPERM at the gate, and a filter in it
[[nodiscard]] Specimen hardware_specimen();  // two containers; a read reaches the disk
[[nodiscard]] Specimen host_specimen();      // a call of a host task, answered
[[nodiscard]] Specimen signal_specimen();    // a signal dropped at PID 1, one task ended

[[nodiscard]] Specimen mac_specimen();  // picture 10

// Made up: n containers with m tasks each, all with every sign, for layouts.
[[nodiscard]] Specimen crowd_specimen(int containers, int tasks);

}  // namespace cutaway::viz

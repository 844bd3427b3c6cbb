// Where a packet is in its step: a pure function of the plan of its way and of the step's phase, 0
// … 1. The scene turns stations into places; nothing here knows a pixel, and nothing reads a clock.
#pragma once

namespace cutaway::viz {

// A way has `stations` stops (task, gate, row, table, hardware …), numbered from 0. It gets as far
// as the last of them: there it has its effect, or is refused.
struct PacketPlan {
  int stations = 4;
  bool drops = false;  // the last stretch falls through the floor into hardware
  bool refused = false;
  bool answers = false;  // it has come back by the end of the step
};

struct PacketMotion {
  bool rest = true;        // nothing moves: the whole way is drawn, the bead is where it got
  double at = 1e9;         // the bead, in stations; beyond the last: at the last
  double travelled = 1e9;  // how far the way is drawn as travelled
  double effect = 1;       // 0 … 1: has the effect come true
  double pulse = 0;        // extra width of the effect's border, 0 … 1
  bool returning = false;  // the bead is the answer's ring
  double answer = 1;       // opacity of the answer's label
  double setback_px = 0;   // a bounce: this far back from the obstacle
  double opacity = 1;      // of what appears at once (reduced motion)

  // Has the packet been at station n?
  [[nodiscard]] bool reached(int station) const { return travelled + 1e-9 >= station; }
};

[[nodiscard]] PacketMotion at_rest();

// How long the motion takes at speed 1. A step may last longer: its sentence has to be read.
[[nodiscard]] double duration_ms(const PacketPlan& plan);

enum class MotionStyle { Full, Reduced };

// `phase` runs over duration_ms; 1 is at rest.
[[nodiscard]] PacketMotion packet_motion(const PacketPlan& plan, double phase,
                                         MotionStyle style = MotionStyle::Full);

}  // namespace cutaway::viz

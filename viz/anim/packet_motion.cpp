// The stretches of a packet's step: way there, effect (or bounce), way back.
#include "viz/anim/packet_motion.h"

#include <algorithm>
#include <cmath>

#include "viz/anim/easing.h"

namespace cutaway::viz {
namespace {

constexpr double kToGateMs = 180;
constexpr double kStationMs = 120;
constexpr double kDropMs = 160;
constexpr double kEffectMs = 220;
constexpr double kBounceMs = 80;
constexpr double kReturnMs = 240;
constexpr double kAppearMs = 160;
constexpr double kReducedMs = 120;
constexpr double kBouncePx = 8;

double leg_ms(const PacketPlan& plan, int leg) {
  if (leg == 0) return kToGateMs;
  return plan.drops && leg == plan.stations - 2 ? kDropMs : kStationMs;
}

double way_ms(const PacketPlan& plan) {
  double sum = 0;
  for (int leg = 0; leg + 1 < plan.stations; ++leg) sum += leg_ms(plan, leg);
  return sum;
}

// Station reached after `ms`: each stretch is eased by itself, so that the eye can rest at a
// station.
double station_at(const PacketPlan& plan, double ms) {
  for (int leg = 0; leg + 1 < plan.stations; ++leg) {
    const double length = leg_ms(plan, leg);
    if (ms < length) return leg + ease_in_out(ms / length);
    ms -= length;
  }
  return plan.stations - 1;
}

// Nothing travels: way, balloons and result fade in at once.
PacketMotion reduced(const PacketPlan& plan, double phase) {
  PacketMotion motion;
  motion.opacity = ease_out(share_of(phase * duration_ms(plan), 0, kReducedMs));
  motion.answer = motion.opacity;
  return motion;
}

void turn_back(PacketMotion& motion, const PacketPlan& plan, double ms) {
  const double last = plan.stations - 1;
  motion.returning = ms > 0;
  motion.at = last * (1 - ease_in_out(share_of(ms, 0, kReturnMs)));
  motion.answer = ease_out(share_of(ms, kReturnMs - kAppearMs, kReturnMs));
}

}  // namespace

PacketMotion at_rest() { return {}; }

double duration_ms(const PacketPlan& plan) {
  const double there = way_ms(plan) + (plan.refused ? kBounceMs : kEffectMs);
  return there + (plan.answers || plan.refused ? kReturnMs : 0);
}

PacketMotion packet_motion(const PacketPlan& plan, double phase, MotionStyle style) {
  if (phase >= 1) return at_rest();
  if (style == MotionStyle::Reduced) return reduced(plan, phase);
  const double way = way_ms(plan);
  const double ms = std::max(phase, 0.0) * duration_ms(plan);
  PacketMotion motion;
  motion.rest = false;
  motion.at = station_at(plan, ms);
  motion.travelled = motion.at;
  motion.effect = 0;
  motion.answer = 0;
  if (ms < way) return motion;
  const double stay = plan.refused ? kBounceMs : kEffectMs;
  const double there = share_of(ms, way, way + stay);
  motion.effect = ease_out(there);
  motion.pulse = plan.refused ? 0 : std::sin(there * 3.14159265358979);
  motion.setback_px = plan.refused ? kBouncePx * ease_out(there) : 0;
  if (ms > way + stay) turn_back(motion, plan, ms - way - stay);
  return motion;
}

}  // namespace cutaway::viz

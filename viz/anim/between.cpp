// Linear mixing of quantities; the caller eases t.
#include "viz/anim/between.h"

#include <algorithm>

namespace cutaway::viz {
namespace {

double mixed(double before, double after, double t) { return before + (after - before) * t; }

void mix_gauge(const std::optional<Gauge>& before, std::optional<Gauge>& after, double t) {
  if (after) after->used = mixed(before ? before->used : 0, after->used, t);
}

void mix_actor(const Actor& before, Actor& after, double t) {
  mix_gauge(before.cpu, after.cpu, t);
  mix_gauge(before.memory, after.memory, t);
}

// The one of `list` that `same` says is the same thing as `item`; none: null.
template <typename T, typename Same>
const T* find_same(const std::vector<T>& list, Same same) {
  const auto at = std::find_if(list.begin(), list.end(), same);
  return at == list.end() ? nullptr : &*at;
}

void mix_containers(const std::vector<Container>& before, std::vector<Container>& after, double t) {
  for (Container& container : after) {
    const Container* was =
        find_same(before, [&](const Container& c) { return c.actor.id == container.actor.id; });
    mix_actor(was == nullptr ? Actor{} : was->actor, container.actor, t);
  }
}

void mix_hardware(const HardwareModel& before, HardwareModel& after, double t) {
  for (MemoryShare& share : after.memory) {
    const MemoryShare* was =
        find_same(before.memory, [&](const MemoryShare& m) { return m.id == share.id; });
    share.share = mixed(was == nullptr ? 0 : was->share, share.share, t);
  }
  for (CardShare& use : after.card_use) {
    const CardShare* was =
        find_same(before.card_use, [&](const CardShare& c) { return c.slot == use.slot; });
    use.share = mixed(was == nullptr ? 0 : was->share, use.share, t);
  }
  for (Layer& layer : after.layers) {
    const Layer* was = find_same(before.layers, [&](const Layer& l) { return l.id == layer.id; });
    layer.fraction = mixed(was == nullptr ? 0 : was->fraction, layer.fraction, t);
  }
}

void mix_images(const std::vector<StoredImage>& before, std::vector<StoredImage>& after, double t) {
  for (StoredImage& image : after) {
    const StoredImage* was =
        find_same(before, [&](const StoredImage& i) { return i.id == image.id; });
    image.fraction = mixed(was == nullptr ? 0 : was->fraction, image.fraction, t);
  }
}

}  // namespace

ShipModel between(const ShipModel& before, ShipModel after, double t) {
  const double share = std::clamp(t, 0.0, 1.0);
  mix_actor(before.host, after.host, share);
  mix_containers(before.containers, after.containers, share);
  mix_hardware(before.hardware, after.hardware, share);
  mix_images(before.engine.cached, after.engine.cached, share);
  return after;
}

}  // namespace cutaway::viz

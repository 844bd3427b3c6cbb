// The fold: World × event → World. Each subject has its own file.
#include <variant>

#include "trace/world/evolve_parts.h"

namespace cutaway {
namespace {

struct Evolver {
  World& world;
  const Stamp& stamp;
  template <class BodyType>
  void operator()(const BodyType& body) const {
    evolve_body(world, stamp, body);
  }
};

}  // namespace

void evolve_body(World& world, const Stamp&, const Snapshot& body) {
  if (body.world == nullptr) return;
  world = *body.world;
  world.task_index = TaskIndex();  // whoever put it together may have changed its tasks since
}

void evolve(World& world, const Event& event) {
  std::visit(Evolver{world, event.stamp}, event.body);
  world.now = event.stamp.t;
}

}  // namespace cutaway

// What the parts of the engine share: the state folder, the image store, where cgroups are mounted,
// and the story that a trace is told.
#pragma once

#include <string>
#include <vector>

#include "real/engine/state.h"
#include "real/engine/story.h"
#include "real/image/store.h"

namespace cutaway::real {

struct Machine {
  StateFolder state;
  ImageStore images;
  std::vector<std::string> hubs;  ///< folders of the layouts that stand for the hub, first come
  Story* story = nullptr;
};

}  // namespace cutaway::real

// What the parts of the engine share: the state folder, the image store, where cgroups are mounted,
// and the story that a trace is told.
#pragma once

#include <map>
#include <string>

#include "real/engine/state.h"
#include "real/engine/story.h"
#include "real/image/store.h"

namespace cutaway::real {

struct Machine {
  StateFolder state;
  ImageStore images;
  std::string hub;  ///< folder of the layout that stands for the hub
  Story* story = nullptr;
};

}  // namespace cutaway::real

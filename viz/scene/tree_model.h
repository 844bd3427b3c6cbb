// Process tree: who is whose child, and the number that each has in every pid namespace that knows
// it. Made by tree_from_world, drawn by tree_scene, said by viz/text.
#pragma once

#include <string>
#include <vector>

#include "viz/theme/slots.h"

namespace cutaway::viz {

struct TreeRow {
  std::string id;     // "task:4711"
  int depth = 0;      // 0: nobody's child that is known
  bool last = false;  // of its parent's children
  int slot = kHostSlot;
  std::string program;            // "nginx"
  std::string note;               // "ended, not collected", "3 threads", "adopts orphans"
  std::vector<std::string> pids;  // by level, the host's first
  bool acts = false;
};

struct ProcessTree {
  std::vector<std::string> levels;  // "on the host", "inside"
  std::vector<TreeRow> rows;        // parents before children
};

}  // namespace cutaway::viz

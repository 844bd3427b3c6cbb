// The options of a predict question: what else it might have been.
#pragma once

#include <string>
#include <vector>

#include "trace/event/event.h"
#include "trace/world/world.h"

namespace cutaway::viz {

struct CallChoice {
  std::string asks;
  std::string right;
  std::vector<std::string> others;  ///< plausible, the most plausible first
  std::string because;
};
/// `world`: before the call returned.
CallChoice choices_of_call(const World& world, const Event& call);

std::vector<std::string> other_exit_codes();
/// What an exit code says: "137 = 128 + 9: ended by SIGKILL."
std::string exit_code_words(int code);

std::string named_task(const World& world, TaskId task);
/// Others who are there, nearest kin first.
std::vector<std::string> other_tasks(const World& world, TaskId task);

}  // namespace cutaway::viz

// What a picture asks an agent to change, as the line that goes up to it, and back. Two kinds, and
// no others: a limit of a container, or a signal to it.
//
//   update memory 64m web        update cpus 0.5 web        update pids -1 web
//   kill TERM web
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "viz/changes.h"

namespace cutaway::app {

std::string change_line(const viz::ChangeAsk& ask);
/// The docker command that does it, as words after `docker`. An error: no such line.
Result<std::vector<std::string>> words_of_change(std::string_view line);
bool is_change_line(std::string_view line);

}  // namespace cutaway::app

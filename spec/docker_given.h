// Front door: a command's flags by their names, for verbs without a struct of options.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_line.h"

namespace cutaway::spec {

/// All that were given, in their order.
std::vector<std::string> flag_values(const Command& command, std::string_view name);
/// The last one counts; empty: none was given.
std::string flag_text(const Command& command, std::string_view name);
bool has_flag(const Command& command, std::string_view name);

}  // namespace cutaway::spec

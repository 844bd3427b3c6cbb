#include "spec/docker_given.h"

namespace cutaway::spec {

std::vector<std::string> flag_values(const Command& command, std::string_view name) {
  std::vector<std::string> values;
  for (const FlagGiven& flag : command.flags) {
    if (flag.name == name) values.push_back(flag.value);
  }
  return values;
}

std::string flag_text(const Command& command, std::string_view name) {
  const std::vector<std::string> values = flag_values(command, name);
  return values.empty() ? std::string() : values.back();
}

bool has_flag(const Command& command, std::string_view name) {
  const std::string value = flag_text(command, name);
  return !value.empty() && value != "false";
}

}  // namespace cutaway::spec

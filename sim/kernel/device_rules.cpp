#include "sim/kernel/device_rules.h"

#include "base/text.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

bool number_matches(std::string_view rule, std::int64_t number) {
  return rule == "*" || rule == decimal(number);
}

/// "c 1:3 rwm"
bool rule_allows(const std::string& rule, const FileEntry& device, std::string_view access) {
  const std::vector<std::string> words = split(rule, ' ');
  if (words.size() != 3) return false;
  const std::size_t colon = words[1].find(':');
  const bool block = (device.mode & abi::mode::kType) == abi::mode::kBlock;
  if (colon == std::string::npos) return false;
  if (words[0] != "a" && words[0] != (block ? "b" : "c")) return false;
  if (!number_matches(words[1].substr(0, colon), device.major) ||
      !number_matches(words[1].substr(colon + 1), device.minor))
    return false;
  return words[2].find_first_of(access) != std::string::npos &&
         std::string_view(access).find_first_not_of(words[2]) == std::string_view::npos;
}

}  // namespace

abi::Errno device_cgroup_verdict(const World& world, const Task& task, const FileEntry& device,
                                 std::string_view access) {
  if (access.empty()) return abi::Errno::kOk;
  // A new cgroup begins with the rules of its parent.
  for (const Cgroup* at = cgroup_of(world, task, "devices"); at != nullptr;
       at = world.cgroups.find(at->parent)) {
    const auto list = at->limits.find("devices.list");
    if (list == at->limits.end()) continue;
    for (const std::string& rule : split(list->second, '\n')) {
      if (rule_allows(rule, device, access)) return abi::Errno::kOk;
    }
    return abi::Errno::kEPERM;
  }
  return abi::Errno::kOk;
}

}  // namespace cutaway::sim

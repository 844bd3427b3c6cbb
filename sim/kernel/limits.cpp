#include "sim/kernel/limits.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "trace/world/task.h"

namespace cutaway::sim {
namespace {

constexpr std::array<std::string_view, 3> kInGo = {"/usr/bin/docker", "/usr/bin/dockerd",
                                                   "/usr/bin/containerd-shim-runc-v2"};

}  // namespace

std::int32_t max_descriptors(const Task& task) {
  const bool raised = std::find(kInGo.begin(), kInGo.end(), task.exe) != kInGo.end();
  return raised ? kHardDescriptors : kSoftDescriptors;
}

}  // namespace cutaway::sim

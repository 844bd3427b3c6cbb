// What a container uses, as its cgroups count it, told to the story while it runs.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "real/cgroup/cgroup.h"
#include "real/engine/machine.h"

namespace cutaway::real {

class UsageTeller {
 public:
  /// How often it is worth looking, ms.
  static constexpr int kPeriodMs = 50;

  UsageTeller(Machine& machine, const std::string& id);
  /// Reads the meters and tells what has changed.
  void look();

 private:
  Machine& machine_;
  std::string id_;
  std::optional<CgroupMeter> meter_;
  std::int32_t version_ = 2;
  std::map<std::string, std::int64_t> told_;
};

}  // namespace cutaway::real

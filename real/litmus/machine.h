// What programs of tier R change in the machine, put back when one is over: the next one in the
// same guest begins as this one did.
#pragma once

#include <set>
#include <string>

namespace cutaway::real {

class MachineAsItWas {
 public:
  /// Not of tier R: there is nothing to be put back.
  explicit MachineAsItWas(bool tier_r);
  /// Removes the cgroups that were not there, when all tasks are gone, and gives back the name.
  ~MachineAsItWas();
  MachineAsItWas(const MachineAsItWas&) = delete;
  MachineAsItWas& operator=(const MachineAsItWas&) = delete;

 private:
  bool tier_r_;
  std::set<std::string> cgroups_;
  std::string hostname_;
};

}  // namespace cutaway::real

#include "real/litmus/machine.h"

#include <unistd.h>

#include <array>
#include <filesystem>

#include "real/engine/cgroups.h"

namespace cutaway::real {

namespace {

namespace fs = std::filesystem;

/// Folders of all hierarchies, as they are mounted here.
std::set<std::string> cgroups_here() {
  std::set<std::string> all;
  const Result<CgroupHost>& host = cgroup_host();
  if (!host) return all;
  for (const CgroupHierarchy* each : host->used()) {
    std::error_code failed;
    for (fs::recursive_directory_iterator at(each->mounted, failed), end; at != end;
         at.increment(failed)) {
      if (failed) break;
      if (at->is_directory(failed)) all.insert(at->path());
    }
  }
  return all;
}

std::string hostname_here() {
  std::array<char, 65> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

}  // namespace

MachineAsItWas::MachineAsItWas(bool tier_r) : tier_r_(tier_r) {
  if (!tier_r) return;
  cgroups_ = cgroups_here();
  hostname_ = hostname_here();
}

MachineAsItWas::~MachineAsItWas() {
  if (!tier_r_) return;
  const std::set<std::string> now = cgroups_here();
  // Who is below comes first: of two names, the longer one stands behind.
  for (auto each = now.rbegin(); each != now.rend(); ++each) {
    if (cgroups_.count(*each) == 0) ::rmdir(each->c_str());
  }
  static_cast<void>(::sethostname(hostname_.data(), hostname_.size()));
}

}  // namespace cutaway::real

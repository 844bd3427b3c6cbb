// What this machine lets us do, each asked of the kernel itself. What has to be tried is tried in a
// child whose own namespaces end with it: nothing on the machine changes.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cutaway::os {

struct Probe {
  bool ok = false;
  std::string detail;  ///< what was found, or which try failed with which errno
};

Probe probe_root();
Probe probe_user_namespace();
Probe probe_cgroup();
Probe probe_overlay();
Probe probe_ebpf();
Probe probe_ptrace();
Probe probe_seccomp();
Probe probe_display();
Probe probe_btf();

/// Which cgroup file systems are mounted, read from the text of a mountinfo file.
struct CgroupMounts {
  std::string v2;                         ///< where cgroup2 is mounted; empty: nowhere
  std::map<std::string, std::string> v1;  ///< controller → where its hierarchy is mounted
  /// "v1", "v2", "hybrid" or "none". A hierarchy without controllers (name=systemd) does not count.
  std::string_view version() const;
};
CgroupMounts cgroup_mounts(std::string_view mountinfo);

/// How DISPLAY names an X server.
struct DisplayName {
  std::string host;  ///< empty: a socket file of this machine
  int number = -1;   ///< −1: not a display's name
};
DisplayName display_name(std::string_view display);

}  // namespace cutaway::os

// Docker's security defaults (moby: oci/caps/defaults.go, oci/defaults.go), as data.
#include "spec/plan/plan.h"

namespace cutaway::spec {

// CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT
// MKNOD AUDIT_WRITE SETFCAP
const std::uint64_t kDockerCapabilities = 0xa80425fb;

const std::vector<std::string>& masked_paths() {
  static const std::vector<std::string> paths = {
      "/proc/acpi",          "/proc/asound",
      "/proc/kcore",         "/proc/keys",
      "/proc/latency_stats", "/proc/sched_debug",
      "/proc/scsi",          "/proc/timer_list",
      "/proc/timer_stats",   "/sys/devices/virtual/powercap",
      "/sys/firmware"};
  return paths;
}

const std::vector<std::string>& readonly_paths() {
  static const std::vector<std::string> paths = {"/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys",
                                                 "/proc/sysrq-trigger"};
  return paths;
}

}  // namespace cutaway::spec

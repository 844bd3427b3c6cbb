// Names of capabilities(7), by bit.
#include <array>

#include "trace/abi/more_flags.h"

namespace cutaway::abi {

namespace {

constexpr std::string_view kCapabilities[kCapabilityCount] = {"CAP_CHOWN",
                                                              "CAP_DAC_OVERRIDE",
                                                              "CAP_DAC_READ_SEARCH",
                                                              "CAP_FOWNER",
                                                              "CAP_FSETID",
                                                              "CAP_KILL",
                                                              "CAP_SETGID",
                                                              "CAP_SETUID",
                                                              "CAP_SETPCAP",
                                                              "CAP_LINUX_IMMUTABLE",
                                                              "CAP_NET_BIND_SERVICE",
                                                              "CAP_NET_BROADCAST",
                                                              "CAP_NET_ADMIN",
                                                              "CAP_NET_RAW",
                                                              "CAP_IPC_LOCK",
                                                              "CAP_IPC_OWNER",
                                                              "CAP_SYS_MODULE",
                                                              "CAP_SYS_RAWIO",
                                                              "CAP_SYS_CHROOT",
                                                              "CAP_SYS_PTRACE",
                                                              "CAP_SYS_PACCT",
                                                              "CAP_SYS_ADMIN",
                                                              "CAP_SYS_BOOT",
                                                              "CAP_SYS_NICE",
                                                              "CAP_SYS_RESOURCE",
                                                              "CAP_SYS_TIME",
                                                              "CAP_SYS_TTY_CONFIG",
                                                              "CAP_MKNOD",
                                                              "CAP_LEASE",
                                                              "CAP_AUDIT_WRITE",
                                                              "CAP_AUDIT_CONTROL",
                                                              "CAP_SETFCAP",
                                                              "CAP_MAC_OVERRIDE",
                                                              "CAP_MAC_ADMIN",
                                                              "CAP_SYSLOG",
                                                              "CAP_WAKE_ALARM",
                                                              "CAP_BLOCK_SUSPEND",
                                                              "CAP_AUDIT_READ",
                                                              "CAP_PERFMON",
                                                              "CAP_BPF",
                                                              "CAP_CHECKPOINT_RESTORE"};

constexpr std::array<Flag, kCapabilityCount> rows() {
  std::array<Flag, kCapabilityCount> all{};
  for (std::size_t number = 0; number < all.size(); ++number)
    all[number] = {number, kCapabilities[number]};
  return all;
}
constexpr std::array<Flag, kCapabilityCount> kCapabilityRows = rows();

}  // namespace

const FlagTable kCapabilityNames = {"capability", kCapabilityRows.data(),
                                    kCapabilityRows.data() + kCapabilityRows.size()};

std::string_view capability_name(int number) {
  return number >= 0 && number < kCapabilityCount ? kCapabilities[number] : std::string_view();
}

int capability_of(std::string_view name) {
  for (int number = 0; number < kCapabilityCount; ++number) {
    if (kCapabilities[number] == name) return number;
  }
  return -1;
}

}  // namespace cutaway::abi

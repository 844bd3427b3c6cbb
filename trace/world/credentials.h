// Who a task is to the kernel: credentials(7), capabilities(7), prctl(2), seccomp(2).
#pragma once

#include <cstdint>
#include <vector>

#include "base/fields.h"
#include "trace/abi/abi.h"

namespace cutaway {

enum class SeccompMode : std::uint8_t { Off, Strict, Filter };

/// Ids are those of the initial user namespace (kuid, kgid); capability sets are bit sets.
struct Credentials {
  std::uint32_t uid = 0, euid = 0, suid = 0, fsuid = 0;
  std::uint32_t gid = 0, egid = 0, sgid = 0, fsgid = 0;
  std::vector<std::uint32_t> groups;
  std::uint64_t effective = abi::kAllCapabilities, permitted = abi::kAllCapabilities,
                inheritable = 0, bounding = abi::kAllCapabilities, ambient = 0;
  bool keep_capabilities = false;  ///< PR_SET_KEEPCAPS; cleared by exec
  bool no_new_privs = false;
  SeccompMode seccomp = SeccompMode::Off;
  std::int32_t seccomp_filters = 0;  ///< how many filters are stacked
  FIELDS(uid, euid, suid, fsuid, gid, egid, sgid, fsgid, groups, effective, permitted, inheritable,
         bounding, ambient, keep_capabilities, no_new_privs, seccomp, seccomp_filters)
};

}  // namespace cutaway

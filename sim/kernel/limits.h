// Limits of this kernel, on one page.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cutaway {
struct Task;
}

namespace cutaway::sim {

inline constexpr std::int32_t kSoftDescriptors = 1024;  ///< RLIMIT_NOFILE: what most systems give
inline constexpr std::int32_t kHardDescriptors =
    524'288;  ///< … and what may be asked for (systemd)
/// How many descriptors a task may have: the soft limit. Programs in Go raise it to the hard one
/// when they start (since Go 1.19), docker's daemon, shim and client among them; what they execute
/// gets the old one back.
std::int32_t max_descriptors(const Task& task);

inline constexpr std::int64_t kPidMax = 4'194'304;  ///< /proc/sys/kernel/pid_max on 64 bits
inline constexpr std::int32_t kMaxPidLevel = 32;    ///< MAX_PID_NS_LEVEL (pid_namespaces(7))
inline constexpr std::int32_t kMaxUserLevel = 33;   ///< user_namespaces(7): 32 below the first
inline constexpr std::int64_t kPageBytes = 4096;
inline constexpr std::size_t kHostNameMax = 64;  ///< uname(2)
inline constexpr std::size_t kCommMax = 15;      ///< prctl(2), PR_SET_NAME
inline constexpr int kInterpreterDepth = 5;      ///< execve(2): "#!" within "#!"

}  // namespace cutaway::sim

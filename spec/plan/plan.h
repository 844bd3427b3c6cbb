// The plan: what a runtime does to make a container, as data. Simulator and real runtime execute
// the same list; it can be printed without privilege (`--plan`), tested, and taught.
//
// Strings in a call may hold ${name}, and a whole argument may be "$name": a value that an earlier
// call of the plan left under that name (`as`), or one that the runtime knows (${bundle}, $sync …).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "spec/plan/steps.h"
#include "trace/abi/abi.h"
#include "trace/event/arg.h"

namespace cutaway::spec {

/// One system call of a step. A write without a count writes all of its text.
struct PlanCall {
  abi::Sys sys = abi::Sys::none;
  std::vector<Arg> args;              ///< in the order of the syscall's shape
  std::string as;                     ///< the result is kept under this name
  std::vector<abi::Errno> tolerated;  ///< these errors are no failure; go on
  std::vector<PlanCall> otherwise;    ///< made instead when it failed with `otherwise_on`
  abi::Errno otherwise_on = abi::Errno::kOk;
  bool must_read = false;  ///< a read that meets the end of the file has failed
  bool skip_rest = false;  ///< on a tolerated error the rest of this step's group is left out
  std::int32_t group = 0;  ///< calls with equal numbers belong together
};

struct PlanStep {
  std::string id;  ///< a row of step_rows()
  Who who = Who::Init;
  std::vector<PlanCall> calls;  ///< empty: the program of `who` does it itself
};

struct Plan {
  std::vector<PlanStep> steps;
};

/// A folder or file of the host that appears in the container.
struct BindMount {
  std::string source, target;
  bool read_only = false;
};

/// A file system that the user asked for at a place of the container.
struct UserMount {
  std::string type;    ///< bind, volume, tmpfs
  std::string source;  ///< a folder or file of the host; empty for tmpfs
  std::string target;
  std::uint64_t flags = 0;  ///< MS_RDONLY, MS_NOSUID…
  std::string data;         ///< of a tmpfs: "size=64k"
  bool file = false;        ///< the source is no folder, so the mount point is none either
};

/// Who runs the engine without root, as the host knows them. The container gets a user namespace,
/// in which this user and group are 0, and no other id is mapped (user_namespaces(7)).
struct PlainUser {
  std::uint32_t uid = 0, gid = 0;
};

/// All that a plan depends on. The runtime reads it from the bundle's config.json.
struct PlanInput {
  std::string container_id;             ///< 64 hex digits
  std::string rootfs;                   ///< the merged overlay, on the host
  bool root_is_mount = true;            ///< false: nothing to unmount at the end
  std::string init_mounts;              ///< options of an overlay that init mounts there itself
  std::optional<PlainUser> plain_user;  ///< started without root
  std::vector<std::string> argv, env;
  std::string workdir = "/";
  std::uint32_t uid = 0, gid = 0;
  std::vector<std::uint32_t> groups;
  std::string hostname;
  bool tty = false;
  std::int32_t cgroup_version = 2;
  /// Mount points of the host's cgroup hierarchies: one on v2; by controller on v1; none: the
  /// container gets no cgroup of its own.
  std::map<std::string, std::string> cgroup_mounts;
  std::string cgroup_path;  ///< "/docker/<id>", within each hierarchy
  // Limits; 0: none, none set.
  std::int64_t memory_bytes = 0;
  std::int64_t memory_swap_bytes = 0;  ///< memory and swap; 0: twice the memory, −1: no limit
  std::int64_t memory_reservation_bytes = 0;
  std::int64_t cpu_quota_us = 0, cpu_period_us = 0;  ///< so much in each period
  std::int64_t cpu_shares = 0;
  std::string cpuset_cpus;
  std::int64_t pids = 0;
  std::uint64_t capabilities = 0;
  bool no_new_privileges = false;
  bool seccomp = true;
  bool privileged = false;
  bool own_network = true;   ///< false: --network host, or another container's
  std::string network_path;  ///< --network container:…: the file of the namespace to join
  bool read_only_root = false;
  std::vector<BindMount> binds;
  std::vector<UserMount> mounts;  ///< behind all others, shorter paths first
  /// Namespaces that are not the container's own ("pid", "ipc", "uts"): where to join them
  /// ("/proc/123/ns/pid"), or empty for the host's.
  std::map<std::string, std::string> shared;
};

Json plan_input_to_json(const PlanInput& input);
Result<PlanInput> plan_input_from_json(const Json& json);

/// Every step from the shim's to the clean-up, in order.
Plan run_plan(const PlanInput& input);

/// A process that joins a running container (`docker exec`). `input`: as for the container, with
/// its own argv, env, workdir and ids. `init_pid`: the container's first process, as the host sees
/// it.
Plan exec_plan(const PlanInput& input, std::int32_t init_pid);

/// Docker's fourteen (`0xa80425fb`), masked and read-only paths: security defaults.
extern const std::uint64_t kDockerCapabilities;
const std::vector<std::string>& masked_paths();
const std::vector<std::string>& readonly_paths();

}  // namespace cutaway::spec

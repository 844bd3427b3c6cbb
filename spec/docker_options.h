// Front door: the typed options of docker's commands, as its client understood them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cutaway::spec {

/// One -v/--volume as the client sends it: `source:target[:mode]`, or an anonymous `target`.
struct VolumeBind {
  std::string source;  ///< absolute host path, or a volume's name; empty: anonymous volume
  std::string target;
  std::string mode;  ///< "ro", "z,ro"…; may be empty
};

/// One --mount.
struct MountRequest {
  std::string type = "volume";
  std::string source;
  std::string target;
  bool read_only = false;
  std::int64_t tmpfs_bytes = 0;
  std::vector<std::string> others;  ///< key=value of what has no field here
};

/// One published (or, with `published` false, only exposed) port.
struct PortRequest {
  std::string host_ip;
  std::string host_port;  ///< empty: docker chooses one
  std::uint16_t container_port = 0;
  std::string protocol = "tcp";
  bool published = true;
};

struct RestartPolicy {
  std::string name = "no";  ///< no, on-failure, always, unless-stopped; the daemon refuses others
  std::int64_t retries_max = 0;
};

/// What a memory, cpu or pids flag asks for. 0 is "not asked": docker sets no limit then.
struct LimitOptions {
  std::int64_t memory_bytes = 0;
  std::int64_t memory_swap_bytes = 0;  ///< memory plus swap; -1: unlimited swap
  std::int64_t memory_reservation_bytes = 0;
  std::int64_t memory_swappiness = -1;
  std::int64_t shm_bytes = 0;
  std::int64_t nano_cpus = 0;
  std::int64_t cpu_shares = 0;
  std::int64_t cpu_period_us = 0;
  std::int64_t cpu_quota_us = 0;
  std::string cpuset_cpus;
  std::string cpuset_mems;
  std::int64_t pids = 0;  ///< -1: unlimited
  bool oom_kill_disable = false;
  std::int64_t oom_score_adj = 0;
};

struct NamespaceOptions {
  std::vector<std::string> networks;  ///< as asked; empty: the default bridge
  std::vector<std::string> network_aliases;
  std::string pid;
  std::string ipc;
  std::string uts;
  std::string user;
  std::string cgroup;
};

struct SecurityOptions {
  bool privileged = false;
  bool read_only = false;
  std::vector<std::string> cap_add;  ///< as the client sends them: sorted, "CAP_NET_ADMIN" or "ALL"
  std::vector<std::string> cap_drop;
  std::vector<std::string> options;  ///< --security-opt without systempaths=unconfined
  bool systempaths_unconfined = false;
};

struct RunOptions {
  bool detach = false;       ///< run only
  bool interactive = false;  ///< -i: stdin stays open
  bool tty = false;
  std::vector<std::string> attach;  ///< lower case: stdin stdout stderr; empty: docker's default
  bool sig_proxy = true;
  std::string detach_keys;
  bool auto_remove = false;
  std::string name;
  std::vector<std::string> env;  ///< "A=1"; "A" alone: unset it in the container
  std::vector<std::string> labels;
  std::string workdir;
  std::string user;
  std::vector<std::string> groups;
  std::string hostname;
  std::string domainname;
  std::optional<std::string> entrypoint;  ///< "" given: the image's entrypoint is taken away
  std::vector<VolumeBind> volumes;
  std::vector<MountRequest> mounts;
  std::vector<std::string> tmpfs;  ///< "/path[:options]"
  std::vector<PortRequest> ports;
  bool publish_all = false;
  LimitOptions limits;
  NamespaceOptions namespaces;
  SecurityOptions security;
  RestartPolicy restart;
  bool init = false;
  std::string stop_signal;
  std::optional<std::int64_t> stop_timeout_s;
  std::string pull = "missing";  ///< always, missing, never
  bool quiet = false;            ///< no pull progress
  std::string platform;
};

struct ExecOptions {
  bool detach = false;
  bool interactive = false;
  bool tty = false;
  bool privileged = false;
  std::vector<std::string> env;
  std::string workdir;
  std::string user;
  std::string detach_keys;
};
struct StartOptions {
  bool attach = false;
  bool interactive = false;
  std::string detach_keys;
};
struct AttachOptions {
  bool no_stdin = false;
  bool sig_proxy = true;
  std::string detach_keys;
};
struct StopOptions {  ///< stop, restart
  std::string signal;
  std::optional<std::int64_t> timeout_s;
};
struct KillOptions {
  std::string signal;  ///< empty: SIGKILL
};
struct PsOptions {
  bool all = false;
  bool quiet = false;
  bool no_trunc = false;
  bool size = false;
  bool latest = false;
  std::int64_t last = -1;
  std::vector<std::string> filters;  ///< "name=value"
  std::string format;
};
struct ImagesOptions {
  bool all = false;
  bool quiet = false;
  bool no_trunc = false;
  bool digests = false;
  std::vector<std::string> filters;
  std::string format;
};
struct LogsOptions {
  bool follow = false;
  bool timestamps = false;
  bool details = false;
  std::string tail = "all";
  std::string since;
  std::string until;
};
struct RmOptions {
  bool force = false;
  bool volumes = false;
  bool link = false;
};
struct RmiOptions {
  bool force = false;
  bool no_prune = false;
};
struct PullOptions {
  bool all_tags = false;
  bool quiet = false;
  std::string platform;
};
struct PruneOptions {
  bool force = false;
  bool all = false;
  bool volumes = false;
  std::vector<std::string> filters;
};
struct InspectOptions {
  std::string format;
  std::string type;  ///< container, image…; empty: whatever has that name
  bool size = false;
};
/// update: what was not named stays as it is (0 and empty: not named).
struct UpdateOptions {
  LimitOptions limits;
  std::optional<RestartPolicy> restart;
};
struct VersionOptions {
  std::string format;
};

}  // namespace cutaway::spec

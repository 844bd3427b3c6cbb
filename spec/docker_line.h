// Front door: docker's command line. `parse_docker` turns the words after `docker` into a Command, or
// into what the client answers by itself (help pages, refusals), in docker 28's own layout and statuses.
// Pure: it asks no daemon, reads no file; what it must know of its surroundings is in ClientContext.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spec/reference.h"

namespace cutaway::spec {

/// The commands whose options are typed below. `Other`: docker knows it and its flags were checked,
/// but it has no typed options here yet; `Command::path` and `Command::flags` say what was asked.
enum class Verb {
  Run, Create, Start, Stop, Restart, Kill, Pause, Unpause, Wait, Exec, Attach, Logs, Ps, Rm,
  Inspect, Images, Pull, Rmi, ContainerPrune, ImagePrune, SystemPrune, Version, Other,
};

/// One -v/--volume as the client sends it: `source:target[:mode]`, or an anonymous `target`.
struct VolumeBind {
  std::string source;  ///< absolute host path, or a volume's name; empty: anonymous volume
  std::string target;
  std::string mode;    ///< "ro", "z,ro"…; may be empty
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
  std::vector<std::string> cap_add;   ///< as the client sends them: sorted, "CAP_NET_ADMIN" or "ALL"
  std::vector<std::string> cap_drop;
  std::vector<std::string> options;   ///< --security-opt without systempaths=unconfined
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
struct VersionOptions {
  std::string format;
};

using Options = std::variant<std::monostate, RunOptions, ExecOptions, StartOptions, AttachOptions, StopOptions,
                             KillOptions, PsOptions, ImagesOptions, LogsOptions, RmOptions, RmiOptions, PullOptions,
                             PruneOptions, InspectOptions, VersionOptions>;

/// A flag as it was given, by its long name, in order of appearance.
struct FlagGiven {
  std::string name;
  std::string value;
};

struct Command {
  Verb verb = Verb::Other;
  std::string path;                ///< as the client names it in messages: "docker run", "docker container run"
  Options options;
  std::vector<FlagGiven> flags;    ///< all of them: an engine can refuse those it does not honour
  std::string image;               ///< run, create, pull: the reference as typed
  std::vector<std::string> names;  ///< the containers or images of the other verbs
  std::vector<std::string> args;   ///< run, create, exec: the command and its arguments
  std::string warning;             ///< what the client writes to stderr first; lines, or empty

  /// The options of this verb; T must be the struct that belongs to it.
  template <class T>
  const T& get() const { return *std::get_if<T>(&options); }
  const RunOptions& run() const { return get<RunOptions>(); }
};

/// What the client says by itself. Status 0 is a help page or a version.
struct ClientAnswer {
  int exit = 0;
  std::string out;
  std::string err;
};

using Parsed = std::variant<Command, ClientAnswer>;

/// What docker's client looks at besides its arguments.
struct ClientContext {
  bool stdin_is_terminal = false;
  bool windows = false;      ///< words the terminal refusal as on Windows
  std::string cwd = "/";     ///< for `-v ./data:/data`
  int columns = 80;          ///< help pages are wrapped to the terminal; 80 where there is none
  /// The value of a variable of the client's environment; null function: all unset.
  std::function<std::optional<std::string>(std::string_view)> env;
};

/// `words`: the words after `docker`.
Parsed parse_docker(const std::vector<std::string>& words, const ClientContext& context = {});
/// The same for a line: split as sh does. The line is without the word `docker`.
Parsed parse_docker_line(std::string_view line, const ClientContext& context = {});

/// `exec -it` asks for the terminal only after the daemon said that the container exists.
std::optional<ClientAnswer> refuse_exec_without_terminal(const Command& command, const ClientContext& context);

/// Every command that docker's first help page lists, for completion: "run", "container ls"…
std::vector<std::string> docker_command_names();
/// Long flags of a command ("--rm"), for completion; empty if there is no such command.
std::vector<std::string> docker_flag_names(std::string_view command);

inline constexpr std::string_view kDockerClientVersion = "28.2.2";

}  // namespace cutaway::spec

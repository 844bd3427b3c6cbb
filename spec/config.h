// Front door: what an image says about itself (ImageConfig, the JSON whose sha256 is the image's
// id), and what the daemon makes of it and of the options (ContainerConfig, a record: creating it
// makes no process, no namespace, no cgroup). The plan of steps starts from a ContainerConfig.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/docker_line.h"

namespace cutaway::spec {

/// What made a layer of an image.
struct HistoryEntry {
  std::string created_by, comment;
};

/// OCI image configuration, the part that matters here. An empty list or text is "not said".
struct ImageConfig {
  std::string architecture = "amd64";
  std::string os = "linux";
  std::string created;  ///< RFC 3339; empty: left out
  std::string author;
  std::vector<std::string> entrypoint;
  std::vector<std::string> cmd;
  std::vector<std::string> env;
  std::string user;
  std::string working_dir;
  std::string stop_signal;
  std::vector<std::string> exposed_ports;  ///< "80/tcp"
  std::vector<std::string> volumes;        ///< "/data"
  std::map<std::string, std::string> labels;
  std::vector<HistoryEntry> history;  ///< of each layer, lowest first; may be empty
  std::vector<std::string> diff_ids;  ///< "sha256:…" of each uncompressed layer, bottom first
};

/// OCI form: keys sorted, no blanks, no time. Equal configs give equal bytes.
std::string image_config_json(const ImageConfig& config);
/// Reads OCI form; fields not known here are passed over.
Result<ImageConfig> image_config_from_json(std::string_view text);

/// One instruction of a Dockerfile that changes no file ("CMD [\"top\"]", "ENV A=1"), as `commit
/// --change` and `import --change` take them. Docker's complaint, or empty.
std::string apply_instruction(ImageConfig& image, std::string_view line);

/// One mount that the user asked for, beside those of every container.
struct ConfigMount {
  std::string type;    ///< bind, volume, tmpfs
  std::string source;  ///< a path, or a volume's name
  std::string target;
  bool read_only = false;
  std::string options;         ///< tmpfs: "size=1m,…"; binds: what else stood in the mode
  bool anonymous = false;      ///< a volume that was given no name: its source is a random one
  bool by_mount_flag = false;  ///< of --mount, which makes no folder of the host
};

/// Limits as the daemon resolved them. 0: none asked, so none is set (and nothing is ever
/// reserved).
struct ConfigLimits {
  std::int64_t memory_bytes = 0;
  std::int64_t memory_swap_bytes =
      0;  ///< memory plus swap: twice the memory if not said; -1 unlimited
  std::int64_t memory_reservation_bytes = 0;
  std::int64_t memory_swappiness = -1;
  std::int64_t shm_bytes = 64 << 20;
  std::int64_t nano_cpus = 0;  ///< of --cpus; period and quota are what it comes to
  std::int64_t cpu_period_us = 0;
  std::int64_t cpu_quota_us = 0;
  std::int64_t cpu_shares = 0;
  std::string cpuset_cpus;
  std::string cpuset_mems;
  std::int64_t pids = 0;  ///< 0: none; never negative
  bool oom_kill_disable = false;
  std::int64_t oom_score_adj = 0;
};

enum class NamespaceMode { Private, Host, Container, Shareable, None };

/// Which namespace of a type a container gets. `container`: whose, for Mode Container.
struct NamespaceChoice {
  NamespaceMode mode = NamespaceMode::Private;
  std::string container;
};

struct ContainerConfig {
  std::string id;
  std::string name;   ///< without the slash
  std::string image;  ///< the reference as typed
  std::vector<std::string> entrypoint;
  std::vector<std::string> cmd;
  std::vector<std::string> argv;  ///< entrypoint then cmd: what execve gets
  /// PATH, HOSTNAME, TERM with a terminal, then what image and options say. HOME is not here: the
  /// runtime adds it, from the container's /etc/passwd, when it is not set.
  std::vector<std::string> env;
  std::string workdir = "/";
  std::string user;  ///< as asked: "", "1000", "me:staff"; names are looked up in the container
  std::vector<std::string> groups;
  std::string hostname;
  std::string domainname;

  bool tty = false;
  bool open_stdin = false;
  bool stdin_once = false;  ///< stdin closes when the first client that attached goes
  bool attach_stdin = false;
  bool attach_stdout = true;
  bool attach_stderr = true;
  bool auto_remove = false;
  bool init = false;

  NamespaceChoice pid;
  NamespaceChoice ipc;
  NamespaceChoice uts;
  NamespaceChoice userns{NamespaceMode::Host,
                         {}};  ///< docker gives no user namespace unless dockerd remaps
  NamespaceChoice cgroupns;
  NamespaceChoice net;
  std::string network = "bridge";  ///< bridge, host, none, container:<id>, or a network's name
  std::vector<std::string> network_aliases;
  std::vector<PortRequest> ports;
  bool publish_all = false;

  ConfigLimits limits;
  std::uint64_t capabilities = 0;  ///< of the bounding set; bit n is capability n
  bool privileged = false;
  bool read_only = false;
  bool no_new_privileges = false;
  bool seccomp = true;  ///< the default filter is loaded
  bool mask_paths = true;
  std::vector<ConfigMount> mounts;
  std::vector<ConfigMount> anonymous_volumes;  ///< without their names yet: see name_volumes

  std::string stop_signal = "SIGTERM";
  std::int64_t stop_timeout_s = 10;
  RestartPolicy restart;
  std::map<std::string, std::string> labels;
};

/// What the daemon knows of its machine.
struct DaemonFacts {
  std::int64_t cpus = 2;
  bool cgroup_v2 = true;  ///< private cgroup namespace by default; on v1 the host's
  std::string hostname = "docker";
};

/// What the daemon's "create" computes. The Error's message is the daemon's, without its prefix
/// ("Minimum memory limit allowed is 6MB"). `args`: the words after IMAGE.
Result<ContainerConfig> resolve(const ImageConfig& image, const RunOptions& options,
                                const std::vector<std::string>& args, std::string_view id,
                                const DaemonFacts& facts = {});

/// `docker update`, in two parts as the daemon has them: what is wrong with the words, whoever they
/// are about; and the change of a record. Each returns the daemon's complaint, or empty.
std::string check_update(const UpdateOptions& asked, const DaemonFacts& facts = {});
std::string update_config(ContainerConfig& config, const UpdateOptions& asked);
/// The updates that a record went through, each as the words after `docker`.
Status replay_updates(ContainerConfig& config, const std::vector<std::vector<std::string>>& words);

/// `docker exec`: the config of a process that joins the container: its own words, variables, user,
/// folder and terminal; the rest is the container's.
ContainerConfig exec_config(const ContainerConfig& container, const ExecOptions& asked,
                            const std::vector<std::string>& args);

/// Gives anonymous volumes their names, by target, and makes them mounts like all others.
void name_volumes(ContainerConfig& config, const std::map<std::string, std::string>& names);

/// "TERM", "15", "sigterm" → "SIGTERM". False if there is no such signal.
bool normalize_signal(std::string_view text, std::string& name);

inline constexpr std::string_view kDefaultPath =
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

}  // namespace cutaway::spec

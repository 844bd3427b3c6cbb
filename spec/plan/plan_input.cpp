#include "spec/plan/plan_input.h"

#include <algorithm>

#include "base/text.h"

namespace cutaway::spec {

namespace {

// "1000", "1000:100", "root", "". Other names stand in the container's /etc/passwd (not read yet:
// FIDELITY).
void read_user(const std::string& user, PlanInput& input) {
  const std::vector<std::string> parts = split(user, ':');
  std::int64_t number = 0;
  if (!parts.empty() && parse_decimal(parts[0], number))
    input.uid = static_cast<std::uint32_t>(number);
  if (parts.size() > 1 && parse_decimal(parts[1], number))
    input.gid = static_cast<std::uint32_t>(number);
}

bool has_variable(const std::vector<std::string>& env, std::string_view name) {
  for (const std::string& entry : env) {
    if (starts_with(entry, name) && entry.size() > name.size() && entry[name.size()] == '=')
      return true;
  }
  return false;
}

// Half of a pair means nothing: without a quota there is no limit, without a period it is the
// kernel's own (sched-bwc.rst).
void read_cpu(const ConfigLimits& limits, PlanInput& input) {
  constexpr std::int64_t period_us = 100000;
  if (limits.cpu_quota_us <= 0) return;
  input.cpu_quota_us = limits.cpu_quota_us;
  input.cpu_period_us = limits.cpu_period_us > 0 ? limits.cpu_period_us : period_us;
}

void read_config_limits(const ConfigLimits& limits, PlanInput& input) {
  input.memory_bytes = limits.memory_bytes;
  input.memory_swap_bytes = limits.memory_swap_bytes;
  input.memory_reservation_bytes = limits.memory_reservation_bytes;
  read_cpu(limits, input);
  input.cpu_shares = limits.cpu_shares;
  input.cpuset_cpus = limits.cpuset_cpus;
  input.pids = limits.pids;
}

// Words of a mount's options that are flags of mount(2); the rest is the file system's own
// business.
struct MountWord {
  std::string_view word;
  std::uint64_t set, clear;
};
constexpr MountWord kMountWords[] = {
    {"ro", abi::ms::kRdonly, 0},     {"rw", 0, abi::ms::kRdonly},   {"nosuid", abi::ms::kNosuid, 0},
    {"suid", 0, abi::ms::kNosuid},   {"nodev", abi::ms::kNodev, 0}, {"dev", 0, abi::ms::kNodev},
    {"noexec", abi::ms::kNoexec, 0}, {"exec", 0, abi::ms::kNoexec}};

bool read_mount_word(std::string_view word, std::uint64_t& flags) {
  for (const MountWord& row : kMountWords) {
    if (row.word != word) continue;
    flags = (flags | row.set) & ~row.clear;
    return true;
  }
  return false;
}

// A tmpfs begins with noexec, nosuid, nodev (docker's daemon, oci_linux.go); its options may lift
// them.
UserMount user_mount(const ConfigMount& asked, const PlanHost& host) {
  UserMount mount;
  mount.type = asked.type;
  mount.target = asked.target;
  if (asked.read_only) mount.flags = abi::ms::kRdonly;
  if (asked.type == "tmpfs") {
    mount.flags |= abi::ms::kNosuid | abi::ms::kNodev | abi::ms::kNoexec;
    for (const std::string& word : split(asked.options, ',')) {
      if (word.empty() || read_mount_word(word, mount.flags)) continue;
      mount.data += (mount.data.empty() ? "" : ",") + word;
    }
    return mount;
  }
  mount.source =
      asked.type == "volume" ? volume_folder(host.volumes_folder, asked.source) : asked.source;
  for (const std::string& file : host.file_sources) mount.file = mount.file || file == mount.source;
  return mount;
}

std::size_t depth(const UserMount& mount) { return split(mount.target, '/').size(); }

// Shorter paths first, so that a mount below another one is not hidden by it.
void add_user_mounts(const ContainerConfig& config, const PlanHost& host, PlanInput& input) {
  for (const ConfigMount& asked : config.mounts) input.mounts.push_back(user_mount(asked, host));
  std::stable_sort(input.mounts.begin(), input.mounts.end(),
                   [](const UserMount& a, const UserMount& b) { return depth(a) < depth(b); });
}

// --init: the host's docker-init is bound into the container and starts what was asked for as its
// child.
void put_init_first(PlanInput& input) {
  const std::string inside = "/sbin/docker-init";
  input.mounts.push_back(
      {"bind", "/usr/bin/docker-init", inside, abi::ms::kRdonly, std::string(), true});
  input.argv.insert(input.argv.begin(), {inside, "--"});
}

}  // namespace

std::string volume_folder(const std::string& volumes, const std::string& name) {
  return volumes + "/" + name + "/_data";
}

PlanInput plan_input(const ContainerConfig& config, const PlanHost& host) {
  PlanInput input;
  input.container_id = config.id;
  input.rootfs = host.rootfs;
  input.root_is_mount = host.root_is_mount;
  input.init_mounts = host.init_mounts;
  input.plain_user = host.plain_user;
  input.argv = config.argv;
  input.env = config.env;
  read_user(config.user, input);
  if (!has_variable(input.env, "HOME"))
    input.env.push_back(input.uid == 0 ? "HOME=/root" : "HOME=/");
  input.workdir = config.workdir;
  input.hostname = config.hostname;
  input.tty = config.tty;
  input.cgroup_version = host.cgroup_version;
  input.cgroup_mounts = host.cgroup_mounts;
  input.cgroup_path = "/docker/" + config.id;
  read_config_limits(config.limits, input);
  input.capabilities = config.capabilities;
  input.no_new_privileges = config.no_new_privileges;
  input.seccomp = config.seccomp;
  input.privileged = config.privileged;
  input.own_network =
      config.net.mode != NamespaceMode::Host && config.net.mode != NamespaceMode::Container;
  input.read_only_root = config.read_only;
  static constexpr const char* kFiles[] = {"resolv.conf", "hostname", "hosts"};
  for (const char* name : kFiles)
    input.binds.push_back({host.etc_folder + "/" + name, std::string("/etc/") + name, false});
  add_user_mounts(config, host, input);
  input.shared = host.shared;
  if (config.init) put_init_first(input);
  return input;
}

}  // namespace cutaway::spec

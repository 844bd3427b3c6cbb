#include "spec/plan/plan_input.h"

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

void read_limits(const ConfigLimits& limits, PlanInput& input) {
  input.memory_bytes = limits.memory_bytes;
  input.memory_swap_bytes = limits.memory_swap_bytes;
  input.memory_reservation_bytes = limits.memory_reservation_bytes;
  read_cpu(limits, input);
  input.cpu_shares = limits.cpu_shares;
  input.cpuset_cpus = limits.cpuset_cpus;
  input.pids = limits.pids;
}

}  // namespace

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
  read_limits(config.limits, input);
  input.capabilities = config.capabilities;
  input.no_new_privileges = config.no_new_privileges;
  input.seccomp = config.seccomp;
  input.privileged = config.privileged;
  input.own_network = config.net.mode != NamespaceMode::Host;
  input.read_only_root = config.read_only;
  static constexpr const char* kFiles[] = {"resolv.conf", "hostname", "hosts"};
  for (const char* name : kFiles)
    input.binds.push_back({host.etc_folder + "/" + name, std::string("/etc/") + name, false});
  return input;
}

}  // namespace cutaway::spec

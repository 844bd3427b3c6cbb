#include "tests/unit/spec/create_body.h"

#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"

namespace cutaway::spec::test {

namespace {

// An empty list is null in Go where it was never made.
Json list_or_null(const std::vector<std::string>& values) {
  return values.empty() ? Json(nullptr) : Json(values);
}

bool attached(const RunOptions& run, const std::string& stream) {
  if (run.detach) return false;
  if (stream == "stdin" && run.interactive) return true;
  if (run.attach.empty()) return stream != "stdin";
  return std::find(run.attach.begin(), run.attach.end(), stream) != run.attach.end();
}

std::string bind_text(const VolumeBind& volume) {
  return volume.source + ":" + volume.target + (volume.mode.empty() ? "" : ":" + volume.mode);
}

void put_mounts(const RunOptions& run, Json& body) {
  Json binds = Json::array(), volumes = Json::object(), mounts = Json::array(),
       tmpfs = Json::object();
  for (const VolumeBind& volume : run.volumes) {
    if (volume.source.empty())
      volumes[volume.target] = Json::object();
    else
      binds.push_back(bind_text(volume));
  }
  for (const MountRequest& mount : run.mounts) {
    Json one{{"Type", mount.type}, {"Target", mount.target}};
    if (!mount.source.empty()) one["Source"] = mount.source;
    if (mount.read_only) one["ReadOnly"] = true;
    if (mount.tmpfs_bytes != 0) one["TmpfsOptions"] = {{"SizeBytes", mount.tmpfs_bytes}};
    mounts.push_back(one);
  }
  for (const std::string& text : run.tmpfs) {
    const std::size_t colon = text.find(':');
    tmpfs[text.substr(0, colon)] = colon == std::string::npos ? "" : text.substr(colon + 1);
  }
  body["Volumes"] = volumes;
  body["HostConfig.Binds"] = binds.empty() ? Json(nullptr) : binds;
  if (!mounts.empty()) body["HostConfig.Mounts"] = mounts;
  if (!tmpfs.empty()) body["HostConfig.Tmpfs"] = tmpfs;
}

void put_ports(const RunOptions& run, Json& body) {
  Json exposed = Json::object(), bindings = Json::object();
  for (const PortRequest& port : run.ports) {
    const std::string key = decimal(port.container_port) + "/" + port.protocol;
    exposed[key] = Json::object();
    if (port.published)
      bindings[key].push_back({{"HostIp", port.host_ip}, {"HostPort", port.host_port}});
  }
  if (!exposed.empty()) body["ExposedPorts"] = exposed;
  body["HostConfig.PortBindings"] = bindings;
  body["HostConfig.PublishAllPorts"] = run.publish_all;
}

void put_limits(const LimitOptions& limits, Json& body) {
  const std::pair<const char*, std::int64_t> numbers[] = {
      {"Memory", limits.memory_bytes},
      {"MemorySwap", limits.memory_swap_bytes},
      {"MemoryReservation", limits.memory_reservation_bytes},
      {"MemorySwappiness", limits.memory_swappiness},
      {"ShmSize", limits.shm_bytes},
      {"NanoCpus", limits.nano_cpus},
      {"CpuShares", limits.cpu_shares},
      {"CpuPeriod", limits.cpu_period_us},
      {"CpuQuota", limits.cpu_quota_us},
      {"PidsLimit", limits.pids},
      {"OomScoreAdj", limits.oom_score_adj}};
  for (const auto& [name, value] : numbers) body[std::string("HostConfig.") + name] = value;
  body["HostConfig.CpusetCpus"] = limits.cpuset_cpus;
  body["HostConfig.CpusetMems"] = limits.cpuset_mems;
  body["HostConfig.OomKillDisable"] = limits.oom_kill_disable;
}

void put_isolation(const RunOptions& run, Json& body) {
  const NamespaceOptions& ns = run.namespaces;
  body["HostConfig.NetworkMode"] = ns.networks.empty() ? "default" : ns.networks.front();
  body["HostConfig.PidMode"] = ns.pid;
  body["HostConfig.IpcMode"] = ns.ipc;
  body["HostConfig.UTSMode"] = ns.uts;
  body["HostConfig.UsernsMode"] = ns.user;
  body["HostConfig.CgroupnsMode"] = ns.cgroup;
  body["HostConfig.Privileged"] = run.security.privileged;
  body["HostConfig.ReadonlyRootfs"] = run.security.read_only;
  body["HostConfig.CapAdd"] = list_or_null(run.security.cap_add);
  body["HostConfig.CapDrop"] = list_or_null(run.security.cap_drop);
  body["HostConfig.SecurityOpt"] = list_or_null(run.security.options);
  if (run.security.systempaths_unconfined) {
    body["HostConfig.MaskedPaths"] = body["HostConfig.ReadonlyPaths"] =
        body["HostConfig.SecurityOpt"] = Json::array();
  }
}

void put_process(const Command& command, const RunOptions& run, Json& body) {
  body["AttachStdin"] = attached(run, "stdin");
  body["AttachStdout"] = attached(run, "stdout");
  body["AttachStderr"] = attached(run, "stderr");
  body["Tty"] = run.tty;
  body["OpenStdin"] = run.interactive;
  body["StdinOnce"] = run.interactive && attached(run, "stdin");
  body["Env"] = list_or_null(run.env);
  body["Cmd"] = list_or_null(command.args);
  body["Image"] = command.image;
  body["Hostname"] = run.hostname;
  body["Domainname"] = run.domainname;
  body["User"] = run.user;
  body["WorkingDir"] = run.workdir;
  body["Entrypoint"] = run.entrypoint ? Json::array({*run.entrypoint}) : Json(nullptr);
  body["HostConfig.GroupAdd"] = list_or_null(run.groups);
  if (!run.stop_signal.empty()) body["StopSignal"] = run.stop_signal;
  if (run.stop_timeout_s) body["StopTimeout"] = *run.stop_timeout_s;
  if (!run.name.empty()) body["name"] = run.name;
}

}  // namespace

Json create_body(const Command& command) {
  const RunOptions& run = command.run();
  Json body;
  put_process(command, run, body);
  put_mounts(run, body);
  put_ports(run, body);
  put_limits(run.limits, body);
  put_isolation(run, body);
  body["HostConfig.AutoRemove"] = run.auto_remove;
  body["HostConfig.RestartPolicy"] = {{"Name", run.restart.name},
                                      {"MaximumRetryCount", run.restart.retries_max}};
  if (run.init) body["HostConfig.Init"] = true;
  Json labels = Json::object();
  for (const std::string& label : run.labels) {
    const std::size_t equals = label.find('=');
    labels[label.substr(0, equals)] = equals == std::string::npos ? "" : label.substr(equals + 1);
  }
  body["Labels"] = labels;
  return body;
}

Json difference(const Json& body, const Json& base) {
  Json changed = Json::object();
  for (const auto& [key, value] : body.items()) {
    if (!base.contains(key) || base[key] != value) changed[key] = value;
  }
  return changed;
}

}  // namespace cutaway::spec::test

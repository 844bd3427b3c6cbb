// Fields, their names and their order as in docker's api/types; what has no meaning here is left at
// docker's own default.
#include "base/text.h"
#include "spec/docker_inspect.h"
#include "spec/plan/plan_input.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kZeroTime = "0001-01-01T00:00:00Z";

std::string time_or_zero(const std::string& time) {
  return time.empty() ? std::string(kZeroTime) : time;
}

OrderedJson list_or_null(const std::vector<std::string>& words) {
  return words.empty() ? OrderedJson(nullptr) : OrderedJson(words);
}

OrderedJson labels_json(const std::map<std::string, std::string>& labels) {
  OrderedJson json = OrderedJson::object();
  for (const auto& [name, value] : labels) json[name] = value;
  return json;
}

OrderedJson state_json(const ContainerFacts& facts) {
  OrderedJson json;
  json["Status"] = facts.state;
  const bool restarting = facts.state == "restarting";
  json["Running"] = facts.state == "running" || facts.state == "paused" || restarting;
  json["Paused"] = facts.state == "paused";
  json["Restarting"] = restarting;
  json["OOMKilled"] = facts.oom_killed;
  json["Dead"] = facts.state == "dead";
  json["Pid"] = facts.pid;
  json["ExitCode"] = facts.exit_code;
  json["Error"] = facts.error;
  json["StartedAt"] = time_or_zero(facts.started);
  json["FinishedAt"] = time_or_zero(facts.finished);
  return json;
}

void add_limits(const ConfigLimits& limits, OrderedJson& json) {
  json["CpuShares"] = limits.cpu_shares;
  json["Memory"] = limits.memory_bytes;
  json["NanoCpus"] = limits.nano_cpus;
  json["CgroupParent"] = "";
  json["CpuPeriod"] = limits.nano_cpus == 0 ? limits.cpu_period_us : 0;
  json["CpuQuota"] = limits.nano_cpus == 0 ? limits.cpu_quota_us : 0;
  json["CpusetCpus"] = limits.cpuset_cpus;
  json["CpusetMems"] = limits.cpuset_mems;
  json["MemoryReservation"] = limits.memory_reservation_bytes;
  json["MemorySwap"] = limits.memory_swap_bytes;
  json["MemorySwappiness"] = nullptr;
  json["OomKillDisable"] = nullptr;
  json["PidsLimit"] = limits.pids == 0 ? OrderedJson(nullptr) : OrderedJson(limits.pids);
}

OrderedJson port_bindings(const ContainerConfig& config) {
  OrderedJson bindings = OrderedJson::object();
  for (const PortRequest& port : config.ports) {
    if (!port.published) continue;
    const std::string key = decimal(port.container_port) + "/" + port.protocol;
    bindings[key].push_back({{"HostIp", port.host_ip}, {"HostPort", port.host_port}});
  }
  return bindings;
}

OrderedJson host_config_json(const ContainerConfig& config) {
  OrderedJson json;
  OrderedJson binds = nullptr;
  for (const ConfigMount& mount : config.mounts) {
    if (mount.type != "tmpfs" && !mount.anonymous && !mount.by_mount_flag)
      binds.push_back(mount.source + ":" + mount.target + (mount.read_only ? ":ro" : ""));
  }
  json["Binds"] = binds;
  json["NetworkMode"] = config.network;
  json["PortBindings"] = port_bindings(config);
  json["RestartPolicy"] = {{"Name", config.restart.name},
                           {"MaximumRetryCount", config.restart.retries_max}};
  json["AutoRemove"] = config.auto_remove;
  json["Privileged"] = config.privileged;
  json["ReadonlyRootfs"] = config.read_only;
  json["Init"] = config.init ? OrderedJson(true) : OrderedJson(nullptr);
  OrderedJson tmpfs = OrderedJson::object();
  for (const ConfigMount& mount : config.mounts) {
    if (mount.type == "tmpfs" && !mount.by_mount_flag) tmpfs[mount.target] = mount.options;
  }
  if (!tmpfs.empty()) json["Tmpfs"] = tmpfs;
  json["ShmSize"] = config.limits.shm_bytes;
  json["Runtime"] = "runc";
  json["Isolation"] = "";
  add_limits(config.limits, json);
  json["MaskedPaths"] = config.mask_paths ? OrderedJson(masked_paths()) : OrderedJson(nullptr);
  json["ReadonlyPaths"] = config.mask_paths ? OrderedJson(readonly_paths()) : OrderedJson(nullptr);
  return json;
}

// Only anonymous volumes stand in the record's config: others are the host's business.
OrderedJson volumes_json(const ContainerConfig& config) {
  OrderedJson json = nullptr;
  for (const ConfigMount& mount : config.mounts) {
    if (mount.anonymous) json[mount.target] = OrderedJson::object();
  }
  return json;
}

OrderedJson mounts_json(const ContainerConfig& config, const ContainerFacts& facts) {
  OrderedJson all = OrderedJson::array();
  for (const ConfigMount& mount : config.mounts) {
    if (mount.type == "tmpfs" && !mount.by_mount_flag) continue;  // --tmpfs: see HostConfig.Tmpfs
    const bool volume = mount.type == "volume";
    OrderedJson json;
    json["Type"] = mount.type;
    if (volume) json["Name"] = mount.source;
    json["Source"] = volume ? volume_folder(facts.root + "/volumes", mount.source) : mount.source;
    json["Destination"] = mount.target;
    if (volume) json["Driver"] = "local";
    const bool shared = volume && !mount.anonymous;
    json["Mode"] = shared && mount.options.empty() ? "z" : mount.by_mount_flag ? "" : mount.options;
    json["RW"] = !mount.read_only;
    json["Propagation"] = mount.type == "bind" ? "rprivate" : "";
    all.push_back(json);
  }
  return all;
}

OrderedJson config_json(const ContainerConfig& config) {
  OrderedJson json;
  json["Hostname"] = config.hostname;
  json["Domainname"] = config.domainname;
  json["User"] = config.user;
  json["AttachStdin"] = config.attach_stdin;
  json["AttachStdout"] = config.attach_stdout;
  json["AttachStderr"] = config.attach_stderr;
  json["Tty"] = config.tty;
  json["OpenStdin"] = config.open_stdin;
  json["StdinOnce"] = config.stdin_once;
  OrderedJson env = OrderedJson::array();
  for (const std::string& variable :
       config.env) {  // HOSTNAME is the daemon's own, not the record's
    if (!starts_with(variable, "HOSTNAME=") && !starts_with(variable, "TERM="))
      env.push_back(variable);
  }
  json["Env"] = env;
  json["Cmd"] = list_or_null(config.cmd);
  json["Image"] = config.image;
  json["Volumes"] = volumes_json(config);
  json["WorkingDir"] = config.workdir == "/" ? "" : config.workdir;
  json["Entrypoint"] = list_or_null(config.entrypoint);
  json["Labels"] = labels_json(config.labels);
  if (config.stop_signal != "SIGTERM") json["StopSignal"] = config.stop_signal;
  if (config.stop_timeout_s != 10) json["StopTimeout"] = config.stop_timeout_s;
  return json;
}

OrderedJson graph_json(const ContainerConfig& config, const ContainerFacts& facts) {
  const std::string folder = facts.root + "/overlay2/" + config.id;
  OrderedJson data;
  data["ID"] = config.id;
  data["LowerDir"] = join(facts.lower, ":");
  data["MergedDir"] = folder + "/merged";
  data["UpperDir"] = folder + "/diff";
  data["WorkDir"] = folder + "/work";
  OrderedJson json;
  json["Data"] = data;
  json["Name"] = "overlay2";
  return json;
}

}  // namespace

OrderedJson inspect_container(const ContainerConfig& config, const ContainerFacts& facts) {
  const std::string folder = facts.root + "/containers/" + config.id;
  OrderedJson json;
  json["Id"] = config.id;
  json["Created"] = time_or_zero(facts.created);
  json["Path"] = config.argv.empty() ? "" : config.argv.front();
  OrderedJson args = OrderedJson::array();
  for (std::size_t i = 1; i < config.argv.size(); ++i) args.push_back(config.argv[i]);
  json["Args"] = args;
  json["State"] = state_json(facts);
  json["Image"] = facts.image_id;
  json["ResolvConfPath"] = folder + "/resolv.conf";
  json["HostnamePath"] = folder + "/hostname";
  json["HostsPath"] = folder + "/hosts";
  json["LogPath"] = folder + "/" + config.id + "-json.log";
  json["Name"] = "/" + config.name;
  json["RestartCount"] = facts.restart_count;
  json["Driver"] = "overlay2";
  json["Platform"] = "linux";
  json["MountLabel"] = "";
  json["ProcessLabel"] = "";
  json["AppArmorProfile"] = "";
  json["ExecIDs"] = list_or_null(facts.exec_ids);
  json["HostConfig"] = host_config_json(config);
  json["GraphDriver"] = graph_json(config, facts);
  json["Mounts"] = mounts_json(config, facts);
  json["Config"] = config_json(config);
  if (!facts.network_settings.is_null()) {
    json["NetworkSettings"] = facts.network_settings;
    return json;
  }
  OrderedJson networks = OrderedJson::object();
  networks[config.network] = {{"IPAddress", ""}, {"Gateway", ""}, {"MacAddress", ""}};
  json["NetworkSettings"] = {
      {"Ports", OrderedJson::object()}, {"IPAddress", ""}, {"Networks", networks}};
  return json;
}

OrderedJson inspect_image(const ImageConfig& config, const ImageFacts& facts) {
  OrderedJson json;
  json["Id"] = facts.id;
  json["RepoTags"] = facts.names;
  OrderedJson digests = OrderedJson::array();
  for (const std::string& name : facts.names)
    digests.push_back(name.substr(0, name.rfind(':')) + "@" + facts.digest);
  json["RepoDigests"] = digests;
  json["Parent"] = "";
  json["Comment"] = config.history.empty() ? std::string() : config.history.back().comment;
  json["Created"] = time_or_zero(config.created);
  json["DockerVersion"] = "";
  json["Author"] = config.author;
  OrderedJson own;
  own["User"] = config.user;
  own["Env"] = config.env;
  own["Cmd"] = list_or_null(config.cmd);
  own["WorkingDir"] = config.working_dir;
  own["Entrypoint"] = list_or_null(config.entrypoint);
  own["Labels"] = config.labels.empty() ? OrderedJson(nullptr) : labels_json(config.labels);
  if (!config.stop_signal.empty()) own["StopSignal"] = config.stop_signal;
  json["Config"] = own;
  json["Architecture"] = config.architecture;
  json["Os"] = config.os;
  json["Size"] = facts.size_bytes;
  json["RootFS"] = {{"Type", "layers"}, {"Layers", config.diff_ids}};
  json["Metadata"] = {{"LastTagTime", std::string(kZeroTime)}};
  return json;
}

// Civil date from days since 1970 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
std::string rfc3339(std::int64_t ns) {
  if (ns < 0) return std::string(kZeroTime);
  constexpr std::int64_t kSecondNs = 1'000'000'000, kDay = 86'400;
  const std::int64_t seconds = ns / kSecondNs, days = seconds / kDay + 719'468;
  const std::int64_t era = days / 146'097, day_of_era = days % 146'097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted = (5 * day_of_year + 2) / 153;
  const std::int64_t day = day_of_year - (153 * shifted + 2) / 5 + 1;
  const std::int64_t month = shifted < 10 ? shifted + 3 : shifted - 9;
  const std::int64_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
  const auto padded = [](std::int64_t value, std::size_t width) {
    const std::string digits = decimal(value);
    return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
  };
  return padded(year, 4) + "-" + padded(month, 2) + "-" + padded(day, 2) + "T" +
         padded(seconds % kDay / 3600, 2) + ":" + padded(seconds % 3600 / 60, 2) + ":" +
         padded(seconds % 60, 2) + "." + padded(ns % kSecondNs, 9) + "Z";
}

}  // namespace cutaway::spec

// Namespaces, rights and mounts.
#include <algorithm>

#include "base/text.h"
#include "spec/config/resolve.h"
#include "spec/docker/values.h"
#include "spec/docker_messages.h"
#include "spec/plan/plan.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

namespace {

constexpr std::string_view kContainerPrefix = "container:";

// "host", "container:x" and their like; false if the mode is none of docker's.
bool choose(std::string_view mode, NamespaceChoice& choice) {
  if (starts_with(mode, kContainerPrefix)) {
    choice = {NamespaceMode::Container, std::string(mode.substr(kContainerPrefix.size()))};
    return !choice.container.empty();
  }
  struct Row {
    std::string_view word;
    NamespaceMode mode;
  };
  constexpr Row kRows[] = {{"private", NamespaceMode::Private},
                           {"host", NamespaceMode::Host},
                           {"shareable", NamespaceMode::Shareable},
                           {"none", NamespaceMode::None}};
  for (const Row& row : kRows) {
    if (row.word == mode) return choice = {row.mode, {}}, true;
  }
  return mode.empty();
}

// What cannot go with a network or UTS namespace that is somebody else's.
std::string check_conflicts(const Resolving& r, const std::string& network) {
  const bool joins = starts_with(network, kContainerPrefix);
  if (r.run.namespaces.uts == "host" && !r.run.hostname.empty())
    return "conflicting options: hostname and the UTS mode";
  if (joins && !r.run.hostname.empty()) return "conflicting options: hostname and the network mode";
  const auto published = [](const PortRequest& port) { return port.published; };
  const bool publishes =
      std::any_of(r.run.ports.begin(), r.run.ports.end(), published) || r.run.publish_all;
  if (joins && publishes)
    return "conflicting options: port publishing and the container type network mode";
  if (joins && !r.run.ports.empty())
    return "conflicting options: port exposing and the container type network mode";
  return "";
}

void choose_hostname(Resolving& r) {
  ContainerConfig& config = r.config;
  const bool hosts =
      config.net.mode == NamespaceMode::Host || config.uts.mode == NamespaceMode::Host;
  if (!r.run.hostname.empty())
    config.hostname = r.run.hostname;
  else if (hosts)
    config.hostname = r.facts.hostname;
  else
    config.hostname = config.id.substr(0, 12);
}

}  // namespace

std::string resolve_namespaces(Resolving& r) {
  ContainerConfig& config = r.config;
  const NamespaceOptions& asked = r.run.namespaces;
  config.network = asked.networks.empty() || asked.networks.front() == "default"
                       ? "bridge"
                       : asked.networks.front();
  config.network_aliases = asked.network_aliases;
  if (starts_with(config.network, kContainerPrefix) || config.network == "host" ||
      config.network == "none") {
    choose(config.network, config.net);
  }
  const std::string conflict = check_conflicts(r, config.network);
  if (!conflict.empty()) return conflict;
  if (!choose(asked.ipc, config.ipc)) return "invalid IPC mode: " + asked.ipc;
  choose(asked.pid, config.pid);
  choose(asked.uts, config.uts);
  if (!asked.user.empty()) choose(asked.user, config.userns);
  // Without cgroup v2 docker leaves the host's cgroup namespace (measured: no CLONE_NEWCGROUP on
  // v1).
  if (!r.facts.cgroup_v2) config.cgroupns = {NamespaceMode::Host, {}};
  choose(asked.cgroup, config.cgroupns);
  choose_hostname(r);
  return "";
}

namespace {

struct CapabilitySet {
  std::uint64_t bits = 0;
  bool all = false;
};

std::string read_capabilities(const std::vector<std::string>& names, std::string_view flag,
                              CapabilitySet& set) {
  for (const std::string& name : names) {
    const int number = abi::capability_of(name);
    const bool known =
        number >= 0 && number < abi::kCapabilityCount && abi::capability_name(number) == name;
    if (name == "ALL")
      set.all = true;
    else if (known)
      set.bits |= std::uint64_t{1} << number;
    else
      return "invalid " + std::string(flag) + ": unknown capability: " + go_quote(name);
  }
  return "";
}

std::uint64_t tweak(const CapabilitySet& add, const CapabilitySet& drop, bool privileged) {
  if (privileged) return abi::kAllCapabilities;
  if (add.all) return abi::kAllCapabilities & ~drop.bits;
  if (drop.all) return add.bits;
  return (kDockerCapabilities & ~drop.bits) | add.bits;
}

std::string read_security_option(const std::string& option, ContainerConfig& config) {
  if (option == "no-new-privileges") return config.no_new_privileges = true, "";
  std::string_view key, value;
  if (!cut(option, '=', key, value)) cut(option, ':', key, value);
  if (key == "seccomp")
    config.seccomp = config.seccomp && value != "unconfined";
  else if (key == "no-new-privileges")
    return parse_bool(value, config.no_new_privileges).empty()
               ? ""
               : "invalid --security-opt 2: " + go_quote(option);
  else if (key != "apparmor" && key != "label")
    return "invalid --security-opt 2: " + go_quote(option);
  return "";
}

}  // namespace

std::string resolve_security(Resolving& r) {
  ContainerConfig& config = r.config;
  const SecurityOptions& asked = r.run.security;
  CapabilitySet add, drop;
  std::string wrong = read_capabilities(asked.cap_add, "CapAdd", add);
  if (wrong.empty()) wrong = read_capabilities(asked.cap_drop, "CapDrop", drop);
  config.capabilities = tweak(add, drop, asked.privileged);
  config.privileged = asked.privileged;
  config.read_only = asked.read_only;
  config.seccomp = !asked.privileged;
  config.mask_paths = !asked.privileged && !asked.systempaths_unconfined;
  for (const std::string& option : asked.options) {
    if (wrong.empty()) wrong = read_security_option(option, config);
  }
  return wrong;
}

namespace {

std::string check_mode(const std::string& mode) {
  constexpr std::string_view kKnown[] = {"rw",      "ro",         "z",      "Z",        "nocopy",
                                         "private", "rprivate",   "shared", "rshared",  "slave",
                                         "rslave",  "consistent", "cached", "delegated"};
  for (const std::string& word : mode.empty() ? std::vector<std::string>() : split(mode, ',')) {
    if (std::find(std::begin(kKnown), std::end(kKnown), word) == std::end(kKnown))
      return "invalid mode: " + mode;
  }
  return "";
}

std::string add_mount(ContainerConfig& config, ConfigMount mount, const std::string& typed) {
  const std::string wrong = "invalid volume specification: '" + typed + "': ";
  if (mount.target.empty() || mount.target[0] != '/') {
    return wrong + "invalid mount path: '" + mount.target + "' mount path must be absolute";
  }
  if (mount.target == "/") return wrong + "invalid specification: destination can't be '/'";
  if (mount.type == "volume" && !mount.source.empty() && !say::valid_volume_name(mount.source)) {
    return say::invalid_volume_name(mount.source);
  }
  for (const ConfigMount& other : config.mounts) {
    if (other.target == mount.target) return "Duplicate mount point: " + mount.target;
  }
  config.mounts.push_back(std::move(mount));
  return "";
}

std::string add_anonymous(ConfigMount mount, ContainerConfig& config) {
  if (mount.target.empty() || mount.target[0] != '/' || mount.target == "/")
    return "invalid volume specification: '" + mount.target + "'" +
           (mount.target == "/" ? ": invalid specification: destination can't be '/'" : "");
  for (const ConfigMount& other : config.anonymous_volumes) {
    if (other.target == mount.target) return "";
  }
  config.anonymous_volumes.push_back(std::move(mount));
  return "";
}

std::string add_volume(const VolumeBind& volume, ContainerConfig& config) {
  if (volume.source.empty())
    return add_anonymous({"volume", "", volume.target, false, "", true, false}, config);
  std::string wrong = check_mode(volume.mode);
  if (!wrong.empty()) return wrong;
  ConfigMount mount{volume.source[0] == '/' ? "bind" : "volume",
                    volume.source,
                    volume.target,
                    false,
                    volume.mode,
                    false,
                    false};
  for (const std::string& word : split(volume.mode, ','))
    mount.read_only = mount.read_only || word == "ro";
  return add_mount(config, std::move(mount), volume.source + ":" + volume.target);
}

// --mount type=tmpfs,tmpfs-mode=1770: as the kernel's option.
std::string tmpfs_options(const MountRequest& request) {
  std::vector<std::string> words;
  if (request.tmpfs_bytes != 0) words.push_back("size=" + decimal(request.tmpfs_bytes));
  for (const std::string& other : request.others) {
    if (starts_with(lower(other), "tmpfs-mode=")) words.push_back("mode=" + other.substr(11));
  }
  return join(words, ",");
}

std::string add_request(const MountRequest& request, ContainerConfig& config) {
  ConfigMount mount{request.type,
                    request.source,
                    request.target,
                    request.read_only,
                    join(request.others, ","),
                    false,
                    true};
  if (request.type != "bind" && request.type != "volume" && request.type != "tmpfs") {
    return "invalid mount config for type " + go_quote(request.type) + ": mount type unknown";
  }
  if (request.type == "volume" && request.source.empty()) {
    mount.anonymous = true;
    return add_anonymous(std::move(mount), config);
  }
  if (request.type == "tmpfs") mount.options = tmpfs_options(request);
  if (request.type == "bind" && (request.source.empty() || request.source[0] != '/')) {
    return "invalid mount config for type \"bind\": invalid mount path: '" + request.source +
           "' mount path must be absolute";
  }
  return add_mount(config, std::move(mount), request.target);
}

}  // namespace

std::string resolve_mounts(Resolving& r) {
  std::string wrong;
  for (const VolumeBind& volume : r.run.volumes) {
    if (wrong.empty()) wrong = add_volume(volume, r.config);
  }
  for (const MountRequest& request : r.run.mounts) {
    if (wrong.empty()) wrong = add_request(request, r.config);
  }
  for (const std::string& text : r.run.tmpfs) {
    std::string_view target, options;
    cut(text, ':', target, options);
    if (wrong.empty())
      wrong = add_mount(
          r.config, {"tmpfs", "", std::string(target), false, std::string(options), false, false},
          text);
  }
  for (const std::string& target : r.image.volumes) {
    const auto taken = [&](const ConfigMount& mount) { return mount.target == target; };
    if (std::none_of(r.config.mounts.begin(), r.config.mounts.end(), taken))
      wrong = add_anonymous({"volume", "", target, false, "", true, false}, r.config);
  }
  return wrong;
}

void name_volumes(ContainerConfig& config, const std::map<std::string, std::string>& names) {
  for (ConfigMount& mount : config.anonymous_volumes) {
    const auto found = names.find(mount.target);
    if (found == names.end()) continue;
    mount.source = found->second;
    config.mounts.push_back(std::move(mount));
  }
  config.anonymous_volumes.clear();
}

}  // namespace cutaway::spec

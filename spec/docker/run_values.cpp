#include "spec/docker/run_values.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

std::string parse_volume(std::string_view text, std::string_view cwd, VolumeBind& volume) {
  if (text.empty()) return "invalid empty volume spec";
  const std::vector<std::string> parts = split(text, ':');
  const bool only_colons = text.find_first_not_of(':') == std::string_view::npos;
  for (const std::string& part : parts) {
    if (part.empty() && !only_colons)
      return "invalid spec: " + std::string(text) + ": empty section between colons";
  }
  // A target that is "/" or nothing makes docker take the whole text for an anonymous volume's
  // path.
  if (parts.size() == 1 || only_colons || (parts.size() == 2 && parts[1] == "/")) {
    volume.target = std::string(text);
    return "";
  }
  volume.source = parts[0];
  volume.target = parts[1];
  for (std::size_t i = 2; i < parts.size(); ++i) volume.mode += (i == 2 ? "" : ":") + parts[i];
  if (volume.source[0] == '.') {
    std::string rest = volume.source.substr(1);
    if (starts_with(rest, "./") || rest == ".") return "";  // "..": left for the daemon to refuse
    volume.source = (cwd == "/" ? "" : std::string(cwd)) + rest;
    if (volume.source.empty()) volume.source = "/";
  }
  return "";
}

namespace {

struct MountKey {
  std::string_view key;
  std::string_view type;  ///< the type it is only for; empty: any
};
constexpr MountKey kMountKeys[] = {
    {"bind-propagation", "bind"}, {"bind-nonrecursive", "bind"}, {"bind-recursive", "bind"},
    {"consistency", ""},          {"volume-subpath", "volume"},  {"volume-nocopy", "volume"},
    {"volume-label", "volume"},   {"volume-driver", "volume"},   {"volume-opt", "volume"},
    {"image-subpath", "image"},   {"tmpfs-mode", "tmpfs"},
};

std::string parse_flag_value(std::string_view key, std::string_view value, bool given, bool& flag) {
  flag = true;
  if (given && !parse_bool(value, flag).empty())
    return "invalid value for " + std::string(key) + ": " + std::string(value);
  return "";
}

std::string parse_mount_other(std::string_view key, std::string_view value,
                              const std::string& field, MountRequest& mount) {
  if (key == "tmpfs-size") {
    if (!parse_bytes(value, mount.tmpfs_bytes).empty())
      return "invalid value for tmpfs-size: " + std::string(value);
    return "";
  }
  for (const MountKey& known : kMountKeys) {
    if (known.key != key) continue;
    mount.others.push_back(field);
    return "";
  }
  return "unexpected key '" + std::string(key) + "' in '" + field + "'";
}

std::string parse_mount_field(const std::string& field, MountRequest& mount) {
  std::string_view typed_key, value;
  const bool has_value = cut(field, '=', typed_key, value);
  const std::string key = lower(typed_key);
  if (key == "readonly" || key == "ro")
    return parse_flag_value(key, value, has_value, mount.read_only);
  const bool flag_only = key == "volume-nocopy" || key == "bind-nonrecursive";
  if (!has_value && !flag_only) return "invalid field '" + field + "' must be a key=value pair";
  if (key == "type")
    mount.type = lower(value);
  else if (key == "source" || key == "src")
    mount.source = std::string(value);
  else if (key == "target" || key == "dst" || key == "destination")
    mount.target = std::string(value);
  else
    return parse_mount_other(key, value, field, mount);
  return "";
}

}  // namespace

std::string parse_mount(std::string_view text, MountRequest& mount) {
  if (text.empty()) return "EOF";
  for (const std::string& field : csv_fields(text)) {
    const std::string wrong = parse_mount_field(field, mount);
    if (!wrong.empty()) return wrong;
  }
  if (mount.type.empty()) return "type is required";
  if (mount.target.empty()) return "target is required";
  for (const std::string& other : mount.others) {
    for (const MountKey& known : kMountKeys) {
      if (known.type.empty() || known.type == mount.type || !starts_with(lower(other), known.key))
        continue;
      return "cannot mix '" + std::string(known.type) + "-*' options with mount type '" +
             mount.type + "'";
    }
  }
  return "";
}

std::string check_mount(std::string_view value) {
  MountRequest mount;
  return parse_mount(value, mount);
}

namespace {

struct PortRange {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};

// "80" or "80-82"; docker's complaint or empty.
std::string parse_port_range(std::string_view text, PortRange& range) {
  if (text.empty()) return "empty string specified for ports";
  std::string_view first, last;
  const bool is_range = cut(text, '-', first, last);
  if (const std::string wrong = parse_uint(first, 16, range.first); !wrong.empty()) return wrong;
  range.last = range.first;
  if (!is_range) return "";
  if (const std::string wrong = parse_uint(last, 16, range.last); !wrong.empty()) return wrong;
  return range.last < range.first ? "invalid range specified for port: " + std::string(text) : "";
}

// The host part may be an address in brackets, which has colons of its own.
void split_host(std::string_view text, std::string& ip, std::string& host, std::string& inside) {
  const std::size_t last = text.rfind(':');
  inside = std::string(last == std::string_view::npos ? text : text.substr(last + 1));
  if (last == std::string_view::npos) return;
  const std::string_view rest = text.substr(0, last);
  const std::size_t second = rest.rfind(':');
  host = std::string(second == std::string_view::npos ? rest : rest.substr(second + 1));
  if (second == std::string_view::npos) return;
  ip = std::string(rest.substr(0, second));
  if (ip.size() > 2 && ip.front() == '[' && ip.back() == ']') ip = ip.substr(1, ip.size() - 2);
}

bool known_protocol(std::string_view protocol) {
  return protocol == "tcp" || protocol == "udp" || protocol == "sctp";
}

}  // namespace

std::string parse_publish(std::string_view text, std::vector<PortRequest>& ports) {
  std::string_view address, protocol;
  if (!cut(text, '/', address, protocol) || protocol.empty()) protocol = "tcp";
  PortRequest port;
  std::string host, inside;
  split_host(address, port.host_ip, host, inside);
  if (inside.empty()) return "no port specified: " + std::string(text) + "<empty>";
  if (!port.host_ip.empty() && !looks_like_ip(port.host_ip))
    return "invalid IP address: " + port.host_ip;
  PortRange in, out;
  if (!parse_port_range(inside, in).empty()) return "invalid containerPort: " + inside;
  if (!host.empty() && !parse_port_range(host, out).empty()) return "invalid hostPort: " + host;
  port.protocol = lower(protocol);
  if (!known_protocol(port.protocol)) return "invalid proto: " + std::string(protocol);
  const bool one_to_one = out.last - out.first == in.last - in.first;
  if (!host.empty() && !one_to_one && in.first != in.last) {
    return "invalid ranges specified for container and host Ports: " + inside + " and " + host;
  }
  for (std::uint64_t number = in.first; number <= in.last; ++number) {
    port.container_port = static_cast<std::uint16_t>(number);
    if (!host.empty())
      port.host_port =
          one_to_one ? decimal(static_cast<std::int64_t>(out.first + (number - in.first))) : host;
    ports.push_back(port);
  }
  return "";
}

std::string parse_expose(std::string_view text, std::vector<PortRequest>& ports) {
  std::string_view numbers, protocol;
  if (!cut(text, '/', numbers, protocol)) protocol = "tcp";
  if (numbers.find(':') != std::string_view::npos)
    return "invalid port format for --expose: " + std::string(text);
  PortRange range;
  const std::string wrong = parse_port_range(numbers, range);
  if (!wrong.empty())
    return "invalid range format for --expose: " + std::string(text) + ", error: " + wrong;
  for (std::uint64_t number = range.first; number <= range.last; ++number) {
    PortRequest port;
    port.container_port = static_cast<std::uint16_t>(number);
    port.protocol = std::string(protocol);
    port.published = false;
    ports.push_back(port);
  }
  return "";
}

std::string parse_restart(std::string_view text, RestartPolicy& policy) {
  std::string_view name, retries;
  const bool has_retries = cut(text, ':', name, retries);
  if (has_retries && name.empty())
    return "invalid restart policy format: no policy provided before colon";
  policy.name = std::string(name);
  if (has_retries && !parse_int(retries, policy.retries_max).empty()) {
    return "invalid restart policy format: maximum retry count must be an integer";
  }
  return "";
}

std::vector<std::string> normalize_capabilities(const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& name : names) {
    std::string full = upper(trim(name));
    if (full.empty()) continue;
    if (full != "ALL" && !starts_with(full, "CAP_")) full = "CAP_" + full;
    result.push_back(full);
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<std::string> resolve_env(const std::vector<std::string>& given,
                                     const ClientContext& context) {
  std::vector<std::string> result;
  const auto name_of = [](const std::string& variable) {
    return variable.substr(0, variable.find('='));
  };
  for (std::string variable : given) {
    if (variable.find('=') == std::string::npos && context.env) {
      if (const std::optional<std::string> value = context.env(variable)) variable += "=" + *value;
    }
    bool replaced = false;
    for (std::string& earlier : result) {
      if (name_of(earlier) != name_of(variable)) continue;
      earlier = variable;
      replaced = true;
    }
    if (!replaced) result.push_back(variable);
  }
  return result;
}

std::string network_name(std::string_view text, std::vector<std::string>& aliases) {
  if (text.find('=') == std::string_view::npos) return std::string(text);
  std::string name;
  for (const std::string& field : csv_fields(text)) {
    std::string_view key, value;
    cut(field, '=', key, value);
    if (key == "name") name = std::string(value);
    if (key == "alias") aliases.emplace_back(value);
  }
  return name;
}

}  // namespace cutaway::spec

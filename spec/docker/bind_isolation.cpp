// run and create: namespaces, rights, networks.
#include "base/text.h"
#include "spec/docker/bind_run.h"
#include "spec/docker/run_values.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

struct ModeRow {
  std::string_view flag;
  std::string NamespaceOptions::*field;
  std::string_view word;     ///< in docker's complaint
  std::string_view allowed;  ///< comma-separated; empty: anything
};
constexpr ModeRow kModes[] = {
    {"pid", &NamespaceOptions::pid, "PID", "host,container:"},
    {"uts", &NamespaceOptions::uts, "UTS", "host"},
    {"userns", &NamespaceOptions::user, "USER", "host"},
    {"cgroupns", &NamespaceOptions::cgroup, "CGROUP", "host,private"},
    {"ipc", &NamespaceOptions::ipc, "IPC", ""},
};

bool mode_allowed(std::string_view mode, std::string_view allowed) {
  if (mode.empty() || allowed.empty()) return true;
  for (const std::string& one : split(allowed, ',')) {
    const bool prefix = one.back() == ':';
    if (prefix ? starts_with(mode, one) && mode.size() > one.size() : mode == one) return true;
  }
  return false;
}

bool user_defined(std::string_view network) {
  if (starts_with(network, "container:")) return false;
  for (const std::string_view known : {"", "default", "bridge", "host", "none"}) {
    if (network == known) return false;
  }
  return true;
}

}  // namespace

std::string bind_namespaces(Binding& b) {
  for (const ModeRow& row : kModes) {
    std::string& mode = b.run.namespaces.*row.field;
    mode = b.flags.text(row.flag);
    if (!mode_allowed(mode, row.allowed))
      return "--" + std::string(row.flag) + ": invalid " + std::string(row.word) + " mode";
  }
  return "";
}

// "no-new-privileges", "key=value" or (old) "key:value".
std::string bind_security(Binding& b) {
  SecurityOptions& security = b.run.security;
  security.privileged = b.flags.on("privileged");
  security.read_only = b.flags.on("read-only");
  security.cap_add = normalize_capabilities(b.flags.list("cap-add"));
  security.cap_drop = normalize_capabilities(b.flags.list("cap-drop"));
  for (const std::string& option : b.flags.list("security-opt")) {
    const bool pair = option.find_first_of("=:") != std::string::npos;
    if (!pair && option != "no-new-privileges")
      return "Invalid --security-opt: " + go_quote(option);
    if (option == "systempaths=unconfined")
      security.systempaths_unconfined = true;
    else
      security.options.push_back(option);
  }
  for (const std::string& option : b.flags.list("storage-opt")) {
    if (option.find('=') == std::string::npos) return "invalid storage option";
  }
  return "";
}

std::string bind_networks(Binding& b) {
  NamespaceOptions& namespaces = b.run.namespaces;
  namespaces.network_aliases = b.flags.list("network-alias");
  for (const std::string& text : b.flags.list("network")) {
    const std::string name = network_name(text, namespaces.network_aliases);
    if (name.empty() && text.empty()) return "no name set for network";
    for (const std::string& other : namespaces.networks) {
      if (other == name) return "network " + go_quote(name) + " is specified multiple times";
      if (user_defined(other) && user_defined(name)) continue;
      return "conflicting options: cannot attach both user-defined and non-user-defined "
             "network-modes";
    }
    namespaces.networks.push_back(name);
  }
  const bool own = !namespaces.networks.empty() && user_defined(namespaces.networks.front());
  if (own || namespaces.network_aliases.empty()) return "";
  return "network-scoped aliases are only supported for user-defined networks";
}

}  // namespace cutaway::spec

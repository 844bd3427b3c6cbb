// What the daemon makes of image and options: the record that `create` writes.
#include "spec/config/resolve.h"

#include <algorithm>

#include "base/text.h"
#include "spec/docker/values.h"
#include "spec/docker_messages.h"
#include "trace/abi/abi.h"

namespace cutaway::spec {

namespace {

using Part = std::string (*)(Resolving& r);

std::string_view name_of(std::string_view variable) {
  return variable.substr(0, variable.find('='));
}

// Later values replace earlier ones in place; a bare name takes the variable away.
void put_env(std::vector<std::string>& env, const std::string& variable) {
  const auto same = std::find_if(env.begin(), env.end(), [&](const std::string& one) {
    return name_of(one) == name_of(variable);
  });
  if (variable.find('=') == std::string::npos) {
    if (same != env.end()) env.erase(same);
  } else if (same != env.end()) {
    *same = variable;
  } else {
    env.push_back(variable);
  }
}

// The options' command replaces the image's Cmd; an entrypoint of their own takes the image's Cmd
// away.
// `--entrypoint ""` leaves only the options' command.
std::string resolve_command(Resolving& r) {
  ContainerConfig& config = r.config;
  config.cmd = r.args;
  if (r.run.entrypoint) {
    if (!r.run.entrypoint->empty()) config.entrypoint = {*r.run.entrypoint};
  } else {
    config.entrypoint = r.image.entrypoint;
    if (r.args.empty()) config.cmd = r.image.cmd;
  }
  config.argv = config.entrypoint;
  config.argv.insert(config.argv.end(), config.cmd.begin(), config.cmd.end());
  return config.argv.empty() ? say::no_command() : "";
}

// PATH, HOSTNAME, TERM; then the options' variables, then those of the image that they leave alone.
std::string resolve_env(Resolving& r) {
  std::vector<std::string>& env = r.config.env;
  env = {"PATH=" + std::string(kDefaultPath), "HOSTNAME=" + r.config.hostname};
  if (r.run.tty) env.push_back("TERM=xterm");
  for (const std::string& variable : r.run.env) put_env(env, variable);
  for (const std::string& variable : r.image.env) {
    const bool said = std::any_of(r.run.env.begin(), r.run.env.end(), [&](const std::string& one) {
      return name_of(one) == name_of(variable);
    });
    if (!said) put_env(env, variable);
  }
  return "";
}

std::string resolve_process(Resolving& r) {
  ContainerConfig& config = r.config;
  const std::string& workdir = r.run.workdir.empty() ? r.image.working_dir : r.run.workdir;
  if (!workdir.empty()) config.workdir = workdir;
  if (config.workdir[0] != '/') {
    return "the working directory '" + workdir + "' is invalid, it needs to be an absolute path";
  }
  config.user = r.run.user.empty() ? r.image.user : r.run.user;
  config.groups = r.run.groups;
  config.domainname = r.run.domainname;
  config.init = r.run.init;
  const std::string signal = r.run.stop_signal.empty() ? r.image.stop_signal : r.run.stop_signal;
  if (!signal.empty() && !normalize_signal(signal, config.stop_signal))
    return say::invalid_signal(signal);
  config.stop_timeout_s = r.run.stop_timeout_s.value_or(config.stop_timeout_s);
  return "";
}

// Without -a: stdout and stderr, and stdin with -i; -d attaches nothing.
std::string resolve_streams(Resolving& r) {
  ContainerConfig& config = r.config;
  const auto asked = [&](const char* stream) {
    return std::find(r.run.attach.begin(), r.run.attach.end(), stream) != r.run.attach.end();
  };
  const bool by_default = r.run.attach.empty();
  config.tty = r.run.tty;
  config.open_stdin = r.run.interactive;
  config.attach_stdin = !r.run.detach && (r.run.interactive || asked("stdin"));
  config.attach_stdout = !r.run.detach && (by_default || asked("stdout"));
  config.attach_stderr = !r.run.detach && (by_default || asked("stderr"));
  config.stdin_once = config.open_stdin && config.attach_stdin;
  config.auto_remove = r.run.auto_remove;
  return "";
}

std::string resolve_restart(Resolving& r) {
  const RestartPolicy& policy = r.run.restart;
  r.config.restart = policy;
  if (policy.name.empty()) return "";
  if (policy.name == "on-failure") {
    return policy.retries_max < 0 ? "invalid restart policy: maximum retry count cannot be negative"
                                  : "";
  }
  if (policy.name != "no" && policy.name != "always" && policy.name != "unless-stopped") {
    return "invalid restart policy: unknown policy '" + policy.name +
           "'; use one of 'no', 'always', 'on-failure', or 'unless-stopped'";
  }
  if (policy.retries_max == 0) return "";
  return std::string(
             "invalid restart policy: maximum retry count can only be used with 'on-failure'") +
         (policy.retries_max < 0 ? " and cannot be negative" : "");
}

std::string resolve_labels(Resolving& r) {
  r.config.labels = r.image.labels;
  for (const std::string& label : r.run.labels) {
    std::string_view key, value;
    cut(label, '=', key, value);
    r.config.labels[std::string(key)] = std::string(value);
  }
  return "";
}

// Ports: those of the options, then what the image exposes and they do not name.
std::string resolve_ports(Resolving& r) {
  std::vector<PortRequest>& ports = r.config.ports;
  ports = r.run.ports;
  r.config.publish_all = r.run.publish_all;
  for (const std::string& text : r.image.exposed_ports) {
    std::string_view number, protocol;
    if (!cut(text, '/', number, protocol)) protocol = "tcp";
    std::int64_t inside = 0;
    if (!parse_decimal(number, inside) || inside < 1 || inside > 65535) continue;
    PortRequest port;
    port.container_port = static_cast<std::uint16_t>(inside);
    port.protocol = std::string(protocol);
    port.published = false;
    const bool named = std::any_of(ports.begin(), ports.end(), [&](const PortRequest& one) {
      return one.container_port == port.container_port && one.protocol == port.protocol;
    });
    if (!named) ports.push_back(port);
  }
  return "";
}

// In the daemon's order: the first complaint is the answer.
constexpr Part kParts[] = {resolve_command, resolve_process, resolve_streams,    resolve_restart,
                           resolve_labels,  resolve_limits,  resolve_namespaces, resolve_security,
                           resolve_mounts,  resolve_ports,   resolve_env};

}  // namespace

bool normalize_signal(std::string_view text, std::string& name) {
  std::int64_t number = 0;
  if (parse_decimal(text, number)) {
    if (number < 1 || number > 64) return false;
    name = abi::signal_name(static_cast<int>(number));
    return true;
  }
  std::string full = upper(text);
  if (!starts_with(full, "SIG")) full = "SIG" + full;
  if (abi::signal_of(full) == 0) return false;
  name = full;
  return true;
}

Result<ContainerConfig> resolve(const ImageConfig& image, const RunOptions& options,
                                const std::vector<std::string>& args, std::string_view id,
                                const DaemonFacts& facts) {
  ContainerConfig config;
  config.id = std::string(id);
  const bool slash = !options.name.empty() && options.name[0] == '/';
  config.name = options.name.substr(slash ? 1 : 0);
  if (!config.name.empty() && !say::valid_name(config.name))
    return fail(ErrorCode::Failed, say::invalid_name(options.name));
  Resolving resolving{image, options, args, facts, config};
  for (const Part part : kParts) {
    std::string complaint = part(resolving);
    if (!complaint.empty()) return fail(ErrorCode::Failed, std::move(complaint));
  }
  return config;
}

ContainerConfig exec_config(const ContainerConfig& container, const ExecOptions& asked,
                            const std::vector<std::string>& args) {
  ContainerConfig own = container;
  own.argv = args;
  own.init = false;  // it runs already
  if (asked.tty) put_env(own.env, "TERM=xterm");
  for (const std::string& variable : asked.env) put_env(own.env, variable);
  if (!asked.workdir.empty()) own.workdir = asked.workdir;
  if (!asked.user.empty()) own.user = asked.user;
  if (asked.privileged) own.capabilities = abi::kAllCapabilities;
  own.tty = asked.tty;
  own.open_stdin = asked.interactive;
  return own;
}

}  // namespace cutaway::spec

// run and create: their options, and what the client refuses before it talks to the daemon, in the
// order in which docker 28 finds it.
#include "spec/docker/bind_run.h"
#include "base/text.h"
#include "spec/docker/run_values.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

/// docker's complaint, or empty.
using Group = std::string (*)(Binding& b);

std::int64_t bytes(const FlagParse& flags, std::string_view name) {
  std::int64_t value = 0;
  if (flags.has(name)) parse_swap_bytes(flags.text(name), value);
  return value;
}

std::string bind_pull_policy(Binding& b) {
  b.run.pull = b.flags.text("pull", "missing");
  b.run.quiet = b.flags.on("quiet");
  b.run.platform = b.flags.text("platform");
  for (const std::string_view known : {"", "always", "missing", "never"}) {
    if (b.run.pull == known) return "";
  }
  return "invalid pull option: '" + b.run.pull +
         R"(': must be one of "always", "missing" or "never")";
}

std::string bind_streams(Binding& b) {
  b.run.detach = b.flags.on("detach");
  b.run.interactive = b.flags.on("interactive");
  b.run.tty = b.flags.on("tty");
  for (const std::string& stream : b.flags.list("attach")) b.run.attach.push_back(lower(stream));
  b.run.sig_proxy = b.flags.on("sig-proxy", true);
  b.run.detach_keys = b.flags.text("detach-keys");
  b.run.auto_remove = b.flags.on("rm");
  b.run.init = b.flags.on("init");
  return "";
}

// Six pairs of hexadecimal digits; also the longer and dotted forms that Go takes.
std::string check_mac(Binding& b) {
  const std::string mac = b.flags.text("mac-address");
  if (mac.empty()) return "";
  const std::vector<std::string> pairs = split(mac, mac.find('-') == std::string::npos ? ':' : '-');
  bool good = pairs.size() == 6 || pairs.size() == 8 || pairs.size() == 20;
  for (const std::string& pair : pairs) {
    good = good && pair.size() == 2 &&
           pair.find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
  }
  return good ? "" : mac + " is not a valid mac address";
}

std::string bind_limits(Binding& b) {
  LimitOptions& limits = b.run.limits;
  const FlagParse& f = b.flags;
  limits = read_limits(f);
  limits.shm_bytes = bytes(f, "shm-size");
  limits.memory_swappiness = number(f, "memory-swappiness", -1);
  limits.oom_kill_disable = f.on("oom-kill-disable");
  limits.oom_score_adj = number(f, "oom-score-adj");
  if (limits.memory_swappiness >= -1 && limits.memory_swappiness <= 100) return "";
  return "invalid value: " + decimal(limits.memory_swappiness) +
         ". Valid memory swappiness range is 0-100";
}

std::string bind_mounts(Binding& b) {
  for (const std::string& text : b.flags.list("volume")) {
    VolumeBind volume;
    const std::string wrong = parse_volume(text, b.context.cwd, volume);
    if (!wrong.empty()) return wrong;
    b.run.volumes.push_back(volume);
  }
  for (const std::string& text : b.flags.list("mount")) {
    MountRequest mount;
    parse_mount(text, mount);  // was checked with the flag
    b.run.mounts.push_back(mount);
  }
  b.run.tmpfs = b.flags.list("tmpfs");
  return "";
}

std::string bind_ports(Binding& b) {
  for (const std::string& text : b.flags.list("publish")) {
    const std::string wrong = parse_publish(text, b.run.ports);
    if (!wrong.empty()) return wrong;
  }
  for (const std::string& text : b.flags.list("expose")) {
    const std::string wrong = parse_expose(text, b.run.ports);
    if (!wrong.empty()) return wrong;
  }
  b.run.publish_all = b.flags.on("publish-all");
  return "";
}

// "/dev/null[:/dev/x][:rwm]".
std::string check_devices(Binding& b) {
  for (const std::string& text : b.flags.list("device")) {
    const std::vector<std::string> parts = split(text, ':');
    if (text.empty()) return "bad format for path: ";
    if (text[0] != '/' && text.find('=') == std::string::npos)
      return parts[0] + " is not an absolute path";
    if (parts.size() == 3 &&
        (parts[2].empty() || parts[2].find_first_not_of("rwm") != std::string::npos)) {
      return "bad mode specified: " + parts[2];
    }
  }
  return "";
}

std::string bind_process(Binding& b) {
  const FlagParse& f = b.flags;
  b.run.name = f.text("name");
  b.run.env = resolve_env(f.list("env"), b.context);
  b.run.labels = f.list("label");
  b.run.workdir = f.text("workdir");
  b.run.user = f.text("user");
  b.run.groups = f.list("group-add");
  b.run.hostname = f.text("hostname");
  b.run.domainname = f.text("domainname");
  if (f.has("entrypoint")) b.run.entrypoint = f.text("entrypoint");
  b.run.stop_signal = f.text("stop-signal");
  if (f.has("stop-timeout")) b.run.stop_timeout_s = number(f, "stop-timeout");
  return "";
}

std::string bind_restart(Binding& b) {
  return parse_restart(b.flags.text("restart", "no"), b.run.restart);
}

std::string check_logging(Binding& b) {
  const bool none = b.flags.text("log-driver") == "none";
  return none && b.flags.has("log-opt") ? "invalid logging opts for driver none" : "";
}

std::string check_health(Binding& b) {
  const FlagParse& f = b.flags;
  const bool asked = f.has("health-cmd") || f.has("health-interval") || f.has("health-timeout") ||
                     f.has("health-retries");
  if (f.on("no-healthcheck"))
    return asked ? "--no-healthcheck conflicts with --health-* options" : "";
  for (const std::string_view name : {"health-interval", "health-timeout", "health-start-period",
                                      "health-start-interval", "health-retries"}) {
    if (starts_with(f.text(name), "-")) return "--" + std::string(name) + " cannot be negative";
  }
  return "";
}

std::string check_rm_and_restart(Binding& b) {
  const bool restarts = b.run.restart.name != "no" && !b.run.restart.name.empty();
  return b.run.auto_remove && restarts
             ? "conflicting options: cannot specify both --restart and --rm"
             : "";
}

constexpr Group kGroups[] = {bind_pull_policy, bind_streams,         check_mac,     bind_limits,
                             bind_mounts,      bind_ports,           check_devices, bind_process,
                             bind_namespaces,  bind_restart,         check_logging, bind_security,
                             check_health,     check_rm_and_restart, bind_networks};

// After its options: what `run` refuses before it looks at the image's name.
std::optional<Complaint> check_terminal(const RunOptions& run, const ClientContext& context) {
  if (run.detach) {
    if (run.attach.empty()) return std::nullopt;
    return Complaint{"conflicting options: cannot specify both --attach and --detach", true};
  }
  bool wants_stdin = run.interactive;
  for (const std::string& stream : run.attach) wants_stdin = wants_stdin || stream == "stdin";
  if (!run.tty || !wants_stdin || context.stdin_is_terminal) return std::nullopt;
  return Complaint{no_terminal_text(context), true};
}

}  // namespace

LimitOptions read_limits(const FlagParse& f) {
  LimitOptions limits;
  limits.memory_bytes = bytes(f, "memory");
  limits.memory_swap_bytes = bytes(f, "memory-swap");
  limits.memory_reservation_bytes = bytes(f, "memory-reservation");
  if (f.has("cpus")) parse_nano_cpus(f.text("cpus"), limits.nano_cpus);
  limits.cpu_shares = number(f, "cpu-shares");
  limits.cpu_period_us = number(f, "cpu-period");
  limits.cpu_quota_us = number(f, "cpu-quota");
  limits.cpuset_cpus = f.text("cpuset-cpus");
  limits.cpuset_mems = f.text("cpuset-mems");
  limits.pids = number(f, "pids-limit");
  return limits;
}

std::string no_terminal_text(const ClientContext& context) {
  const std::string text = "the input device is not a TTY";
  return context.windows
             ? text + ".  If you are using mintty, try prefixing the command with 'winpty'"
             : text;
}

std::optional<Complaint> bind_run(const FlagParse& parse, const ClientContext& context,
                                  Command& command) {
  command.options = RunOptions{};
  RunOptions& run = std::get<RunOptions>(command.options);
  Binding binding{parse, context, run};
  for (const Group group : kGroups) {
    const std::string wrong = group(binding);
    if (!wrong.empty()) return Complaint{wrong};
  }
  command.image = parse.rest.front();
  command.args.assign(parse.rest.begin() + 1, parse.rest.end());
  if (command.verb == Verb::Run) {
    if (std::optional<Complaint> complaint = check_terminal(run, context)) return complaint;
  }
  if (is_image_id(command.image)) return std::nullopt;
  const Result<Reference> reference = parse_reference(command.image);
  if (!reference) return Complaint{reference.error().message, command.verb == Verb::Create};
  return std::nullopt;
}

}  // namespace cutaway::spec

#include "spec/docker/bind.h"

#include "spec/docker/run_values.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

using Bind = Options (*)(const FlagParse& flags, const ClientContext& context);

std::optional<std::int64_t> optional_number(const FlagParse& flags, std::string_view name) {
  if (!flags.has(name)) return std::nullopt;
  return number(flags, name, 0);
}

Options bind_exec(const FlagParse& f, const ClientContext& context) {
  ExecOptions o;
  o.detach = f.on("detach");
  o.interactive = f.on("interactive");
  o.tty = f.on("tty");
  o.privileged = f.on("privileged");
  o.env = resolve_env(f.list("env"), context);
  o.workdir = f.text("workdir");
  o.user = f.text("user");
  o.detach_keys = f.text("detach-keys");
  return o;
}
Options bind_start(const FlagParse& f, const ClientContext&) {
  return StartOptions{f.on("attach"), f.on("interactive"), f.text("detach-keys")};
}
Options bind_attach(const FlagParse& f, const ClientContext&) {
  return AttachOptions{f.on("no-stdin"), f.on("sig-proxy", true), f.text("detach-keys")};
}
Options bind_stop(const FlagParse& f, const ClientContext&) {
  return StopOptions{f.text("signal"), optional_number(f, "timeout")};
}
Options bind_kill(const FlagParse& f, const ClientContext&) {
  return KillOptions{f.text("signal")};
}
Options bind_ps(const FlagParse& f, const ClientContext&) {
  return PsOptions{f.on("all"),    f.on("quiet"),         f.on("no-trunc"), f.on("size"),
                   f.on("latest"), number(f, "last", -1), f.list("filter"), f.text("format")};
}
Options bind_images(const FlagParse& f, const ClientContext&) {
  return ImagesOptions{f.on("all"),     f.on("quiet"),    f.on("no-trunc"),
                       f.on("digests"), f.list("filter"), f.text("format")};
}
Options bind_logs(const FlagParse& f, const ClientContext&) {
  return LogsOptions{f.on("follow"),        f.on("timestamps"), f.on("details"),
                     f.text("tail", "all"), f.text("since"),    f.text("until")};
}
Options bind_rm(const FlagParse& f, const ClientContext&) {
  return RmOptions{f.on("force"), f.on("volumes"), f.on("link")};
}
Options bind_rmi(const FlagParse& f, const ClientContext&) {
  return RmiOptions{f.on("force"), f.on("no-prune")};
}
Options bind_pull(const FlagParse& f, const ClientContext&) {
  return PullOptions{f.on("all-tags"), f.on("quiet"), f.text("platform")};
}
Options bind_prune(const FlagParse& f, const ClientContext&) {
  return PruneOptions{f.on("force"), f.on("all"), f.on("volumes"), f.list("filter")};
}
Options bind_inspect(const FlagParse& f, const ClientContext&) {
  return InspectOptions{f.text("format"), f.text("type"), f.on("size")};
}
Options bind_version(const FlagParse& f, const ClientContext&) {
  return VersionOptions{f.text("format")};
}
Options bind_update(const FlagParse& f, const ClientContext&) {
  UpdateOptions o;
  o.limits = read_limits(f);
  // Here a number that is no limit takes one away: it is asked for, unlike one that is not named.
  if (f.has("pids-limit") && o.limits.pids <= 0) o.limits.pids = -1;
  if (f.has("restart")) o.restart.emplace();
  return o;
}
Options bind_nothing(const FlagParse&, const ClientContext&) { return std::monostate{}; }

struct BindRow {
  Verb verb;
  Bind bind;
};
constexpr BindRow kBinds[] = {
    {Verb::Exec, bind_exec},
    {Verb::Start, bind_start},
    {Verb::Attach, bind_attach},
    {Verb::Stop, bind_stop},
    {Verb::Restart, bind_stop},
    {Verb::Kill, bind_kill},
    {Verb::Ps, bind_ps},
    {Verb::Images, bind_images},
    {Verb::Logs, bind_logs},
    {Verb::Rm, bind_rm},
    {Verb::Rmi, bind_rmi},
    {Verb::Pull, bind_pull},
    {Verb::ContainerPrune, bind_prune},
    {Verb::ImagePrune, bind_prune},
    {Verb::SystemPrune, bind_prune},
    {Verb::Inspect, bind_inspect},
    {Verb::Version, bind_version},
    {Verb::Update, bind_update},
    {Verb::Other, bind_nothing},
};

// What the client itself refuses after its flags were read.
std::optional<Complaint> check_pull(const Command& command) {
  const Result<Reference> reference = parse_reference(command.image);
  if (!reference) return Complaint{reference.error().message, true};
  if (!command.get<PullOptions>().all_tags || command.image == reference->familiar_name())
    return std::nullopt;
  return Complaint{"tag can't be used with --all-tags/-a", true};
}

std::optional<Complaint> check_start(const Command& command) {
  const StartOptions& options = command.get<StartOptions>();
  if ((!options.attach && !options.interactive) || command.names.size() < 2) return std::nullopt;
  return Complaint{"you cannot start and attach multiple containers at once", true};
}

std::optional<Complaint> check_inspect(const Command& command) {
  const std::string& type = command.get<InspectOptions>().type;
  if (type.empty()) return std::nullopt;
  for (const std::string_view known : {"config", "container", "image", "network", "node", "plugin",
                                       "secret", "service", "task", "volume"}) {
    if (type == known) return std::nullopt;
  }
  return Complaint{"unknown type: " + go_quote(type) +
                       ": must be one of \"config\", \"container\", \"image\", \"network\", "
                       "\"node\", \"plugin\", "
                       "\"secret\", \"service\", \"task\", \"volume\"",
                   true};
}

std::optional<Complaint> check_update_flags(const FlagParse& flags, UpdateOptions& options) {
  if (flags.given.empty())
    return Complaint{"you must provide one or more flags when using this command", true};
  if (!options.restart) return std::nullopt;
  const std::string wrong = parse_restart(flags.text("restart"), *options.restart);
  if (wrong.empty()) return std::nullopt;
  return Complaint{wrong, true};
}

}  // namespace

std::int64_t number(const FlagParse& flags, std::string_view name, std::int64_t fallback) {
  std::int64_t value = fallback;
  if (flags.has(name)) parse_int(flags.text(name), value);
  return value;
}

std::optional<Complaint> bind_command(const FlagParse& parse, const ClientContext& context,
                                      Command& command) {
  if (command.verb == Verb::Run || command.verb == Verb::Create)
    return bind_run(parse, context, command);
  for (const BindRow& row : kBinds) {
    if (row.verb == command.verb) command.options = row.bind(parse, context);
  }
  command.names = parse.rest;
  if (command.verb == Verb::Exec) {
    command.names.resize(1);
    command.args.assign(parse.rest.begin() + 1, parse.rest.end());
  }
  if (command.verb == Verb::Pull) {
    command.image = parse.rest.front();
    return check_pull(command);
  }
  if (command.verb == Verb::Start) return check_start(command);
  if (command.verb == Verb::Update)
    return check_update_flags(parse, std::get<UpdateOptions>(command.options));
  if (command.verb == Verb::Inspect) {
    // `container inspect x` looks at containers only.
    if (command.path == "docker container inspect")
      std::get<InspectOptions>(command.options).type = "container";
    if (command.path == "docker image inspect")
      std::get<InspectOptions>(command.options).type = "image";
    return check_inspect(command);
  }
  return std::nullopt;
}

}  // namespace cutaway::spec

#include "real/engine/engine.h"

#include <algorithm>
#include <iterator>

#include "real/engine/plan_host.h"
#include "real/side.h"
#include "real/sys/rootless.h"
#include "real/sys/signal_pipe.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

struct VerbRow {
  spec::Verb verb;
  int (*run)(const Doing&);
};
constexpr VerbRow kVerbs[] = {
    {spec::Verb::Run, do_run},         {spec::Verb::Create, do_create},
    {spec::Verb::Start, do_start},     {spec::Verb::Stop, do_stop},
    {spec::Verb::Kill, do_kill},       {spec::Verb::Exec, do_exec},
    {spec::Verb::Pull, do_pull},       {spec::Verb::Ps, do_ps},
    {spec::Verb::Logs, do_logs},       {spec::Verb::Rm, do_rm},
    {spec::Verb::Images, do_images},   {spec::Verb::Rmi, do_rmi},
    {spec::Verb::Wait, do_wait},       {spec::Verb::ContainerPrune, do_container_prune},
    {spec::Verb::Update, do_update},   {spec::Verb::Inspect, do_inspect},
    {spec::Verb::Restart, do_restart}, {spec::Verb::Pause, do_pause},
    {spec::Verb::Unpause, do_unpause},
};

// Verbs of groups, by their path.
struct PathRow {
  std::string_view path;
  int (*run)(const Doing&);
};
constexpr PathRow kPaths[] = {
    {"docker history", do_history},
    {"docker image history", do_history},
    {"docker diff", do_diff},
    {"docker container diff", do_diff},
    {"docker volume create", do_volume_create},
    {"docker volume ls", do_volume_ls},
    {"docker volume list", do_volume_ls},
    {"docker volume inspect", do_volume_inspect},
    {"docker volume rm", do_volume_rm},
    {"docker volume remove", do_volume_rm},
};

int (*doer_of(const spec::Command& command))(const Doing&) {
  for (const VerbRow& row : kVerbs) {
    if (row.verb == command.verb) return row.run;
  }
  for (const PathRow& row : kPaths) {
    if (row.path == command.path) return row.run;
  }
  return nullptr;
}

// Flags that are honoured. Others are refused before anything runs: a flag that is read and not
// honoured would make the picture lie.
constexpr std::string_view kFlagWords[] = {"detach",       "interactive",
                                           "tty",          "rm",
                                           "name",         "env",
                                           "workdir",      "user",
                                           "entrypoint",   "hostname",
                                           "memory",       "cpus",
                                           "pids-limit",   "all",
                                           "quiet",        "no-trunc",
                                           "attach",       "read-only",
                                           "cap-add",      "cap-drop",
                                           "security-opt", "pull",
                                           "label",        "network",
                                           "privileged",   "time",
                                           "timeout",      "signal",
                                           "force",        "follow",
                                           "tail",         "timestamps",
                                           "memory-swap",  "memory-reservation",
                                           "cpu-quota",    "cpu-period",
                                           "cpu-shares",   "cpuset-cpus"};

// Those that other verbs have as well, and do not honour yet.
struct VerbFlag {
  spec::Verb verb;
  std::string_view flag;
};
constexpr VerbFlag kFlagsOfVerbs[] = {
    {spec::Verb::Inspect, "format"},    {spec::Verb::Inspect, "type"},
    {spec::Verb::Other, "format"},      {spec::Verb::Run, "volume"},
    {spec::Verb::Create, "volume"},     {spec::Verb::Run, "mount"},
    {spec::Verb::Create, "mount"},      {spec::Verb::Run, "tmpfs"},
    {spec::Verb::Create, "tmpfs"},      {spec::Verb::Run, "detach-keys"},
    {spec::Verb::Start, "detach-keys"}, {spec::Verb::Rm, "volumes"},
    {spec::Verb::Ps, "format"},         {spec::Verb::Ps, "filter"},
    {spec::Verb::Ps, "last"},           {spec::Verb::Ps, "latest"},
    {spec::Verb::Ps, "size"},           {spec::Verb::Images, "format"},
};

bool is_honoured(spec::Verb verb, std::string_view flag) {
  const auto same = [&](const VerbFlag& row) { return row.verb == verb && row.flag == flag; };
  return std::find(std::begin(kFlagWords), std::end(kFlagWords), flag) != std::end(kFlagWords) ||
         std::any_of(std::begin(kFlagsOfVerbs), std::end(kFlagsOfVerbs), same);
}

// What an ordinary user cannot be given. Refused, not left out with a warning as docker does on a
// kernel without limits: who asked for a limit counts on it.
struct RootRow {
  std::string_view flag, cannot;
};
constexpr RootRow kOnlyRoot[] = {
    {"memory", "limit memory without root: the container gets no cgroup"},
    {"memory-swap", "limit memory without root: the container gets no cgroup"},
    {"memory-reservation", "limit memory without root: the container gets no cgroup"},
    {"cpu-quota", "limit cpus without root: the container gets no cgroup"},
    {"cpu-period", "limit cpus without root: the container gets no cgroup"},
    {"cpu-shares", "limit cpus without root: the container gets no cgroup"},
    {"cpuset-cpus", "limit cpus without root: the container gets no cgroup"},
    {"cpus", "limit cpus without root: the container gets no cgroup"},
    {"volume", "mount volumes without root: the container mounts its root itself"},
    {"mount", "mount volumes without root: the container mounts its root itself"},
    {"tmpfs", "mount volumes without root: the container mounts its root itself"},
    {"pids-limit", "limit processes without root: the container gets no cgroup"},
};

// Filters that docker ps has and we do not; what nobody knows is docker's to refuse.
bool is_built_filter(std::string_view name) {
  constexpr std::string_view kOthers[] = {"exited",  "ancestor", "volume", "before",  "since",
                                          "publish", "expose",   "health", "is-task", "isolation"};
  return std::find(std::begin(kOthers), std::end(kOthers), name) == std::end(kOthers);
}

bool is_root_user(std::string_view user) {
  const std::string_view name = user.substr(0, user.find(':'));
  const std::string_view group = name.size() == user.size() ? "0" : user.substr(name.size() + 1);
  return (name.empty() || name == "0" || name == "root") && (group == "0" || group == "root");
}

}  // namespace

Engine::Engine(Machine machine, DetachedContainers& detached)
    : machine_(std::move(machine)), detached_(detached) {}

std::string Engine::not_yet(const spec::Command& command) {
  if (doer_of(command) == nullptr) return "'" + command.path + "'";
  if (command.verb == spec::Verb::Exec) {
    // Nobody would hold the other end of its terminal.
    const auto& options = command.get<spec::ExecOptions>();
    if (options.detach && options.tty) return "'docker exec --detach --tty'";
  }
  for (const spec::FlagGiven& flag : command.flags) {
    if (!is_honoured(command.verb, flag.name)) return "'" + command.path + " --" + flag.name + "'";
    const std::string filter = flag.value.substr(0, flag.value.find('='));
    if (flag.name == "filter" && !is_built_filter(filter))
      return "'" + command.path + " --filter " + filter + "'";
    if (flag.name == "network" && flag.value != "none" && flag.value != "host")
      return "'" + command.path + " --network " + flag.value + "'";
  }
  return {};
}

std::string only_root(const spec::Command& command) {
  if (!is_rootless()) return {};
  if (command.verb == spec::Verb::Pause || command.verb == spec::Verb::Unpause)
    return "pause without root: the container gets no cgroup";
  for (const spec::FlagGiven& flag : command.flags) {
    for (const RootRow& row : kOnlyRoot) {
      if (flag.name == row.flag) return std::string(row.cannot);
    }
    if (flag.name == "user" && !is_root_user(flag.value)) return other_user(flag.value);
  }
  return {};
}

int Doing::refuse(std::string_view daemon_says) const {
  const spec::ClientAnswer said = spec::daemon_refuses(command, daemon_says);
  streams.out(said.out);
  streams.err(said.err);
  return said.exit;
}

int Doing::ended_by_signal() const { return 128 + take_signal(streams.signals); }

int Doing::for_each_name(const std::function<Status(const std::string&)>& one) const {
  int exit = 0;
  for (const std::string& name : command.names) {
    const Status done = one(name);
    if (done)
      streams.out(name + "\n");
    else
      exit = refuse(done.error());
    if (signal_waits(streams.signals)) return ended_by_signal();
  }
  return exit;
}

int Engine::run(const std::vector<std::string>& words, const Streams& streams) {
  spec::ClientContext context;
  context.stdin_is_terminal = streams.in_is_terminal;
  context.columns = streams.columns;
  const spec::Parsed parsed = spec::parse_docker(words, context);
  if (const auto* said = std::get_if<spec::ClientAnswer>(&parsed)) {
    streams.out(said->out);
    streams.err(said->err);
    return said->exit;
  }
  const auto& command = std::get<spec::Command>(parsed);
  streams.err(command.warning);
  const Doing doing{machine_, detached_, command, words, streams};
  const auto run = doer_of(command);
  return run == nullptr ? 1 : run(doing);
}

}  // namespace cutaway::real

// Flags whose meaning the simulated engine has. Others are refused before anything runs: a flag
// that is read and not honoured would make the picture lie.
#include <algorithm>

#include "base/text.h"
#include "sim/docker/client_parts.h"

namespace cutaway::sim {

namespace {

// Whatever command has them.
constexpr std::string_view kCommonFlags[] = {
    "detach",        "interactive",  "rm",          "name",
    "env",           "workdir",      "user",        "entrypoint",
    "hostname",      "memory",       "cpus",        "pids-limit",
    "all",           "quiet",        "no-trunc",    "attach",
    "read-only",     "cap-add",      "cap-drop",    "security-opt",
    "pull",          "label",        "network",     "privileged",
    "signal",        "time",         "timeout",     "force",
    "stop-signal",   "stop-timeout", "memory-swap", "memory-reservation",
    "cpu-quota",     "cpu-period",   "tty",         "detach-keys",
    "network-alias", "publish",      "publish-all", "expose",
    "sig-proxy",     "volume",       "mount",       "tmpfs",
    "init",          "restart",      "pid",         "ipc",
    "uts",           "cpu-shares",   "cpuset-cpus", "userns",
};

// Flags that only some commands honour.
struct OwnFlag {
  std::string_view path, flag;
};
constexpr OwnFlag kOwnFlags[] = {
    {"docker inspect", "format"},
    {"docker container inspect", "format"},
    {"docker image inspect", "format"},
    {"docker inspect", "type"},
    {"docker version", "format"},
    {"docker info", "format"},
    {"docker system info", "format"},
    {"docker system prune", "volumes"},
    {"docker events", "since"},
    {"docker events", "until"},
    {"docker events", "format"},
    {"docker events", "filter"},
    {"docker system events", "filter"},
    {"docker system events", "since"},
    {"docker system events", "until"},
    {"docker system events", "format"},
    {"docker network ls", "filter"},
    {"docker network ls", "format"},
    {"docker network create", "subnet"},
    {"docker network create", "gateway"},
    {"docker network create", "internal"},
    {"docker network create", "driver"},
    {"docker network inspect", "format"},
    {"docker network connect", "alias"},
    {"docker network connect", "ip"},
    {"docker logs", "follow"},
    {"docker container logs", "follow"},
    {"docker logs", "tail"},
    {"docker container logs", "tail"},
    {"docker logs", "timestamps"},
    {"docker container logs", "timestamps"},
    {"docker logs", "since"},
    {"docker container logs", "since"},
    {"docker logs", "until"},
    {"docker container logs", "until"},
    {"docker ps", "filter"},
    {"docker ps", "format"},
    {"docker ps", "size"},
    {"docker ps", "latest"},
    {"docker ps", "last"},
    {"docker container ls", "filter"},
    {"docker container ls", "format"},
    {"docker container ls", "size"},
    {"docker container ls", "latest"},
    {"docker container ls", "last"},
    {"docker images", "filter"},
    {"docker images", "format"},
    {"docker images", "digests"},
    {"docker image ls", "filter"},
    {"docker image ls", "format"},
    {"docker image ls", "digests"},
    {"docker commit", "change"},
    {"docker container commit", "change"},
    {"docker commit", "message"},
    {"docker container commit", "message"},
    {"docker commit", "author"},
    {"docker container commit", "author"},
    {"docker export", "output"},
    {"docker container export", "output"},
    {"docker save", "output"},
    {"docker image save", "output"},
    {"docker load", "input"},
    {"docker image load", "input"},
    {"docker cp", "archive"},
    {"docker container cp", "archive"},
    {"docker history", "human"},
    {"docker image history", "human"},
    {"docker stats", "no-stream"},
    {"docker container stats", "no-stream"},
    {"docker stats", "format"},
    {"docker container stats", "format"},
    {"docker run", "cidfile"},
    {"docker container run", "cidfile"},
    {"docker create", "cidfile"},
    {"docker container create", "cidfile"},
    {"docker login", "username"},
    {"docker login", "password"},
    {"docker login", "password-stdin"},
    {"docker search", "format"},
    {"docker volume ls", "filter"},
    {"docker volume ls", "format"},
    {"docker volume inspect", "format"},
    {"docker rm", "volumes"},
    {"docker container rm", "volumes"},
    {"docker attach", "no-stdin"},
    {"docker container attach", "no-stdin"},
};

bool honoured(const spec::Command& command, const std::string& flag) {
  if (std::find(std::begin(kCommonFlags), std::end(kCommonFlags), flag) != std::end(kCommonFlags))
    return true;
  for (const OwnFlag& row : kOwnFlags) {
    if (row.path == command.path && row.flag == flag) return true;
  }
  return false;
}

/// Values that would be read and not honoured.
struct OwnValue {
  std::string_view command, flag, begins;
};
constexpr OwnValue kNotYetValues[] = {
    {"images", "filter", "before="},  // images have no time of birth here
    {"images", "filter", "since="},
    {"image ls", "filter", "before="},
    {"image ls", "filter", "since="},
};

bool value_honoured(const spec::Command& command, const spec::FlagGiven& flag) {
  if (flag.name == "driver") return flag.value == "bridge";
  return std::none_of(std::begin(kNotYetValues), std::end(kNotYetValues), [&](const OwnValue& row) {
    return ends_with(command.path, " " + std::string(row.command)) && flag.name == row.flag &&
           starts_with(flag.value, row.begins);
  });
}

}  // namespace

std::string not_honoured(const spec::Command& command) {
  int networks = 0;
  for (const spec::FlagGiven& flag : command.flags) {
    if (!honoured(command, flag.name)) return "'" + command.path + " --" + flag.name + "'";
    if (!value_honoured(command, flag))
      return "'" + command.path + " --" + flag.name + " " + flag.value + "'";
    networks += flag.name == "network" ? 1 : 0;
  }
  return networks > 1 ? "'" + command.path + "' with several --network" : std::string();
}

}  // namespace cutaway::sim

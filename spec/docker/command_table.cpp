#include "spec/docker/command_table.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "spec/docker/flag_tables.h"

namespace cutaway::spec {

namespace {

using enum Grammar;
constexpr int kMany = kAnyNumber;

// Columns: key · verb · usage · least and most arguments · grammar · words · paths.
constexpr CommandRow kCommands[] = {
    {"attach", Verb::Attach, "[OPTIONS] CONTAINER", 1, 1, Mixed,
     "Connect your terminal to a running container", "container attach, attach"},
    {"build", Verb::Other, "[OPTIONS] PATH | URL | -", 1, 1, Opaque,
     "Build an image from a Dockerfile", "image build, build, builder build"},
    {"commit", Verb::Other, "[OPTIONS] CONTAINER [REPOSITORY[:TAG]]", 1, 2, Mixed,
     "Make an image of what a container changed", "container commit, commit"},
    {"container inspect", Verb::Inspect, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Show all that is known about a container", "container inspect"},
    {"container prune", Verb::ContainerPrune, "[OPTIONS]", 0, 0, Mixed,
     "Remove every container that does not run", "container prune"},
    {"cp", Verb::Other,
     "[OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-\n\tdocker cp [OPTIONS] SRC_PATH|- "
     "CONTAINER:DEST_PATH",
     2, 2, Mixed, "Copy files into or out of a container", "container cp, cp"},
    {"create", Verb::Create, "[OPTIONS] IMAGE [COMMAND] [ARG...]", 1, kMany, AfterImage,
     "Make a container, do not start it", "container create, create"},
    {"diff", Verb::Other, "CONTAINER", 1, 1, Mixed,
     "List the files a container added, changed, deleted", "container diff, diff"},
    {"events", Verb::Other, "[OPTIONS]", 0, 0, Mixed,
     "Print what happens in the daemon as it happens", "system events, events"},
    {"exec", Verb::Exec, "[OPTIONS] CONTAINER COMMAND [ARG...]", 2, kMany, AfterImage,
     "Run one more command in a running container", "container exec, exec"},
    {"export", Verb::Other, "[OPTIONS] CONTAINER", 1, 1, Mixed,
     "Write a container's files as a tar archive", "container export, export"},
    {"history", Verb::Other, "[OPTIONS] IMAGE", 1, 1, Mixed,
     "Show how an image was made, layer by layer", "image history, history"},
    {"image inspect", Verb::Inspect, "[OPTIONS] IMAGE [IMAGE...]", 1, kMany, Mixed,
     "Show all that is known about an image", "image inspect"},
    {"image prune", Verb::ImagePrune, "[OPTIONS]", 0, 0, Mixed, "Remove images that nobody uses",
     "image prune"},
    {"images", Verb::Images, "[OPTIONS] [REPOSITORY[:TAG]]", 0, 1, Mixed,
     "List the images on this machine", "image ls, image list, images"},
    {"import", Verb::Other, "[OPTIONS] file|URL|- [REPOSITORY[:TAG]]", 1, kMany, Mixed,
     "Make an image of a tar archive of files", "image import, import"},
    {"info", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "Show what the daemon is and has",
     "system info, info"},
    {"inspect", Verb::Inspect, "[OPTIONS] NAME|ID [NAME|ID...]", 1, kMany, Mixed,
     "Show all that is known about anything", "inspect"},
    {"kill", Verb::Kill, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Send a signal, at once, to containers", "container kill, kill"},
    {"load", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "Read images from an archive that save wrote",
     "image load, load"},
    {"login", Verb::Other, "[OPTIONS] [SERVER]", 0, 1, Mixed, "Tell a registry who you are",
     "login"},
    {"logout", Verb::Other, "[SERVER]", 0, 1, Mixed, "Forget who you are at a registry", "logout"},
    {"logs", Verb::Logs, "[OPTIONS] CONTAINER", 1, 1, Mixed, "Print what a container has written",
     "container logs, logs"},
    {"network connect", Verb::Other, "[OPTIONS] NETWORK CONTAINER", 2, 2, Mixed,
     "Connect a container to a network", "network connect"},
    {"network create", Verb::Other, "[OPTIONS] NETWORK", 1, 1, Mixed, "Make a network",
     "network create"},
    {"network disconnect", Verb::Other, "[OPTIONS] NETWORK CONTAINER", 2, 2, Mixed,
     "Take a container off a network", "network disconnect"},
    {"network inspect", Verb::Other, "[OPTIONS] NETWORK [NETWORK...]", 1, kMany, Mixed,
     "Show all that is known about a network", "network inspect"},
    {"network ls", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "List networks",
     "network ls, network list"},
    {"network prune", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "Remove networks that nobody uses",
     "network prune"},
    {"network rm", Verb::Other, "NETWORK [NETWORK...]", 1, kMany, Mixed, "Remove networks",
     "network rm, network remove"},
    {"pause", Verb::Pause, "CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Freeze all processes of containers", "container pause, pause"},
    {"port", Verb::Other, "CONTAINER [PRIVATE_PORT[/PROTO]]", 1, 2, Mixed,
     "Show which ports of the host lead to a container", "container port, port"},
    {"ps", Verb::Ps, "[OPTIONS]", 0, 0, Mixed, "List containers",
     "container ls, container list, container ps, ps"},
    {"pull", Verb::Pull, "[OPTIONS] NAME[:TAG|@DIGEST]", 1, 1, Mixed,
     "Fetch an image from a registry", "image pull, pull"},
    {"push", Verb::Other, "[OPTIONS] NAME[:TAG]", 1, 1, Mixed, "Send an image to a registry",
     "image push, push"},
    {"rename", Verb::Other, "CONTAINER NEW_NAME", 2, 2, Mixed, "Give a container another name",
     "container rename, rename"},
    {"restart", Verb::Restart, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Stop containers and start them again", "container restart, restart"},
    {"rm", Verb::Rm, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed, "Remove containers",
     "container rm, container remove, rm"},
    {"rmi", Verb::Rmi, "[OPTIONS] IMAGE [IMAGE...]", 1, kMany, Mixed,
     "Remove images from this machine", "image rm, image remove, rmi"},
    {"run", Verb::Run, "[OPTIONS] IMAGE [COMMAND] [ARG...]", 1, kMany, AfterImage,
     "Make a container of an image and start it", "container run, run"},
    {"save", Verb::Other, "[OPTIONS] IMAGE [IMAGE...]", 1, kMany, Mixed,
     "Write images as an archive", "image save, save"},
    {"search", Verb::Other, "[OPTIONS] TERM", 1, 1, Mixed, "Search the hub for images", "search"},
    {"start", Verb::Start, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Start containers that do not run", "container start, start"},
    {"stats", Verb::Other, "[OPTIONS] [CONTAINER...]", 0, kMany, Mixed,
     "Show what containers use, as they use it", "container stats, stats"},
    {"stop", Verb::Stop, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Ask containers to end, then make them", "container stop, stop"},
    {"system df", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "Show how much disk docker uses",
     "system df"},
    {"system prune", Verb::SystemPrune, "[OPTIONS]", 0, 0, Mixed, "Remove what nobody uses",
     "system prune"},
    {"tag", Verb::Other, "SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]", 2, 2, Mixed,
     "Give an image one more name", "image tag, tag"},
    {"top", Verb::Other, "CONTAINER [ps OPTIONS]", 1, kMany, AfterImage,
     "List the processes of a container", "container top, top"},
    {"unpause", Verb::Unpause, "CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Let frozen containers go on", "container unpause, unpause"},
    {"update", Verb::Update, "[OPTIONS] CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Change the limits of containers", "container update, update"},
    {"version", Verb::Version, "[OPTIONS]", 0, 0, Mixed, "Show the versions of client and server",
     "version"},
    {"volume create", Verb::Other, "[OPTIONS] [VOLUME]", 0, 1, Mixed, "Make a volume",
     "volume create"},
    {"volume inspect", Verb::Other, "[OPTIONS] VOLUME [VOLUME...]", 1, kMany, Mixed,
     "Show all that is known about a volume", "volume inspect"},
    {"volume ls", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "List volumes", "volume ls, volume list"},
    {"volume prune", Verb::Other, "[OPTIONS]", 0, 0, Mixed, "Remove volumes that nobody uses",
     "volume prune"},
    {"volume rm", Verb::Other, "[OPTIONS] VOLUME [VOLUME...]", 1, kMany, Mixed, "Remove volumes",
     "volume rm, volume remove"},
    {"wait", Verb::Wait, "CONTAINER [CONTAINER...]", 1, kMany, Mixed,
     "Wait for containers to end, print their exit codes", "container wait, wait"},
};

constexpr ManagementRow kManagement[] = {
    {"builder", HelpGroup::Management, "Builds"},
    {"container", HelpGroup::Management, "Containers"},
    {"context", HelpGroup::Management, "Which daemon to talk to"},
    {"image", HelpGroup::Management, "Images"},
    {"manifest", HelpGroup::Management, "Image manifests and lists of them"},
    {"network", HelpGroup::Management, "Networks"},
    {"plugin", HelpGroup::Management, "Plugins"},
    {"system", HelpGroup::Management, "Docker itself"},
    {"trust", HelpGroup::Management, "Signatures of images"},
    {"volume", HelpGroup::Management, "Volumes"},
    {"config", HelpGroup::Hidden, "Swarm's configs"},
    {"node", HelpGroup::Hidden, "Swarm's machines"},
    {"secret", HelpGroup::Hidden, "Swarm's secrets"},
    {"service", HelpGroup::Hidden, "Swarm's services"},
    {"stack", HelpGroup::Hidden, "Swarm's stacks"},
    {"swarm", HelpGroup::Swarm, "A swarm of machines"},
};

constexpr std::array<std::string_view, 12> kCommon{"run",    "exec",   "ps",      "build",
                                                   "pull",   "push",   "images",  "login",
                                                   "logout", "search", "version", "info"};

std::vector<std::string_view> split_paths(std::string_view paths) {
  std::vector<std::string_view> result;
  while (true) {
    const std::size_t end = paths.find(',');
    result.push_back(trim(paths.substr(0, end)));
    if (end == std::string_view::npos) return result;
    paths.remove_prefix(end + 1);
  }
}

std::string_view parent_of(std::string_view path) {
  const std::size_t space = path.find(' ');
  return space == std::string_view::npos ? std::string_view() : path.substr(0, space);
}

}  // namespace

CommandTable command_table() { return {kCommands, std::size(kCommands)}; }
ManagementTable management_table() { return {kManagement, std::size(kManagement)}; }

// Second names ("container list") stand after the first one below the same parent ("container ls").
FoundCommand find_command(std::string_view path) {
  for (const CommandRow& row : kCommands) {
    if (row.paths.find(path) == std::string_view::npos) continue;
    const std::vector<std::string_view> paths = split_paths(row.paths);
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) continue;
    for (const std::string_view first : paths) {
      if (parent_of(first) == parent_of(path)) return {&row, std::string(first)};
    }
  }
  return {};
}

const ManagementRow* find_management(std::string_view name) {
  for (const ManagementRow& row : kManagement) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::vector<std::string> shown_paths(const CommandRow& row) {
  std::vector<std::string> shown;
  std::vector<std::string_view> parents;
  for (const std::string_view path : split_paths(row.paths)) {
    const std::string_view parent = parent_of(path);
    if (std::find(parents.begin(), parents.end(), parent) != parents.end()) continue;
    parents.push_back(parent);
    shown.emplace_back(path);
  }
  return shown;
}

std::string aliases_line(const CommandRow& row) {
  const std::vector<std::string_view> paths = split_paths(row.paths);
  std::string line;
  for (const std::string_view path : paths) {
    line += line.empty() ? "docker " : ", docker ";
    line += path;
  }
  return paths.size() > 1 ? line : std::string();
}

std::vector<const FlagRow*> flags_of_row(const CommandRow& row, bool shown) {
  const bool runs = row.verb == Verb::Run || row.verb == Verb::Create;
  const FlagTable tables[] = {runs ? create_flags() : flags_of(row.key),
                              row.verb == Verb::Run ? run_flags() : FlagTable()};
  std::vector<const FlagRow*> rows;
  for (const FlagTable& table : tables) {
    for (const FlagRow& flag : table) {
      if (!shown || flag.stands_for.empty()) rows.push_back(&flag);
    }
  }
  if (!shown) return rows;
  std::sort(rows.begin(), rows.end(),
            [](const FlagRow* a, const FlagRow* b) { return a->name < b->name; });
  return rows;
}

std::vector<std::string_view> common_names() { return {kCommon.begin(), kCommon.end()}; }

}  // namespace cutaway::spec

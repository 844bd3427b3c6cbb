// Flags of all commands but run and create, as docker 28 has them. Names, letters, types and
// defaults are docker's; the words are ours. Rows only.
#include <array>

#include "spec/docker/flag_tables.h"
#include "spec/docker/values.h"

namespace cutaway::spec {

namespace {

using enum FlagKind;

constexpr std::string_view kTableFormat =
    "Choose what is printed:\n'table':            the usual table (default)\n"
    "'table TEMPLATE':   a table with your columns\n'json':             one JSON object a line\n"
    "'TEMPLATE':         your own Go template, such as '{{.ID}}'";
constexpr std::string_view kObjectFormat =
    "Choose what is printed:\n'json':             JSON\n'TEMPLATE':         your own Go template, "
    "such as '{{.Id}}'";
constexpr std::string_view kDetachKeys = "Keys that leave the container without ending it";
constexpr std::string_view kPlatform = "Choose the image for this platform (os/arch)";
constexpr std::string_view kFilter = "Show only what fits (name=value)";
constexpr std::string_view kPruneFilter =
    "Remove only what fits (\"until=<time>\", \"label=<label>\")";
constexpr std::string_view kForcePrune = "Do not ask first";
constexpr std::string_view kSince =
    "Begin at this time (\"2013-01-02T13:23:37Z\") or so long ago (\"42m\")";
constexpr std::string_view kUntil =
    "End at this time (\"2013-01-02T13:23:37Z\") or so long ago (\"42m\")";
constexpr std::string_view kNoTrunc = "Do not shorten anything";

constexpr FlagRow kAttach[] = {{"detach-keys", 0, Text, kDetachKeys},
                               {"no-stdin", 0, Bool, "Do not pass stdin on"},
                               {"sig-proxy", 0, Bool, "Pass signals on to the process", "true"}};
constexpr FlagRow kCommit[] = {{"author", 'a', Text, "Who made the image"},
                               {"change", 'c', List, "Apply a Dockerfile instruction to it"},
                               {"message", 'm', Text, "What was changed"},
                               {"pause", 'p', Bool, "Pause the container meanwhile", "true"}};
constexpr FlagRow kContainerInspect[] = {{"format", 'f', Text, kObjectFormat},
                                         {"size", 's', Bool, "With the sizes of its files"}};
constexpr FlagRow kCp[] = {{"archive", 'a', Bool, "Keep uid and gid of every file"},
                           {"follow-link", 'L', Bool, "Copy what a symbolic link points to"},
                           {"quiet", 'q', Bool, "Do not show how the copy goes"}};
constexpr FlagRow kEvents[] = {{"filter", 'f', Filter, kFilter, "", check_filter},
                               {"format", 0, Text, kObjectFormat},
                               {"since", 0, Text, kSince},
                               {"until", 0, Text, kUntil}};
constexpr FlagRow kExec[] = {
    {"detach", 'd', Bool, "Leave the command running in the background"},
    {"detach-keys", 0, Text, kDetachKeys},
    {"env", 'e', List, "Set an environment variable (NAME=value)", "", check_env},
    {"env-file", 0, List, "Read environment variables from a file"},
    {"interactive", 'i', Bool, "Keep stdin open"},
    {"privileged", 0, Bool, "Give the command all capabilities"},
    {"tty", 't', Bool, "Give it a terminal"},
    {"user", 'u', Text, "Run as this user (name or uid, with :group)"},
    {"workdir", 'w', Text, "Start in this directory"}};
constexpr FlagRow kFormatF[] = {{"format", 'f', Text, kObjectFormat}};
constexpr FlagRow kHistory[] = {{"format", 0, Text, kTableFormat},
                                {"human", 'H', Bool, "Sizes and dates for people", "true"},
                                {"no-trunc", 0, Bool, kNoTrunc},
                                {"platform", 0, Text, kPlatform},
                                {"quiet", 'q', Bool, "IDs only"}};
constexpr FlagRow kImageInspect[] = {{"format", 'f', Text, kObjectFormat},
                                     {"platform", 0, Text, kPlatform}};
constexpr FlagRow kImages[] = {{"all", 'a', Bool, "Also images that only others stand on"},
                               {"digests", 0, Bool, "With their digests"},
                               {"filter", 'f', Filter, kFilter, "", check_filter},
                               {"format", 0, Text, kTableFormat},
                               {"no-trunc", 0, Bool, kNoTrunc},
                               {"quiet", 'q', Bool, "IDs only"},
                               {"tree", 0, Bool, "Platforms of an image as a tree (experimental)"}};
constexpr FlagRow kImport[] = {{"change", 'c', List, "Apply a Dockerfile instruction to it"},
                               {"message", 'm', Text, "What was changed"},
                               {"platform", 0, Text, kPlatform}};
constexpr FlagRow kInspect[] = {{"format", 'f', Text, kObjectFormat},
                                {"size", 's', Bool, "With the sizes of a container's files"},
                                {"type", 0, Text, "Look only at objects of this type"}};
constexpr FlagRow kKill[] = {{"signal", 's', Text, "Signal to send (default: SIGKILL)"}};
constexpr FlagRow kLoad[] = {{"input", 'i', Text, "Read this file instead of stdin"},
                             {"platform", 0, Text, kPlatform},
                             {"quiet", 'q', Bool, "Do not show how it goes"}};
constexpr FlagRow kLogin[] = {{"password", 'p', Text, "Password or access token"},
                              {"password-stdin", 0, Bool, "Read the password from stdin"},
                              {"username", 'u', Text, "User name"}};
constexpr FlagRow kLogs[] = {
    {"details", 0, Bool, "With labels and variables given to the log driver"},
    {"follow", 'f', Bool, "Go on printing as more is written"},
    {"since", 0, Text, kSince},
    {"tail", 'n', Text, "Only so many lines from the end", "\"all\""},
    {"timestamps", 't', Bool, "With the time of each line"},
    {"until", 0, Text, kUntil}};
constexpr FlagRow kNetworkConnect[] = {
    {"alias", 0, Strings, "Be known by this name too, in that network"},
    {"driver-opt", 0, Strings, "Option of the network's driver"},
    {"gw-priority", 0, Int, "The highest one is the default gateway"},
    {"ip", 0, Text, "IPv4 address (such as \"172.30.100.104\")"},
    {"ip6", 0, Text, "IPv6 address (such as \"2001:db8::33\")"},
    {"link", 0, List, "Know another container by name (old way)"},
    {"link-local-ip", 0, Strings, "Link-local address"}};
constexpr FlagRow kNetworkCreate[] = {
    {"attachable", 0, Bool, "Containers may be attached by hand"},
    {"aux-address", 0, Map, "Addresses that the driver uses itself", "map[]"},
    {"config-from", 0, Text, "Copy the settings of this network"},
    {"config-only", 0, Bool, "Only keep settings, for others to copy"},
    {"driver", 'd', Text, "Driver that makes the network", "\"bridge\""},
    {"gateway", 0, Strings, "Address of the gateway"},
    {"ingress", 0, Bool, "Swarm's routing mesh"},
    {"internal", 0, Bool, "No way out of this network"},
    {"ip-range", 0, Strings, "Give addresses of this range only"},
    {"ipam-driver", 0, Text, "Driver that gives addresses", "\"default\""},
    {"ipam-opt", 0, Map, "Option of that driver", "map[]"},
    {"ipv4", 0, Bool, "Give IPv4 addresses", "true"},
    {"ipv6", 0, Bool, "Give IPv6 addresses"},
    {"label", 0, List, "Attach a label (key=value)", "", check_label},
    {"opt", 'o', Map, "Option of the network's driver", "map[]"},
    {"scope", 0, Text, "How far the network reaches"},
    {"subnet", 0, Strings, "The network's addresses (CIDR)"}};
constexpr FlagRow kNetworkDisconnect[] = {{"force", 'f', Bool, "Even if the container is gone"}};
constexpr FlagRow kNetworkInspect[] = {{"format", 'f', Text, kObjectFormat},
                                       {"verbose", 'v', Bool, "Say more"}};
constexpr FlagRow kNetworkLs[] = {{"filter", 'f', Filter, kFilter, "", check_filter},
                                  {"format", 0, Text, kTableFormat},
                                  {"no-trunc", 0, Bool, kNoTrunc},
                                  {"quiet", 'q', Bool, "IDs only"}};
constexpr FlagRow kNetworkRm[] = {{"force", 'f', Bool, "No error if there is no such network"}};
constexpr FlagRow kOutput[] = {{"output", 'o', Text, "Write to this file instead of stdout"}};
constexpr FlagRow kPrune[] = {{"filter", 0, Filter, kPruneFilter, "", check_filter},
                              {"force", 'f', Bool, kForcePrune}};
constexpr FlagRow kPruneAll[] = {{"all", 'a', Bool, "All unused ones, also those with a name"},
                                 {"filter", 0, Filter, kPruneFilter, "", check_filter},
                                 {"force", 'f', Bool, kForcePrune}};
constexpr FlagRow kPs[] = {{"all", 'a', Bool, "Also those that do not run"},
                           {"filter", 'f', Filter, kFilter, "", check_filter},
                           {"format", 0, Text, kTableFormat},
                           {"last", 'n', Int, "The last n created, in whatever state", "-1"},
                           {"latest", 'l', Bool, "The last one created, in whatever state"},
                           {"no-trunc", 0, Bool, kNoTrunc},
                           {"quiet", 'q', Bool, "IDs only"},
                           {"size", 's', Bool, "With the sizes of their files"}};
constexpr FlagRow kPull[] = {
    {"all-tags", 'a', Bool, "All tags of the repository"},
    {"disable-content-trust", 0, Bool, "Do not ask for a signature", "true"},
    {"platform", 0, Text, kPlatform},
    {"quiet", 'q', Bool, "Print the name only"}};
constexpr FlagRow kRm[] = {{"force", 'f', Bool, "Also if it runs: it gets SIGKILL"},
                           {"link", 'l', Bool, "Remove the link of that name"},
                           {"volumes", 'v', Bool, "With its anonymous volumes"}};
constexpr FlagRow kRmi[] = {{"force", 'f', Bool, "Also if a stopped container uses it"},
                            {"no-prune", 0, Bool, "Keep parents that have no name"}};
constexpr FlagRow kSave[] = {{"output", 'o', Text, "Write to this file instead of stdout"},
                             {"platform", 0, Text, kPlatform}};
constexpr FlagRow kSearch[] = {{"filter", 'f', Filter, kFilter, "", check_filter},
                               {"format", 0, Text, "Print by this Go template"},
                               {"limit", 0, Int, "At most so many"},
                               {"no-trunc", 0, Bool, kNoTrunc}};
constexpr FlagRow kStart[] = {
    {"attach", 'a', Bool, "Show its output, pass signals on, and wait for its end"},
    {"detach-keys", 0, Text, kDetachKeys},
    {"interactive", 'i', Bool, "Pass stdin on"}};
constexpr FlagRow kStats[] = {{"all", 'a', Bool, "Also those that do not run"},
                              {"format", 0, Text, kTableFormat},
                              {"no-stream", 0, Bool, "Print once and end"},
                              {"no-trunc", 0, Bool, kNoTrunc}};
constexpr FlagRow kStop[] = {{"signal", 's', Text, "Signal to send first"},
                             {"timeout", 't', Int, "Seconds to wait before SIGKILL"},
                             {"time", 0, Int, "", "", nullptr, "timeout"}};
constexpr FlagRow kSystemDf[] = {{"format", 0, Text, kTableFormat},
                                 {"verbose", 'v', Bool, "Image by image"}};
constexpr FlagRow kSystemPrune[] = {
    {"all", 'a', Bool, "Every image without a container, not only dangling ones"},
    {"filter", 0, Filter, kPruneFilter, "", check_filter},
    {"force", 'f', Bool, kForcePrune},
    {"volumes", 0, Bool, "Anonymous volumes too"}};
constexpr FlagRow kUpdate[] = {
    {"blkio-weight", 0, Uint16, "Share of disk time: 10 to 1000, 0 for none"},
    {"cpu-period", 0, Int, "Length of a cpu accounting period, in microseconds"},
    {"cpu-quota", 0, Int, "Cpu time allowed in each period, in microseconds"},
    {"cpu-rt-period", 0, Int, "Real-time cpu period, in microseconds"},
    {"cpu-rt-runtime", 0, Int, "Real-time cpu time in each period"},
    {"cpu-shares", 'c', Int, "Weight against other groups when the cpus are busy"},
    {"cpus", 0, Decimal, "At most so many cpus' worth of time"},
    {"cpuset-cpus", 0, Text, "Run only on these cpus (0-3, 0,1)"},
    {"cpuset-mems", 0, Text, "Use only these memory nodes (0-3, 0,1)"},
    {"memory", 'm', Bytes, "Never more memory than this"},
    {"memory-reservation", 0, Bytes, "Memory it is pushed back to"},
    {"memory-swap", 0, SwapBytes, "Memory and swap together: -1 for no limit"},
    {"pids-limit", 0, Int, "Never more tasks than this (-1 for no limit)"},
    {"restart", 0, Text, "Start it again when it exits"}};
constexpr FlagRow kVolumeCreate[] = {
    {"driver", 'd', Text, "Driver that makes the volume", "\"local\""},
    {"label", 0, List, "Attach a label (key=value)", "", check_label},
    {"opt", 'o', Map, "Option of the driver", "map[]"}};
constexpr FlagRow kVolumeLs[] = {{"filter", 'f', Filter, kFilter, "", check_filter},
                                 {"format", 0, Text, kTableFormat},
                                 {"quiet", 'q', Bool, "Names only"}};
constexpr FlagRow kVolumeRm[] = {{"force", 'f', Bool, "No error if there is no such volume"}};

constexpr FlagRow kGlobal[] = {
    {"config", 0, Text, "Where the client keeps its settings", "\"~/.docker\""},
    {"context", 'c', Text, "Which daemon to talk to, by name"},
    {"debug", 'D', Bool, "Say what is going on"},
    {"host", 'H', List, "Socket of the daemon to talk to"},
    {"log-level", 'l', Text,
     "How much to say (\"debug\", \"info\", \"warn\", \"error\", \"fatal\")", "\"info\""},
    {"tls", 0, Bool, "Encrypt; --tlsverify does too"},
    {"tlscacert", 0, Text, "Trust this certificate authority", "\"~/.docker/ca.pem\""},
    {"tlscert", 0, Text, "The client's certificate", "\"~/.docker/cert.pem\""},
    {"tlskey", 0, Text, "The client's key", "\"~/.docker/key.pem\""},
    {"tlsverify", 0, Bool, "Encrypt, and check who answers"},
    {"version", 'v', Bool, "Print the version and end"}};

struct NamedTable {
  std::string_view command;
  FlagTable table;
};

template <std::size_t N>
constexpr NamedTable row(std::string_view command, const FlagRow (&rows)[N]) {
  return {command, {rows, N}};
}

constexpr NamedTable kTables[] = {row("attach", kAttach),
                                  row("commit", kCommit),
                                  row("container inspect", kContainerInspect),
                                  row("container prune", kPrune),
                                  row("cp", kCp),
                                  row("events", kEvents),
                                  row("exec", kExec),
                                  row("export", kOutput),
                                  row("history", kHistory),
                                  row("image inspect", kImageInspect),
                                  row("image prune", kPruneAll),
                                  row("images", kImages),
                                  row("import", kImport),
                                  row("info", kFormatF),
                                  row("inspect", kInspect),
                                  row("kill", kKill),
                                  row("load", kLoad),
                                  row("login", kLogin),
                                  row("logs", kLogs),
                                  row("network connect", kNetworkConnect),
                                  row("network create", kNetworkCreate),
                                  row("network disconnect", kNetworkDisconnect),
                                  row("network inspect", kNetworkInspect),
                                  row("network ls", kNetworkLs),
                                  row("network prune", kPrune),
                                  row("network rm", kNetworkRm),
                                  row("ps", kPs),
                                  row("pull", kPull),
                                  row("push", kPull),
                                  row("restart", kStop),
                                  row("rm", kRm),
                                  row("rmi", kRmi),
                                  row("save", kSave),
                                  row("search", kSearch),
                                  row("start", kStart),
                                  row("stats", kStats),
                                  row("stop", kStop),
                                  row("system df", kSystemDf),
                                  row("system prune", kSystemPrune),
                                  row("update", kUpdate),
                                  row("version", kFormatF),
                                  row("volume create", kVolumeCreate),
                                  row("volume inspect", kFormatF),
                                  row("volume ls", kVolumeLs),
                                  row("volume prune", kPruneAll),
                                  row("volume rm", kVolumeRm)};

}  // namespace

FlagTable flags_of(std::string_view command) {
  for (const NamedTable& table : kTables) {
    if (table.command == command) return table.table;
  }
  return {};
}

FlagTable global_flags() { return {kGlobal, std::size(kGlobal)}; }

}  // namespace cutaway::spec

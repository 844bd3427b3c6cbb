// "kind" and "op" of each body (CONTRACT §2), and back. `file` is a kind of our own: descriptors
// and files, and bytes that move over descriptors other than 0, 1, 2.
#include "trace/event/kind.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace cutaway {

namespace {

// One row for each body; a missing one does not compile.
template <class T>
constexpr KindOp row() = delete;

#define KIND(Type, kind, op)     \
  template <>                    \
  constexpr KindOp row<Type>() { \
    return {kind, op};           \
  }

KIND(Snapshot, "snapshot", "")
KIND(Syscall, "syscall", "")
KIND(TaskForked, "task", "forked")
KIND(TaskExeced, "task", "execed")
KIND(TaskExited, "task", "exited")
KIND(TaskReparented, "task", "reparented")
KIND(TaskReaped, "task", "reaped")
KIND(TaskBlocked, "task", "blocked")
KIND(TaskOn, "task", "on")
KIND(TaskOff, "task", "off")
KIND(TaskCredentialsSet, "task", "credentials_set")
KIND(TaskNamed, "task", "named")
KIND(TaskSessionStarted, "task", "session_started")
KIND(TaskMoved, "task", "moved")
KIND(TaskUmaskSet, "task", "umask_set")
KIND(TaskSubreaperSet, "task", "subreaper_set")
KIND(TaskUnshared, "task", "unshared")
KIND(TaskProcessGroupSet, "task", "process_group_set")
KIND(TaskTerminalSet, "task", "terminal_set")
KIND(TaskDumpableSet, "task", "dumpable_set")
KIND(TaskOomScoreSet, "task", "oom_score_set")
KIND(TaskAffinitySet, "task", "affinity_set")
KIND(TaskMemoryChanged, "task", "memory_changed")
KIND(TaskRoleSet, "task", "role_set")
KIND(SignalSent, "signal", "sent")
KIND(SignalDelivered, "signal", "delivered")
KIND(SignalIgnored, "signal", "ignored")
KIND(SignalHandlerSet, "signal", "handler_set")
KIND(SignalMaskSet, "signal", "mask_set")
KIND(NsCreated, "ns", "created")
KIND(NsJoined, "ns", "joined")
KIND(NsLeft, "ns", "left")
KIND(NsDestroyed, "ns", "destroyed")
KIND(NsHostnameSet, "ns", "hostname_set")
KIND(SysctlSet, "ns", "sysctl")
KIND(NsMapped, "ns", "mapped")
KIND(MountAttached, "mount", "attached")
KIND(MountMoved, "mount", "moved")
KIND(MountRemounted, "mount", "remounted")
KIND(MountDetached, "mount", "detached")
KIND(MountPropagationSet, "mount", "propagation_set")
KIND(MountRootMoved, "mount", "root_moved")
KIND(MountCopiedUp, "mount", "copied_up")
KIND(FilesystemMade, "mount", "made")
KIND(FileOpened, "file", "opened")
KIND(FileClosed, "file", "closed")
KIND(FileDuplicated, "file", "duplicated")
KIND(FileReceived, "file", "received")
KIND(FileFlagsSet, "file", "flags_set")
KIND(TerminalMade, "file", "terminal_made")
KIND(TerminalModeSet, "file", "terminal_mode")
KIND(TerminalSized, "file", "terminal_sized")
KIND(TerminalForegroundSet, "file", "terminal_foreground")
KIND(TerminalTyped, "file", "terminal_typed")
KIND(TerminalEndRead, "file", "terminal_end_read")
KIND(TerminalShown, "file", "terminal_shown")
KIND(FileSent, "file", "sent")
KIND(FileArrived, "file", "arrived")
KIND(PipeMade, "file", "pipe_made")
KIND(FileCreated, "file", "created")
KIND(FileFound, "file", "found")
KIND(FileRemoved, "file", "removed")
KIND(FileRenamed, "file", "renamed")
KIND(FileAttributesSet, "file", "attributes_set")
KIND(FileContentSet, "file", "content_set")
KIND(FileOffsetSet, "file", "offset_set")
KIND(BytesMoved, "io", "written")  // or as kind_of says
KIND(CgroupCreated, "cgroup", "created")
KIND(CgroupAttributesSet, "cgroup", "attributes_set")
KIND(CgroupLimited, "cgroup", "limited")
KIND(CgroupAttached, "cgroup", "attached")
KIND(CgroupUsage, "cgroup", "usage")
KIND(CgroupThrottled, "cgroup", "throttled")
KIND(CgroupReclaimed, "cgroup", "reclaim")
KIND(CgroupOom, "cgroup", "oom")
KIND(CgroupRefused, "cgroup", "refused")
KIND(CgroupRemoved, "cgroup", "removed")
KIND(NetLinkSet, "net", "link")
KIND(NetLinkRemoved, "net", "link_removed")
KIND(NetAddressesSet, "net", "addr")
KIND(NetRouteSet, "net", "route")
KIND(NetRuleSet, "net", "rule")
KIND(NetSent, "net", "sent")
KIND(NetDropped, "net", "dropped")
KIND(NetReceived, "net", "received")
KIND(NetConnected, "net", "connected")
KIND(NetRefused, "net", "refused")
KIND(SocketMade, "net", "socket_made")
KIND(SocketChanged, "net", "socket_changed")
KIND(CliTyped, "cli", "typed")
KIND(CliDone, "cli", "done")
KIND(CliPrinted, "cli", "printed")
KIND(ApiRequested, "api", "request")
KIND(ApiAnswered, "api", "answer")
KIND(ImageLookedUp, "image", "lookup")
KIND(ImageResolved, "image", "resolved")
KIND(ImageTagged, "image", "tagged")
KIND(ImageRemoved, "image", "removed")
KIND(LayerFetched, "layer", "fetched")
KIND(LayerVerified, "layer", "verified")
KIND(LayerUnpacked, "layer", "unpacked")
KIND(LayerMounted, "layer", "mounted")
KIND(ContainerCreated, "container", "created")
KIND(ContainerStarted, "container", "started")
KIND(ContainerRenamed, "container", "renamed")
KIND(ContainerPaused, "container", "paused")
KIND(ContainerUnpaused, "container", "unpaused")
KIND(ContainerExited, "container", "exited")
KIND(ContainerOom, "container", "oom")
KIND(ContainerRemoved, "container", "removed")
KIND(ContainerLogged, "container", "logged")
KIND(ContainerPortsSet, "container", "ports")
KIND(NetworkCreated, "network", "created")
KIND(NetworkRemoved, "network", "removed")
KIND(NetworkConnected, "network", "connected")
KIND(NetworkDisconnected, "network", "disconnected")
KIND(Loss, "loss", "")
KIND(Note, "note", "")

#undef KIND

template <std::size_t... Index>
constexpr auto all_rows(std::index_sequence<Index...>) {
  return std::array<KindOp, sizeof...(Index)>{
      row<std::variant_alternative_t<Index, BodyVariant>>()...};
}

template <std::size_t... Index>
constexpr auto all_makers(std::index_sequence<Index...>) {
  using Maker = Body (*)();
  return std::array<Maker, sizeof...(Index)>{[]() { return Body(std::in_place_index<Index>); }...};
}

constexpr auto kKindRows = all_rows(std::make_index_sequence<std::variant_size_v<BodyVariant>>());
constexpr auto kMakers = all_makers(std::make_index_sequence<std::variant_size_v<BodyVariant>>());

}  // namespace

KindOp kind_of(const Body& body) {
  const auto* moved = std::get_if<BytesMoved>(&body);
  if (moved == nullptr) return kKindRows[body.index()];
  const bool standard = moved->fd >= 0 && moved->fd <= 2;
  return {standard ? "io" : "file", moved->dir == Direction::In ? "read" : "written"};
}

std::size_t body_index(std::string_view kind, std::string_view op) {
  if ((kind == "io" || kind == "file") && (op == "read" || op == "written")) {
    return Body(BytesMoved{}).index();
  }
  for (std::size_t index = 0; index < kKindRows.size(); ++index) {
    if (kKindRows[index].kind == kind && kKindRows[index].op == op) return index;
  }
  return std::variant_npos;
}

Body empty_body(std::size_t index) {
  CHECK(index < kMakers.size());
  return kMakers[index]();
}

}  // namespace cutaway

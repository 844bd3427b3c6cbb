// An event: one fact of a trace. Who, when and in which step (the Stamp), and what (the Body).
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "trace/abi/abi.h"
#include "trace/event/arg.h"
#include "trace/event/engine_events.h"
#include "trace/event/kernel_events.h"
#include "trace/event/task_events.h"
#include "trace/ids.h"

namespace cutaway {

class World;

/// How a real event is known. Simulated events carry None.
enum class How : std::uint8_t { None, Seen, Read, Inferred };

/// Position of an event in its trace, from 0.
using EventIndex = std::uint32_t;
inline constexpr EventIndex kNoEvent = 0xffffffff;

struct Stamp {
  std::int64_t t = 0;  ///< ns from the start
  TaskId task;         ///< who did it (for reaped, exited, forked …: whose it is)
  ContainerId container;
  StepId step;  ///< of the runtime's plan or the engine
  CallId call;  ///< the syscall it belongs to
  EventIndex cause = kNoEvent;
  How how = How::None;
};

/// A finished (or, without `returned`, never finished) system call.
struct Syscall {
  abi::Sys sys = abi::Sys::none;
  std::vector<Arg> args;  ///< in the order of the shape
  std::int64_t ret = 0;   ///< −1 on error
  abi::Errno err = abi::Errno::kOk;
  std::int64_t dur = 0;  ///< ns from entry to return
  bool returned = true;
};

/// The World as it stands: first event of every trace, and corrections of a real one.
struct Snapshot {
  std::shared_ptr<const World> world;
};

using BodyVariant = std::variant<
    Snapshot, Syscall,
    // task, signal
    TaskForked, TaskExeced, TaskExited, TaskReparented, TaskReaped, TaskBlocked, TaskOn, TaskOff,
    TaskCredentialsSet, TaskNamed, TaskSessionStarted, TaskMoved, TaskUmaskSet, TaskSubreaperSet,
    TaskUnshared, TaskProcessGroupSet, TaskTerminalSet, TaskDumpableSet, TaskOomScoreSet,
    TaskMemoryChanged, TaskRoleSet, SignalSent, SignalDelivered, SignalIgnored, SignalHandlerSet,
    SignalMaskSet,
    // ns, mount, file, io, cgroup, net
    NsCreated, NsJoined, NsLeft, NsDestroyed, NsHostnameSet, SysctlSet, NsMapped, MountAttached,
    MountMoved, MountRemounted, MountDetached, MountPropagationSet, MountCopiedUp, FilesystemMade,
    FileOpened, FileClosed, FileDuplicated, FileReceived, FileFlagsSet, TerminalMade, PipeMade,
    FileCreated, FileFound, FileRemoved, FileRenamed, FileAttributesSet, FileContentSet,
    FileOffsetSet, BytesMoved, CgroupCreated, CgroupLimited, CgroupAttached, CgroupUsage,
    CgroupThrottled, CgroupReclaimed, CgroupOom, CgroupRefused, CgroupRemoved, NetLinkSet,
    NetConnected, NetRefused, SocketMade, SocketChanged,
    // engine
    CliTyped, CliDone, ApiRequested, ApiAnswered, ImageLookedUp, ImageResolved, ImageTagged,
    ImageRemoved, LayerFetched, LayerVerified, LayerUnpacked, LayerMounted, ContainerCreated,
    ContainerStarted, ContainerPaused, ContainerUnpaused, ContainerExited, ContainerOom,
    ContainerRemoved, ContainerLogged,
    // the trace itself
    Loss, Note,
    // later ones stand at the end: files know a body by its place
    CliPrinted, TerminalModeSet, TerminalSized, TerminalForegroundSet, TerminalTyped,
    TerminalEndRead, TerminalShown, FileSent, FileArrived, ContainerRenamed, NetLinkRemoved,
    NetAddressesSet, NetRouteSet, NetRuleSet, NetSent, NetDropped, NetReceived, NetworkCreated,
    NetworkRemoved, NetworkConnected, NetworkDisconnected, ContainerPortsSet, TaskAffinitySet,
    MountRootMoved, CgroupAttributesSet>;

/// What an event says. Copying, moving and destroying a variant of a hundred alternatives is much
/// code, which every file that holds an event would get: here it is compiled once (event.cpp).
struct Body : BodyVariant {
  Body();
  template <class T, class = std::enable_if_t<!std::is_base_of_v<BodyVariant, std::decay_t<T>>>>
  Body(T&& of_kind) noexcept(noexcept(BodyVariant(std::forward<T>(of_kind))))
      : BodyVariant(std::forward<T>(of_kind)) {}
  Body(const Body& other);
  Body(Body&& other) noexcept;
  Body& operator=(const Body& other);
  Body& operator=(Body&& other) noexcept;
  ~Body();
};

struct Event {
  Stamp stamp;
  Body body;
};

/// "kind" and "op" of the contract for a body; op is empty for kinds that have none.
struct KindOp {
  std::string_view kind, op;
};
KindOp kind_of(const Body& body);

}  // namespace cutaway

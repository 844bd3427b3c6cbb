// One overload per kind of event body; one file per subject (evolve_<subject>.cpp). Each changes
// the World to what it is after the fact. An event about something unknown changes nothing: a real
// trace may have holes.
#pragma once

#include <algorithm>

#include "trace/event/event.h"
#include "trace/world/world.h"

namespace cutaway {

/// An id that an event brought: the next one handed out is greater.
template <class IdType>
void note_id(std::uint32_t& counter, IdType id) {
  counter = std::max(counter, id.value);
}
/// The stamp's task for writing, or null.
inline Task* task_of(World& world, const Stamp& stamp) {
  return world.tasks.contains(stamp.task) ? &world.tasks.mutate(stamp.task) : nullptr;
}

/// The container that the event is about, for writing, or null.
inline Container* container_of(World& world, const Stamp& stamp) {
  return world.containers.contains(stamp.container) ? &world.containers.mutate(stamp.container)
                                                    : nullptr;
}

// evolve.cpp
void evolve_body(World& world, const Stamp& stamp, const Snapshot& body);
// evolve_task.cpp
void evolve_body(World& world, const Stamp& stamp, const Syscall& body);
void evolve_body(World& world, const Stamp& stamp, const TaskForked& body);
void evolve_body(World& world, const Stamp& stamp, const TaskExeced& body);
void evolve_body(World& world, const Stamp& stamp, const TaskExited& body);
void evolve_body(World& world, const Stamp& stamp, const TaskReparented& body);
void evolve_body(World& world, const Stamp& stamp, const TaskReaped& body);
// evolve_task_state.cpp
void evolve_body(World& world, const Stamp& stamp, const TaskBlocked& body);
void evolve_body(World& world, const Stamp& stamp, const TaskOn& body);
void evolve_body(World& world, const Stamp& stamp, const TaskOff& body);
void evolve_body(World& world, const Stamp& stamp, const TaskCredentialsSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskNamed& body);
void evolve_body(World& world, const Stamp& stamp, const TaskSessionStarted& body);
void evolve_body(World& world, const Stamp& stamp, const TaskMoved& body);
void evolve_body(World& world, const Stamp& stamp, const TaskUmaskSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskAffinitySet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskSubreaperSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskUnshared& body);
void evolve_body(World& world, const Stamp& stamp, const TaskProcessGroupSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskTerminalSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskDumpableSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskOomScoreSet& body);
void evolve_body(World& world, const Stamp& stamp, const TaskMemoryChanged& body);
void evolve_body(World& world, const Stamp& stamp, const TaskRoleSet& body);
// evolve_signal.cpp
void evolve_body(World& world, const Stamp& stamp, const SignalSent& body);
void evolve_body(World& world, const Stamp& stamp, const SignalDelivered& body);
void evolve_body(World& world, const Stamp& stamp, const SignalIgnored& body);
void evolve_body(World& world, const Stamp& stamp, const SignalHandlerSet& body);
void evolve_body(World& world, const Stamp& stamp, const SignalMaskSet& body);
// evolve_namespace.cpp
void evolve_body(World& world, const Stamp& stamp, const NsCreated& body);
void evolve_body(World& world, const Stamp& stamp, const NsJoined& body);
void evolve_body(World& world, const Stamp& stamp, const NsDestroyed& body);
void evolve_body(World& world, const Stamp& stamp, const NsHostnameSet& body);
void evolve_body(World& world, const Stamp& stamp, const NsMapped& body);
void evolve_body(World& world, const Stamp& stamp, const SysctlSet& body);
// evolve_mount.cpp
void evolve_body(World& world, const Stamp& stamp, const MountAttached& body);
void evolve_body(World& world, const Stamp& stamp, const MountMoved& body);
void evolve_body(World& world, const Stamp& stamp, const MountRemounted& body);
void evolve_body(World& world, const Stamp& stamp, const MountDetached& body);
void evolve_body(World& world, const Stamp& stamp, const MountPropagationSet& body);
void evolve_body(World& world, const Stamp& stamp, const MountRootMoved& body);
void evolve_body(World& world, const Stamp& stamp, const FilesystemMade& body);
// evolve_file.cpp
void evolve_body(World& world, const Stamp& stamp, const FileOpened& body);
void evolve_body(World& world, const Stamp& stamp, const FileClosed& body);
void evolve_body(World& world, const Stamp& stamp, const FileDuplicated& body);
void evolve_body(World& world, const Stamp& stamp, const FileReceived& body);
void evolve_body(World& world, const Stamp& stamp, const FileFlagsSet& body);
void evolve_body(World& world, const Stamp& stamp, const FileOffsetSet& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalMade& body);
void evolve_body(World& world, const Stamp& stamp, const PipeMade& body);
void evolve_body(World& world, const Stamp& stamp, const BytesMoved& body);
// evolve_terminal.cpp
void evolve_body(World& world, const Stamp& stamp, const TerminalModeSet& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalSized& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalForegroundSet& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalTyped& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalEndRead& body);
void evolve_body(World& world, const Stamp& stamp, const TerminalShown& body);
void evolve_body(World& world, const Stamp& stamp, const FileSent& body);
void evolve_body(World& world, const Stamp& stamp, const FileArrived& body);
/// Bytes that no line discipline handled (nobody saw one at work), or that passed it.
void move_terminal_bytes(World& world, const OpenFile& file, const BytesMoved& body);
/// A line, or bytes as they are, into a pipe; and so many out of it.
void fill_pipe(World& world, PipeId id, const Segment& segment);
void drain_pipe(World& world, PipeId id, std::int64_t bytes);
// evolve_inode.cpp
void evolve_body(World& world, const Stamp& stamp, const FileCreated& body);
void evolve_body(World& world, const Stamp& stamp, const FileFound& body);
void evolve_body(World& world, const Stamp& stamp, const FileRemoved& body);
void evolve_body(World& world, const Stamp& stamp, const FileRenamed& body);
void evolve_body(World& world, const Stamp& stamp, const FileAttributesSet& body);
void evolve_body(World& world, const Stamp& stamp, const FileContentSet& body);
// evolve_cgroup.cpp
void evolve_body(World& world, const Stamp& stamp, const CgroupCreated& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupAttributesSet& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupLimited& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupAttached& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupUsage& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupThrottled& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupOom& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupRefused& body);
void evolve_body(World& world, const Stamp& stamp, const CgroupRemoved& body);
// evolve_net.cpp
void evolve_body(World& world, const Stamp& stamp, const NetLinkSet& body);
void evolve_body(World& world, const Stamp& stamp, const NetLinkRemoved& body);
void evolve_body(World& world, const Stamp& stamp, const NetAddressesSet& body);
void evolve_body(World& world, const Stamp& stamp, const NetRouteSet& body);
void evolve_body(World& world, const Stamp& stamp, const NetRuleSet& body);
void evolve_body(World& world, const Stamp& stamp, const NetSent& body);
void evolve_body(World& world, const Stamp& stamp, const NetReceived& body);
void evolve_body(World& world, const Stamp& stamp, const SocketMade& body);
void evolve_body(World& world, const Stamp& stamp, const SocketChanged& body);
// evolve_network.cpp
void evolve_body(World& world, const Stamp& stamp, const NetworkCreated& body);
void evolve_body(World& world, const Stamp& stamp, const NetworkRemoved& body);
void evolve_body(World& world, const Stamp& stamp, const NetworkConnected& body);
void evolve_body(World& world, const Stamp& stamp, const NetworkDisconnected& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerPortsSet& body);
// evolve_engine.cpp
void evolve_body(World& world, const Stamp& stamp, const CliTyped& body);
void evolve_body(World& world, const Stamp& stamp, const CliDone& body);
void evolve_body(World& world, const Stamp& stamp, const ApiRequested& body);
void evolve_body(World& world, const Stamp& stamp, const ApiAnswered& body);
void evolve_body(World& world, const Stamp& stamp, const ImageLookedUp& body);
void evolve_body(World& world, const Stamp& stamp, const ImageTagged& body);
void evolve_body(World& world, const Stamp& stamp, const ImageRemoved& body);
void evolve_body(World& world, const Stamp& stamp, const LayerFetched& body);
void evolve_body(World& world, const Stamp& stamp, const LayerVerified& body);
void evolve_body(World& world, const Stamp& stamp, const LayerUnpacked& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerCreated& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerStarted& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerRenamed& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerPaused& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerUnpaused& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerExited& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerOom& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerRemoved& body);
void evolve_body(World& world, const Stamp& stamp, const ContainerLogged& body);

// Facts that tell a story and leave the World as it is.
inline void evolve_body(World&, const Stamp&, const NsLeft&) {}  // joining another one says it all
void evolve_body(World& world, const Stamp& stamp, const MountCopiedUp& body);
inline void evolve_body(World&, const Stamp&, const CgroupReclaimed&) {
}  // CgroupUsage tells the rest
inline void evolve_body(World&, const Stamp&, const NetConnected&) {}
inline void evolve_body(World&, const Stamp&, const NetRefused&) {}
inline void evolve_body(World&, const Stamp&, const NetDropped&) {}
inline void evolve_body(World&, const Stamp&, const ImageResolved&) {}
inline void evolve_body(World&, const Stamp&, const LayerMounted&) {}
inline void evolve_body(World&, const Stamp&, const Loss&) {}
inline void evolve_body(World&, const Stamp&, const Note&) {}
inline void evolve_body(World&, const Stamp&, const CliPrinted&) {}

}  // namespace cutaway

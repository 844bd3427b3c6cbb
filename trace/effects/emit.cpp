#include "trace/effects/emit.h"

#include <utility>

namespace cutaway {

template <class BodyType>
void emit_body(EffectSink& sink, TaskId subject, BodyType body) {
  sink.emit(subject, Body(std::move(body)));
}

#define EMITS(BodyType) template void emit_body<BodyType>(EffectSink&, TaskId, BodyType);
EMITS(TaskForked)
EMITS(TaskExeced)
EMITS(TaskExited)
EMITS(TaskReparented)
EMITS(TaskReaped)
EMITS(TaskCredentialsSet)
EMITS(TaskNamed)
EMITS(TaskSessionStarted)
EMITS(TaskMoved)
EMITS(TaskUmaskSet)
EMITS(TaskSubreaperSet)
EMITS(TaskUnshared)
EMITS(TaskProcessGroupSet)
EMITS(TaskTerminalSet)
EMITS(TaskDumpableSet)
EMITS(TaskOomScoreSet)
EMITS(TaskMemoryChanged)
EMITS(SignalSent)
EMITS(SignalDelivered)
EMITS(SignalIgnored)
EMITS(SignalHandlerSet)
EMITS(SignalMaskSet)
EMITS(NsCreated)
EMITS(NsJoined)
EMITS(NsLeft)
EMITS(NsDestroyed)
EMITS(NsHostnameSet)
EMITS(SysctlSet)
EMITS(NsMapped)
EMITS(MountAttached)
EMITS(MountMoved)
EMITS(MountRemounted)
EMITS(MountDetached)
EMITS(MountPropagationSet)
EMITS(MountCopiedUp)
EMITS(FilesystemMade)
EMITS(FileOpened)
EMITS(FileClosed)
EMITS(FileDuplicated)
EMITS(FileReceived)
EMITS(FileFlagsSet)
EMITS(TerminalMade)
EMITS(PipeMade)
EMITS(FileCreated)
EMITS(FileFound)
EMITS(FileRemoved)
EMITS(FileRenamed)
EMITS(FileAttributesSet)
EMITS(FileContentSet)
EMITS(FileOffsetSet)
EMITS(BytesMoved)
EMITS(CgroupCreated)
EMITS(CgroupLimited)
EMITS(CgroupAttached)
EMITS(CgroupUsage)
EMITS(CgroupRefused)
EMITS(CgroupRemoved)
EMITS(NetLinkSet)
EMITS(NetConnected)
EMITS(NetRefused)
EMITS(SocketMade)
EMITS(SocketChanged)
#undef EMITS

}  // namespace cutaway

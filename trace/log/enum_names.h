// The words for enumerations in files. The switches have no default: a new enumerator without a
// word does not compile.
#pragma once

#include <string_view>

#include "trace/event/event.h"
#include "trace/event/header.h"
#include "trace/world/world.h"

namespace cutaway {

constexpr std::string_view enum_name(SideKind value) {
  switch (value) {
    case SideKind::Sim:
      return "sim";
    case SideKind::Real:
      return "real";
  }
  return {};
}
constexpr std::string_view enum_name(CgroupVersion value) {
  switch (value) {
    case CgroupVersion::V1:
      return "v1";
    case CgroupVersion::V2:
      return "v2";
    case CgroupVersion::Hybrid:
      return "hybrid";
  }
  return {};
}
constexpr std::string_view enum_name(HostOs value) {
  switch (value) {
    case HostOs::Linux:
      return "linux";
    case HostOs::Mac:
      return "mac";
    case HostOs::Windows:
      return "windows";
  }
  return {};
}
constexpr std::string_view enum_name(How value) {
  switch (value) {
    case How::None:
      return "none";
    case How::Seen:
      return "seen";
    case How::Read:
      return "read";
    case How::Inferred:
      return "inferred";
  }
  return {};
}
constexpr std::string_view enum_name(Role value) {
  switch (value) {
    case Role::Host:
      return "host";
    case Role::Client:
      return "client";
    case Role::Daemon:
      return "daemon";
    case Role::Shim:
      return "shim";
    case Role::Runtime:
      return "runtime";
    case Role::Init:
      return "init";
    case Role::Workload:
      return "workload";
    case Role::Exec:
      return "exec";
  }
  return {};
}
constexpr std::string_view enum_name(NsKind value) {
  switch (value) {
    case NsKind::Mnt:
      return "mnt";
    case NsKind::Pid:
      return "pid";
    case NsKind::Net:
      return "net";
    case NsKind::Uts:
      return "uts";
    case NsKind::Ipc:
      return "ipc";
    case NsKind::User:
      return "user";
    case NsKind::Cgroup:
      return "cgroup";
    case NsKind::Time:
      return "time";
  }
  return {};
}
constexpr std::string_view enum_name(TaskState value) {
  switch (value) {
    case TaskState::Running:
      return "running";
    case TaskState::Runnable:
      return "runnable";
    case TaskState::Blocked:
      return "blocked";
    case TaskState::Stopped:
      return "stopped";
    case TaskState::Zombie:
      return "zombie";
  }
  return {};
}
constexpr std::string_view enum_name(SeccompMode value) {
  switch (value) {
    case SeccompMode::Off:
      return "off";
    case SeccompMode::Strict:
      return "strict";
    case SeccompMode::Filter:
      return "filter";
  }
  return {};
}
constexpr std::string_view enum_name(FileKind value) {
  switch (value) {
    case FileKind::Inode:
      return "inode";
    case FileKind::Virtual:
      return "virtual";
    case FileKind::PipeRead:
      return "pipe_read";
    case FileKind::PipeWrite:
      return "pipe_write";
    case FileKind::Socket:
      return "socket";
    case FileKind::Terminal:
      return "terminal";
    case FileKind::Namespace:
      return "namespace";
    case FileKind::Null:
      return "null";
    case FileKind::Other:
      return "other";
    case FileKind::TerminalMaster:
      return "terminal_master";
  }
  return {};
}
constexpr std::string_view enum_name(ChannelKind value) {
  switch (value) {
    case ChannelKind::Pipe:
      return "pipe";
    case ChannelKind::Pty:
      return "pty";
    case ChannelKind::File:
      return "file";
    case ChannelKind::Socket:
      return "socket";
    case ChannelKind::Null:
      return "null";
  }
  return {};
}
constexpr std::string_view enum_name(Direction value) {
  switch (value) {
    case Direction::In:
      return "in";
    case Direction::Out:
      return "out";
  }
  return {};
}
constexpr std::string_view enum_name(SocketState value) {
  switch (value) {
    case SocketState::Unbound:
      return "unbound";
    case SocketState::Bound:
      return "bound";
    case SocketState::Listening:
      return "listening";
    case SocketState::Connected:
      return "connected";
    case SocketState::Closed:
      return "closed";
  }
  return {};
}
constexpr std::string_view enum_name(ContainerState value) {
  switch (value) {
    case ContainerState::Created:
      return "created";
    case ContainerState::Running:
      return "running";
    case ContainerState::Paused:
      return "paused";
    case ContainerState::Exited:
      return "exited";
    case ContainerState::Dead:
      return "dead";
  }
  return {};
}

/// How many enumerators E has (they count from 0 without gaps).
template <class E>
constexpr unsigned enum_count() {
  unsigned count = 0;
  while (!enum_name(static_cast<E>(count)).empty()) ++count;
  return count;
}

/// False when E has no such word.
template <class E>
bool enum_of(std::string_view name, E& value) {
  for (unsigned index = 0; index < enum_count<E>(); ++index) {
    if (enum_name(static_cast<E>(index)) != name) continue;
    value = static_cast<E>(index);
    return true;
  }
  return false;
}

}  // namespace cutaway

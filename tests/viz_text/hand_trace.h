// A small World made by hand, and events on top of it: a host with a daemon, one container with a
// limit, its task. For what no bundled scenario shows.
#pragma once

#include <string>

#include "trace/log/trace.h"

namespace cutaway::viz {

inline constexpr TaskId kInit{1};    ///< pid 1 of the host
inline constexpr TaskId kDaemon{2};  ///< dockerd, 812
inline constexpr TaskId kShell{3};   ///< bash, 700
inline constexpr TaskId kWeb{4};     ///< pid 1 of "web", 4711 on the host
inline constexpr ContainerId kWebBox{1};
inline constexpr CgroupId kWebCgroup{2};

/// Host, daemon and shell; no container.
World hand_host();
/// The same with the container "web": running, own namespaces, memory.max 64 MiB, 16 MiB touched.
World hand_web();

/// A trace that begins with this World.
Trace hand_trace(World world);

/// Appends an event of this task, one microsecond after the last.
EventIndex add(Trace& trace, TaskId task, Body body, std::string_view step = {}, CallId call = {},
               ContainerId container = {});
/// A call with the events that it caused: effects first, then its line. Index of the line.
EventIndex add_call(Trace& trace, TaskId task, Syscall line, std::vector<Body> effects = {},
                    std::string_view step = {}, ContainerId container = {});

Syscall made(abi::Sys sys, std::vector<Arg> args, std::int64_t ret = 0,
             abi::Errno err = abi::Errno::kOk);

}  // namespace cutaway::viz

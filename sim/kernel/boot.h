// The machine as it stands before the first command: a Debian-like host, booted, with systemd,
// dockerd and a console. Nothing here is docker's doing yet.
#pragma once

#include "sim/core/program.h"
#include "trace/event/header.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway::sim {

/// Tasks: "systemd" (pid 1), "dockerd" (812), "bash" (2041: the console; descriptors 0 /dev/null, 1
/// and 2 a capture terminal, 3 the read end of the pipe "commands", whose write end systemd holds).
/// On a Mac and on Windows the machine is a VM, and the console a shell of the computer around it.
World boot_world(const Machine& machine);
/// Who reads the pipe "commands".
TaskId console_of(const World& world);
/// The contents of the host's files, which that World refers to. (Kernel::boot does this.)
void put_host_contents(BlobStore& blobs);

/// What runs as pid 1: it waits for whoever is left to it.
Program host_init(Sys sys, State state);

}  // namespace cutaway::sim

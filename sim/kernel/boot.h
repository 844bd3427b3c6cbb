// The machine as it stands before the first command: a Debian-like host, booted, with systemd,
// dockerd and a console. Nothing here is docker's doing yet.
#pragma once

#include "sim/core/program.h"
#include "spec/litmus.h"
#include "trace/event/header.h"
#include "trace/log/blob_store.h"
#include "trace/world/world.h"

namespace cutaway::sim {

/// Tasks: "systemd" (pid 1), "dockerd" (812), "bash" (2041: the console; descriptors 0 /dev/null, 1
/// and 2 a capture terminal, 3 the read end of the pipe "commands", whose write end systemd holds).
/// On a Mac and on Windows the machine is a VM, and the console a shell of the computer around it.
World boot_world(const Machine& machine);
/// The start of a litmus program (CONTRACT §5, "Start"): pid 1 that only reaps and the first task,
/// pid 2. Tier U: in namespaces of its own, with ids that are nobody's, below a limited cgroup, its
/// root a tmpfs with `files`, /proc and five devices. Tier R: the machine's own namespaces but for
/// mnt, the same tmpfs, with /dev, /sys and the cgroup file systems.
struct Sandbox {
  bool real_root = false;  ///< tier R
  const spec::FileSet* files = nullptr;
  std::int64_t memory_bytes = 0, pids = 0, cpu_ppm = 0;  ///< 0: the default
};
struct SandboxWorld {
  World world;
  TaskId reaper, first;
};
SandboxWorld sandbox_world(const Machine& machine, const Sandbox& sandbox);
/// The contents of its files.
void put_sandbox_contents(BlobStore& blobs, const spec::FileSet& files);

/// Who reads the pipe "commands".
TaskId console_of(const World& world);
/// The contents of the host's files, which that World refers to. (Kernel::boot does this.)
void put_host_contents(BlobStore& blobs);

/// What runs as pid 1: it waits for whoever is left to it.
Program host_init(Sys sys, State state);

}  // namespace cutaway::sim

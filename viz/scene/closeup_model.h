// Close-ups: one container, one process, one system call, each filling the picture. As data; made
// by closeup_from_world_*, drawn by closeup_scene_*, said by viz/text/closeup_words.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/caption.h"
#include "viz/scene/ship_model.h"

namespace cutaway::viz {

// A name and what it is, with the id that a click means (may be empty).
struct Fact {
  std::string key;
  std::string value;
  std::string id;
  bool strong = false;  // this step changed it
};

// One of the eight namespaces and what the table in it says.
struct NsPart {
  std::string kind;    // "mnt"
  std::string holds;   // "files"
  std::string number;  // "…1835"
  std::string id;      // "node:web/mnt"
  bool own = false;
  std::vector<Fact> entries;
};

// One file of the cgroup that can hold a limit.
struct LimitPart {
  std::string id;       // "limit:web/memory"
  std::string title;    // "Memory"
  std::string file;     // "memory.max"
  std::string written;  // "33554432", "max"
  std::string used;     // "31.2 MiB"; empty: not known
  std::string allowed;  // "32 MiB"; empty: no limit
  double share = 0;     // used of the limit, or of the machine where there is none
  bool limited = false;
  bool full = false;
};

// A layer of the overlay, the writable one first.
struct LayerPart {
  std::string id;
  std::string label;  // "top", "busybox", "e3b0c4…"
  std::string note;   // "writable", "read-only, shared with B"
  std::string size;
  bool writable = false;
};

struct ContainerCloseup {
  int slot = kHostSlot;
  std::string name, image, state;
  std::vector<Task> tasks;
  std::array<NsPart, 8> namespaces;
  std::string cgroup;  // its path
  std::vector<LimitPart> limits;
  std::vector<LayerPart> layers;
};

struct CapabilityCell {
  std::string name;  // "CHOWN"
  bool effective = false, permitted = false, bounding = false;
};

struct PlugPart {
  int fd = 0;
  std::string is;       // "pipe:[17]", "/etc/passwd"
  std::string other;    // who has its other end: "0 of cat (5)"
  std::string kind;     // "pipe", "pty", "file", "socket", "null"
  bool closes = false;  // at execve
};

struct ProcessCloseup {
  int slot = kHostSlot;
  std::string id;  // "task:4711"
  std::string program;
  std::vector<Fact> identity;  // pids at each level, parent, state, program file, arguments
  std::vector<Fact> who;       // users, groups, filter, no_new_privs
  std::vector<CapabilityCell> capabilities;
  std::vector<PlugPart> plugs;
  std::vector<Fact> signals;  // pending, blocked, ignored, handled
  std::vector<Fact> memory;   // pages, who pays, root, cwd
};

struct SyscallCloseup {
  int slot = kHostSlot;
  std::string who;                  // "echo, 1 in 8f2c (4711 on the host)"
  std::string call;                 // "pivot_root"
  std::string number;               // "155": what rax holds at entry
  std::vector<Fact> arguments;      // register and name → decoded value
  std::vector<CaptionPart> checks;  // in order, each with its verdict
  std::vector<Fact> effects;        // event number → words
  std::string answer;               // "= 0", "EPERM: …"; empty: it has not returned
  bool refused = false;
  std::string took;  // "12.4 µs"
};

// What fills the picture; none: the ship.
struct Closeup {
  std::optional<ContainerCloseup> container;
  std::optional<ProcessCloseup> process;
  std::optional<SyscallCloseup> syscall;

  [[nodiscard]] bool empty() const { return !container && !process && !syscall; }
};

}  // namespace cutaway::viz

// ShipModel: what is to be drawn, in the words of the domain and in numbers that are already
// computed. Made from a World by viz/scene/ship_from_world; laid out by ship_scene. A
// default-constructed part is left out of the picture. Texts of figures ("1.2 MiB") come finished;
// shares are 0 … 1.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/grace_model.h"
#include "viz/scene/ship_engine_model.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

enum class Deck { Engine, Processes, Kernel, Hardware };
inline constexpr int kDeckCount = 4;

// What somebody asks the kernel for: the columns of its rows, left to right.
enum class Column { Cpu, Memory, Mount, Net, Pid, User, Uts };
inline constexpr int kColumnCount = 7;
// As ids name them: "node:web/mnt". They do not change with the language.
inline constexpr std::array<const char*, kColumnCount> kColumnIds = {"cpu", "mem",  "mnt", "net",
                                                                     "pid", "user", "uts"};
inline constexpr std::array<const char*, kDeckCount> kDeckIds = {"engine", "processes", "kernel",
                                                                 "hardware"};
constexpr std::size_t index_of(Column column) { return static_cast<std::size_t>(column); }

// Absent: not there (yet); Own: a filled node; Host: a ring that is joined to the host's node.
enum class NsKind { Absent, Own, Host };

struct Gauge {
  std::string label;  // "1.2 MiB", "32.0 of 32 MiB"
  double used = 0;    // of the limit, or of the machine where there is none
  bool limited = false;
  bool full = false;  // the limit bites
  double peak = 0;    // live: the last ten seconds' highest
};

// One entry of a table of the kernel: a mount, an interface, a pid, a user, a host name.
struct TableEntry {
  std::string id;       // "node:web/mnt", what a click means
  std::string text;     // "/", ".0.2", "1 = 4711"
  std::string sub;      // mounts only: "overlay"
  bool strong = false;  // this step changed or asked it
};

// Somebody who asks: the host, or a container. A row of the kernel.
struct Actor {
  int slot = kHostSlot;
  std::string id;  // "web": part of every id of its marks
  std::string name;
  int row = -1;  // place among the kernel's rows, kept for life (the host has 0); -1: the next
  std::optional<Gauge> cpu;
  std::optional<Gauge> memory;
  std::array<NsKind, kColumnCount> ns = {};  // by Column; Cpu and Memory stay Absent
  std::array<std::vector<TableEntry>, kColumnCount> tables;
  bool gate = false;  // does it have an opening in the plate …
  bool mesh = false;  // … and is a syscall filter loaded in it?

  [[nodiscard]] std::vector<TableEntry>& table(Column c) { return tables[index_of(c)]; }
  [[nodiscard]] const std::vector<TableEntry>& table(Column c) const { return tables[index_of(c)]; }
};

// Now: it acts in this step. Victim: chosen to die. Ended: not yet reaped, a dashed contour.
enum class TaskMode { Quiet, Now, Victim, Ended };

struct Task {
  std::string id;  // "task:4711"
  std::string pid_here;
  std::string pid_on_host;
  std::string comm;
  TaskMode mode = TaskMode::Quiet;
};

struct Plug {
  int fd = 0;
  std::string name;  // "stdin"
  std::string to;    // "/dev/null", "pipe"
};

struct Container {
  Actor actor;
  std::string image;
  std::string state;  // "state: creating", "running", "next: exit 137"
  bool state_is_bad = false;
  bool solid = true;               // false: a record only, or ended: its outline is dashed
  std::vector<Task> tasks;         // by pid here
  std::vector<std::string> notes;  // the first is said, the others are quieter
  std::vector<Plug> plugs;
};

struct CpuSlice {
  double from = 0;
  double to = 0;
  int slot = kHostSlot;
  bool throttled = false;
};

struct MemoryShare {
  int slot = kHostSlot;
  std::string id;
  double share = 0;  // of all the machine has
  std::string figure;
  bool strong = false;
};

struct Layer {
  std::string id;
  std::string label;       // "busybox"
  std::string note;        // "read-only"
  double fraction = 1;     // of it here
  std::vector<int> users;  // slots of containers that stand on it; none: an image that nobody uses
  int level = 0;           // 0: the lowest of its image
  bool strong = false;
  int asker = kHostSlot;  // whose call is using it just now: a contour in that colour
};

struct Top {
  int slot = 0;
  std::string id;
  std::string label;   // "top"
  std::string figure;  // "0 B"
  bool strong = false;
};

struct CardShare {
  int slot = kHostSlot;
  double share = 0;
};

struct HardwareModel {
  std::vector<std::vector<CpuSlice>> cpus;  // one lane each
  std::vector<MemoryShare> memory;          // from the bottom
  std::string memory_total;                 // "8 GiB"
  std::string memory_free;                  // "5.9 free"
  std::vector<std::string> host_files;      // "/", "host's", "files"
  std::vector<Top> tops;
  std::vector<Layer> layers;
  std::string card_name;  // "eth0"; empty: no card
  std::string card_address;
  std::vector<CardShare> card_use;
};

// The stations of a packet's way.
// Rights: where the row begins, the kernel asks for a capability, if the call needs one.
enum class Where { Task, Gate, Rights, Row, Table, Hardware, Answer };

struct Station {
  int number = 0;  // 0: no balloon
  Where where = Where::Task;
  bool done = true;
};

// A syscall (or a storm of one kind) on its way.
struct Packet {
  int slot = kHostSlot;
  std::string task;                   // id of the task it leaves
  std::string label;                  // "pivot_root(".", ".")"
  std::optional<Column> column;       // whose table answers; none: it stays at the row of who asks
  Where reach = Where::Table;         // how far it gets
  std::optional<std::string> answer;  // "= 3", "EPERM"; none: not back yet
  bool refused = false;               // stopped at `reach`
  bool rights = false;                // a capability is asked for: a station of its own
  bool stream = false;                // a storm: one thick wire
  std::vector<Station> stations;
};

// A signal that the kernel brings up to a task.
struct Signal {
  int slot = 0;
  std::string task;
  std::string label;  // "SIGTERM, dropped"
  bool dropped = false;
  std::string from = {};  // "dockerd 812": who sent it; empty: the kernel, or nobody known
  int number = 0;         // of its balloon, where it ends; 0: none
  bool from_lid = false;  // the kernel sends it because the memory's lid is reached
  int choice = 0;         // of the balloon on its way, where somebody is chosen; 0: none
};

// What goes from one network interface to another: between containers by their cables and the
// bridge, or out of the machine by the card.
struct Frame {
  std::optional<int> from;  // whose interface it leaves; none: it comes from outside
  std::optional<int> to;    // whose it reaches; none: it leaves the machine
  std::string label;        // "tcp, SYN, from 172.17.0.3:40000 to 172.17.0.2:80"
  std::string way;          // "eth0, veth5c1f, docker0, veth9a77, eth0"
  bool dropped = false;     // it got no further than the last of its way
  std::string why;          // dropped: because of what
};

// How near we are. Ship: decks, colours, nodes, segments and the path; no figures. Deck: with words
// and figures.
enum class Level { Ship, Deck };

// On Mac and Windows the hull is a small Linux machine, and this is what lies around it: as far as
// a trace tells, which has recorded the inner machine. What it does not tell is not shown.
struct OutsideModel {
  std::string name;         // "Your Mac"
  std::string kernel;       // "macOS kernel (Darwin)"
  std::string kernel_does;  // what it does, in a few words
  std::string hull;         // what the hull is, on its keel
  std::string vm_process;   // "VM process": what all of this is to the laptop …
  std::string vm_uses;      // "1.3 GiB": … and the memory that it takes
  std::string vm_limit;     // "1.3 of 4 GiB at most"
  double vm_share = 0;      // of what it may have at most
  std::string note;         // why there is a Linux machine at all
};

/// However wide the picture, so many containers have a place of their own at most.
inline constexpr int kPlacesAtMost = 40;

struct ShipModel {
  enum class Size { Folded, Normal, Large };
  Level level = Level::Deck;
  std::array<Size, kDeckCount> size = {Size::Normal, Size::Normal, Size::Normal, Size::Normal};
  std::array<std::string, kDeckCount> quiet;  // what a folded deck says in its one line

  EngineModel engine;
  Actor host;
  std::vector<Task> host_tasks;
  std::vector<Container> containers;  // by slot
  HardwareModel hardware;
  std::optional<Packet> packet;
  std::optional<Signal> signal;
  std::optional<Frame> frame;
  std::optional<Grace> grace;
  std::int64_t lost = 0;                // events that the trace lost just before this moment
  int capacity = 0;                     // containers to leave room for, if more than there are
  std::optional<OutsideModel> outside;  // Mac, Windows
  std::optional<int> lit;               // a lens: this slot at full strength, the rest quiet
  bool legend = true;
};

// How many stops its way has: the check of rights is one only where a right is asked for.
[[nodiscard]] int stop_count(const Packet& packet);

// Lets time pass in which nothing happens: the clock of a grace runs on, at most to its end.
void let_pass(ShipModel& model, std::int64_t ns);
// What the server's station says of it.
void tell_grace(ShipModel& model);

}  // namespace cutaway::viz

// Channels: what is plugged into descriptors 0, 1 and 2 of a container's first process, and the way
// of their bytes: pipe or terminal in the kernel, shim and server, log, client, terminal. As data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "viz/scene/caption.h"
#include "viz/theme/slots.h"

namespace cutaway::viz {

// What a descriptor leads to. Closed: nothing; a read or write there answers EBADF.
enum class PlugKind { Pipe, Pty, Null, File, Socket, Closed };

inline constexpr std::size_t kChannelCount = 3;
inline constexpr std::array<const char*, kChannelCount> kChannelNames = {"stdin", "stdout",
                                                                         "stderr"};

struct ChannelPlug {
  PlugKind kind = PlugKind::Closed;
  std::string is;            // "pipe:[17]", "/dev/null", "/dev/pts/0"
  std::string held_by;       // who holds the other end: "dockerd 812"; empty: nobody
  std::int64_t waiting = 0;  // bytes that lie in the kernel: written, not yet read
  bool attached = false;     // the tube goes on, to client and terminal

  [[nodiscard]] bool tube() const { return kind == PlugKind::Pipe || kind == PlugKind::Pty; }
};

// The stretches of the way, from the process outwards.
enum class Hop { Kernel, Server, Log, Client, Terminal };
inline constexpr std::size_t kHopCount = 5;

// Bytes on their way in this step: the stretch that ends (or, inwards, begins) at `hop`.
struct ChannelMove {
  std::size_t channel = 1;
  Hop hop = Hop::Kernel;
  bool inwards = false;
  std::int64_t bytes = 0;
  std::string text;  // "hi\n", readable
};

struct ChannelLogLine {
  std::string text;
  std::size_t channel = 1;
};

// One container.
struct ChannelColumn {
  int slot = kHostSlot;
  std::string id;                     // "web"
  std::string flags;                  // "-i", "-it", "neither", "-d"
  std::string said;                   // what the flags made of the plugs: "0 is /dev/null"
  std::vector<std::string> terminal;  // the last lines since its command was typed
  bool attached = false;              // does a client carry its bytes to a terminal?
  std::string server;                 // "dockerd"
  std::string client;                 // "docker"
  std::string task;                   // "task:4711"; empty: no process
  std::string pid_here, pid_on_host, comm;
  std::array<ChannelPlug, kChannelCount> plugs;
  std::vector<std::string> notes;
  std::vector<ChannelLogLine> log;  // the last lines
  std::optional<ChannelMove> move;
  std::vector<CaptionPart> stations;            // of the bytes that were last written: numbered
  std::size_t trail_channel = 1;                // the channel of those
  std::array<int, kHopCount + 1> numbers = {};  // by Hop; the last is the process itself; 0: none

  [[nodiscard]] bool one_pty() const { return plugs[1].kind == PlugKind::Pty; }
};

struct Channels {
  std::vector<ChannelColumn> columns;
  std::size_t more = 0;  // containers for which there is no room
};

// "3 bytes", "1 byte", "4.2 kB".
[[nodiscard]] std::string bytes_words(std::int64_t bytes);

}  // namespace cutaway::viz

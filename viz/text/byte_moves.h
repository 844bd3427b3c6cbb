// Bytes of a container's three channels on their way: which event moves which of them, and how far.
#pragma once

#include <array>
#include <optional>

#include "trace/log/trace.h"
#include "viz/scene/channels_model.h"

namespace cutaway::viz {

/// What the three descriptors of a container's first process lead to.
struct ChannelEnds {
  ContainerId container;
  std::array<FileId, kChannelCount> files;
  std::array<PipeId, kChannelCount> pipes;  ///< none: no pipe
  TerminalId terminal;                      ///< of a pty
  std::size_t since = 0;                    ///< position of the command that started it
  bool tty = false;
  TaskId client;          ///< of those, the one that is attached; none: any
  bool attached = false;  ///< a client of this container prints to the terminal
};

struct ByteMove {
  ChannelMove move;
  TaskId who;
};
/// Nothing, when the event moves no bytes of these channels. `world`: one that still knows the
/// descriptors that the event names.
[[nodiscard]] std::optional<ByteMove> byte_move(const Trace& trace, const World& world,
                                                const ChannelEnds& ends, const Event& event);

/// How far the bytes have come that moved last before `position`.
struct ByteTrail {
  bool inwards = false;
  std::size_t channel = 1;
  std::array<std::optional<ByteMove>, kHopCount + 1> moves;  ///< by Hop; the last: the process
};
/// Read event by event with the World of each: the client that printed the bytes has mostly ended
/// when they are asked for.
[[nodiscard]] std::optional<ByteTrail> byte_trail(const Trace& trace, std::size_t position,
                                                  const ChannelEnds& ends);

}  // namespace cutaway::viz

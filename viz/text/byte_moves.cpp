#include "viz/text/byte_moves.h"

#include <algorithm>

#include "base/text.h"
#include "viz/player/event_class.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

constexpr std::size_t kBytesLookBack = 16384;  // events: some milliseconds
constexpr std::size_t kShownBytes = 24;
constexpr std::size_t kProcess = kHopCount;  // in a trail: the process itself
constexpr std::size_t kFrameHead = 8;  // of a frame of docker's stream: channel, 3 × 0, length

std::size_t channel_number(std::string_view name) { return name == "stderr" ? 2 : 1; }

/// Docker's attach stream: each piece is preceded by its channel and length.
std::optional<std::size_t> framed_channel(std::string_view bytes) {
  const bool head = bytes.size() >= kFrameHead && (bytes[0] == 1 || bytes[0] == 2) &&
                    bytes[1] == 0 && bytes[2] == 0 && bytes[3] == 0;
  return head ? std::optional(static_cast<std::size_t>(bytes[0])) : std::nullopt;
}

bool is_request(std::string_view bytes) {
  for (const char* method : {"GET ", "POST ", "DELETE ", "HEAD ", "HTTP/"}) {
    if (starts_with(bytes, method)) return true;
  }
  return false;
}

/// Reads what an event moves, for one container.
class MoveReader {
 public:
  MoveReader(const Trace& trace, const World& world, const ChannelEnds& ends, const Event& event)
      : trace_(trace), world_(world), ends_(ends), event_(event) {}

  std::optional<ByteMove> operator()(const BytesMoved& b) const {
    const cutaway::Task* task = process_of(world_, event_.stamp.task);
    if (task == nullptr || b.bytes <= 0) return std::nullopt;
    const cutaway::Container* home = home_of(world_, *task);
    if (home != nullptr) return home->number == ends_.container ? inside(b) : std::nullopt;
    return outside(b, *task);
  }
  std::optional<ByteMove> operator()(const ContainerLogged& b) const {
    if (event_.stamp.container != ends_.container) return std::nullopt;
    return made(channel_number(b.channel), Hop::Log, false, b.bytes, b.data, {});
  }
  std::optional<ByteMove> operator()(const CliPrinted& b) const {
    if (!ends_.attached) return std::nullopt;
    return made(channel_number(b.channel), Hop::Terminal, false, b.bytes, b.data, {});
  }
  template <class Other>
  std::optional<ByteMove> operator()(const Other&) const {
    return std::nullopt;
  }

 private:
  std::string_view bytes_of(BlobId data, std::string_view text) const {
    const std::string_view bytes = data ? trace_.blobs.get(data) : std::string_view();
    return bytes.empty() ? text : bytes;
  }

  ByteMove made(std::size_t channel, Hop hop, bool inwards, std::int64_t bytes, BlobId data,
                std::string_view text) const {
    std::string_view all = bytes_of(data, text);
    std::int64_t count = bytes;
    if (const auto framed = framed_channel(all)) {
      all.remove_prefix(kFrameHead);
      count -= static_cast<std::int64_t>(kFrameHead);
    }
    ChannelMove move = {channel, hop, inwards, count, short_text(printable(all), kShownBytes)};
    return {std::move(move), event_.stamp.task};
  }
  ByteMove made(std::size_t channel, Hop hop, bool inwards, const BytesMoved& b) const {
    return made(channel, hop, inwards, b.bytes, b.data, b.text);
  }

  /// The process itself, or a child of it, at the plug.
  std::optional<ByteMove> inside(const BytesMoved& b) const {
    const bool in = b.dir == Direction::In;
    for (std::size_t k = 0; k < kChannelCount; ++k) {
      if (!ends_.files[k] || ends_.files[k] != b.file) continue;
      // A terminal is one file for all three: what is read comes in, what is written goes out.
      const std::size_t channel = !ends_.terminal ? k : in ? 0 : 1;
      if (in == (channel == 0)) return made(channel, Hop::Kernel, in, b);
    }
    return std::nullopt;
  }

  std::optional<ByteMove> outside(const BytesMoved& b, const cutaway::Task& task) const {
    const OpenFile* file = world_.files.find(b.file);
    const bool in = b.dir == Direction::In;
    if (file != nullptr && file->kind == FileKind::TerminalMaster && ends_.terminal &&
        file->terminal == ends_.terminal)
      return made(in ? 1 : 0, Hop::Server, !in, b);
    for (std::size_t k = 0; k < kChannelCount && file != nullptr; ++k) {
      const bool pipe = file->kind == FileKind::PipeRead || file->kind == FileKind::PipeWrite;
      if (pipe && ends_.pipes[k] && file->pipe == ends_.pipes[k] && in == (k != 0))
        return made(k, Hop::Server, k == 0, b);
    }
    if (task.role == Role::Daemon) return sent(b, file);
    const bool other = ends_.client && task.id != ends_.client;
    if (task.role == Role::Client && ends_.attached && !other) return carried(b, file);
    return std::nullopt;
  }

  /// The server to the client, over the attached connection.
  std::optional<ByteMove> sent(const BytesMoved& b, const OpenFile* file) const {
    const bool socket = file != nullptr && file->kind == FileKind::Socket;
    const bool about = event_.stamp.container == ends_.container;
    if (!socket || !about || b.dir != Direction::Out) return std::nullopt;
    const std::string_view bytes = bytes_of(b.data, b.text);
    if (const auto channel = framed_channel(bytes)) return made(*channel, Hop::Client, false, b);
    const bool raw = ends_.tty && !is_request(bytes);
    return raw ? std::optional(made(1, Hop::Client, false, b)) : std::nullopt;
  }

  /// The client: from the terminal to the server, and from the server to the terminal.
  std::optional<ByteMove> carried(const BytesMoved& b, const OpenFile* file) const {
    const bool out = b.dir == Direction::Out;
    if (out && (b.fd == 1 || b.fd == 2))
      return made(static_cast<std::size_t>(b.fd), Hop::Terminal, false, b);
    if (!out && b.fd == 0) return made(0, Hop::Terminal, true, b);
    const bool socket = file != nullptr && file->kind == FileKind::Socket;
    if (!out || !socket || is_request(bytes_of(b.data, b.text))) return std::nullopt;
    return made(0, Hop::Client, true, b);
  }

  const Trace& trace_;
  const World& world_;
  const ChannelEnds& ends_;
  const Event& event_;
};

bool may_move(const Record& record) {
  return is<BytesMoved>(record) || is<ContainerLogged>(record) || is<CliPrinted>(record);
}

/// Where a trail begins: outwards with the process's write, inwards with what was typed, or where
/// nobody types what was fed into the pipe.
bool begins(const ChannelMove& move) {
  if (!move.inwards) return move.hop == Hop::Kernel;
  return move.hop == Hop::Terminal;
}

std::size_t place_of_move(const ChannelMove& move) {
  return move.hop == Hop::Kernel ? kProcess : static_cast<std::size_t>(move.hop);
}

}  // namespace

std::optional<ByteMove> byte_move(const Trace& trace, const World& world, const ChannelEnds& ends,
                                  const Event& event) {
  return std::visit(MoveReader(trace, world, ends, event), event.body);
}

std::optional<ByteTrail> byte_trail(const Trace& trace, std::size_t position,
                                    const ChannelEnds& ends) {
  const std::size_t from =
      std::max(ends.since, position > kBytesLookBack ? position - kBytesLookBack : 0);
  std::array<std::optional<ByteTrail>, kChannelCount> trails;
  std::optional<ByteTrail>* newest = nullptr;
  World world = trace.world_at(from);  // who moved them may be gone by now
  for (std::size_t n = from; n < position; ++n) {
    const Event event = trace.event(n);
    evolve(world, event);
    if (!may_move(trace.record(n))) continue;
    auto moved = byte_move(trace, world, ends, event);
    if (!moved) continue;
    std::optional<ByteTrail>& trail = trails[moved->move.channel];
    if (begins(moved->move)) trail = ByteTrail{moved->move.inwards, moved->move.channel, {}};
    if (!trail) continue;
    trail->moves[place_of_move(moved->move)] = std::move(moved);
    newest = &trail;
  }
  return newest == nullptr ? std::nullopt : *newest;
}

}  // namespace cutaway::viz

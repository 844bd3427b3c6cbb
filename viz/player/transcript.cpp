#include "viz/player/transcript.h"

#include <algorithm>

#include "viz/player/event_class.h"
#include "viz/text/terminal_lines.h"

namespace cutaway::viz {
void Transcript::extend(const Trace& trace, const BodyBlocks& kinds) {
  static const BodySet told =
      bodies<Snapshot, FileOpened, BytesMoved, CliPrinted, CliTyped, CliDone>();
  kinds.each_of(trace, seen_, told, [&](std::size_t n) { note(trace, n); });
  seen_ = trace.size();
}

void Transcript::note(const Trace& trace, std::size_t n) {
  const Record& record = trace.record(n);
  if (is<Snapshot>(record)) {
    const World world = trace.world_at(n + 1);
    world.files.each([&](const OpenFile& file) { note_file(file, world, n); });
  } else if (is<FileOpened>(record)) {
    note_file(std::get<FileOpened>(trace.event(n).body).file, trace.head(), n);
  } else if (is<BytesMoved>(record)) {
    note_bytes(trace, n);
  } else if (is<CliPrinted>(record)) {
    const CliPrinted printed = std::get<CliPrinted>(trace.event(n).body);
    pieces_.push_back(
        {n, std::string(trace.blobs.get(printed.data)),
         printed.channel == "stderr" ? ScreenPiece::Kind::Error : ScreenPiece::Kind::Out});
  } else if (is<CliTyped>(record)) {
    pieces_.push_back({n, std::get<CliTyped>(trace.event(n).body).line, ScreenPiece::Kind::Typed});
  } else if (is<CliDone>(record)) {
    pieces_.push_back({n, "", ScreenPiece::Kind::Done});
  }
}

/// A terminal of the host's: one in a container is read by docker, whose client prints it again.
void Transcript::note_file(const OpenFile& file, const World& world, std::size_t n) {
  if (file.kind != FileKind::Terminal) return;
  const Terminal* terminal = world.terminals.find(file.terminal);
  if (terminal == nullptr || terminal->devpts) return;
  screens_.insert(file.id);
  if (!sized_ && terminal->columns > 0 && terminal->rows > 0) {
    sized_ = true;
    pieces_.push_back({n, "", ScreenPiece::Kind::Size, terminal->columns, terminal->rows});
  }
  if (file.channel == kStderr) errors_.insert(file.id);
}

void Transcript::note_bytes(const Trace& trace, std::size_t n) {
  const BytesMoved moved = std::get<BytesMoved>(trace.event(n).body);
  if (moved.dir != Direction::Out || screens_.count(moved.file) == 0) return;
  const std::string_view whole = trace.blobs.get(moved.data);
  const bool error = errors_.count(moved.file) != 0;
  pieces_.push_back({n, whole.empty() ? moved.text : std::string(whole),
                     error ? ScreenPiece::Kind::Error : ScreenPiece::Kind::Out});
}

ScreenContent Transcript::screen_at(std::size_t position) const {
  const auto end =
      std::partition_point(pieces_.begin(), pieces_.end(),
                           [position](const ScreenPiece& piece) { return piece.event < position; });
  const auto count = static_cast<std::size_t>(end - pieces_.begin());
  ScreenContent screen = reel_->at(pieces_, count);
  screen.pieces = count;
  return screen;
}

bool Transcript::waits_for_command(std::size_t position) const {
  bool waits = true;
  for (const ScreenPiece& piece : pieces_) {
    if (piece.event >= position) break;
    if (piece.kind == ScreenPiece::Kind::Typed) waits = false;
    if (piece.kind == ScreenPiece::Kind::Done) waits = true;
  }
  return waits;
}

}  // namespace cutaway::viz

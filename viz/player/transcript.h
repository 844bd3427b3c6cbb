// What the terminal of whoever types the commands shows: the commands, and what came back.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "trace/log/trace.h"
#include "viz/player/body_blocks.h"
#include "viz/player/screen.h"

namespace cutaway::viz {

/// What a terminal was told by one event.
struct ScreenPiece {
  std::size_t event = 0;
  std::string text;
  enum class Kind { Typed, Out, Error, Done, Size } kind = Kind::Out;
  int columns = 0, rows = 0;  ///< of Size
};

/// The screen at any of the pieces: goes forward from where it stood last, or from the nearest
/// saved screen before.
class ScreenReel {
 public:
  /// After the first `count` pieces.
  ScreenContent at(const std::vector<ScreenPiece>& pieces, std::size_t count);

 private:
  struct Stop {
    std::size_t count = 0;
    std::shared_ptr<const Screen::Saved> saved;
  };
  void go_near(std::size_t count);
  void play(const ScreenPiece& piece);
  void save();

  std::shared_ptr<Scrolled> above_ = std::make_shared<Scrolled>();  ///< for all screens
  std::optional<Screen> screen_;
  std::size_t count_ = 0;    ///< pieces that it has taken
  std::size_t bytes_ = 0;    ///< since the last stop
  std::vector<Stop> stops_;  ///< in the order of the pieces
};

class Transcript {
 public:
  /// Takes in what the trace has got since the last call. Must be the same trace.
  void extend(const Trace& trace, const BodyBlocks& kinds);

  /// The screen after `position` events.
  ScreenContent screen_at(std::size_t position) const;
  /// All its lines, also those above the screen.
  std::vector<ScreenLine> lines_at(std::size_t position) const {
    return screen_at(position).joined();
  }
  /// Has a prompt come back, so that a cursor waits behind it?
  bool waits_for_command(std::size_t position) const;

 private:
  void note(const Trace& trace, std::size_t n);
  void note_bytes(const Trace& trace, std::size_t n);
  void note_file(const OpenFile& file, const World& world, std::size_t n);

  std::size_t seen_ = 0;
  std::vector<ScreenPiece> pieces_;
  /// What was computed before; of the same pieces for all copies.
  std::shared_ptr<ScreenReel> reel_ = std::make_shared<ScreenReel>();
  std::set<FileId> screens_;  ///< open files that lead to the terminal
  std::set<FileId> errors_;   ///< those of them that are stderr
  bool sized_ = false;        ///< its size is known
};

}  // namespace cutaway::viz

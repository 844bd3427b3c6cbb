// What the terminal of whoever types the commands shows: the commands, and what came back.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "trace/log/trace.h"

namespace cutaway::viz {

struct ScreenLine {
  std::string text;
  bool typed = false;           ///< a command, after the prompt
  bool error = false;           ///< came over stderr
  EventIndex event = kNoEvent;  ///< that typed or printed its last letters
};

class Transcript {
 public:
  /// Takes in what the trace has got since the last call. Must be the same trace.
  void extend(const Trace& trace);

  /// The screen after `position` events. Carriage returns, cursor movements up and erasing are
  /// followed; other control sequences are left out.
  std::vector<ScreenLine> lines_at(std::size_t position) const;
  /// Has a prompt come back, so that a cursor waits behind it?
  bool waits_for_command(std::size_t position) const;

 private:
  struct Piece {
    std::size_t event = 0;
    std::string text;
    enum class Kind { Typed, Out, Error, Done } kind = Kind::Out;
  };
  void note(const Trace& trace, std::size_t n);
  void note_bytes(const Trace& trace, std::size_t n);
  void note_file(const OpenFile& file, const World& world);

  std::size_t seen_ = 0;
  std::vector<Piece> pieces_;
  std::set<FileId> screens_;  ///< open files that lead to the terminal
  std::set<FileId> errors_;   ///< those of them that are stderr
};

}  // namespace cutaway::viz

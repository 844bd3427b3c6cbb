// The screen of a terminal, by libvterm: lines with the colours that were asked for, what has
// scrolled off the top, the cursor, the alternate screen. A function of size and bytes: however the
// bytes are cut into pieces, the screen is the same.
//
//   Screen screen;
//   screen.type("docker pull busybox", event);
//   screen.print("latest: Pulling\n", false, event);
//   draw(screen.content());
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "trace/event/event.h"

namespace cutaway::viz {

/// A colour as programs ask for it: the terminal's own, one of 256, or red, green and blue.
using TerminalColor = std::int32_t;
inline constexpr TerminalColor kOwnColor = -1;
inline constexpr TerminalColor kTrueColor = 0x1000000;  ///< set: the low 24 bits are the colour

/// How letters look (SGR).
struct LetterLook {
  TerminalColor text = kOwnColor, ground = kOwnColor;
  bool bold = false, italic = false, underline = false, reverse = false, strike = false;

  friend bool operator==(const LetterLook&, const LetterLook&) = default;
};

/// Letters of a line that look alike.
struct InkRun {
  std::size_t from = 0, to = 0;  ///< bytes of the line's text
  std::size_t column = 0;        ///< where they begin
  LetterLook ink;
  bool wide = false;  ///< the last of them takes two columns

  friend bool operator==(const InkRun&, const InkRun&) = default;
};

struct ScreenLine {
  std::string text;
  bool typed = false;           ///< a command, after the prompt
  bool error = false;           ///< came over stderr
  EventIndex event = kNoEvent;  ///< that typed or printed its last letters
  bool joins = false;           ///< goes on with the line above, which was full
  std::vector<InkRun> runs;     ///< of the whole text; empty: plain letters, one column each

  friend bool operator==(const ScreenLine&, const ScreenLine&) = default;
};

/// What has scrolled off the top. It only grows; whoever looks at a position looks at its first
/// lines.
using Scrolled = std::deque<ScreenLine>;

struct ScreenContent {
  int columns = 0;
  std::shared_ptr<const Scrolled> above;
  std::size_t above_count = 0;
  std::vector<ScreenLine> lines;  ///< of the screen itself, without empty ones at its end
  std::size_t cursor_line = 0, cursor_column = 0;
  bool cursor = true;      ///< is it shown?
  bool alternate = false;  ///< a full-screen program has the screen
  std::size_t pieces = 0;  ///< of its transcript: after as many it is the same screen

  /// All lines, full ones joined with what goes on below.
  std::vector<ScreenLine> joined() const;
  /// Where the cursor is among those.
  struct Place {
    std::size_t line = 0, column = 0;
  };
  Place cursor_place() const;
};

inline constexpr int kScreenColumns = 80;
inline constexpr int kScreenRows = 24;

class Screen {
 public:
  explicit Screen(int columns = kScreenColumns, int rows = kScreenRows,
                  std::shared_ptr<Scrolled> above = std::make_shared<Scrolled>());
  /// One that goes on where another was: its saved state, and the lines above that both share.
  struct Saved;
  Screen(const Saved& saved, std::shared_ptr<Scrolled> above);
  ~Screen();
  Screen(Screen&&) noexcept;
  Screen& operator=(Screen&&) noexcept;

  void resize(int columns, int rows);
  /// A command line of its own.
  void type(std::string_view line, EventIndex event = kNoEvent);
  void print(std::string_view bytes, bool error, EventIndex event = kNoEvent);
  ScreenContent content() const;

  /// The state of the screen, if nothing of it is hidden in the terminal: after a whole line, and
  /// no control sequence has changed what cannot be read back (tab stops, scroll region …).
  std::shared_ptr<const Saved> save() const;
  const std::shared_ptr<Scrolled>& above() const;

 private:
  class Terminal;
  std::unique_ptr<Terminal> terminal_;
};

}  // namespace cutaway::viz

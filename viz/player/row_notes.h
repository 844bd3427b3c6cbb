// What a terminal's cells do not say of a row: which event wrote it, over which channel, whether it
// is a command that was typed, and whether it goes on with the row above.
#pragma once

#include <string>
#include <vector>

#include "viz/player/screen.h"

namespace cutaway::viz {

struct RowNote {
  bool error = false;
  bool joins = false;  ///< the row above was full, and this goes on with it
  EventIndex event = kNoEvent;
  bool typed = false;
  std::string command;  ///< that was typed; its letters are not in the cells
};

struct Writer {
  EventIndex event = kNoEvent;
  bool error = false;
};

/// Notes of all rows, kept up to date by what libvterm tells of its screen.
class RowNotes {
 public:
  RowNotes(int columns, int rows) { resize(columns, rows); }
  void resize(int columns, int rows);

  std::size_t count() const { return notes_.size(); }
  const RowNote& at(std::size_t row) const { return notes_[row]; }
  void set(int row, RowNote note) { notes_[static_cast<std::size_t>(row)] = std::move(note); }
  /// Does the row below go on with this one?
  bool goes_on(std::size_t row) const { return row + 1 < count() && notes_[row + 1].joins; }

  /// Cells from (row, column) up to `end_row` and `end_column` are other ones now.
  struct Area {
    int row = 0, column = 0, end_row = 0, end_column = 0;
  };
  void changed(const Area& area, const Writer& writer);
  /// Rows moved from one place to another.
  void moved(const Area& to, const Area& from);
  void cursor_at(int row, int column);
  /// To the other of the two screens, each of which has its own rows.
  void swap_screens(bool to_alternate);

  const std::vector<RowNote>& all() const { return notes_; }
  void restore(std::vector<RowNote> notes);

 private:
  static constexpr int kNoRow = -1;
  void letter(const Area& area, const Writer& writer);
  RowNote& note(int row) { return notes_[static_cast<std::size_t>(row)]; }

  int columns_ = 0;
  std::vector<RowNote> notes_, other_;
  int edge_ = kNoRow;  ///< the row whose last column has been written, as long as nothing else came
};

}  // namespace cutaway::viz

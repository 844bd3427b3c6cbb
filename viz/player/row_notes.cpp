#include "viz/player/row_notes.h"

#include <algorithm>

namespace cutaway::viz {

void RowNotes::resize(int columns, int rows) {
  columns_ = columns;
  notes_.resize(static_cast<std::size_t>(rows));
  edge_ = kNoRow;
}

void RowNotes::letter(const Area& area, const Writer& writer) {
  RowNote& row = note(area.row);
  if (row.typed) row = RowNote();
  row.error = writer.error;
  row.event = writer.event;
  // Nobody moved here: the row above was full.
  if (area.column == 0) row.joins = edge_ != kNoRow && edge_ + 1 == area.row;
  edge_ = area.end_column == columns_ ? area.row : kNoRow;
}

void RowNotes::changed(const Area& area, const Writer& writer) {
  constexpr int kWidest = 2;  // columns of a letter
  // While it grows, new rows are told of before the new size.
  const int end = std::min(area.end_row, static_cast<int>(count()));
  if (area.row >= end) return;
  const bool one_row = area.end_row == area.row + 1;
  if (one_row && area.end_column - area.column <= kWidest) return letter(area, writer);
  if (area.column > 0 || area.end_column < columns_) return;
  for (int row = area.row; row < end; ++row) note(row) = RowNote();
}

void RowNotes::moved(const Area& to, const Area& from) {
  if (to.column > 0 || to.end_column < columns_) return;
  const int by = from.row - to.row;
  const auto begin = notes_.begin();
  // What they leave is told of as changed.
  if (by > 0)
    std::move(begin + from.row, begin + from.end_row, begin + to.row);
  else
    std::move_backward(begin + from.row, begin + from.end_row, begin + to.end_row);
  if (edge_ != kNoRow) edge_ -= by;
}

/// A full row is left by its next letter; who moves the cursor leaves it otherwise.
void RowNotes::cursor_at(int row, int column) {
  if (row != edge_ || column + 1 < columns_) edge_ = kNoRow;
}

void RowNotes::swap_screens(bool to_alternate) {
  other_.resize(notes_.size());
  std::swap(notes_, other_);
  if (to_alternate) std::fill(notes_.begin(), notes_.end(), RowNote());
  edge_ = kNoRow;
}

void RowNotes::restore(std::vector<RowNote> notes) {
  notes_ = std::move(notes);
  edge_ = kNoRow;
}

}  // namespace cutaway::viz

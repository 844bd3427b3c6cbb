// Rows of a screen as the lines that were printed: a full row and what goes on below it are one.
#include "viz/player/screen.h"

namespace cutaway::viz {
namespace {

std::vector<InkRun> runs_of(const ScreenLine& line) {
  if (!line.runs.empty()) return line.runs;
  return {{0, line.text.size(), 0, {}, false}};
}

/// `columns`: of the screen, where the row above ended.
void join_lines(ScreenLine& line, const ScreenLine& more, std::size_t columns) {
  if (!line.runs.empty() || !more.runs.empty()) {
    std::vector<InkRun> runs = runs_of(line);
    for (InkRun run : runs_of(more)) {
      run.from += line.text.size();
      run.to += line.text.size();
      run.column += columns;
      runs.push_back(run);
    }
    line.runs = std::move(runs);
  }
  line.text += more.text;
  line.event = more.event;
  line.error = more.error;
}

}  // namespace

std::vector<ScreenLine> ScreenContent::joined() const {
  std::vector<ScreenLine> all;
  std::size_t rows = 0;  // of the last of them
  const auto add = [&](const ScreenLine& line) {
    if (line.joins && !all.empty()) {
      join_lines(all.back(), line, rows++ * static_cast<std::size_t>(columns));
      return;
    }
    all.push_back(line);
    rows = 1;
  };
  for (std::size_t i = 0; i < above_count; ++i) add((*above)[i]);
  for (const ScreenLine& line : lines) add(line);
  return all;
}

ScreenContent::Place ScreenContent::cursor_place() const {
  Place place;
  std::size_t begun = 0;
  std::size_t rows = 0;
  const auto pass = [&](bool joins) {
    if (joins && begun > 0) {
      ++rows;
      return;
    }
    ++begun;
    rows = 0;
  };
  for (std::size_t i = 0; i < above_count; ++i) pass((*above)[i].joins);
  for (std::size_t i = 0; i <= cursor_line; ++i) pass(i < lines.size() && lines[i].joins);
  place.line = begun - 1;
  place.column = cursor_column + rows * static_cast<std::size_t>(columns);
  return place;
}

}  // namespace cutaway::viz

// Where the shell's lines come from: a person at a terminal (libedit: editing, history,
// completion), or a file or pipe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace cutaway::app {

class LineReader {
 public:
  virtual ~LineReader() = default;
  /// The next line without its end; none: no more will come. `prompt` is shown to a person.
  virtual std::optional<std::string> line(const std::string& prompt) = 0;
};

/// Words that the last word of a line can become.
using Candidates = std::function<std::vector<std::string>(const std::string& line)>;

/// Lines of a person at this terminal; earlier ones are kept in `history` (empty: nowhere).
std::unique_ptr<LineReader> terminal_reader(const std::string& history, Candidates candidates);
/// Lines of our stdin as they are.
std::unique_ptr<LineReader> plain_reader();

}  // namespace cutaway::app

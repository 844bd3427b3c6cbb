#include "app/cli/wrapped.h"

#include <algorithm>

#include "base/os/files.h"

namespace cutaway::app {

namespace {

/// Columns: bytes of UTF-8 that do not continue a character.
std::size_t columns_of(const std::string& word) {
  return static_cast<std::size_t>(std::count_if(word.begin(), word.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  }));
}

}  // namespace

std::string wrapped(const std::string& first, const std::string& text, std::size_t width) {
  const std::string indent(first.size(), ' ');
  std::string lines = first;
  std::size_t column = first.size();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t blank = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, blank - at);
    const std::size_t length = columns_of(word);
    if (column > indent.size() && column + 1 + length > width) {
      lines += "\n" + indent;
      column = indent.size();
    } else if (column > indent.size()) {
      lines += " ";
      ++column;
    }
    lines += word;
    column += length;
    at = blank + 1;
  }
  return lines + "\n";
}

std::size_t terminal_width() { return static_cast<std::size_t>(os::terminal_columns()); }

}  // namespace cutaway::app

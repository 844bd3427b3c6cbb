// Words for a terminal of any width.
#pragma once

#include <cstddef>
#include <string>

namespace cutaway::app {

/// `first`, then `text`; what does not fit goes on in further lines, below the text's beginning.
std::string wrapped(const std::string& first, const std::string& text, std::size_t width);
/// Columns of the terminal that we write to.
std::size_t terminal_width();

}  // namespace cutaway::app

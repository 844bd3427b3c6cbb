// Files and standard streams of this computer. Not built for the web.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace cutaway::os {

/// The whole file; "-" is standard input.
Result<std::string> read_file(const std::string& path);
/// Replaces the file; "-" is standard output. On failure no half-written file is left behind.
Status write_file(const std::string& path, std::string_view bytes);
bool file_exists(const std::string& path);

/// Writes all of it. A reader that has gone (EPIPE) is no error worth a word: false, and the caller
/// ends.
bool write_out(std::string_view text);
bool write_err(std::string_view text);

bool stdin_is_terminal();
bool stdout_is_terminal();
/// Width of the terminal in columns; 80 where there is none.
int terminal_columns();

}  // namespace cutaway::os

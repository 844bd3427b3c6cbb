// A container's log as docker keeps it (json-file): one object a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

struct LogEntry {
  int channel = 1;
  std::string text;
  std::string time;  ///< RFC 3339 with nanoseconds
};

class JsonLog {
 public:
  static Result<JsonLog> open(const std::string& path);
  void write(int channel, std::string_view bytes);

 private:
  explicit JsonLog(Fd fd) : fd_(std::move(fd)) {}
  Fd fd_;
};

/// Entries of the text of a log file; a last line that is not whole is left out and not counted in
/// `used`.
std::vector<LogEntry> parse_log(std::string_view text, std::size_t& used);
/// "2026-01-31T12:00:00.123456789Z".
std::string rfc3339_now();

}  // namespace cutaway::real

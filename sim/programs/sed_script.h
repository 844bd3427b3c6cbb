// A sed script as data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/programs/regex.h"

namespace cutaway::sim {

struct SedAddress {
  enum class Kind { Line, Last, Pattern } kind = Kind::Line;
  std::int64_t line = 0;
  Regex pattern;
};
struct SedCommand {
  std::optional<SedAddress> from, to;
  bool inverted = false;
  char name = 0;
  std::string text;      ///< a i c: text; y: from; b t: label; r w: file
  std::string other;     ///< y: to; s: replacement
  Regex pattern;         ///< s
  std::int64_t nth = 1;  ///< s: which match
  bool global = false, print = false;
  std::size_t end = 0;     ///< {: behind its }
  bool active = false;     ///< within its range
  std::int64_t until = 0;  ///< the range's last line, once known
};
struct SedScript {
  std::vector<SedCommand> commands;
  std::string error;
};
SedScript parse_sed(const std::string& script, bool extended);

}  // namespace cutaway::sim

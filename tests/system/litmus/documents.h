// Litmus documents of a folder, and what running one for real came to.
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "real/litmus.h"

namespace cutaway::real {

struct LitmusFile {
  std::string name;  ///< "pipes"
  std::string path;
};
inline void PrintTo(const LitmusFile& file, std::ostream* out) { *out << file.name; }
/// All of a folder below the top of the sources, by name.
std::vector<LitmusFile> litmus_files(const std::string& folder);
/// The bundled ones, of tier U or of tier R.
std::vector<LitmusFile> bundled_files(bool tier_r);
/// This machine is thrown away: the guest of ./test vm (tests/vm/guest.py).
bool in_guest();

struct LitmusResult {
  std::string error;  ///< not empty: it could not be run
  LitmusRun run;
  std::int64_t took_ns = 0;
  /// What failed, a line each.
  std::string failures() const;
};
LitmusResult run_file(const LitmusFile& file, bool traced);
LitmusResult run_text(const std::string& text, bool traced);

/// Where the executor lies; before the first run.
void find_helper();

}  // namespace cutaway::real

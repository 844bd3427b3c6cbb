#include "viz/player/sequence_scan.h"

#include <string_view>

namespace cutaway::viz {
namespace {

constexpr char kEscape = '\x1b';
/// Ends of control sequences that change letters, their look, or the cursor, and nothing else
/// (ECMA-48): movements, erasing, inserting and deleting, SGR.
constexpr std::string_view kShown = "@ABCDEFGHJKLMPXdfm";
constexpr char kReset = 'c';  // ESC c, RIS: all is as at first, but for a cursor that was saved
/// Save the cursor (DECSC, SCOSC; DECSET may).
constexpr char kSaveCursor = '7';
constexpr std::string_view kMaySaveCursor = "sh";

bool ends_sequence(char c) { return c >= '@' && c <= '~'; }

}  // namespace

void SequenceScan::take(char c) {
  switch (at_) {
    case At::Ground:
      if (c == kEscape) at_ = At::Escape;
      // SO, SI and C1 controls: other letters, other sequences.
      if (c == '\x0e' || c == '\x0f') hidden_ = true;
      return;
    case At::Escape:
      at_ = c == '[' ? At::Control : At::Ground;
      if (c == kReset)
        hidden_ = false;
      else if (c != '[')
        hidden_ = true;
      if (c == kSaveCursor) saved_ = true;
      return;
    case At::Control:
      if (c == kEscape) at_ = At::Escape;
      if (!ends_sequence(c)) return;
      at_ = At::Ground;
      if (kShown.find(c) == std::string_view::npos) hidden_ = true;
      if (kMaySaveCursor.find(c) != std::string_view::npos) saved_ = true;
      return;
  }
}

}  // namespace cutaway::viz

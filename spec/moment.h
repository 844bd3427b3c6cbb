// Front door: a moment as a document: what was run, and where in it somebody stood. It reopens as
// it was: the same run again (seed and machine are in it), at the same position.
//
//   {"cutaway_moment":1,"commands":["docker run busybox echo hi"],"seed":1,"at":425,"events":868,
//    "step":"syscall","theme":"dark"}
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "trace/event/header.h"

namespace cutaway::spec {

inline constexpr int kMomentVersion = 1;

struct SavedMoment {
  /// One of these three.
  std::string scenario;               ///< the id of a bundled one, or a file
  std::vector<std::string> commands;  ///< each begins with "docker "
  std::string trace;                  ///< a recording; it is not run again

  std::optional<Machine> machine;  ///< none: the input's own
  std::optional<std::uint64_t> seed;
  std::int64_t at = 0;                 ///< how many events had happened
  std::optional<std::int64_t> events;  ///< of the whole run: another number is another run
  std::string step = "syscall";        ///< command, beat, step, syscall, effect
  std::string theme = "dark";
  bool presenter = false;
  std::string view;        ///< ship, lens, matrix, tree; empty: the ship
  std::string near;        ///< ship, deck, container, process, syscall; empty: the decks
  std::string of, beside;  ///< whom: a container, a pid on the host, host; empty: who acts

  /// Not in the document: how the line says machine and input where words of their own cannot.
  std::string file;           ///< the moment's file that this was opened from
  bool host_machine = false;  ///< `machine` is this computer's
};

bool is_moment(const JsonDocument& document);
Result<SavedMoment> load_moment(const JsonDocument& document);
/// As load_moment reads it; ends with a newline.
std::string moment_text(const SavedMoment& moment);
/// The words of a shell that reopen it: cutaway view run-echo --seed 1 --at 425.
std::string moment_line(const SavedMoment& moment);

}  // namespace cutaway::spec

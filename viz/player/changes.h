// What may be moved of a container: its limits and the signals it may be sent, with the docker
// command that does it. Pure data, drawn by panels/change_controls, told by `explain --about`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "trace/world/world.h"

namespace cutaway::viz {

enum class ChangeKind : std::uint8_t { None, Memory, Cpus, Pids, Signal };
std::string_view change_name(ChangeKind kind);  ///< "memory"
ChangeKind change_of_name(std::string_view name);

/// One thing that somebody asks for.
struct ChangeAsk {
  ChangeKind what = ChangeKind::None;
  std::string value;      ///< "64m", "0.5", "-1" for no limit; of a signal its name: "TERM"
  std::string container;  ///< its name, or docker's id
};
bool operator==(const ChangeAsk& a, const ChangeAsk& b);

/// As a person types it: {"update", "--memory", "64m", "--memory-swap", "128m", "web"}.
std::vector<std::string> docker_words(const ChangeAsk& ask);
std::string docker_line(const ChangeAsk& ask);

/// TERM, KILL, STOP, CONT.
const std::vector<std::string>& offered_signals();
bool is_offered_signal(std::string_view name);

/// A place where a slider can stand.
struct LimitStop {
  std::string value;  ///< as docker takes it; empty: no limit, and docker has no word for it
  std::string words;  ///< "64 MiB", "no limit"
  bool open = false;  ///< no limit: an open top, never a lid
};

struct LimitSlider {
  ChangeKind what = ChangeKind::None;
  std::vector<LimitStop> stops;  ///< from the least to the most, in even steps of the scale
  std::size_t at = 0;            ///< where it stands now
  std::string used;              ///< "3.1 MiB"; empty: not counted
  double used_at = -1;           ///< where that is among the stops; < 0: not counted

  const LimitStop& now() const { return stops[at]; }
  /// The stop with this value; stops.size(): there is none.
  std::size_t find(std::string_view value) const;
};

/// Of one container.
struct Changeable {
  ContainerId container;  ///< none: what is looked at is no container
  std::string name, id;
  int slot = 0;
  std::vector<LimitSlider> sliders;  ///< none while it has no cgroup of its own
  std::string why_not;               ///< why nothing can be moved; empty: it runs
};

/// What can be moved of the container that is looked at. `container`: none for the host.
Changeable changeable(const World& world, ContainerId container);

}  // namespace cutaway::viz

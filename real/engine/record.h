// A container's record, as it lies in the state folder: it exists before and after any process.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "spec/config.h"

namespace cutaway::real {

/// A process that is meant and no other: pids are reused, (pid, start time) is not.
struct ProcessId {
  int pid = 0;
  std::uint64_t start_ticks = 0;  ///< field 22 of /proc/PID/stat
};
/// The running process of that number; pid 0 when there is none.
ProcessId process_of(int pid);
bool is_alive(const ProcessId& process);
/// How long to wait until such a question is asked again (µs).
inline constexpr unsigned kLookAgainUs = 10'000;

enum class RunState : std::uint8_t { Created, Running, Paused, Exited };

/// How a container gets its root. Its first start decides (real/engine/root); later ones do the
/// same, for what the container wrote lies where that put it.
enum class RootKind : std::uint8_t { Undecided, Overlay, Copy };

struct ContainerRecord {
  std::string id;  ///< 64 hex digits
  std::string name;
  std::vector<std::string> words;                 ///< the docker command's, without `docker`
  std::vector<std::vector<std::string>> updates;  ///< `docker update`s since, likewise
  std::string image;                              ///< as typed
  std::string image_id;
  std::string image_config;         ///< JSON: a start resolves it anew even when the image is gone
  std::vector<std::string> layers;  ///< digests, lowest first
  std::vector<std::string> layer_folders;                     ///< where their files lie
  std::int64_t created_s = 0, started_s = 0, finished_s = 0;  ///< seconds since 1970; 0: never
  RunState state = RunState::Created;
  int exit_code = 0;
  bool oom_killed = false;
  std::string error;
  RootKind root = RootKind::Undecided;
  std::string root_reason;                     ///< why it is a copy; else empty
  std::map<std::string, std::string> volumes;  ///< names of those that nobody named, by target
  ProcessId shim, init;

  std::string short_id() const { return id.substr(0, 12); }
  /// It has processes, perhaps paused ones.
  bool lives() const { return state == RunState::Running || state == RunState::Paused; }
};

Json record_to_json(const ContainerRecord& record);
Result<ContainerRecord> record_from_json(const Json& json);

/// The config that these words and this image give (resolved anew, as the daemon does at start).
Result<spec::ContainerConfig> config_of(const ContainerRecord& record);
/// What the daemon knows of this machine.
spec::DaemonFacts daemon_facts();
std::string_view state_name(RunState state);

}  // namespace cutaway::real

// The engine of the real side: docker's commands, answered by doing them on this Linux. There is no
// daemon: client and daemon are this process, and what lasts is in the state folder.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "real/engine/machine.h"
#include "real/engine/streams.h"
#include "spec/docker_line.h"

namespace cutaway::real {

class DetachedContainers;

class Engine {
 public:
  Engine(Machine machine, DetachedContainers& detached);

  /// One docker command; `words` are those after `docker`. Docker's exit status.
  int run(const std::vector<std::string>& words, const Streams& streams);

  /// Empty, or what of the command is not built: "'docker commit'", "'docker run --publish'".
  static std::string not_yet(const spec::Command& command);

  Machine& machine() { return machine_; }

 private:
  Machine machine_;
  DetachedContainers& detached_;
};

/// A command at hand, for the functions that do one.
struct Doing {
  Machine& machine;
  DetachedContainers& detached;
  const spec::Command& command;
  const std::vector<std::string>& words;
  const Streams& streams;

  /// Prints what docker's client makes of the daemon's no; the exit status.
  int refuse(std::string_view daemon_says) const;
  int refuse(const Error& error) const { return refuse(error.message); }
  /// A signal to the client came while it waited: its exit status, as a shell tells it.
  int ended_by_signal() const;
  /// Does it for each name of the command, one after the other, until a signal comes to the client;
  /// the name of each that went well is printed. The exit status.
  int for_each_name(const std::function<Status(const std::string&)>& one) const;
};

// One function for each verb.
int do_run(const Doing& doing);
int do_create(const Doing& doing);
int do_start(const Doing& doing);
int do_stop(const Doing& doing);
int do_kill(const Doing& doing);
int do_exec(const Doing& doing);
int do_pull(const Doing& doing);
int do_ps(const Doing& doing);
int do_logs(const Doing& doing);
int do_rm(const Doing& doing);
int do_images(const Doing& doing);
int do_rmi(const Doing& doing);
int do_container_prune(const Doing& doing);
int do_wait(const Doing& doing);
int do_update(const Doing& doing);
int do_inspect(const Doing& doing);
int do_restart(const Doing& doing);
int do_history(const Doing& doing);
int do_pause(const Doing& doing);
int do_unpause(const Doing& doing);
int do_diff(const Doing& doing);
int do_volume_create(const Doing& doing);
int do_volume_ls(const Doing& doing);
int do_volume_inspect(const Doing& doing);
int do_volume_rm(const Doing& doing);

/// The store's image as the World has it.
Image world_image(const StoredImage& stored, const std::string& config);

/// Brings the image in; what docker prints goes to `channel`. An Error's message is the daemon's.
Status pull_image(const Doing& doing, const std::string& image, int channel, bool quiet);
/// The record and the writable layer, after a pull where the image is missing.
Result<ContainerRecord> create_container(const Doing& doing);

}  // namespace cutaway::real

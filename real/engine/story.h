// What the engine tells a trace, if there is one: facts of docker (looked up, created, ended), and
// which processes are to be traced. Without a trace nothing is told and nothing costs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "real/runtime/launch.h"
#include "trace/event/event.h"
#include "trace/world/world.h"

namespace cutaway::real {

/// A container's process tree that is traced by a thread of its own.
struct TracedStart {
  ContainerId container;
  const StepPage* page = nullptr;
  bool exec = false;  ///< a process that joins the container
};

class Story {
 public:
  virtual ~Story() = default;
  virtual void tell(std::string_view step, ContainerId container, Body body) = 0;
  /// What a file of /proc or of a cgroup said.
  virtual void tell_read(std::string_view step, ContainerId container, Body body) = 0;
  /// The number of a container in the trace, by docker's id; none while it is not told.
  virtual ContainerId number_of(std::string_view id) const = 0;
  /// Whether processes are traced (else step pages are not needed).
  virtual bool traces() const = 0;
  /// Starts tracing `pid`, which waits for a byte; returns once it is attached.
  virtual Status trace(int pid, const TracedStart& start) = 0;
  /// Just before the engine itself sends a signal.
  virtual void sends(int pid, int signal) = 0;
  /// Waits until the tracing of that process tree has ended with its last task.
  virtual void await(int pid) = 0;
  /// As it stands now (a copy costs nothing).
  virtual World world() const = 0;
  /// A system call that this process itself made and that succeeded: its effects are taken.
  virtual void did(std::string_view step, ContainerId container, abi::Sys sys,
                   std::vector<Arg> args) = 0;
  virtual BlobId keep(std::string_view bytes) = 0;
  /// The calling thread is a client of its own from here on: what it tells is told by that one.
  virtual void client_begins() = 0;
  virtual void client_ends() = 0;
  /// The engine is about to begin a step of its own: returns when it may (somebody may want to look
  /// around first). No lock is held.
  virtual void before(std::string_view step, ContainerId container) = 0;
};

/// The same for an engine that may have no story.
inline void about_to(Story* story, std::string_view step, std::string_view id = {}) {
  if (story != nullptr) story->before(step, id.empty() ? ContainerId{} : story->number_of(id));
}

}  // namespace cutaway::real

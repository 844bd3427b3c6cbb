// The story of a real run as a trace: facts of the engine and system calls of traced processes, in
// the order in which they come. One tracer thread for each process tree (ptrace(2): requests must
// come from the tracing thread); the recorder takes their words one at a time.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "real/control.h"
#include "real/engine/story.h"
#include "real/observe/recorder.h"
#include "real/tracer/tracer.h"

namespace cutaway::real {

class TraceStory : public Story {
 public:
  /// `trace` has begun (a snapshot is its first event). `control`: stops the run here and there;
  /// may be null, else outlives the story.
  explicit TraceStory(Trace& trace, RunControl* control = nullptr);
  ~TraceStory() override;

  void tell(std::string_view step, ContainerId container, Body body) override;
  void tell_read(std::string_view step, ContainerId container, Body body) override;
  ContainerId number_of(std::string_view id) const override;
  bool traces() const override { return true; }
  Status trace(int pid, const TracedStart& start) override;
  void sends(int pid, int signal) override;
  void await(int pid) override;
  void did(std::string_view step, ContainerId container, abi::Sys sys,
           std::vector<Arg> args) override;
  World world() const override;
  BlobId keep(std::string_view bytes) override;
  void client_begins() override;
  void client_ends() override;
  void before(std::string_view step, ContainerId container) override;
  /// Shows the trace while no event can be added; from any thread.
  void look(const std::function<void(const Trace&)>& f) const { recorder_.locked(f); }

  /// Lets go of all that is traced, and ends the trace: what is told later is not part of it. Once;
  /// again it does nothing.
  void finish();

 private:
  struct Traced;
  /// Who tells: the calling thread, when it is a client, else this process.
  TaskId who() const;

  Recorder recorder_;
  RunControl* control_;
  std::atomic<bool> finished_ = false;
  mutable std::mutex mutex_;  ///< of what follows
  std::map<int, std::unique_ptr<Traced>> traced_;
  std::map<std::thread::id, TaskId> clients_;
};

}  // namespace cutaway::real

#include "real/trace_story.h"

#include <future>

#include "real/runtime/compile.h"
#include "trace/effects/effects.h"

namespace cutaway::real {

namespace {

RecorderOptions recorder_options() {
  RecorderOptions options;
  options.steps = {""};
  for (const std::string& name : table_step_names()) options.steps.push_back(name);
  return options;
}

}  // namespace

/// One process tree and its tracer. Hands on to the recorder what is seen, and tells the tracer
/// where each of the helper's tasks announces its steps.
struct TraceStory::Traced : Observer {
  Traced(Recorder& to, const TracedStart& with) : recorder(to), start(with) {
    TracerOptions options;
    tracer = make_ptrace_tracer(options);
  }

  void entered(const SeenCall& call) override { recorder.entered(call); }
  void returned(const SeenCall& call) override { recorder.returned(call); }
  void forked(const SeenFork& fork) override {
    if (fork.parent == shim && runtime == 0)
      runtime = fork.child;
    else if (fork.parent == runtime && init == 0)
      init = fork.child;
    give_step_word(fork.child);
    recorder.forked(fork);
  }
  void execed(int tid, int former) override {
    // The word ends with execve; the shim's and the runtime's go on in their new program.
    if (tid == shim || tid == runtime) give_step_word(tid);
    recorder.execed(tid, former);
  }
  void ending(const SeenEnd& end) override { recorder.ending(end); }
  void ended(const SeenEnd& end) override { recorder.ended(end); }
  void signalled(const SeenSignal& signal) override { recorder.signalled(signal); }
  void stopped(int tid, int signal) override { recorder.stopped(tid, signal); }
  void continued(int tid) override { recorder.continued(tid); }

  void give_step_word(int tid) {
    if (tid == shim) tracer->step_word(tid, &start.page->shim);
    if (tid == runtime) tracer->step_word(tid, &start.page->runtime);
    if (tid == init) tracer->step_word(tid, &start.page->init);
  }

  void run(int pid, std::promise<Status>& attached) {
    (start.exec ? runtime : shim) = pid;
    const Status done = tracer->attach(pid);
    if (done) give_step_word(pid);
    attached.set_value(done);
    if (!done) return;
    const Status ran = tracer->run(*this);
    static_cast<void>(ran);  // what was seen until then is in the trace
  }

  Recorder& recorder;
  TracedStart start;
  std::unique_ptr<Tracer> tracer;
  std::thread thread;
  int shim = 0, runtime = 0, init = 0;
};

TraceStory::TraceStory(Trace& trace) : recorder_(trace, recorder_options()) {}
TraceStory::~TraceStory() { finish(); }

void TraceStory::tell(std::string_view step, ContainerId container, Body body) {
  recorder_.tell(recorder_.self(), container, step, std::move(body));
}

void TraceStory::tell_read(std::string_view step, ContainerId container, Body body) {
  recorder_.tell(recorder_.self(), container, step, std::move(body), How::Read);
}

ContainerId TraceStory::number_of(std::string_view id) const {
  const World now = world();
  const Container* found =
      now.containers.first([id](const Container& each) { return each.id == id; });
  return found == nullptr ? ContainerId{} : found->number;
}

World TraceStory::world() const {
  World now;
  recorder_.locked([&now](const Trace& trace) { now = trace.head(); });
  return now;
}

Status TraceStory::trace(int pid, const TracedStart& start) {
  recorder_.adopt(pid, start.exec ? Role::Runtime : Role::Shim, start.container);
  auto traced = std::make_unique<Traced>(recorder_, start);
  Traced& each = *traced;
  std::promise<Status> attached;
  each.thread = std::thread([&each, pid, &attached] { each.run(pid, attached); });
  const Status done = attached.get_future().get();
  if (!done) each.thread.join();
  if (!done) return done;
  const std::lock_guard<std::mutex> lock(mutex_);
  traced_[pid] = std::move(traced);
  return {};
}

void TraceStory::sends(int pid, int signal) {
  recorder_.sends(pid, signal, "pidfd_send_signal(2)");
}

void TraceStory::await(int pid) {
  std::unique_ptr<Traced> traced;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = traced_.find(pid);
    if (found == traced_.end()) return;
    traced = std::move(found->second);
    traced_.erase(found);
  }
  traced->thread.join();
}

void TraceStory::did(std::string_view step, ContainerId container, abi::Sys sys,
                     std::vector<Arg> args) {
  recorder_.did(container, step, sys, std::move(args));
}

BlobId TraceStory::keep(std::string_view bytes) { return recorder_.keep(bytes); }

void TraceStory::finish() {
  std::map<int, std::unique_ptr<Traced>> rest;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    rest.swap(traced_);
  }
  for (auto& [pid, traced] : rest) {
    traced->tracer->stop();
    traced->thread.join();
  }
  recorder_.finish();
}

}  // namespace cutaway::real

#include "real/trace_story.h"

#include <unistd.h>

#include <future>
#include <utility>

#include "base/json_value.h"
#include "base/text.h"
#include "real/runtime/compile.h"
#include "spec/plan/steps.h"
#include "trace/effects/effects.h"
#include "trace/log/jsonl.h"
#include "trace/world/lookup.h"

namespace cutaway::real {

namespace {

/// Names of steps by the word of a step page.
const std::vector<std::string>& step_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> names = {""};
    for (const std::string& name : table_step_names()) names.push_back(name);
    return names;
  }();
  return words;
}

RecorderOptions recorder_options() {
  RecorderOptions options;
  options.steps = step_words();
  return options;
}

std::string step_of(const SeenCall& call) {
  return call.step < step_words().size() ? step_words()[call.step] : std::string();
}

// What a window knows a held run by (viz/player/live.cpp): the class.
Note held_note(const std::string& before) { return {"the run is held before " + before, "held"}; }
Note released_note() { return {"the run goes on", "released"}; }

/// Of what the container's own program does.
std::string own_step(const SeenCall& call) {
  const std::int64_t first = call.args.empty() ? -1 : call.args[0].value;
  return std::string(spec::workload_step(call.sys, first));
}

Syscall call_of(const SeenCall& seen) {
  Syscall call;
  call.sys = seen.sys;
  call.args = seen.args;
  call.returned = false;
  return call;
}

/// The call as an event of CONTRACT §2 that has not happened yet.
Json event_of(const SeenCall& seen, const std::string& step) {
  Json event = {{"kind", "syscall"},
                {"name", std::string(abi::sys_name(seen.sys))},
                {"args", syscall_args_to_json(call_of(seen))},
                {"task", {{"pid", seen.tid}}}};
  if (!step.empty()) event["step"] = step;
  return event;
}

}  // namespace

/// One process tree and its tracer. Hands on to the recorder what is seen, and tells the tracer
/// where each of the helper's tasks announces its steps.
struct TraceStory::Traced : Observer {
  Traced(Recorder& to, RunControl* by, const TracedStart& with)
      : recorder(to), control(by), start(with) {
    TracerOptions options;
    tracer = make_ptrace_tracer(options);
  }

  Traced(const Traced&) = delete;
  Traced& operator=(const Traced&) = delete;
  ~Traced() override {
    if (control != nullptr) control->drop(this, 0);
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
  bool hold(const SeenCall& call) override {
    if (control == nullptr) return false;
    const bool own_work = call.step == 0 && call.tid != shim && call.tid != runtime;
    const std::string step = own_work ? own_step(call) : step_of(call);
    AboutTo next;
    next.step = step;
    next.own_work = own_work;
    next.begins_step = !step.empty() && std::exchange(last_step[call.tid], step) != step;
    next.event = [&call, &step] { return event_of(call, step); };
    next.look = [this](const auto& f) { recorder.locked(f); };
    if (!control->stops_before(next)) return false;
    const std::string name(abi::sys_name(call.sys));
    recorder.tell(recorder.task_of(call.tid), start.container, step,
                  held_note(name + (own_work ? "" : ", in " + step)));
    const int tid = call.tid;
    control->hold({this, tid, step, syscall_to_text(call_of(call), false)}, [this, tid, step] {
      recorder.tell(recorder.task_of(tid), start.container, step, released_note());
      tracer->release(tid);
    });
    return true;
  }
  void ended(const SeenEnd& end) override {
    // SIGKILL does not wait until it is let go on.
    if (control != nullptr && control->drop(this, end.tid))
      recorder.tell(recorder.task_of(end.tid), start.container, "", released_note());
    recorder.ended(end);
  }
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
    over.set_value();
  }

  Recorder& recorder;
  RunControl* control;
  TracedStart start;
  std::map<int, std::string> last_step;  ///< by tid: of its last call
  std::unique_ptr<Tracer> tracer;
  std::thread thread;
  std::promise<void> over;  ///< no traced task is left, or it was stopped
  std::shared_future<void> when_over = over.get_future().share();
  int shim = 0, runtime = 0, init = 0;
};

TraceStory::TraceStory(Trace& trace, RunControl* control)
    : recorder_(trace, recorder_options()), control_(control) {}
TraceStory::~TraceStory() { finish(); }

void TraceStory::tell(std::string_view step, ContainerId container, Body body) {
  if (!finished_) recorder_.tell(who(), container, step, std::move(body));
}

void TraceStory::tell_read(std::string_view step, ContainerId container, Body body) {
  if (!finished_) recorder_.tell(who(), container, step, std::move(body), How::Read);
}

TaskId TraceStory::who() const {
  const std::lock_guard<std::mutex> lock(mutex_);
  const auto found = clients_.find(std::this_thread::get_id());
  return found == clients_.end() ? recorder_.self() : found->second;
}

void TraceStory::client_begins() {
  if (finished_) return;
  const TaskId client = recorder_.client_begins(::gettid());
  const std::lock_guard<std::mutex> lock(mutex_);
  clients_[std::this_thread::get_id()] = client;
}

void TraceStory::client_ends() {
  const TaskId client = who();
  if (!finished_ && client != recorder_.self()) recorder_.client_ends(client);
  const std::lock_guard<std::mutex> lock(mutex_);
  clients_.erase(std::this_thread::get_id());
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

// Nothing is traced any more once the trace has ended: who waits for its byte goes on without.
Status TraceStory::trace(int pid, const TracedStart& start) {
  if (finished_) return {};
  recorder_.adopt(pid, start.exec ? Role::Runtime : Role::Shim, start.container);
  auto traced = std::make_unique<Traced>(recorder_, control_, start);
  Traced& each = *traced;
  std::promise<Status> attached;
  each.thread = std::thread([&each, pid, &attached] { each.run(pid, attached); });
  const Status done = attached.get_future().get();
  if (!done) each.thread.join();
  if (!done) return done;
  std::unique_lock<std::mutex> lock(mutex_);
  if (!finished_) {
    traced_[pid] = std::move(traced);
    return {};
  }
  lock.unlock();
  each.tracer->stop();
  each.thread.join();
  return {};
}

void TraceStory::sends(int pid, int signal) {
  if (!finished_) recorder_.sends(pid, signal, "pidfd_send_signal(2)");
}

// Waits outside of the lock and leaves the tracer where it is: `finish` stops it when it does not
// come to its end.
void TraceStory::await(int pid) {
  std::shared_future<void> over;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = traced_.find(pid);
    if (found == traced_.end()) return;
    over = found->second->when_over;
  }
  over.wait();
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
  if (!finished_) recorder_.did(container, step, sys, std::move(args));
}

BlobId TraceStory::keep(std::string_view bytes) { return recorder_.keep(bytes); }

void TraceStory::before(std::string_view step, ContainerId container) {
  if (control_ == nullptr) return;
  AboutTo next;
  next.step = step;
  next.begins_step = true;
  next.look = [this](const auto& f) { recorder_.locked(f); };
  if (!control_->stops_before(next)) return;
  tell(step, container, held_note(std::string(step)));
  std::promise<void> released;
  control_->hold({this, 0, std::string(step), ""}, [&released] { released.set_value(); });
  released.get_future().wait();
  tell(step, container, released_note());
}

void TraceStory::finish() {
  std::map<int, std::unique_ptr<Traced>> rest;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (finished_.exchange(true)) return;
    rest.swap(traced_);
  }
  if (control_ != nullptr) control_->let_run();
  for (auto& [pid, traced] : rest) {
    traced->tracer->stop();
    traced->thread.join();
  }
  recorder_.finish();
}

}  // namespace cutaway::real

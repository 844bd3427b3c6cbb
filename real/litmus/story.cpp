#include "real/litmus/story.h"

#include <future>
#include <thread>

#include "base/text.h"
#include "real/litmus/watcher.h"
#include "real/observe/recorder.h"
#include "real/observe/snapshot.h"
#include "real/sys/files.h"
#include "trace/world/lookup.h"

namespace cutaway::real {

namespace {

constexpr std::int64_t kStoryPatienceNs = 1'000'000'000;

}  // namespace

struct LitmusStory::Impl {
  explicit Impl(World world)
      : trace(std::make_unique<Trace>(real_header(world, {}))), machine(world.machine) {
    begin_trace(*trace, std::move(world));
    recorder = std::make_unique<Recorder>(*trace, RecorderOptions{});
    watcher = std::make_unique<LitmusWatcher>(*recorder);
    tracer = make_ptrace_tracer();
  }
  ~Impl() { let_go(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Status trace_from(pid_t pid) {
    std::promise<Status> attached;
    // ptrace(2): requests must come from the thread that attached.
    thread = std::thread([this, pid, &attached] {
      const Status done = tracer->seize(pid);
      attached.set_value(done);
      if (done) static_cast<void>(tracer->run(*watcher));
    });
    return attached.get_future().get();
  }

  void let_go() {
    if (!thread.joinable()) return;
    tracer->stop();
    thread.join();
  }

  std::unique_ptr<Trace> trace;
  cutaway::Machine machine;
  std::unique_ptr<Recorder> recorder;
  std::unique_ptr<LitmusWatcher> watcher;
  std::unique_ptr<Tracer> tracer;
  std::thread thread;
  std::string refused;  ///< why nothing is traced
};

LitmusStory::LitmusStory() = default;
LitmusStory::~LitmusStory() = default;

Status LitmusStory::begin(LitmusLauncher& launcher) {
  SnapshotOptions options;
  options.self = Role::Host;
  TRY_ASSIGN(World world, read_world(options));
  impl_ = std::make_unique<Impl>(std::move(world));
  impl_->recorder->adopt(launcher.pid(), Role::Host, ContainerId{});
  const Status traced = impl_->trace_from(launcher.pid());
  if (!traced) impl_->refused = traced.error().message;
  return {};
}

/// Pid 1 is the sandbox's init, and the first task its work; so are all that come from it.
void LitmusStory::program_begins(LitmusSandbox& sandbox, const std::string& scenario) {
  if (!impl_) return;
  Recorder& recorder = *impl_->recorder;
  LitmusTasks& tasks = sandbox.tasks();
  const TaskId init = recorder.task_of(tasks.pid(0));
  const TaskId first = recorder.task_of(tasks.pid(kFirstSlot));
  if (init) recorder.tell(init, ContainerId{}, "", TaskRoleSet{Role::Init});
  if (first) recorder.tell(first, ContainerId{}, "", TaskRoleSet{Role::Workload});
  TraceHeader header;
  header.side = SideKind::Real;
  header.virtual_clock = false;
  header.machine = impl_->machine;
  header.scenario = scenario;
  recorder.begin_anew(std::move(header));
  if (!impl_->refused.empty())
    recorder.tell(
        recorder.self(), ContainerId{}, "",
        Note{"not traced, the calls of the program are not seen: " + impl_->refused, "untraced"});
  const LitmusWatcher* watcher = impl_->watcher.get();
  tasks.set_stopped([watcher](pid_t tid) { return watcher->is_stopped(tid); });
}

/// The tracer may be a moment behind: the ends that are known are told first.
void LitmusStory::program_is_over(LitmusSandbox& sandbox) {
  if (!impl_) return;
  LitmusTasks& tasks = sandbox.tasks();
  const std::int64_t end = monotonic_ns() + kStoryPatienceNs;
  for (unsigned slot = kFirstSlot; slot < kLitmusSlots && tasks.born(slot); ++slot) {
    while (tasks.ended(slot) && impl_->watcher->is_alive(tasks.pid(slot)) && monotonic_ns() < end)
      tasks.listen(200'000);
  }
  impl_->watcher->hush();
}

std::unique_ptr<Trace> LitmusStory::take_trace() {
  if (!impl_) return nullptr;
  impl_->let_go();
  impl_->recorder->finish();
  return std::move(impl_->trace);
}

}  // namespace cutaway::real

// A small container, traced for real: the World that follows from its calls is what /proc says.
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <new>
#include <ostream>

#include "base/text.h"
#include "real/observe/recorder.h"
#include "real/observe/snapshot.h"
#include "real/sys/files.h"
#include "small_container.h"
#include "trace/event/kind.h"
#include "trace/log/jsonl.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

/// What a run left behind, told from the process that made it to the test.
struct Outcome {
  int exit_code = -1;
  std::string text;  ///< empty: all held
};

void expect(Outcome& outcome, bool holds, const std::string& sentence) {
  if (!holds) outcome.text += sentence + "\n";
}

void copy_file(const std::string& from, const std::string& to) {
  const Result<std::string> bytes = read_text(from);
  if (bytes) (void)replace_file(to, *bytes, 0755);
}

void fill_root(const std::string& root) {
  for (const char* folder : {"/bin", "/tmp", "/proc", "/dev", "/sys"})
    (void)make_folders(root + folder, 0755);
  copy_file("/bin/busybox", root + "/bin/busybox");
  (void)make_folders(root + "/etc", 0755);
  for (const char* file : {"/etc/old", "/etc/gone", "/etc/a"})
    (void)replace_file(root + file, "one\n", 0644);
  for (const char* applet : {"sh", "cat", "ls", "mkdir", "true", "rm", "mv", "sleep"})
    (void)::symlink("busybox", (root + "/bin/" + applet).c_str());
}

/// DESIGN §7: a mount namespace of one's own, shared as on a systemd host.
bool own_mounts() {
  return ::unshare(CLONE_NEWNS) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount(nullptr, "/", nullptr, MS_REC | MS_SHARED, nullptr) == 0;
}

std::string notes_of(const Trace& trace) {
  std::string text;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    const Event event = trace.event(i);
    const auto* note = std::get_if<Note>(&event.body);
    if (note != nullptr && note->text.find("differences") == std::string::npos)
      text += std::string(trace.step_name(event.stamp.step)) + " " + note->text + "\n";
  }
  return text;
}

bool has_call(const Trace& trace, Role role, abi::Sys sys) {
  for (std::size_t i = 0; i < trace.size(); ++i) {
    if (trace.record(i).sys != static_cast<std::uint16_t>(sys)) continue;
    const World before = trace.world_at(i);
    const Task* task = before.tasks.find(TaskId{trace.record(i).task});
    if (task != nullptr && task->role == role) return true;
  }
  return false;
}

void judge(Outcome& outcome, const Trace& trace, const Recorder& recorder) {
  const CheckCounts counts = recorder.checks();
  expect(outcome, counts.checks > 20, "only " + decimal(counts.checks) + " comparisons");
  expect(outcome, counts.differences == 0, "differences:\n" + notes_of(trace));
  expect(outcome, broken_invariants(trace.head()).empty(),
         "invariants: " + join(broken_invariants(trace.head()), "; "));
  expect(outcome, trace.world_at(trace.size()) == trace.head(), "the log is not the World");
  expect(outcome, has_call(trace, Role::Runtime, abi::Sys::clone), "no clone of the runtime");
  expect(outcome, has_call(trace, Role::Init, abi::Sys::pivot_root), "no pivot_root of init");
  expect(outcome, has_call(trace, Role::Workload, abi::Sys::execve), "no execve to the workload");
  const Task* left = trace.head().tasks.first(
      [](const Task& task) { return task.role != Role::Host && task.role != Role::Daemon; });
  expect(outcome, left == nullptr, "a task of the container is left");
}

struct Case {
  const char* name;
  std::uint32_t uid;
  const char* command;
  int exit_code;
  bool overlay, cgroup, join, stop;
  /// What must be in the trace beside: "kind op word"; the word anywhere in its JSON.
  const char* has;
};
void PrintTo(const Case& of, std::ostream* out) { *out << of.name; }
constexpr const char* kWork =
    "echo one > /tmp/file; mkdir /tmp/dir; cat /tmp/file; echo hi there; ls / > /dev/null; "
    "true & wait; exit 7";
constexpr Case kCases[] = {
    {"root", 0, kWork, 7, false, false, false, false, "hi there"},
    {"user", 1000, kWork, 7, false, false, false, false, "Permission denied"},
    {"overlay", 0, "echo two >> /etc/old; rm /etc/gone; mv /etc/a /etc/b; cat /etc/old; exit 7", 7,
     true, false, false, false, "\"op\":\"copied_up\""},
    {"cgroup", 0, kWork, 7, false, true, false, false, "cutaway-test-"},
    {"join", 0, "sleep 30", 137, false, false, true, false, "\"role\":\"exec\""},
    {"stop", 0, "sleep 30; exit 1", 137, false, false, false, true, "pid 1 without a handler"},
};

/// A folder of this machine where the pids controller can be had; empty: none.
std::string cgroup_folder_for_test() {
  const std::string name = "/cutaway-test-" + decimal(::getpid());
  if (exists("/sys/fs/cgroup/pids/cgroup.procs")) return "/sys/fs/cgroup/pids" + name;
  return exists("/sys/fs/cgroup/cgroup.procs") ? "/sys/fs/cgroup" + name : std::string{};
}

/// The root of the case: the folder itself, or an overlay over it that the recorder is told of.
std::string root_for(const Case& of, const std::string& folder, Recorder& recorder) {
  if (!of.overlay) return folder + "/root";
  for (const char* each : {"/upper", "/work", "/merged"}) (void)make_folders(folder + each, 0755);
  (void)make_folders(folder + "/upper/etc", 0755);
  (void)replace_file(folder + "/upper/etc/here-before", "x");
  const std::string options =
      "lowerdir=" + folder + "/root,upperdir=" + folder + "/upper,workdir=" + folder + "/work";
  const std::string merged = folder + "/merged";
  if (::mount("overlay", merged.c_str(), "overlay", 0, options.c_str()) != 0) return {};
  recorder.did(ContainerId{}, "rootfs.overlay", abi::Sys::mount,
               {Arg::bytes("overlay"), Arg::bytes(merged), Arg::bytes("overlay"), Arg::integer(0),
                Arg::bytes(options)});
  return merged;
}

/// The tracer reaps this process's children: their status is told to the observer.
class ShimWatcher : public Recorder {
 public:
  using Recorder::Recorder;
  void ended(const SeenEnd& end) override {
    Recorder::ended(end);
    if (end.tid == shim && end.kind == EndKind::Exited) exit_code = end.code;
  }
  void forked(const SeenFork& fork) override {
    // Whoever makes the container has a word of its own; a process that joins has the runtime's.
    if (fork.parent == shim) tracer->step_word(runtime = fork.child, &page->runtime);
    if (fork.parent == runtime && init == 0) tracer->step_word(init = fork.child, &page->init);
    Recorder::forked(fork);
  }
  Tracer* tracer = nullptr;
  SmallPage* page = nullptr;
  int shim = -1, runtime = -1, init = 0;
  int exit_code = -1;
};

void trace_shim(Outcome& outcome, ShimWatcher& recorder, const SmallContainer& container) {
  int gate[2];
  if (::pipe2(gate, O_CLOEXEC) != 0) return;
  const pid_t shim = ::fork();
  if (shim == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    char byte = 0;
    // Both ends stay open until it is traced: what it closed before, the observer may have read.
    if (::read(gate[0], &byte, 1) != 1) ::_exit(97);
    ::close(gate[0]);
    ::close(gate[1]);
    run_small_container(container);
  }
  const std::unique_ptr<Tracer> tracer = make_ptrace_tracer();
  recorder.shim = shim;
  recorder.tracer = tracer.get();
  recorder.page = container.page;
  recorder.adopt(shim, Role::Shim, ContainerId{});
  const Status attached = tracer->attach(shim);
  expect(outcome, attached.has_value(), attached ? "" : attached.error().message);
  tracer->step_word(shim, &container.page->shim);
  (void)!::write(gate[1], "1", 1);
  ::close(gate[0]);
  ::close(gate[1]);
  const Status ran = tracer->run(recorder);
  expect(outcome, ran.has_value(), ran ? "" : ran.error().message);
  recorder.finish();
  outcome.exit_code = recorder.exit_code;
}

Outcome traced_run(const std::string& folder, const Case& of) {
  Outcome outcome;
  fill_root(folder + "/root");
  void* page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  Result<World> world = read_world({});
  if (!world) {
    outcome.text = world.error().message;
    return outcome;
  }
  Trace trace(real_header(*world, {"small container"}));
  begin_trace(trace, std::move(*world));
  RecorderOptions options;
  options.steps.assign(std::begin(kSmallSteps), std::end(kSmallSteps));
  ShimWatcher recorder(trace, options);
  SmallContainer container;
  container.root = root_for(of, folder, recorder);
  container.uid = of.uid;
  container.command = of.command;
  container.join = of.join;
  container.stop = of.stop;
  container.page = new (page) SmallPage;
  if (of.cgroup) container.cgroup = cgroup_folder_for_test();
  trace_shim(outcome, recorder, container);
  judge(outcome, trace, recorder);
  const std::string text = to_jsonl(trace);
  expect(outcome, text.find(of.has) != std::string::npos, std::string("nowhere: ") + of.has);
  if (const char* out = std::getenv("CUTAWAY_TEST_TRACE"))
    (void)replace_file(std::string(out) + "." + of.name, text);
  return outcome;
}

/// Runs in a process of its own: its mounts and its children go with it.
Outcome in_own_process(const Case& of) {
  char name[] = "/tmp/cutaway-test-XXXXXX";
  if (::mkdtemp(name) == nullptr) return Outcome{};
  int report[2];
  if (::pipe(report) != 0) return Outcome{};
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(report[0]);
    Outcome outcome;
    outcome.text = "no mount namespace of its own";
    // A tmpfs: what a container's overlay would be, and gone with the namespace.
    if (own_mounts() && ::mount("tmpfs", name, "tmpfs", 0, "mode=755") == 0)
      outcome = traced_run(name, of);
    (void)!::write(report[1], outcome.text.data(), outcome.text.size());
    ::_exit(outcome.exit_code < 0 ? 96 : outcome.exit_code);
  }
  ::close(report[1]);
  Outcome outcome;
  if (const Result<std::string> text = read_all(report[0], "report")) outcome.text = *text;
  ::close(report[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  ::rmdir(name);
  return outcome;
}

class Observe : public ::testing::TestWithParam<Case> {};

TEST_P(Observe, TheWorldIsWhatProcSays) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root: mounts and namespaces";
  if (!exists("/bin/busybox")) GTEST_SKIP() << "needs a static busybox";
  const Case& of = GetParam();
  if (of.cgroup && cgroup_folder_for_test().empty()) GTEST_SKIP() << "no cgroup file system";
  const Outcome outcome = in_own_process(of);
  EXPECT_EQ(outcome.text, "");
  EXPECT_EQ(outcome.exit_code, of.exit_code);
}

INSTANTIATE_TEST_SUITE_P(Containers, Observe, ::testing::ValuesIn(kCases),
                         [](const auto& made) { return std::string(made.param.name); });

}  // namespace
}  // namespace cutaway::real

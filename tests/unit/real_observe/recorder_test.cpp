// The recorder driven by hand: children that only wait, and calls that a tracer might have seen.
#include "real/observe/recorder.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "base/text.h"
#include "real/observe/snapshot.h"
#include "trace/event/kind.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::real {
namespace {

/// A child that waits until it is killed; it goes with its maker.
class Child {
 public:
  Child() : pid_(::fork()) {
    if (pid_ != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) ::pause();
  }
  ~Child() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  int pid() const { return pid_; }

 private:
  int pid_;
};

Trace begun_trace() {
  Result<World> world = read_world({});
  EXPECT_TRUE(world);
  Trace trace(real_header(*world, {"docker run busybox"}));
  begin_trace(trace, std::move(*world));
  return trace;
}

class Recording : public ::testing::Test {
 protected:
  Recording() : trace(begun_trace()), recorder(trace, options()) {
    shim = recorder.adopt(first.pid(), Role::Shim, ContainerId{1});
  }

  RecorderOptions options() {
    RecorderOptions made;
    made.start = 1000;
    made.steps = {"", "subreaper", "ns.clone"};
    made.check = false;
    made.clock = [this] { return clock; };
    return made;
  }

  SeenCall call(abi::Sys sys, std::vector<Arg> args, std::int64_t ret = 0) {
    SeenCall made;
    made.tid = first.pid();
    made.sys = sys;
    made.args = std::move(args);
    made.ret = ret;
    made.step = 1;
    clock += 100;
    made.entered = clock;
    return made;
  }
  void enter(const SeenCall& made) { recorder.entered(made); }
  void finish(SeenCall made) {
    clock += 50;
    made.returned_at = clock;
    made.returned = true;
    recorder.returned(made);
  }
  void whole(const SeenCall& made) {
    enter(made);
    finish(made);
  }
  std::vector<Event> of_kind(std::string_view kind, std::string_view op = {}) {
    std::vector<Event> found;
    for (std::size_t i = 0; i < trace.size(); ++i) {
      Event event = trace.event(i);
      const KindOp is = kind_of(event.body);
      if (is.kind == kind && (op.empty() || is.op == op)) found.push_back(std::move(event));
    }
    return found;
  }
  void end(int tid, EndKind kind, int number) {
    SeenEnd made;
    made.tid = tid;
    made.kind = kind;
    made.code = kind == EndKind::Exited ? number : 0;
    made.signal = kind == EndKind::Killed ? number : 0;
    made.at = ++clock;
    recorder.ending(made);
    recorder.ended(made);
  }
  const Task& task(TaskId id) { return trace.head().tasks.at(id); }

  std::int64_t clock = 1000;
  Child first, second;
  Trace trace;
  Recorder recorder;
  TaskId shim;
};

TEST_F(Recording, AnAdoptedChildStandsInTheWorld) {
  ASSERT_TRUE(shim);
  EXPECT_EQ(task(shim).pid(), first.pid());
  EXPECT_EQ(task(shim).role, Role::Shim);
  EXPECT_EQ(task(shim).container, ContainerId{1});
  EXPECT_EQ(task(shim).parent, recorder.self());
  EXPECT_EQ(recorder.task_of(first.pid()), shim);
  EXPECT_EQ(join(broken_invariants(trace.head()), "\n"), "");
}

TEST_F(Recording, ACallWithItsEffects) {
  whole(call(
      abi::Sys::openat,
      {Arg::integer(abi::at::kFdcwd), Arg::bytes("/dev/null"), Arg::integer(0), Arg::integer(0)},
      50));
  const std::vector<Event> opened = of_kind("file", "opened");
  ASSERT_FALSE(opened.empty());
  const Event& last = opened.back();
  const auto& body = std::get<FileOpened>(last.body);
  EXPECT_EQ(body.fd, 50);
  EXPECT_EQ(body.file.kind, FileKind::Null);
  EXPECT_EQ(body.file.is, "/dev/null");
  EXPECT_EQ(last.stamp.how, How::Inferred);
  const std::vector<Event> calls = of_kind("syscall");
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_EQ(calls[0].stamp.how, How::Seen);
  EXPECT_EQ(calls[0].stamp.call, last.stamp.call);
  EXPECT_EQ(calls[0].stamp.task, shim);
  EXPECT_EQ(calls[0].stamp.container, ContainerId{1});
  EXPECT_EQ(trace.step_name(calls[0].stamp.step), "subreaper");
  EXPECT_EQ(calls[0].stamp.t, clock - 1000);
  EXPECT_EQ(std::get<Syscall>(calls[0].body).dur, 50);
  whole(call(abi::Sys::close, {Arg::integer(50)}));
  EXPECT_EQ(std::get<Syscall>(of_kind("syscall").back().body).args[0].text, "/dev/null");
}

TEST_F(Recording, FoundFilesBelongToTheCallThatTouchedThem) {
  const std::string name = "/tmp/cutaway-test-found-" + decimal(::getpid());
  ::close(::creat(name.c_str(), 0600));
  whole(call(abi::Sys::access, {Arg::bytes(name), Arg::integer(0)}));
  ::unlink(name.c_str());
  const std::vector<Event> found = of_kind("file", "found");
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.back().stamp.how, How::Read);
  EXPECT_EQ(found.back().stamp.call, of_kind("syscall").back().stamp.call);
}

TEST_F(Recording, AForkHasItsRealNumbersAndARole) {
  const SeenCall made = call(abi::Sys::fork, {}, second.pid());
  enter(made);
  recorder.forked(SeenFork{first.pid(), second.pid(), made});
  finish(made);
  const TaskId child = recorder.task_of(second.pid());
  ASSERT_TRUE(child);
  EXPECT_EQ(task(child).pids, std::vector<std::int32_t>{second.pid()});
  EXPECT_EQ(task(child).parent, shim);
  EXPECT_EQ(task(child).role, Role::Runtime) << "a shim's child is the runtime";
  EXPECT_EQ(of_kind("task", "forked").size(), 2U) << "the return must not tell it again";
}

TEST_F(Recording, WrittenBytesAreTheContentOfTheFile) {
  const std::string name = "/tmp/cutaway-test-written-" + decimal(::getpid());
  whole(call(abi::Sys::openat,
             {Arg::integer(abi::at::kFdcwd), Arg::bytes(name),
              Arg::integer(static_cast<std::int64_t>(abi::o::kWronly | abi::o::kCreat)),
              Arg::integer(0644)},
             50));
  for (const char* text : {"one ", "two"}) {
    SeenCall made = call(abi::Sys::write, {Arg::integer(50), Arg::bytes(text), Arg::integer(4)});
    made.data = text;
    made.ret = static_cast<std::int64_t>(made.data.size());
    enter(made);
    finish(made);
  }
  const Walk found = walk(trace.head(), task(shim), name);
  ASSERT_EQ(found.err, abi::Errno::kOk);
  EXPECT_EQ(found.entry.size, 7);
  EXPECT_EQ(trace.blobs.get(trace.head().inodes.at(found.entry.inode).content), "one two");
}

TEST_F(Recording, ASignalFromOutsideIsSentThenActedOn) {
  recorder.signalled(SeenSignal{first.pid(), SIGTERM, ::getpid(), ++clock});
  end(first.pid(), EndKind::Killed, SIGTERM);
  ASSERT_EQ(of_kind("signal", "sent").size(), 2U) << "SIGTERM to it, SIGCHLD from it";
  const auto sent = std::get<SignalSent>(of_kind("signal", "sent")[0].body);
  EXPECT_EQ(sent.from, recorder.self());
  EXPECT_EQ(sent.to, shim);
  const std::vector<Event> delivered = of_kind("signal", "delivered");
  ASSERT_EQ(delivered.size(), 1U) << "the end must not deliver it again";
  EXPECT_EQ(std::get<SignalDelivered>(delivered[0].body).rule, "terminate");
  ASSERT_EQ(of_kind("task", "exited").size(), 1U);
  EXPECT_EQ(std::get<TaskExited>(of_kind("task", "exited")[0].body).signal, SIGTERM);
  EXPECT_EQ(of_kind("task", "reaped").size(), 1U) << "nobody who is traced waits for it";
  EXPECT_FALSE(recorder.task_of(first.pid()));
}

TEST_F(Recording, AnIgnoredSignalIsToldOnce) {
  recorder.signalled(SeenSignal{first.pid(), SIGWINCH, 0, ++clock});
  ASSERT_EQ(of_kind("signal", "ignored").size(), 1U);
  EXPECT_EQ(std::get<SignalIgnored>(of_kind("signal", "ignored")[0].body).rule, "default: ignore");
  recorder.sends(first.pid(), SIGURG, "engine");
  recorder.signalled(SeenSignal{first.pid(), SIGURG, 0, ++clock});
  EXPECT_EQ(of_kind("signal", "ignored").size(), 2U) << "once for each";
  EXPECT_EQ(of_kind("signal", "sent").size(), 2U);
}

TEST_F(Recording, AKillIsToldEvenWhenOnlyTheEndIsSeen) {
  enter(call(abi::Sys::pause, {}));
  end(first.pid(), EndKind::Killed, SIGKILL);
  ASSERT_EQ(of_kind("signal", "delivered").size(), 1U);
  const std::vector<Event> calls = of_kind("syscall");
  ASSERT_EQ(calls.size(), 1U);
  EXPECT_FALSE(std::get<Syscall>(calls[0].body).returned);
}

TEST_F(Recording, ExitGroupIsOneLineAndTheEnd) {
  enter(call(abi::Sys::exit_group, {Arg::integer(7)}));
  EXPECT_TRUE(of_kind("task", "exited").empty());
  end(first.pid(), EndKind::Exited, 7);
  ASSERT_EQ(of_kind("task", "exited").size(), 1U);
  EXPECT_EQ(std::get<TaskExited>(of_kind("task", "exited")[0].body).code, 7);
  EXPECT_EQ(of_kind("syscall").size(), 1U);
}

TEST_F(Recording, WhoDoesNotReturnForLongIsBlocked) {
  enter(call(abi::Sys::pause, {}));
  recorder.tell(recorder.self(), ContainerId{}, "cli", CliTyped{"docker ps", {"ps"}});
  EXPECT_TRUE(of_kind("task", "blocked").empty());
  clock += 2'000'000;
  recorder.tell(recorder.self(), ContainerId{}, "cli", CliDone{0});
  ASSERT_EQ(of_kind("task", "blocked").size(), 1U);
  EXPECT_EQ(std::get<TaskBlocked>(of_kind("task", "blocked")[0].body).on, "signal");
  EXPECT_EQ(task(shim).state, TaskState::Blocked);
}

TEST_F(Recording, CallsOfUnknownTasksAreCountedAsLost) {
  SeenCall made = call(abi::Sys::getpid, {});
  made.tid = second.pid();
  whole(made);
  recorder.finish();
  ASSERT_EQ(of_kind("loss").size(), 1U);
  EXPECT_EQ(std::get<Loss>(of_kind("loss")[0].body).count, 1);
}

TEST_F(Recording, TimesNeverGoBackAndTheLogIsTheWorld) {
  whole(call(abi::Sys::openat,
             {Arg::integer(abi::at::kFdcwd), Arg::bytes("/proc/self/status"), Arg::integer(0),
              Arg::integer(0)},
             50));
  SeenCall early = call(abi::Sys::close, {Arg::integer(50)});
  early.entered = 0;
  whole(early);
  std::int64_t last = 0;
  for (std::size_t i = 0; i < trace.size(); ++i) {
    EXPECT_GE(trace.record(i).t, last);
    last = trace.record(i).t;
  }
  EXPECT_TRUE(trace.world_at(trace.size()) == trace.head());
}

TEST_F(Recording, AThreadThatExecsTakesTheNumberOver) {
  SeenCall made = call(abi::Sys::clone, {Arg::integer(static_cast<std::int64_t>(
                                            abi::clone::kVm | abi::clone::kFs | abi::clone::kFiles |
                                            abi::clone::kSighand | abi::clone::kThread))});
  enter(made);
  recorder.forked(SeenFork{first.pid(), second.pid(), made});
  finish(made);
  const TaskId thread = recorder.task_of(second.pid());
  ASSERT_TRUE(thread);
  EXPECT_EQ(task(thread).leader, shim);
  SeenCall exec =
      call(abi::Sys::execve, {Arg::bytes("/proc/self/exe"), Arg::list({"x"}), Arg::list({})});
  exec.tid = second.pid();
  enter(exec);
  recorder.execed(first.pid(), second.pid());
  exec.tid = first.pid();
  finish(exec);
  EXPECT_EQ(recorder.task_of(first.pid()), thread);
  EXPECT_EQ(task(thread).pid(), first.pid());
  EXPECT_FALSE(trace.head().tasks.contains(shim));
}

}  // namespace
}  // namespace cutaway::real

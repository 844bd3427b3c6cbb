#include "recorder.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "base/text.h"
#include "trace/event/shape.h"
#include "trace/log/arg_json.h"

namespace cutaway::real {

Child::Child(const std::function<void()>& body) {
  int gate[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, gate) != 0) return;
  pid_ = ::fork();
  if (pid_ == 0) {
    ::close(gate[1]);
    char go = 0;
    while (::read(gate[0], &go, 1) < 0 && errno == EINTR) {
    }
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, 0);
    ::dup2(null, 1);
    ::dup2(null, 2);
    ::syscall(SYS_close_range, 3U, ~0U, 0U);  // numbers of descriptors are the same everywhere
    body();
    ::_exit(127);
  }
  ::close(gate[0]);
  gate_.reset(gate[1]);
}

Child::~Child() {
  gate_.reset();
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  wait();
}

void Child::go() {
  // It may have been killed already: that must not become a SIGPIPE of ours.
  const ssize_t sent = ::send(gate_.get(), "g", 1, MSG_NOSIGNAL);
  EXPECT_TRUE(sent == 1 || errno == EPIPE) << errno;
  gate_.reset();
}

int Child::wait() {
  int status = -1;
  while (::waitpid(pid_, &status, __WALL) < 0 && errno == EINTR) {
  }
  pid_ = -1;
  return status;
}

std::function<void()> program(std::vector<std::string> argv) {
  return [argv] {
    std::vector<char*> words;
    for (const std::string& word : argv) words.push_back(const_cast<char*>(word.c_str()));
    words.push_back(nullptr);
    ::execv(words[0], words.data());
  };
}

void Notebook::any(const char* what, int tid) {
  // forked() of a child comes before anything else is told of it.
  EXPECT_EQ(ends.count(tid), 0U) << what << " after the end of " << tid;
  if (!known_.empty()) {
    EXPECT_EQ(known_.count(tid), 1U) << what << " of " << tid << ", of which nobody told";
  }
  known_.insert(tid);
  lines.push_back(std::string(what) + " " + decimal(tid));
  if (on_any) on_any(what, tid);
}

void Notebook::entered(const SeenCall& call) {
  any("entered", call.tid);
  EXPECT_EQ(open_.count(call.tid), 0U) << shown(call) << " inside " << shown(open_[call.tid]);
  EXPECT_FALSE(call.returned);
  EXPECT_GT(call.entered, 0);
  open_[call.tid] = call;
  ++entries;
  if (on_entered) on_entered(call);
}

void Notebook::returned(const SeenCall& call) {
  any("returned", call.tid);
  EXPECT_EQ(open_.count(call.tid), 1U) << shown(call) << " was never entered";
  EXPECT_EQ(open_[call.tid].sys, call.sys);
  EXPECT_TRUE(call.returned || call.ret == 0) << "a call that is made again has no answer";
  EXPECT_GE(call.returned_at, call.entered);
  open_.erase(call.tid);
  calls.push_back(call);
  if (on_returned) on_returned(call);
}

void Notebook::forked(const SeenFork& fork) {
  // A parent that is killed in its clone may have ended before its child is heard of.
  if (ends.count(fork.parent) == 0) any("forked", fork.parent);
  EXPECT_EQ(known_.count(fork.child), 0U) << "it was told of before";
  // It has a /proc entry, and it waits: t is "tracing stop", or it has not come that far.
  EXPECT_EQ(::access(("/proc/" + decimal(fork.child)).c_str(), F_OK), 0);
  known_.insert(fork.child);
  forks.push_back(fork);
}

void Notebook::execed(int tid, int former) {
  any("execed", tid);
  if (former != tid) {
    open_[tid] = open_[former];
    open_.erase(former);
  }
  execs.emplace_back(tid, former);
}

void Notebook::ending(const SeenEnd& end) {
  any("ending", end.tid);
  ++endings;
}

void Notebook::ended(const SeenEnd& end) {
  any("ended", end.tid);
  ends[end.tid] = end;
  if (open_.count(end.tid) != 0) calls.push_back(open_[end.tid]);
  open_.erase(end.tid);
}

void Notebook::signalled(const SeenSignal& signal) {
  any("signalled", signal.tid);
  signals.push_back(signal);
}
void Notebook::stopped(int tid, int signal) {
  any("stopped", tid);
  stops.emplace_back(tid, signal);
}
void Notebook::continued(int tid) {
  any("continued", tid);
  continues.push_back(tid);
}
bool Notebook::hold(const SeenCall& call) { return on_hold && on_hold(call); }

std::vector<SeenCall> Notebook::calls_of(int tid) const {
  std::vector<SeenCall> found;
  for (const SeenCall& call : calls) {
    if (call.tid == tid) found.push_back(call);
  }
  return found;
}
std::vector<SeenCall> Notebook::calls_named(abi::Sys sys) const {
  std::vector<SeenCall> found;
  for (const SeenCall& call : calls) {
    if (call.sys == sys) found.push_back(call);
  }
  return found;
}

std::string trace(Child& child, Notebook& recorder) {
  TracerOptions options;
  options.kill_with_tracer = true;  // a test that is ended leaves nothing behind
  const auto tracer = make_ptrace_tracer(options);
  const int pid = child.pid();
  if (const Status attached = tracer->attach(pid); !attached) return attached.error().message;
  child.go();
  child.was_reaped();
  if (const Status ran = tracer->run(recorder); !ran) return ran.error().message;
  if (recorder.ends.count(pid) == 0) return "the end of the child was not told";
  return {};
}

std::string shown(const SeenCall& call) {
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  Json args = Json::object();
  for (std::size_t i = 0; i < call.args.size(); ++i) {
    if (call.args[i].tag == ArgTag::Missing) continue;
    const bool known = i < shape.size();
    const std::string name =
        known ? std::string(shape[i].name) : "a" + decimal(static_cast<std::int64_t>(i));
    args[name] = arg_json(call.args[i], known ? shape[i] : ArgShape{"", ArgKind::Unsigned});
  }
  std::string text(abi::sys_name(call.sys));
  text += "(" + args.dump() + ")";
  if (!call.returned) return text + " = ?";
  text += " = " + decimal(call.ret);
  if (call.err != abi::Errno::kOk) text += " " + std::string(abi::errno_name(call.err));
  return text;
}

}  // namespace cutaway::real

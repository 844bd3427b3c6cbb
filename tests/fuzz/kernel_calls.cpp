#include "tests/fuzz/kernel_calls.h"

#include <any>
#include <array>
#include <limits>
#include <utility>
#include <vector>

#include "sim/core/sys.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/kernel.h"
#include "sim/kernel/syscall_table.h"
#include "sim/programs/programs.h"
#include "tests/fuzz/asked.h"
#include "tests/fuzz/choices.h"
#include "trace/event/shape.h"
#include "trace/world/equal.h"
#include "trace/world/invariants.h"

namespace cutaway::test {
namespace {

using sim::Program;
using sim::Request;
using sim::State;
using sim::Sys;

constexpr std::size_t kSteps = 20'000;
constexpr std::size_t kCalls = 80;  // of one task
constexpr int kDeepest = 4;         // children of children
constexpr std::int64_t kLongest = 3'600'000'000'000;

/// What a task goes on from: bytes that it has not used.
struct Script {
  std::string bytes;
  int depth = 0;
};

constexpr std::array<std::int64_t, 16> kNumbers{
    0,  1,   2,    3,    4,     5,          7,          8,
    -1, 100, 4096, 4097, 65536, 0x7fffffff, 0xffffffff, std::numeric_limits<std::int64_t>::max()};
constexpr std::array<std::string_view, 40> kPaths{"/",
                                                  "/tmp/a",
                                                  "/tmp/d",
                                                  "/tmp/d/b",
                                                  "/tmp/l",
                                                  "/tmp/d/../a",
                                                  "/tmp/m",
                                                  "/tmp/m/x",
                                                  "/tmp",
                                                  "a",
                                                  "d/b",
                                                  ".",
                                                  "..",
                                                  "../..",
                                                  "",
                                                  "/tmp/a/",
                                                  "/bin/true",
                                                  "/bin/sh",
                                                  "/etc/passwd",
                                                  "/dev/null",
                                                  "/dev/ptmx",
                                                  "/dev/tty",
                                                  "/dev/pts/0",
                                                  "/proc/self/fd/3",
                                                  "/proc/self/exe",
                                                  "/proc/self/ns/mnt",
                                                  "/proc/self/ns/pid",
                                                  "/proc/self/ns/user",
                                                  "/proc/self/uid_map",
                                                  "/proc/self/setgroups",
                                                  "/proc/self/mountinfo",
                                                  "/proc/1/root",
                                                  "/proc/sys/kernel/hostname",
                                                  "/sys/fs/cgroup/g",
                                                  "/sys/fs/cgroup/g/cgroup.procs",
                                                  "/sys/fs/cgroup/g/memory.max",
                                                  "/sys/fs/cgroup/pids/g",
                                                  "/sys/fs/cgroup/pids/g/pids.max",
                                                  "/sys/fs/cgroup/memory/g/cgroup.procs",
                                                  "/tmp/s"};
constexpr std::array<std::string_view, 14> kTexts{"tmpfs",
                                                  "proc",
                                                  "overlay",
                                                  "sysfs",
                                                  "cgroup2",
                                                  "devpts",
                                                  "mqueue",
                                                  "x",
                                                  "",
                                                  "lowerdir=/tmp/d,upperdir=/tmp/m,workdir=/tmp/w",
                                                  "lowerdir=/etc:/tmp",
                                                  "user.a",
                                                  "security.capability",
                                                  "pids"};
constexpr std::array<std::string_view, 12> kBytes{"1",        "0",    "max",     "0 0 1",
                                                  "0 1000 1", "deny", "hello\n", "100000 100000",
                                                  "",         "4242", "64m",     "+pids"};
/// All fields that some call asks a struct for: whichever it is, it finds its own.
constexpr std::array<std::string_view, 24> kNumberFields{
    "tv_sec", "tv_nsec",   "tv_usec", "rlim_cur",   "rlim_max",    "events",
    "data",   "fd",        "flags",   "sin_port",   "exit_signal", "sa_flags",
    "ws_row", "ws_col",    "c_iflag", "c_lflag",    "c_oflag",     "int",
    "cgroup", "net_ns_fd", "si_pid",  "sched_prio", "iov_len",     "pidfd"};
constexpr std::array<std::string_view, 16> kTextFields{
    "sa_family",  "sun_path", "sin_addr", "sa_handler", "ifr_name", "ifname",
    "nlmsg_type", "kind",     "name",     "peer",       "master",   "local",
    "gateway",    "oif",      "up",       "iov_base"};
constexpr std::array<std::string_view, 20> kWords{
    "AF_UNIX",     "AF_INET",     "/tmp/s",       "127.0.0.1",   "0.0.0.0",
    "SIG_IGN",     "SIG_DFL",     "handler",      "lo",          "veth0",
    "veth1",       "br0",         "bridge",       "veth",        "RTM_NEWLINK",
    "RTM_DELLINK", "RTM_NEWADDR", "RTM_NEWROUTE", "RTM_SETLINK", "10.0.0.1/24"};

Arg text_of(Choices& choose) {
  return Arg::bytes(std::string(kWords[choose.below(kWords.size())]));
}
Arg number_of(Choices& choose) { return Arg::integer(kNumbers[choose.below(kNumbers.size())]); }

Arg any_struct(Choices& choose) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  const auto put = [&arg](std::string_view key, Arg value) {
    arg.keys.emplace_back(key);
    arg.items.push_back(std::move(value));
  };
  for (const std::string_view key : kNumberFields) put(key, number_of(choose));
  for (const std::string_view key : kTextFields) put(key, text_of(choose));
  if (!choose.one_in(3)) return arg;
  Arg time;
  time.tag = ArgTag::Struct;
  time.keys = {"tv_sec", "tv_usec", "tv_nsec"};
  time.items = {number_of(choose), number_of(choose), number_of(choose)};
  put("it_value", time);
  put("it_interval", time);
  Arg piece;
  piece.tag = ArgTag::Struct;
  piece.keys = {"iov_base", "iov_len"};
  piece.items = {Arg::bytes("bytes"), Arg::integer(5)};
  Arg pieces;
  pieces.tag = ArgTag::List;
  pieces.items = {piece};
  put("msg_iov", pieces);
  return arg;
}

Arg some_list(Choices& choose) {
  Arg list;
  list.tag = ArgTag::List;
  for (std::size_t count = choose.below(3); count > 0; --count)
    list.items.push_back(choose.one_in(2) ? any_struct(choose) : number_of(choose));
  return list;
}

Arg bits_of(Choices& choose, const ArgShape& shape) {
  if (shape.table == nullptr || choose.one_in(8)) return number_of(choose);
  const auto names = static_cast<std::size_t>(shape.table->end() - shape.table->begin());
  std::uint64_t bits = 0;
  const std::size_t count = shape.kind == ArgKind::Constant ? 1 : choose.below(4);
  for (std::size_t i = 0; i < count && names > 0; ++i)
    bits |= (shape.table->begin() + choose.below(names))->value;
  if (shape.kind == ArgKind::CloneFlags) bits |= choose.one_in(4) ? 0U : 17U;  // SIGCHLD
  return Arg::integer(static_cast<std::int64_t>(bits));
}

Arg caps_of(Choices& choose) {
  Arg sets;
  sets.tag = ArgTag::Struct;
  sets.keys = {"effective", "permitted", "inheritable"};
  for (int set = 0; set < 3; ++set)
    sets.items.push_back(Arg::list(choose.one_in(2) ? std::vector<std::string>{"CAP_CHOWN"}
                                                    : std::vector<std::string>{}));
  return sets;
}

Arg arg_of(Choices& choose, const ArgShape& shape) {
  switch (shape.kind) {
    case ArgKind::Path:
      return Arg::bytes(std::string(kPaths[choose.below(kPaths.size())]));
    case ArgKind::Text:
      return choose.one_in(6) ? Arg{}
                              : Arg::bytes(std::string(kTexts[choose.below(kTexts.size())]));
    case ArgKind::Buffer:
      return Arg::bytes(std::string(kBytes[choose.below(kBytes.size())]));
    case ArgKind::Fd:
      return Arg::integer(static_cast<std::int64_t>(choose.below(14)) - 1);
    case ArgKind::DirFd:
      return Arg::integer(choose.one_in(4) ? static_cast<std::int64_t>(choose.below(12))
                                           : abi::at::kFdcwd);
    case ArgKind::Flags:
    case ArgKind::Constant:
    case ArgKind::CloneFlags:
    case ArgKind::OpenFlags:
      return bits_of(choose, shape);
    case ArgKind::Mode:
      return Arg::integer(static_cast<std::int64_t>(choose.below(010000)));
    case ArgKind::Signal:
      return Arg::integer(static_cast<std::int64_t>(choose.below(70)) - 1);
    case ArgKind::Pid:
      return Arg::integer(choose.one_in(3) ? kNumbers[choose.below(kNumbers.size())]
                                           : static_cast<std::int64_t>(choose.below(6)) - 1);
    case ArgKind::TextList:
      return Arg::list({"sh", "-c", "true"});
    case ArgKind::Caps:
      return caps_of(choose);
    case ArgKind::Struct:
      return choose.one_in(5) ? some_list(choose) : any_struct(choose);
    case ArgKind::Int:
    case ArgKind::Unsigned:
    case ArgKind::Address:
    case ArgKind::Device:
      break;
  }
  return number_of(choose);
}

Program caller(Sys sys, State state);

/// Who makes one of these makes no other for long.
bool is_last(abi::Sys sys) {
  return sys == abi::Sys::exit || sys == abi::Sys::exit_group || sys == abi::Sys::pause ||
         sys == abi::Sys::rt_sigsuspend || sys == abi::Sys::execve;
}

Request request_of(Choices& choose, int depth) {
  const std::vector<sim::SyscallRow>& rows = sim::syscall_rows();
  Request request;
  request.sys = rows[choose.below(rows.size())].sys;
  if (is_last(request.sys) && !choose.one_in(8)) request.sys = abi::Sys::getpid;
  for (const ArgShape& shape : syscall_shape(request.sys).args)
    request.args.push_back(choose.one_in(24) ? Arg{} : arg_of(choose, shape));
  for (const Arg& arg : request.args) {
    if (arg.tag == ArgTag::Bytes) request.data = arg.text;
  }
  request.count = choose.below(5000);
  if (choose.one_in(30)) request.bad_pointer = sim::BadPointer::First;
  if (choose.one_in(30)) request.bad_pointer = sim::BadPointer::Last;
  request.key = choose.one_in(2) ? "word" : "other";
  request.entry = caller;
  request.state.more = Script{choose.cut_off(), depth + 1};
  request.state.argv = {"sh", "-c", "true"};
  return request;
}

Program caller(Sys sys, State state) {
  const Script script = std::any_cast<Script>(state.more);
  Choices choose(script.bytes);
  if (script.depth > kDeepest) co_return 0;
  for (std::size_t made = 0; made < kCalls && !choose.done(); ++made) {
    Request request = request_of(choose, script.depth);
    co_await sys.make(std::move(request));
  }
  co_return 0;
}

std::string wrong_while_it_runs(sim::Kernel& kernel, const Trace& trace) {
  std::size_t checked = 0;
  for (std::size_t step = 0; step < kSteps; ++step) {
    const std::int64_t next = kernel.next_time();
    if (next < 0 || next > kLongest || !kernel.step()) return {};
    if (trace.size() == checked) continue;
    checked = trace.size();
    const std::vector<std::string> broken = broken_invariants(kernel.world());
    if (!broken.empty())
      return "after event " + std::to_string(checked - 1) + ": " + broken.front();
  }
  return {};
}

}  // namespace

CallsMade make_calls(std::string_view bytes) {
  Choices choose(bytes);
  TraceHeader header;
  if (choose.one_in(2)) header.machine.cgroup = CgroupVersion::V2;
  const sim::ProgramTable programs = sim::default_programs();
  sim::NoInternet internet;
  CallsMade made{Trace(header), {}};
  sim::Kernel kernel(made.trace, programs, internet, 1);
  World world = sim::boot_world(header.machine);
  const Task* console = world.tasks.first([](const Task& each) { return each.comm == "bash"; });
  const TaskId id = console->id;
  State state;
  state.more = Script{choose.rest(), 0};
  kernel.boot(std::move(world), {{id, caller, std::move(state)}});
  made.wrong = wrong_while_it_runs(kernel, made.trace);
  if (made.wrong.empty() && !equal_values(replayed(made.trace), kernel.world()))
    made.wrong = "the events make another World than the kernel has";
  return made;
}

}  // namespace cutaway::test

// cutaway-runtime: shim, runtime and the container's first process until it becomes the program.
//   cutaway-runtime shim BUNDLE [traced]     started by the daemon; the container's parent
//   cutaway-runtime exec BUNDLE [traced]     joins a container; parent of the process in there
//   cutaway-runtime create BUNDLE [traced]   started by the shim; makes the container and ends
// sim/docker/{shim,runtime}.cpp are the same programs in the simulator.
#include <linux/errno.h>
#include <linux/mman.h>
#include <linux/wait.h>

#include "real/runtime/helper/files.h"
#include "real/runtime/helper/interpreter.h"
#include "real/runtime/helper/kernel.h"
#include "real/runtime/table.h"

namespace cutaway::helper {

using real::Part;

namespace {

constexpr long kWrite = 1, kClose = 3, kMmap = 9, kClone = 56, kFcntl = 72, kExecve = 59,
               kWait4 = 61, kPrctl = 157, kExitGroup = 231;
// A copy in memory has no name of its own: each of our programs gives itself one.
constexpr long kSignalChild = 17, kSetName = 15, kSetFdFlags = 2, kCloseOnExec = 1;

#define CUTAWAY_ERRNO(number, name) {number, #name},
struct ErrnoName {
  int number;
  const char* name;
};
constexpr ErrnoName kErrnoNames[] = {
#include "trace/abi/errno.inc"
};
#undef CUTAWAY_ERRNO

using Words = Line<256>;

[[noreturn]] void end(long status) {
  kernel(kExitGroup, status);
  __builtin_unreachable();
}

void say(long fd, const Words& words) {
  kernel(kWrite, fd, address(words.text), static_cast<long>(words.size));
}

bool same_start(const Words& words, const char* with) {
  for (std::size_t i = 0; with[i] != '\0'; ++i) {
    if (words.text[i] != with[i]) return false;
  }
  return true;
}

Words words_of(const Outcome& outcome) {
  Words words;
  words.add(outcome.step).add(" ").add(errno_name(outcome.error));
  return words;
}

// The daemon and its tracer look into this page to know which step a call belongs to.
void map_step_page(bool traced) {
  if (!traced) return;
  const long page =
      kernel(kMmap, 0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, real::kStepPageFd, 0);
  // NOLINTNEXTLINE(performance-no-int-to-ptr): mmap(2) answers with an address
  if (page > 0) interpreter.page = reinterpret_cast<real::StepPage*>(page);
}

[[noreturn]] void start_runtime(const char* bundle, bool traced) {
  kernel(kClose, real::kControlFd);
  const char* argv[] = {"cutaway-runtime", "create", bundle, traced ? "traced" : nullptr, nullptr};
  const char* env[] = {nullptr};
  // The daemon runs us from a sealed copy in memory, so that no container can reach the file
  // through /proc/PID/exe (CVE-2019-5736): this is that copy.
  kernel(kExecve, address("/proc/self/exe"), address(argv), address(env));
  end(127);
}

// Wait status of `pid`; orphans of the container that are handed down are reaped on the way.
int reap_until(long pid) {
  int status = 0;
  while (true) {
    const long ended = kernel(kWait4, -1, address(&status), 0, 0);
    if (ended == pid) return status;
    if (ended < 0 && ended != -EINTR) return 0;
  }
}

long parse(const char* text, long size) {
  long number = 0;
  for (long i = 0; i < size && text[i] >= '0' && text[i] <= '9'; ++i)
    number = number * 10 + (text[i] - '0');
  return number;
}

// The container's ends of the pipes, and the socket of its terminal, must be the container's alone,
// or their readers never see the end.
void close_channels() {
  for (long fd = 0; fd < 3; ++fd) kernel(kClose, fd);
  if (interpreter.table->terminal != 0) kernel(kClose, real::kConsoleFd);
}

// Runs `cutaway-runtime create` to its end: its wait status.
int create_container(const char* bundle, bool traced) {
  announce(Part::ShimBegin, interpreter.table->rt_start);
  const long pid = kernel(kClone, kSignalChild, 0, 0, 0, 0);
  if (pid == 0) start_runtime(bundle, traced);
  int status = 127 << 8;
  if (pid > 0) kernel(kWait4, pid, address(&status), 0, 0);
  return status;
}

// What `create` left behind: the pid of the container's first process, or which step failed.
Words read_note(const char* bundle, bool failed) {
  static char note[128];
  const long size = read_file(bundle, failed ? "/error" : "/init.pid", note, sizeof note);
  Words words;
  if (size > 0) words.add(note, static_cast<std::size_t>(size));
  return words;
}

// "… oom_kill 1 …" in what the plan read of the memory cgroup.
bool counts_oom() {
  constexpr char kName[] = "oom_kill ";
  constexpr long kLength = sizeof kName - 1;
  for (long i = 0; i + kLength < interpreter.report_bytes; ++i) {
    long n = 0;
    while (n < kLength && interpreter.scratch[i + n] == kName[n]) ++n;
    const char count = interpreter.scratch[i + kLength];
    if (n == kLength && (i == 0 || interpreter.scratch[i - 1] == '\n'))
      return count >= '1' && count <= '9';
  }
  return false;
}

void note_end(const char* bundle, const Words& line) {
  write_file(bundle, "/exit", line.text, line.size);
}

[[noreturn]] void shim_main(const char* bundle, bool traced) {
  kernel(kPrctl, kSetName, address("cutaway-shim"));
  map_step_page(traced);
  if (!load_table(bundle)) end(1);
  run_part(Part::ShimBegin);
  const bool failed = create_container(bundle, traced) != 0;
  close_channels();
  const Words note = read_note(bundle, failed);
  Words line;
  line.add(failed ? "failed " : "started ").add(note.text).add("\n");
  if (!failed) say(real::kControlFd, line);
  announce(Part::ShimEnd, interpreter.table->reap);
  if (failed) {
    int status = 0;
    kernel(kWait4, -1, address(&status), 0, 0);  // the init that could not become the program
  } else {
    const int status = reap_until(parse(note.text, static_cast<long>(note.size)));
    line = Words{};
    line.add("exited ").add(long{status >> 8 & 0xff}).add(" ").add(long{status & 0x7f});
    run_part(Part::ShimReap);
    line.add(counts_oom() ? " oom\n" : "\n");
    note_end(bundle, line);
  }
  run_part(Part::ShimEnd);
  say(real::kControlFd, line);
  end(0);
}

Words started_or_failed(const Outcome& outcome) {
  Words line;
  if (outcome.step != nullptr) return line.add("failed ").add(words_of(outcome).text).add("\n");
  if (interpreter.report_bytes > 0)
    return line.add("failed ")
        .add(interpreter.scratch, static_cast<std::size_t>(interpreter.report_bytes))
        .add("\n");
  return line.add("started ").add(interpreter.slots[interpreter.table->child_slot]).add("\n");
}

// Joins the container, has a child made in it, and is that child's parent to its end.
[[noreturn]] void exec_main(const char* bundle, bool traced) {
  // Until the first step of the plan all is the request's own.
  kernel(kFcntl, real::kControlFd, kSetFdFlags, kCloseOnExec);
  if (!load_table(bundle)) end(1);
  map_step_page(traced);
  if (traced) kernel(kClose, real::kStepPageFd);
  const Outcome outcome = run_part(Part::Runtime);
  close_channels();
  const Words word = started_or_failed(outcome);
  say(real::kControlFd, word);
  announce(Part::Runtime, interpreter.table->reap);
  const long child = interpreter.slots[interpreter.table->child_slot];
  int status = 0;
  while (child > 0 && kernel(kWait4, child, address(&status), 0, 0) == -EINTR) {
  }
  Words line;
  line.add("exited ").add(long{status >> 8 & 0xff}).add(" ").add(long{status & 0x7f}).add("\n");
  if (same_start(word, "started")) say(real::kControlFd, line);
  end(0);
}

[[noreturn]] void create_main(const char* bundle, bool traced) {
  kernel(kPrctl, kSetName, address("cutaway-runtime"));
  map_step_page(traced);
  if (traced) kernel(kClose, real::kStepPageFd);
  if (!load_table(bundle)) end(1);
  const Outcome outcome = run_part(Part::Runtime);
  Words note;
  bool failed = true;
  if (outcome.step != nullptr) {
    note = words_of(outcome);
  } else if (interpreter.report_bytes > 0) {
    note.add(interpreter.scratch, static_cast<std::size_t>(interpreter.report_bytes));
  } else {
    failed = false;
    note.add(interpreter.slots[interpreter.table->child_slot]);
  }
  write_file(bundle, failed ? "/error" : "/init.pid", note.text, note.size);
  end(failed ? 1 : 0);
}

}  // namespace

const char* errno_name(int error) {
  for (const ErrnoName& each : kErrnoNames) {
    if (each.number == error) return each.name;
  }
  return "EIO";
}

// Pid 1 of the container to be. It returns only to say which step failed.
[[noreturn]] void init_main() {
  const Outcome outcome = run_part(Part::Init);
  if (outcome.step != nullptr)
    say(interpreter.slots[interpreter.table->report_slot], words_of(outcome));
  end(1);
}

}  // namespace cutaway::helper

extern "C" {

// The kernel leaves argc, argv and the environment on the stack (System V ABI, "Process
// Initialization").
[[noreturn]] void helper_main(const long* stack) {
  using namespace cutaway::helper;
  const long argc = stack[0];
  const auto* argv = reinterpret_cast<const char* const*>(stack + 1);
  const bool traced = argc > 3 && same(argv[3], "traced");
  if (argc > 2 && same(argv[1], "shim")) shim_main(argv[2], traced);
  if (argc > 2 && same(argv[1], "exec")) exec_main(argv[2], traced);
  if (argc > 2 && same(argv[1], "create")) create_main(argv[2], traced);
  constexpr char kUsage[] =
      "cutaway-runtime: started by cutaway, not by hand (cutaway real -- docker run …)\n";
  kernel(1, 2, address(kUsage), sizeof kUsage - 1);
  kernel(231, 2);
  __builtin_unreachable();
}

}  // extern "C"

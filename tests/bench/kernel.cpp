// The simulated kernel alone, without docker: programs that make calls, traced.
#include <benchmark/benchmark.h>

#include <csignal>

#include "sim/core/sys.h"
#include "sim/kernel/boot.h"
#include "sim/kernel/kernel.h"

namespace cutaway::sim {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr int kRounds = 20, kContainers = 10;  // only whether it is right
#else
constexpr int kRounds = 10'000, kContainers = 1'000;
#endif
constexpr int kTasks = 10;  // of a container
constexpr int kCallsOfRound = 12, kRoundsOfChild = 50;
constexpr std::uint64_t kContainer = abi::clone::kNewPid | abi::clone::kNewNs |
                                     abi::clone::kNewUts | abi::clone::kNewIpc |
                                     abi::clone::kNewNet | abi::clone::kNewCgroup | SIGCHLD;

Program child(Sys sys, State) {
  co_await sys.getpid();
  co_return 0;
}

// What programs do most: files, a pipe, questions; now and then a child.
Program mixed(Sys sys, State) {
  const std::string line = "the quick brown fox\n";
  co_await sys.pipe2(0);
  const std::vector<std::int64_t> ends = sys.reply().out;
  for (int i = 0; i < kRounds; ++i) {
    const std::int64_t fd = co_await sys.open("/tmp/f", abi::o::kRdwr | abi::o::kCreat, 0644);
    co_await sys.write(fd, line);
    co_await sys.lseek(fd, 0, 0);
    co_await sys.read(fd, 4096);
    co_await sys.fstat(fd);
    co_await sys.close(fd);
    co_await sys.write(ends[1], line);
    co_await sys.read(ends[0], 4096);
    co_await sys.stat("/etc/hosts");
    co_await sys.getppid();
    co_await sys.access("/etc/nothing", 0);
    co_await sys.getcwd();
    if (i % kRoundsOfChild != 0) continue;
    co_await sys.clone(SIGCHLD, child, {});
    co_await sys.wait4(-1, 0);
  }
  co_return 0;
}

Program sleeper(Sys sys, State) {
  co_await sys.nanosleep(1'000'000'000'000);
  co_return 0;
}

Program first_of_container(Sys sys, State) {
  co_await sys.sethostname("box");
  for (int i = 1; i < kTasks; ++i) co_await sys.clone(SIGCHLD, sleeper, {});
  co_await sys.nanosleep(1'000'000'000'000);
  co_return 0;
}

// All are started, all run, and each is ended by its first task.
Program containers(Sys sys, State) {
  std::vector<std::int64_t> pids;
  for (int i = 0; i < kContainers; ++i) {
    const std::string folder = "/sys/fs/cgroup/memory/c" + std::to_string(i);
    co_await sys.mkdir(folder, 0755);
    const std::int64_t pid = co_await sys.clone(kContainer, first_of_container, {});
    const std::int64_t procs = co_await sys.open(folder + "/cgroup.procs", abi::o::kWronly);
    co_await sys.write(procs, std::to_string(pid));
    co_await sys.close(procs);
    pids.push_back(pid);
  }
  co_await sys.nanosleep(1'000'000'000);
  for (const std::int64_t pid : pids) co_await sys.kill(pid, SIGKILL);
  for (const std::int64_t pid : pids) co_await sys.wait4(pid, 0);
  for (int i = 0; i < kContainers; ++i)
    co_await sys.rmdir("/sys/fs/cgroup/memory/c" + std::to_string(i));
  co_return 0;
}

// The program as the console's, until nothing happens any more.
Trace run(Entry entry) {
  TraceHeader header;
  header.machine.memory = std::int64_t{64} << 30;
  Trace trace(header);
  ProgramTable programs;
  NoInternet internet;
  Kernel kernel(trace, programs, internet, 1);
  World world = boot_world(header.machine);
  const TaskId console =
      world.tasks.first([](const Task& each) { return each.comm == "bash"; })->id;
  kernel.boot(std::move(world), {{console, entry, {}}});
  while (kernel.step()) {
  }
  return trace;
}

struct Calls {
  std::size_t all = 0, failed = 0;
};
Calls calls_of(const Trace& trace) {
  Calls calls;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (trace.record(n).sys == Record{}.sys) continue;
    ++calls.all;
    calls.failed += trace.record(n).err != 0 ? 1U : 0U;
  }
  return calls;
}

// Calls per second.
void kernel_ours(benchmark::State& state) {
  Calls calls;
  for (auto _ : state) {
    const Trace trace = run(mixed);
    state.PauseTiming();
    calls = calls_of(trace);
    state.ResumeTiming();
  }
  constexpr std::size_t kRound = kRounds;
  if (calls.all < kRound * kCallsOfRound) state.SkipWithError("calls are missing");
  if (calls.failed != kRound) state.SkipWithError("others fail than access(2), once a round");
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(calls.all));
}

// Of all containers: started, running together, and ended.
void containers_ours(benchmark::State& state) {
  bool right = true;
  for (auto _ : state) {
    const Trace trace = run(containers);
    state.PauseTiming();
    std::size_t started = 0;
    for (std::size_t n = 0; n < trace.size(); ++n)
      started += trace.record(n).sys == static_cast<std::uint16_t>(abi::Sys::clone) ? 1U : 0U;
    const auto inside = [](const Task& task) { return task.pids.size() > 1; };
    right = started == static_cast<std::size_t>(kContainers) * kTasks &&
            trace.head().tasks.first(inside) == nullptr;
    state.ResumeTiming();
  }
  if (!right) state.SkipWithError("containers are missing, or left");
  state.SetItemsProcessed(state.iterations());
}

BENCHMARK(kernel_ours)->Name("kernel/ours")->Iterations(1);
BENCHMARK(containers_ours)->Name("containers/ours")->Iterations(1);

}  // namespace
}  // namespace cutaway::sim

#include "tests/bench/large_trace.h"

#include "base/check.h"
#include "base/prng.h"
#include "base/text.h"
#include "sim/simulator.h"

namespace cutaway {
namespace {

constexpr std::int64_t kCallNs = 1500;

Trace with_containers(std::size_t containers) {
  sim::SimulatorOptions options;
  options.machine.memory = std::int64_t{64} << 30;
  sim::Simulator simulator(options);
  for (std::size_t i = 0; i < containers; ++i) {
    const std::string name = "c" + decimal(static_cast<std::int64_t>(i));
    SideCommand command;
    command.words = {"run", "-d", "-m", "64m", "--name", name, "busybox", "sleep", "100000"};
    command.line = join(command.words, " ");
    const auto index = simulator.submit(command);
    CHECK(index && simulator.run_until_done(*index));
  }
  return simulator.take_trace();
}

/// Who makes calls: the containers' processes.
std::vector<Stamp> callers_of(const Trace& trace) {
  std::vector<Stamp> callers;
  trace.head().tasks.each([&](const Task& task) {
    if (!task.container || task.pids.size() < 2) return;
    Stamp stamp;
    stamp.task = task.id;
    stamp.container = task.container;
    callers.push_back(stamp);
  });
  return callers;
}

void call(Trace& trace, Stamp stamp, abi::Sys sys, std::vector<Arg> args, std::int64_t ret) {
  Event event;
  event.stamp = stamp;
  Syscall done;
  done.sys = sys;
  done.args = std::move(args);
  done.ret = ret;
  done.dur = kCallNs / 2;
  event.body = std::move(done);
  trace.append(std::move(event));
}

}  // namespace

Trace large_trace(std::size_t events, std::size_t containers) {
  Trace trace = with_containers(containers);
  const std::vector<Stamp> callers = callers_of(trace);
  CHECK(!callers.empty());
  Prng random(7);
  auto calls = static_cast<std::uint32_t>(trace.size());  // more than any call has until now
  while (trace.size() < events) {
    Stamp stamp = callers[static_cast<std::size_t>(random.next() % callers.size())];
    stamp.t = trace.record(trace.size() - 1).t + kCallNs;
    stamp.call = CallId(++calls);
    switch (random.next() % 3) {
      case 0:
        call(trace, stamp, abi::Sys::read,
             {Arg::fd(0, "/dev/null"), Arg::bytes(""), Arg::integer(4096)}, 0);
        break;
      case 1:
        call(trace, stamp, abi::Sys::write,
             {Arg::fd(1, "pipe:[12]"), Arg::bytes("a line of output\n"), Arg::integer(17)}, 17);
        break;
      default:
        call(trace, stamp, abi::Sys::getppid, {}, 0);
    }
  }
  return trace;
}

}  // namespace cutaway

#include "tests/unit/sim_kernel/lab.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "trace/log/jsonl.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

Lab* current = nullptr;

TraceHeader header_of(const Machine& machine, std::uint64_t seed) {
  TraceHeader header;
  header.machine = machine;
  header.seed = seed;
  return header;
}

}  // namespace

abi::Errno FakeInternet::connect(std::string_view, std::int64_t& latency_ns) {
  latency_ns = connect_ns;
  return outcome;
}
RemoteAnswer FakeInternet::ask(std::string_view, std::string_view request) {
  asked.emplace_back(request);
  return answer;
}

Lab::Lab(const Machine& machine, std::uint64_t seed)
    : trace(header_of(machine, seed)), kernel(trace, programs, internet, seed) {
  current = this;
}

Lab::~Lab() {
  if (const char* file = std::getenv("CUTAWAY_LAB_TRACE")) std::ofstream(file) << to_jsonl(trace);
}

void Lab::boot(Entry entry, State state) {
  current = this;
  World world = boot_world(trace.header.machine);
  const Task* console = world.tasks.first([](const Task& each) { return each.comm == "bash"; });
  const TaskId id = console->id;
  kernel.boot(std::move(world), {{id, entry, std::move(state)}});
}

void Lab::go(std::size_t steps) {
  current = this;
  std::size_t checked = 0;
  while (steps-- > 0 && kernel.next_time() >= 0 && kernel.next_time() < 3'000'000'000'000 &&
         kernel.step()) {
    if (!check_invariants || trace.size() == checked) continue;
    checked = trace.size();
    const std::vector<std::string> broken = broken_invariants(kernel.world());
    ASSERT_TRUE(broken.empty()) << "after event " << checked - 1 << ": " << broken.front();
  }
}

void Lab::run(Entry entry, State state) {
  boot(entry, std::move(state));
  go();
}

std::string Lab::output(int channel) const {
  std::string text;
  kernel.world().terminals.each([&](const Terminal& terminal) {
    for (const TerminalRun& run : terminal.output) {
      if (run.channel != channel) continue;
      const auto from = static_cast<std::size_t>(run.segment.from);
      text += trace.blobs.get(run.segment.data)
                  .substr(from, static_cast<std::size_t>(run.segment.length));
    }
  });
  return text;
}

const Task* Lab::task(std::string_view comm) const {
  return kernel.world().tasks.first([comm](const Task& each) { return each.comm == comm; });
}

std::vector<std::string> Lab::kinds() const {
  std::vector<std::string> all;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const KindOp kind = kind_of(event.body);
    all.push_back(std::string(kind.kind) + ":" + std::string(kind.op));
  }
  return all;
}

std::size_t Lab::count(std::string_view kind, std::string_view op) const {
  const std::string wanted = std::string(kind) + ":" + std::string(op);
  std::size_t found = 0;
  for (const std::string& each : kinds()) found += each == wanted ? 1 : 0;
  return found;
}

const Syscall* Lab::find_call(abi::Sys sys, std::size_t nth) {
  for (std::size_t n = 0; n < trace.size(); ++n) {
    if (trace.record(n).sys != static_cast<std::uint16_t>(sys) || nth-- > 0) continue;
    found_ = trace.event(n);
    return std::get_if<Syscall>(&found_.body);
  }
  return nullptr;
}

Notes& notes() { return current->notes; }
void note(const std::string& what, std::int64_t ret) {
  const bool failed = ret < 0 && ret > -4096;
  notes().push_back(
      what + "=" +
      (failed ? std::string(abi::errno_name(static_cast<abi::Errno>(-ret))) : std::to_string(ret)));
}

}  // namespace cutaway::sim

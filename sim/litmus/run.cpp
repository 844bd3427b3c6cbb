#include "sim/litmus.h"

#include "sim/kernel/boot.h"
#include "sim/litmus/program.h"
#include "sim/programs/programs.h"
#include "sim/session/simulation.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kPatienceNs = 5'000'000'000;
constexpr std::uint64_t kSilentSteps = 200'000;

TraceHeader header_for(const spec::Litmus& litmus, const LitmusOptions& options) {
  TraceHeader header;
  header.side = SideKind::Sim;
  header.virtual_clock = true;
  header.machine = litmus_machine(litmus, options.machine);
  header.scenario = options.id;
  header.seed = options.seed;
  return header;
}

Sandbox sandbox_of(const spec::Litmus& litmus) {
  return {litmus.tier_r, &litmus.files, litmus.memory_bytes, litmus.pids, litmus.cpu_ppm};
}

/// Until nothing more happens, or for too long nothing but computing.
void run_to_end(Kernel& kernel, const Conductor& conductor, const Trace& trace,
                std::optional<std::size_t> pause_at) {
  std::uint64_t silent = 0;
  while (silent < kSilentSteps && trace.size() < kEventsMax) {
    if (pause_at && trace.size() >= *pause_at) return;
    if (kernel.next_time() > kPatienceNs) return;
    const std::size_t before = trace.size();
    if (!kernel.step()) return;
    silent = trace.size() > before ? 0 : silent + 1;
    if (conductor.over() && kernel.quiet()) return;
  }
}

}  // namespace

Machine litmus_machine(const spec::Litmus& litmus, Machine machine) {
  struct Row {
    std::string_view name;
    CgroupVersion version;
  };
  constexpr Row kVersions[] = {
      {"v1", CgroupVersion::V1}, {"v2", CgroupVersion::V2}, {"hybrid", CgroupVersion::Hybrid}};
  for (const Row& row : kVersions) {
    if (row.name == litmus.cgroup_version) machine.cgroup = row.version;
  }
  if (litmus.cpus > 0) machine.cpus = litmus.cpus;
  return machine;
}

LitmusRun run_litmus(const spec::Litmus& litmus, const LitmusOptions& options) {
  LitmusRun run{Trace(header_for(litmus, options)), 0, {}, {}};
  NoInternet internet;
  ProgramTable programs = default_programs();
  programs.add(litmus_program_row());
  Kernel kernel(run.trace, programs, internet, options.seed);
  put_sandbox_contents(run.trace.blobs, litmus.files);
  SandboxWorld start = sandbox_world(run.trace.header.machine, sandbox_of(litmus));
  const auto conductor =
      std::make_shared<Conductor>(std::make_shared<const spec::LitmusProgram>(litmus.program));
  const State state = litmus_state(conductor, 0);
  kernel.set_step_rule(step_of_workload);
  kernel.boot(std::move(start.world),
              {{start.reaper, host_init, {}}, {start.first, litmus_task, state}});
  run_to_end(kernel, *conductor, run.trace, options.pause_at);
  if (!options.pause_at) conductor->finish();
  run.held = conductor->verdict().held();
  run.failed = conductor->verdict().failed();
  run.gave = conductor->verdict().gave();
  return run;
}

}  // namespace cutaway::sim

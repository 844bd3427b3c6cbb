#include "tests/unit/sim_programs/run_script.h"

#include "sim/programs/programs.h"

namespace cutaway::sim {
namespace {

const std::vector<std::string> kEnv{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME=lab",
                                    "HOME=/root", "PWD=/tmp"};

Program becomes(Sys sys, State state) {
  const std::string null = "/dev/null";
  co_await sys.close(0);
  co_await sys.open(null, 0);
  const std::string folder = "/tmp";
  co_await sys.chdir(folder);
  const std::string path = "/bin/" + state.argv.at(0);
  co_await sys.execve(path, state.argv, kEnv);
  co_return 127;
}

Program launches(Sys sys, State state) {
  constexpr std::uint64_t child = 17;
  co_await sys.clone(child, becomes, state);
  co_await sys.wait4(-1, 0);
  const std::int64_t status = sys.reply().out.at(0);
  note("status", (status & 0x7f) != 0 ? 128 + (status & 0x7f) : status >> 8);
  co_return 0;
}

}  // namespace

ScriptRun run_words(const std::vector<std::string>& argv) {
  ScriptRun run;
  run.lab = std::make_unique<Lab>();
  run.lab->programs = default_programs();
  run.lab->check_invariants = false;
  State state;
  state.argv = argv;
  run.lab->run(launches, state);
  run.out = run.lab->output(1);
  run.err = run.lab->output(2);
  for (const std::string& each : run.lab->notes) {
    if (each.rfind("status=", 0) == 0) run.status = std::stoi(each.substr(7));
  }
  return run;
}

ScriptRun run_script(const std::string& script) {
  return run_words({"sh", "-c", script, "sh", "A", "B", "c d"});
}

}  // namespace cutaway::sim

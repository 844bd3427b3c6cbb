// cutaway litmus fuzz: random programs on both kernels.
#include "app/cli/fuzz_text.h"
#include "app/cli/options.h"
#include "app/cli/progress.h"
#include "app/cli/subcommands.h"
#include "base/os/files.h"
#include "base/text.h"
#include "real/litmus.h"
#include "real/side.h"
#include "sim/litmus.h"
#include "sim/litmus_known.h"
#include "spec/litmus_fuzz.h"

namespace cutaway::app {

namespace {

/// A program that waits for what never comes, waits no longer; with patience, where it differs.
constexpr std::int64_t kWallNs = 500'000'000, kPatientNs = 5'000'000'000;

struct FuzzChoice {
  std::uint64_t seed = 1, count = 100;
  std::int64_t from = 0;
  std::string family;
  bool json = false;
};

Result<spec::LitmusRecord> run_real(real::RealLitmus& side, const spec::Litmus& litmus,
                                    std::int64_t wall_ns) {
  real::LitmusOptions options;
  options.trace = false;
  options.wall_ns = wall_ns;
  TRY_ASSIGN(real::LitmusRun run, side.run(litmus, options));
  return std::move(run.gave);
}

Result<spec::LitmusRecord> run_simulated(const Machine& machine, const spec::Litmus& litmus) {
  sim::LitmusOptions options;
  options.machine = machine;
  return std::move(sim::run_litmus(litmus, options).gave);
}

/// The same machine on both sides: the simulator's has this one's processors and cgroups.
Result<spec::FuzzSides> both_sides(real::RealLitmus& real) {
  TRY_ASSIGN(const Machine machine, real::host_machine());
  spec::FuzzSides sides;
  sides.real = [&real](const spec::Litmus& litmus) { return run_real(real, litmus, kWallNs); };
  sides.patient = [&real](const spec::Litmus& litmus) {
    return run_real(real, litmus, kPatientNs);
  };
  sides.simulated = [machine](const spec::Litmus& litmus) {
    return run_simulated(machine, litmus);
  };
  sides.interrupted = interrupted;
  return sides;
}

spec::FuzzOptions fuzz_options(const FuzzChoice& choice) {
  spec::FuzzOptions options;
  options.seed = choice.seed;
  options.count = choice.count;
  options.family = choice.family;
  options.known = sim::litmus_known();
  return options;
}

Result<int> run_fuzz(const FuzzChoice& choice) {
  TRY_ASSIGN(const std::unique_ptr<real::RealLitmus> real, real::RealLitmus::make());
  TRY_ASSIGN(const spec::FuzzSides sides, both_sides(*real));
  note_interrupts();
  const spec::FuzzOptions options = fuzz_options(choice);
  spec::Fuzzer fuzzer(options, sides);
  {
    Progress progress("litmus fuzz", "program");
    for (;;) {
      TRY_ASSIGN(const bool more, fuzzer.next());
      if (!more) break;
      progress.tell(fuzzer.done(), choice.count);
    }
  }
  os::write_out(choice.json ? fuzz_json(fuzzer, options).dump() + "\n"
                            : fuzz_text(fuzzer, options));
  if (interrupted()) return kInterrupted;
  return fuzzer.good() ? 0 : 1;
}

std::vector<std::string> family_names() {
  std::vector<std::string> names;
  for (const spec::FuzzFamily& family : spec::fuzz_families()) names.emplace_back(family.name);
  return names;
}

/// One program as a document, without running it.
int show(const FuzzChoice& choice) {
  const Json document =
      spec::fuzz_document(choice.seed, static_cast<std::uint64_t>(choice.from), choice.family);
  return os::write_out(document.dump(2) + "\n") ? 0 : 1;
}

std::string family_words() {
  std::string text = "one of";
  for (const spec::FuzzFamily& family : spec::fuzz_families())
    text += "\n" + std::string(family.name) + ": " + std::string(family.says);
  return text + "\n(default: each in turn)";
}

}  // namespace

int cmd_litmus(const Invocation& invocation) {
  FuzzChoice choice;
  CLI::App options("Litmus programs: lists of raw system calls, on both kernels.",
                   "cutaway litmus");
  CLI::App* fuzz = options.add_subcommand(
      "fuzz", "random programs without races on both kernels; what differs is made small");
  fuzz->add_option("--seed", choice.seed, "which programs: the same seed, the same ones");
  fuzz->add_option("--count", choice.count, "how many (default 100)")
      ->check(CLI::Range(std::uint64_t{1}, std::uint64_t{1'000'000'000}));
  fuzz->add_option("--family", choice.family, family_words())->check(CLI::IsMember(family_names()));
  fuzz->add_flag("--json", choice.json, "what came out as one JSON object");
  auto* shown = fuzz->add_option("--show", choice.from, "print program N of the seed, run nothing")
                    ->check(CLI::NonNegativeNumber);
  if (const auto done = parse_subcommand(options, invocation)) return *done;
  if (shown->count() > 0) return show(choice);
  const Result<int> done = run_fuzz(choice);
  return done ? *done : report(done.error());
}

}  // namespace cutaway::app

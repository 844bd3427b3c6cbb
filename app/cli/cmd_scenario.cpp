// cutaway scenario list | show ID | check [ID|FILE…] | claims | programs
#include <algorithm>

#include "app/cli/make_side.h"
#include "app/cli/subcommands.h"
#include "app/cli/wrapped.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/text.h"
#include "scenarios/bundled.h"
#include "scenarios/claims.h"
#include "scenarios/runner.h"
#include "sim/litmus.h"
#include "spec/litmus.h"

namespace cutaway::app {

namespace {

using scenarios::bundled_scenarios;
using scenarios::BundledScenario;
using MadeSide = Result<std::unique_ptr<Side>>;

std::vector<BundledScenario> all_documents() {
  std::vector<BundledScenario> all = bundled_scenarios();
  const std::vector<BundledScenario>& litmus = scenarios::bundled_litmus();
  all.insert(all.end(), litmus.begin(), litmus.end());
  return all;
}

int list(bool json) {
  Json rows = Json::array();
  std::string text, topic;
  std::size_t widest = 0;
  const std::vector<BundledScenario> all = all_documents();
  for (const BundledScenario& each : all) widest = std::max(widest, each.id.size());
  for (const BundledScenario& each : all) {
    rows.push_back({{"id", each.id}, {"topic", each.topic}, {"title", each.title}});
    if (each.topic != topic) text += (topic.empty() ? "" : "\n") + each.topic + "\n";
    topic = each.topic;
    text += wrapped("  " + each.id + std::string(widest + 2 - each.id.size(), ' '), each.title,
                    terminal_width());
  }
  return os::write_out(json ? Json{{"scenarios", rows}}.dump() + "\n" : text) ? 0 : 1;
}

// --- claims ---

std::string verdict_words(scenarios::ClaimVerdict verdict) {
  return join(split(claim_verdict_name(verdict), '_'), " ");
}

/// What is claimed, what is so, and where it is shown.
std::string claim_text(const scenarios::Claim& claim) {
  const std::string head = decimal(claim.number) + "  " + verdict_words(claim.verdict) + ": ";
  return wrapped(head, claim.says, terminal_width()) +
         wrapped("    exactly: ", claim.exactly, terminal_width()) +
         wrapped("    shown by: ", "cutaway view " + claim.scenario, terminal_width());
}

int claims(bool json) {
  Json rows = Json::array();
  std::string text;
  for (const scenarios::BundledClaims& each : scenarios::bundled_claims()) {
    const auto document = JsonDocument::parse(each.path, each.text);
    if (!document) return report(document.error());
    std::vector<Error> problems;
    for (const scenarios::Claim& claim : scenarios::load_claims(*document, problems)) {
      rows.push_back({{"number", claim.number},
                      {"claim", claim.says},
                      {"verdict", claim_verdict_name(claim.verdict)},
                      {"exactly", claim.exactly},
                      {"scenario", claim.scenario}});
      text += claim_text(claim);
    }
    if (!problems.empty()) return report(problems.front());
  }
  return os::write_out(json ? Json{{"claims", rows}}.dump() + "\n" : text) ? 0 : 1;
}

int programs(bool json) {
  Json rows = Json::array();
  std::string text;
  for (const sim::ProgramInfo& program : sim::simulated_programs()) {
    rows.push_back({{"name", program.name}, {"says", program.says}});
    const std::size_t blanks = program.name.size() < 14 ? 14 - program.name.size() : 1;
    text += wrapped(program.name + std::string(blanks, ' '), program.says, terminal_width());
  }
  return os::write_out(json ? Json{{"programs", rows}}.dump() + "\n" : text) ? 0 : 1;
}

Error unknown(const std::string& id) {
  auto error = scenarios::load_bundled(id);
  return error ? Error{ErrorCode::Usage, "there is no scenario '" + id + "'", {}} : error.error();
}

int show(const std::string& id) {
  const BundledScenario* found = scenarios::find_bundled(id);
  if (found == nullptr) return report(unknown(id));
  return os::write_out(found->text) ? 0 : 1;
}

// --- check ---

/// What is checked: a document under a name. The text of a bundled one lives as long as the
/// program.
Result<JsonDocument> find_document(const std::string& what) {
  for (const scenarios::BundledClaims& claims : scenarios::bundled_claims()) {
    if (claims.path == what) return JsonDocument::parse(claims.path, claims.text);
  }
  if (const BundledScenario* found = scenarios::find_bundled(what))
    return JsonDocument::parse(found->path, found->text);
  if (what.find('/') == std::string::npos && !ends_with(what, ".json") && !os::file_exists(what))
    return fail(unknown(what));
  TRY_ASSIGN(const std::string text, os::read_file(what));
  return JsonDocument::parse(what, text);
}

/// Exit status of checking one document; says what it found.
class DocumentCheck {
 public:
  explicit DocumentCheck(const std::string& what) : what_(what) {}

  int check() {
    const auto document = find_document(what_);
    if (!document) return complain({document.error()}, 2);
    if (scenarios::is_claims(*document)) return prove(*document);
    if (spec::is_litmus(*document)) {
      const std::vector<Error> problems = spec::check_litmus(*document);
      return problems.empty() ? run_litmus(*document) : complain(problems, 2);
    }
    const std::vector<Error> problems = spec::check_scenario(*document);
    if (!problems.empty()) return complain(problems, 2);
    const auto scenario = spec::load_scenario(*document);
    if (!scenario) return complain({scenario.error()}, 2);
    if (!scenario->sim) return good("its form is right; not run: the real side is not built yet");
    return run(*document, *scenario);
  }

 private:
  int prove(const JsonDocument& document) {
    const auto report = scenarios::check_claims(
        document,
        [](const spec::Scenario& scenario) -> MadeSide { return make_simulator(scenario); });
    if (!report.problems.empty()) return complain(report.problems, report.runs == 0 ? 2 : 1);
    std::string how;
    for (std::size_t i = 0; i < scenarios::kClaimVerdictCount; ++i) {
      const auto verdict = static_cast<scenarios::ClaimVerdict>(i);
      how += decimal(static_cast<std::int64_t>(report.counts[i])) + " " + verdict_words(verdict) +
             (i + 1 < scenarios::kClaimVerdictCount ? ", " : "");
    }
    return good("claims, each proved: " + how);
  }

  int run(const JsonDocument& document, const spec::Scenario& scenario) {
    auto simulator = make_simulator(scenario);
    if (!simulator) return complain({simulator.error()}, 2);
    const auto done = scenarios::run_scenario(**simulator, scenario);
    if (!done)
      return complain({placed(document, done.error())},
                      done.error().code == ErrorCode::NotYet ? 2 : 1);
    std::vector<Error> problems;
    for (const auto& failed : done->failed)
      problems.push_back(document.error(failed.pointer, failed.text));
    if (!problems.empty()) return complain(problems, 1);
    return good(decimal(done->held) + " expectations held, " +
                decimal(static_cast<std::int64_t>((*simulator)->trace().size())) + " events");
  }

  int run_litmus(const JsonDocument& document) {
    const auto litmus = spec::load_litmus(document);
    if (!litmus) return complain({litmus.error()}, 2);
    const sim::LitmusRun done = sim::run_litmus(*litmus, {});
    std::vector<Error> problems;
    for (const spec::LitmusFailure& failure : done.failed)
      problems.push_back(document.error(failure.pointer, failure.text));
    if (!problems.empty()) return complain(problems, 1);
    return good(decimal(done.held) + " expectations held, " +
                decimal(static_cast<std::int64_t>(done.trace.size())) + " events");
  }

  // The runner's errors open with the item's pointer.
  static Error placed(const JsonDocument& document, const Error& error) {
    const std::size_t colon = error.message.find(": ");
    if (error.message.front() != '/' || colon == std::string::npos) return error;
    Error with_line =
        document.error(error.message.substr(0, colon), error.message.substr(colon + 2));
    with_line.code = error.code;
    return with_line;
  }

  int complain(const std::vector<Error>& problems, int status) const {
    for (const Error& problem : problems) report(problem);
    return status;
  }
  int good(const std::string& how) const {
    os::write_out("ok  " + what_ + ": " + how + "\n");
    return 0;
  }

  const std::string& what_;
};

int check(std::vector<std::string> which) {
  if (which.empty()) {
    for (const BundledScenario& each : all_documents()) which.push_back(each.id);
    for (const auto& claims : scenarios::bundled_claims()) which.push_back(claims.path);
  }
  int status = 0;
  std::int64_t failed = 0;
  for (const std::string& what : which) {
    const int one = DocumentCheck(what).check();
    failed += one == 0 ? 0 : 1;
    status = std::max(status, one);
  }
  const std::string count = decimal(static_cast<std::int64_t>(which.size()));
  os::write_out(count + (which.size() == 1 ? " document" : " documents") + " checked, " +
                decimal(failed) + " failed\n");
  return status;
}

}  // namespace

int cmd_scenario(const Invocation& invocation) {
  CLI::App options("The bundled scenarios: what there is, what stands in one, whether they hold.",
                   "cutaway scenario");
  bool json = false;
  std::string id;
  std::vector<std::string> which;
  CLI::App* do_list = options.add_subcommand("list", "the scenarios that are part of this program");
  do_list->add_flag("--json", json, "one JSON object");
  CLI::App* do_show = options.add_subcommand("show", "the document itself, ready to be changed");
  do_show->add_option("ID", id, "of a bundled scenario")->required();
  CLI::App* do_check =
      options.add_subcommand("check", "are documents right, and does what they expect come true?");
  do_check->add_option("WHAT", which, "ids or files; none: all bundled ones");
  CLI::App* do_claims = options.add_subcommand(
      "claims", "what students write: does it hold, and which run proves it?");
  do_claims->add_flag("--json", json, "one JSON object");
  CLI::App* do_programs =
      options.add_subcommand("programs", "what an image's file may say as its \"program\"");
  do_programs->add_flag("--json", json, "one JSON object");
  CLI::App* do_play = options.add_subcommand("play", "(not yet)")->allow_extras();
  CLI::App* do_new = options.add_subcommand("new", "(not yet)")->allow_extras();
  if (const auto done = parse_subcommand(options, invocation)) return *done;
  if (do_list->parsed()) return list(json);
  if (do_show->parsed()) return show(id);
  if (do_claims->parsed()) return claims(json);
  if (do_programs->parsed()) return programs(json);
  if (do_play->parsed()) return report({ErrorCode::NotYet, "cutaway scenario play", {}});
  if (do_new->parsed()) return report({ErrorCode::NotYet, "cutaway scenario new", {}});
  return check(std::move(which));
}

}  // namespace cutaway::app

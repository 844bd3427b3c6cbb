// Claims: read, and proved by the runs of the scenarios that they name.
#include "scenarios/claims.h"

#include <algorithm>
#include <map>

#include "base/json_value.h"
#include "base/text.h"
#include "embedded/cutaway_scenario_files.h"
#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "spec/document_parts.h"

namespace cutaway::scenarios {

namespace {

constexpr const char* kVersion = "cutaway_claims";
const spec::Keys kVerdicts = {"holds", "roughly", "not_so"};

/// The names that a scenario gives to its commands: a proof may speak of them.
spec::ScenarioNames names_of(const spec::Scenario& scenario) {
  spec::ScenarioNames names;
  for (const spec::Item& item : scenario.items) {
    const auto* docker = std::get_if<spec::DockerItem>(&item.body);
    const auto* host = std::get_if<spec::HostItem>(&item.body);
    const std::string& as = docker != nullptr ? docker->as : host != nullptr ? host->as : "";
    if (!as.empty()) names.commands.push_back(as);
  }
  return names;
}

class ClaimReader {
 public:
  explicit ClaimReader(const JsonDocument& document) : problems_(document) {}

  std::vector<Claim> read() {
    const spec::ObjectReader top(problems_, problems_.document().value(), "", {kVersion, "claims"});
    std::int64_t version = 0;
    if (top.require(kVersion, "1, the version of this form")) top.number(kVersion, version, 1, 1);
    const Json* list =
        top.require("claims", "a list of claims") ? top.list("claims", "claims") : nullptr;
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
      read_claim((*list)[i], spec::element(top.at("claims"), i));
    return problems_.errors().empty() ? std::move(claims_) : std::vector<Claim>();
  }
  const std::vector<Error>& errors() const { return problems_.errors(); }

 private:
  void read_claim(const Json& value, const std::string& pointer) {
    const spec::ObjectReader reader(problems_, value, pointer,
                                    {"number", "claim", "verdict", "exactly", "scenario", "proof"});
    Claim claim;
    claim.pointer = pointer;
    read_number(reader, claim);
    if (reader.require("claim", "what is claimed, as it stands in notes"))
      reader.text("claim", claim.says);
    std::string verdict;
    if (reader.require("verdict", "holds, roughly or not_so") &&
        reader.word("verdict", verdict, kVerdicts)) {
      const auto at = std::find(kVerdicts.begin(), kVerdicts.end(), verdict) - kVerdicts.begin();
      claim.verdict = static_cast<ClaimVerdict>(at);
    }
    if (reader.require("exactly", "what is so, in a sentence"))
      reader.text("exactly", claim.exactly);
    read_proof(reader, claim);
    claims_.push_back(std::move(claim));
  }

  void read_number(const spec::ObjectReader& reader, Claim& claim) {
    if (!reader.require("number", "a number that no other claim has")) return;
    const bool read = reader.number("number", claim.number, 1, 9999);
    const bool taken = std::any_of(claims_.begin(), claims_.end(), [&](const Claim& other) {
      return other.number == claim.number;
    });
    if (read && taken) reader.wrong("number", "a number that no other claim has");
  }

  void read_proof(const spec::ObjectReader& reader, Claim& claim) {
    if (!reader.require("scenario", "the id of the scenario that shows it") ||
        !reader.text("scenario", claim.scenario) ||
        !reader.require("proof", "a list of what holds on its run")) {
      return;
    }
    const auto scenario = load_bundled(claim.scenario);
    if (!scenario) return reader.wrong("scenario", "the id of a bundled scenario");
    claim.proof = spec::read_expects(problems_, *reader.find("proof"), reader.at("proof"),
                                     names_of(*scenario));
    if (claim.proof.empty()) reader.wrong("proof", "at least one thing that holds on its run");
  }

  spec::Problems problems_;
  std::vector<Claim> claims_;
};

/// The run of one scenario judges the proofs of all claims about it.
void prove(const JsonDocument& document, const std::string& id,
           const std::vector<const Claim*>& claims, const MakeSide& make_side,
           ClaimsReport& report) {
  const auto complain = [&](const std::string& why) {
    report.problems.push_back(document.error(claims.front()->pointer, why));
  };
  Result<spec::Scenario> scenario = load_bundled(id);
  if (!scenario) return complain(scenario.error().message);
  scenario->expect.clear();
  for (const Claim* claim : claims) {
    scenario->expect.insert(scenario->expect.end(), claim->proof.begin(), claim->proof.end());
  }
  const auto side = make_side(*scenario);
  if (!side) return complain(side.error().message);
  ++report.runs;
  const auto run = run_scenario(**side, *scenario);
  if (!run) return complain(id + ": " + run.error().message);
  for (const FailedExpectation& failed : run->failed) {
    // What the scenario itself expects on its way is its own matter.
    if (!starts_with(failed.pointer, "/claims/")) continue;
    report.problems.push_back(document.error(failed.pointer, id + ": " + failed.text));
  }
}

}  // namespace

std::string_view claim_verdict_name(ClaimVerdict verdict) {
  return kVerdicts[static_cast<std::size_t>(verdict)];
}

bool is_claims(const JsonDocument& document) {
  return document.value().is_object() && document.value().contains(kVersion);
}

std::vector<Claim> load_claims(const JsonDocument& document, std::vector<Error>& problems) {
  ClaimReader reader(document);
  std::vector<Claim> claims = reader.read();
  problems.insert(problems.end(), reader.errors().begin(), reader.errors().end());
  return claims;
}

const std::vector<BundledClaims>& bundled_claims() {
  static const std::vector<BundledClaims> all = [] {
    std::vector<BundledClaims> found;
    for (const EmbeddedFile& file : cutaway_scenario_files()) {
      if (ends_with(file.path, "/claims.json"))
        found.push_back({std::string(file.path), file.bytes});
    }
    std::sort(found.begin(), found.end(),
              [](const BundledClaims& a, const BundledClaims& b) { return a.path < b.path; });
    return found;
  }();
  return all;
}

ClaimsReport check_claims(const JsonDocument& document, const MakeSide& make_side) {
  ClaimsReport report;
  const std::vector<Claim> claims = load_claims(document, report.problems);
  std::map<std::string, std::vector<const Claim*>> by_scenario;
  for (const Claim& claim : claims) {
    by_scenario[claim.scenario].push_back(&claim);
    ++report.counts[static_cast<std::size_t>(claim.verdict)];
  }
  for (const auto& [id, about] : by_scenario) prove(document, id, about, make_side, report);
  return report;
}

}  // namespace cutaway::scenarios

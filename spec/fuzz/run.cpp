// One random program after the other on both sides; what differs is shrunk, or known.
#include <algorithm>
#include <utility>

#include "spec/litmus_fuzz.h"

namespace cutaway::spec {

namespace {

constexpr int kTimes = 3;  ///< a difference counts when it comes so many times of as many

Result<Litmus> litmus_of(const Json& document) {
  TRY_ASSIGN(const JsonDocument read, JsonDocument::parse("fuzz.json", document.dump()));
  return load_litmus(read);
}

bool matches_or_any(std::string_view pattern, std::string_view text) {
  return pattern == "*" || pattern == text;
}

bool explains(const FuzzKnown& row, std::string_view family, const FuzzDifference& difference) {
  return matches_or_any(row.family, family) && matches_or_any(row.call, difference.call) &&
         matches_or_any(row.simulated, difference.simulated) &&
         matches_or_any(row.real, difference.real);
}

void count_calls(const LitmusRecord& real, FuzzTally& tally) {
  ++tally.programs;
  for (const LitmusGave& each : real) {
    ++tally.calls;
    if (each.trouble.empty() && each.outcome.err == abi::Errno::kOk) ++tally.succeeded;
  }
}

}  // namespace

Fuzzer::Fuzzer(FuzzOptions options, FuzzSides sides)
    : options_(std::move(options)), sides_(std::move(sides)), matched_(options_.known.size()) {}

Result<std::optional<FuzzDifference>> Fuzzer::compare(const Json& document,
                                                      const FuzzSides::Run& real,
                                                      FuzzTally* tally) {
  TRY_ASSIGN(const Litmus litmus, litmus_of(document));
  TRY_ASSIGN(const LitmusRecord really, real(litmus));
  TRY_ASSIGN(const LitmusRecord simulated, sides_.simulated(litmus));
  if (tally != nullptr) count_calls(really, *tally);
  return first_difference(simulated, really);
}

Result<bool> Fuzzer::next() {
  if (done_ == options_.count || sides_.interrupted()) return false;
  const std::uint64_t index = done_;
  const Json document = fuzz_document(options_.seed, index, options_.family);
  const std::string family(fuzz_family_of(index, options_.family));
  TRY_ASSIGN(const auto difference, compare(document, sides_.real, &tallies_[family]));
  if (difference) TRY(judge(index, document, *difference));
  ++done_;
  return true;
}

Result<bool> Fuzzer::steady(const Json& document, const FuzzDifference& difference) {
  for (int again = 1; again < kTimes; ++again) {
    TRY_ASSIGN(const auto found, compare(document, sides_.patient, nullptr));
    if (!found || !found->like(difference)) return false;
  }
  return true;
}

Status Fuzzer::judge(std::uint64_t index, const Json& document, const FuzzDifference& difference) {
  const std::string family(fuzz_family_of(index, options_.family));
  for (std::size_t i = 0; i < options_.known.size(); ++i) {
    if (!explains(options_.known[i], family, difference)) continue;
    ++matched_[i];
    return {};
  }
  TRY_ASSIGN(const bool counts, steady(document, difference));
  if (!counts) {
    ++unsteady_;
    return {};
  }
  ++tallies_[family].differing;
  for (FuzzFinding& each : findings_) {
    if (each.family != family || !each.difference.like(difference)) continue;
    ++each.more;
    return {};
  }
  findings_.push_back(shrunk(index, document, difference));
  return {};
}

/// The smallest program with this difference, which expects what the real kernel gave.
FuzzFinding Fuzzer::shrunk(std::uint64_t index, Json document, const FuzzDifference& difference) {
  FuzzFinding made{index, std::string(fuzz_family_of(index, options_.family)), difference, {}, 0};
  const auto differs = [&](const Json& candidate) {
    if (sides_.interrupted()) return false;
    const auto found = compare(candidate, sides_.real, nullptr);
    if (!found || !*found || !(*found)->like(difference)) return false;
    made.difference = **found;
    return true;
  };
  made.document = shrink_document(std::move(document), differs);
  Json::json_pointer step(made.difference.pointer);
  if (made.document.contains(step / "block")) step /= "block";
  if (!made.difference.expect.empty() && made.document.contains(step))
    made.document[step]["expect"] = made.difference.expect;
  return made;
}

std::vector<std::size_t> Fuzzer::too_wide() const {
  std::vector<std::size_t> rows;
  if (done_ < kFuzzKnownJudgedFrom) return rows;
  for (std::size_t i = 0; i < matched_.size(); ++i) {
    if (matched_[i] * 100 > done_ * kFuzzKnownPercent) rows.push_back(i);
  }
  return rows;
}

}  // namespace cutaway::spec

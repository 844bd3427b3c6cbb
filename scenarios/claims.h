// Front door: what students of a first course write, each with a verdict that a run proves
// (scenarios/content/<topic>/claims.json).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "spec/scenario.h"
#include "trace/side.h"

namespace cutaway::scenarios {

enum class ClaimVerdict : std::uint8_t { Holds, Roughly, NotSo };
inline constexpr std::size_t kClaimVerdictCount = 3;
/// "holds", "roughly", "not_so": as documents write it.
std::string_view claim_verdict_name(ClaimVerdict verdict);

struct Claim {
  std::int64_t number = 0;  ///< lessons name it by that; unique in its document
  std::string says;         ///< as it stands in notes
  ClaimVerdict verdict = ClaimVerdict::Holds;
  std::string exactly;              ///< what is so: one sentence
  std::string scenario;             ///< the bundled one whose run proves it
  std::vector<spec::Expect> proof;  ///< hold on that run, all of them
  std::string pointer;              ///< in its document
};

/// Is this a list of claims?
bool is_claims(const JsonDocument& document);
/// Empty with problems: something in the form is wrong, each with its place.
std::vector<Claim> load_claims(const JsonDocument& document, std::vector<Error>& problems);

struct BundledClaims {
  std::string path;       ///< "first-course/claims.json"
  std::string_view text;  ///< the document
};
/// Sorted by path.
const std::vector<BundledClaims>& bundled_claims();

/// Makes a fresh side as the scenario says (machine, seed, images).
using MakeSide = std::function<Result<std::unique_ptr<Side>>(const spec::Scenario&)>;

struct ClaimsReport {
  std::size_t counts[kClaimVerdictCount] = {};  ///< by verdict
  std::size_t runs = 0;                         ///< of scenarios
  std::vector<Error> problems;                  ///< each with its place in the document
};
/// Runs each scenario that is named once, and judges all that is to be proved on it.
ClaimsReport check_claims(const JsonDocument& document, const MakeSide& make_side);

}  // namespace cutaway::scenarios

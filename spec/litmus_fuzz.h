// Front door: random litmus programs, run on both kernels and compared (`cutaway litmus fuzz`).
// Pure: who calls says how a program is run. A program is a function of seed, number and family;
// it has no races, as only one task of a litmus program runs at a time (spec/litmus_order.h).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "base/result.h"
#include "spec/litmus.h"
#include "spec/litmus_judge.h"

namespace cutaway::spec {

struct FuzzFamily {
  std::string_view name;
  std::string_view says;
};
const std::vector<FuzzFamily>& fuzz_families();
/// Program `index` of this seed, a litmus document. An empty family: each in turn.
Json fuzz_document(std::uint64_t seed, std::uint64_t index, std::string_view family);
/// The family that it belongs to.
std::string_view fuzz_family_of(std::uint64_t index, std::string_view family);

/// What all calls of a program gave, in the order in which they came back.
using LitmusRecord = std::vector<LitmusGave>;

/// Where two runs of one program begin to differ.
struct FuzzDifference {
  std::string pointer;    ///< of the step
  std::string call;       ///< its name; "barrier", "resume" … of other steps
  std::string simulated;  ///< an errno's name, "ok", "not reached", "stuck"
  std::string real;
  std::string words;  ///< one line: what each side gave
  Json expect;        ///< what the real kernel gave, as a step's `expect`

  /// The same kind of difference, wherever it stands.
  bool like(const FuzzDifference& other) const {
    return call == other.call && simulated == other.simulated && real == other.real;
  }
};
std::optional<FuzzDifference> first_difference(const LitmusRecord& simulated,
                                               const LitmusRecord& real);

/// The smallest document that still `differs`: no step, and no file, can be left out of it.
Json shrink_document(Json document, const std::function<bool(const Json&)>& differs);

/// A difference that is known and stays: a row of the fidelity table. "*" in a field: any.
struct FuzzKnown {
  std::string_view family, call, simulated, real;
  std::string_view reason;
};
/// The greatest number of rows, and how many of a hundred programs one row may match.
inline constexpr std::size_t kFuzzKnownMax = 40;
inline constexpr std::uint64_t kFuzzKnownPercent = 1;
/// Of fewer programs a single one says nothing of how often they come.
inline constexpr std::uint64_t kFuzzKnownJudgedFrom = 500;

struct FuzzSides {
  using Run = std::function<Result<LitmusRecord>(const Litmus&)>;
  Run simulated, real;
  Run patient;  ///< as `real`, with more time: what does not differ then either, does not count
  std::function<bool()> interrupted;
};

struct FuzzOptions {
  std::uint64_t seed = 1;
  std::uint64_t count = 1;
  std::string family;
  std::vector<FuzzKnown> known;
};

/// A difference that nothing explains.
struct FuzzFinding {
  std::uint64_t index = 0;
  std::string family;
  FuzzDifference difference;
  Json document;           ///< shrunk, expecting at its end what the real kernel gave
  std::uint64_t more = 0;  ///< programs that differ alike
};

struct FuzzTally {
  std::uint64_t programs = 0, calls = 0, succeeded = 0;
  std::uint64_t differing = 0;  ///< unexplained
};

class Fuzzer {
 public:
  Fuzzer(FuzzOptions options, FuzzSides sides);

  /// One more program on both sides. False: all are done, or somebody interrupts.
  Result<bool> next();

  std::uint64_t done() const { return done_; }
  const std::vector<FuzzFinding>& findings() const { return findings_; }
  const std::map<std::string, FuzzTally>& tallies() const { return tallies_; }
  /// How many programs each row of `known` has matched.
  const std::vector<std::uint64_t>& matched() const { return matched_; }
  /// Rows that match too many programs, by their number.
  std::vector<std::size_t> too_wide() const;
  /// Differences that did not come three times of three, the last two with patience: not counted.
  std::uint64_t unsteady() const { return unsteady_; }
  /// Nothing is unexplained, and no row too wide.
  bool good() const { return findings_.empty() && too_wide().empty(); }

 private:
  Result<std::optional<FuzzDifference>> compare(const Json& document, const FuzzSides::Run& real,
                                                FuzzTally* tally);
  Result<bool> steady(const Json& document, const FuzzDifference& difference);
  Status judge(std::uint64_t index, const Json& document, const FuzzDifference& difference);
  FuzzFinding shrunk(std::uint64_t index, Json document, const FuzzDifference& difference);

  FuzzOptions options_;
  FuzzSides sides_;
  std::uint64_t done_ = 0, unsteady_ = 0;
  std::vector<FuzzFinding> findings_;
  std::map<std::string, FuzzTally> tallies_;
  std::vector<std::uint64_t> matched_;
};

}  // namespace cutaway::spec

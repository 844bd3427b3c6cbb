#include "app/cli/fuzz_text.h"

#include "app/cli/progress.h"
#include "base/text.h"
#include "trace/event/header.h"

namespace cutaway::app {

namespace {

std::string row_words(const spec::FuzzKnown& row) {
  return std::string(row.family) + ", " + std::string(row.call) + ": " +
         std::string(row.simulated) + " here, " + std::string(row.real) + " on Linux";
}

/// One program's steps stand on a line each, so that people can read it.
std::string document_text(const Json& document) {
  std::string text = "{\n";
  for (const auto& [key, value] : document.items()) {
    if (key != "program") text += "  " + Json(key).dump() + ": " + value.dump() + ",\n";
  }
  text += "  \"program\": [";
  bool first = true;
  for (const Json& step : document.at("program")) {
    text += std::string(first ? "\n" : ",\n") + "    " + step.dump();
    first = false;
  }
  return text + "\n  ]\n}\n";
}

std::string finding_text(const spec::FuzzFinding& finding) {
  const std::string more =
      finding.more > 0 ? " (and " + number(finding.more) + " programs more)" : "";
  return finding.family + ", program " + number(finding.index) + more + ": " +
         finding.difference.call + ": " + finding.difference.words + "\n" +
         document_text(finding.document);
}

spec::FuzzTally sum_of(const spec::Fuzzer& fuzzer) {
  spec::FuzzTally sum;
  for (const auto& [family, tally] : fuzzer.tallies()) {
    sum.programs += tally.programs;
    sum.calls += tally.calls;
    sum.succeeded += tally.succeeded;
    sum.differing += tally.differing;
  }
  return sum;
}

std::uint64_t known_programs(const spec::Fuzzer& fuzzer) {
  std::uint64_t all = 0;
  for (const std::uint64_t n : fuzzer.matched()) all += n;
  return all;
}

Json tally_json(const spec::FuzzTally& tally) {
  return {{"programs", tally.programs},
          {"calls", tally.calls},
          {"succeeded", tally.succeeded},
          {"unexplained", tally.differing}};
}

}  // namespace

std::string fuzz_text(const spec::Fuzzer& fuzzer, const spec::FuzzOptions& options) {
  std::string text;
  for (const spec::FuzzFinding& finding : fuzzer.findings()) text += finding_text(finding) + "\n";
  for (std::size_t i = 0; i < options.known.size(); ++i) {
    if (fuzzer.matched()[i] > 0)
      text += "known, " + number(fuzzer.matched()[i]) + " times: " + row_words(options.known[i]) +
              ": " + std::string(options.known[i].reason) + "\n";
  }
  for (const std::size_t i : fuzzer.too_wide())
    text += "a known difference that comes in more than one of a hundred programs is none: " +
            row_words(options.known[i]) + "\n";
  if (fuzzer.unsteady() > 0)
    text += number(fuzzer.unsteady()) + " differences did not come three times of three\n";
  const spec::FuzzTally sum = sum_of(fuzzer);
  return text + number(sum.programs) + " programs, " + number(sum.calls) + " calls (" +
         number(sum.calls == 0 ? 0 : sum.succeeded * 100 / sum.calls) +
         " % succeed): " + number(sum.differing) + " unexplained, " +
         number(known_programs(fuzzer)) + " known\n";
}

Json fuzz_json(const spec::Fuzzer& fuzzer, const spec::FuzzOptions& options) {
  Json families = Json::object(), known = Json::array(), unexplained = Json::array();
  for (const auto& [family, tally] : fuzzer.tallies()) families[family] = tally_json(tally);
  for (std::size_t i = 0; i < options.known.size(); ++i) {
    const spec::FuzzKnown& row = options.known[i];
    known.push_back({{"family", row.family},
                     {"call", row.call},
                     {"simulated", row.simulated},
                     {"real", row.real},
                     {"reason", row.reason},
                     {"programs", fuzzer.matched()[i]}});
  }
  for (const spec::FuzzFinding& finding : fuzzer.findings()) {
    const spec::FuzzDifference& difference = finding.difference;
    unexplained.push_back({{"index", finding.index},
                           {"family", finding.family},
                           {"call", difference.call},
                           {"simulated", difference.simulated},
                           {"real", difference.real},
                           {"words", difference.words},
                           {"programs", finding.more + 1},
                           {"document", finding.document}});
  }
  Json json = tally_json(sum_of(fuzzer));
  json["unexplained"] = std::move(unexplained);
  json.update({{"cutaway", kTraceVersion},
               {"seed", options.seed},
               {"families", std::move(families)},
               {"known", std::move(known)},
               {"too_wide", fuzzer.too_wide()},
               {"unsteady", fuzzer.unsteady()},
               {"good", fuzzer.good()}});
  return json;
}

}  // namespace cutaway::app

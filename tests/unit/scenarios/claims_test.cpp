// Claims: what a document of them may say, and that its proofs are judged on the runs they name.
#include "scenarios/claims.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/scenarios/simulated.h"

namespace cutaway::scenarios {
namespace {

const char* const kRight = R"({"cutaway_claims": 1, "claims": [
  {"number": 7, "claim": "sh ends with 7.", "verdict": "holds", "exactly": "So does the client.",
   "scenario": "exit-7", "proof": [
     {"of": "r1", "exit": 7},
     {"now": {"path": "/containers/seven/exit_code", "is": 7}}]}]})";

Result<std::unique_ptr<Side>> make(const spec::Scenario& scenario) {
  return std::unique_ptr<Side>(simulated(scenario));
}

JsonDocument document(const std::string& text) {
  auto parsed = JsonDocument::parse("claims.json", text);
  EXPECT_TRUE(parsed) << text;
  return std::move(*parsed);
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

TEST(Claims, AProofIsJudgedOnTheRunThatItNames) {
  const ClaimsReport report = check_claims(document(kRight), make);
  EXPECT_TRUE(report.problems.empty()) << report.problems.front().message;
  EXPECT_EQ(report.runs, 1U);
  EXPECT_EQ(report.counts[static_cast<std::size_t>(ClaimVerdict::Holds)], 1U);
}

TEST(Claims, WhatTheRunDoesNotShowIsToldAtItsPlace) {
  for (const auto& [from, to, place] :
       {std::tuple{"\"exit\": 7", "\"exit\": 8", "/claims/0/proof/0"},
        std::tuple{"\"is\": 7", "\"is\": 0", "/claims/0/proof/1"}}) {
    const ClaimsReport report = check_claims(document(changed(kRight, from, to)), make);
    ASSERT_EQ(report.problems.size(), 1U) << to;
    EXPECT_NE(report.problems[0].message.find(place), std::string::npos)
        << report.problems[0].message;
    EXPECT_NE(report.problems[0].message.find("exit-7"), std::string::npos);
  }
}

TEST(Claims, AFaultOfFormIsToldAtItsPlace) {
  struct Fault {
    const char* from;
    const char* to;
    const char* said;
  };
  for (const Fault& fault :
       {Fault{"\"number\": 7, ", "", "number"}, Fault{"\"holds\"", "\"true\"", "holds"},
        Fault{"\"exit-7\"", "\"exit-77\"", "bundled scenario"},
        Fault{"\"of\": \"r1\"", "\"of\": \"r9\"", "r1"},
        Fault{"\"exactly\"", "\"exact\"", "exactly"}, Fault{": 1, \"cl", ": 2, \"cl", "1"}}) {
    const ClaimsReport report = check_claims(document(changed(kRight, fault.from, fault.to)), make);
    ASSERT_FALSE(report.problems.empty()) << fault.to;
    EXPECT_EQ(report.runs, 0U) << fault.to;
    EXPECT_NE(report.problems[0].message.find(fault.said), std::string::npos)
        << report.problems[0].message;
  }
}

TEST(Claims, TwoOfOneNumberAreRefused) {
  const std::string text = kRight;
  const std::size_t begin = text.find("{\"number\"");
  const std::string one = text.substr(begin, text.rfind("]}") - begin);
  const ClaimsReport report = check_claims(document(changed(text, one, one + "," + one)), make);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_NE(report.problems[0].message.find("no other claim"), std::string::npos);
}

TEST(Claims, AnEmptyProofProvesNothing) {
  const std::string text = kRight;
  const std::size_t begin = text.find("\"proof\": [") + 10;
  const std::string proof = text.substr(begin, text.rfind("]}]}") - begin);
  const ClaimsReport report = check_claims(document(changed(text, proof, "")), make);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_NE(report.problems[0].message.find("/claims/0/proof"), std::string::npos);
}

}  // namespace
}  // namespace cutaway::scenarios

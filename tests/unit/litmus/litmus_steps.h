// Programs for tests, written as JSON.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/json_value.h"
#include "spec/litmus.h"

namespace cutaway::spec {

/// A document with this program; what is wrong with it fails the test.
inline Litmus litmus_of(const std::string& program) {
  const auto document = JsonDocument::parse(
      "x.json", "{\"cutaway_litmus\":1,\"title\":\"t\",\"program\":" + program + "}");
  EXPECT_TRUE(document);
  auto litmus = load_litmus(*document);
  EXPECT_TRUE(litmus) << (litmus ? "" : litmus.error().message);
  return litmus ? std::move(*litmus) : Litmus();
}

/// The messages about such a document.
inline std::vector<std::string> problems_of(const std::string& program) {
  const auto document = JsonDocument::parse(
      "x.json", "{\"cutaway_litmus\":1,\"title\":\"t\",\"program\":" + program + "}");
  EXPECT_TRUE(document);
  std::vector<std::string> messages;
  for (const Error& error : check_litmus(*document)) messages.push_back(error.message);
  return messages;
}

}  // namespace cutaway::spec

// The tree of a predicate.
#pragma once

#include <string>
#include <vector>

#include "base/json_value.h"
#include "spec/predicate.h"

namespace cutaway::spec {

enum class Comparison { Is, Not, Lt, Gt, Has, Exists };

struct Test {
  Comparison comparison = Comparison::Is;
  Json value;
};

enum class PredicateKind { Now, Ever, Never, Before, Count, All, Any };

struct PredicateNode {
  PredicateKind kind = PredicateKind::All;
  std::string path;                  ///< Now, Ever, Never
  std::vector<Test> tests;           ///< of the value at path, or of the count
  std::vector<EventPattern> events;  ///< Before: two; Count: one
  std::vector<Predicate> children;   ///< All, Any: cheap ones first
};

/// Does the value (null: nothing there) pass? What is not there passes only `exists: false`.
bool passes(const Test& test, const Json* value);
/// "0", "less than 5", "to contain "x"": after the word "expected".
std::string expectation(const Test& test);
/// Equal, objects as subsets, lists whole.
bool covers(const Json& pattern, const Json& value);

}  // namespace cutaway::spec

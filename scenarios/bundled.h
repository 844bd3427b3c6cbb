// Front door: the scenarios that are part of the program (scenarios/content/<topic>/<id>.json).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "spec/litmus.h"
#include "spec/scenario.h"

namespace cutaway::scenarios {

struct BundledScenario {
  std::string id;         ///< the file's name without .json
  std::string topic;      ///< its folder
  std::string path;       ///< "first-course/run-echo.json"
  std::string title;      ///< as the document says it
  std::string_view text;  ///< the document
};

/// Sorted by path.
const std::vector<BundledScenario>& bundled_scenarios();
/// The litmus documents beside them; no id is one of both.
const std::vector<BundledScenario>& bundled_litmus();
/// A scenario or a litmus document; null when there is none with this id.
const BundledScenario* find_bundled(std::string_view id);
/// Loads it; an unknown id is one clear error with the nearest known one.
Result<spec::Scenario> load_bundled(std::string_view id);
/// None: this id is no litmus document's.
Result<std::optional<spec::Litmus>> load_bundled_litmus(std::string_view id);

}  // namespace cutaway::scenarios

// The embedded documents, found once.
#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "embedded/cutaway_scenario_files.h"
#include "scenarios/bundled.h"

namespace cutaway::scenarios {

namespace {

BundledScenario bundled(const EmbeddedFile& file) {
  BundledScenario scenario;
  scenario.path = std::string(file.path);
  scenario.text = file.bytes;
  const std::size_t slash = scenario.path.rfind('/');
  scenario.topic = slash == std::string::npos ? "" : scenario.path.substr(0, slash);
  scenario.id = scenario.path.substr(slash == std::string::npos ? 0 : slash + 1);
  scenario.id = scenario.id.substr(0, scenario.id.rfind('.'));
  const auto document = JsonDocument::parse(scenario.path, file.bytes);
  if (document && document->value().is_object()) {
    const auto title = document->value().find("title");
    if (title != document->value().end() && title->is_string())
      scenario.title = title->get<std::string>();
  }
  return scenario;
}

}  // namespace

const std::vector<BundledScenario>& bundled_scenarios() {
  static const std::vector<BundledScenario> all = [] {
    std::vector<BundledScenario> found;
    for (const EmbeddedFile& file : cutaway_scenario_files()) {
      const bool scenario = ends_with(file.path, ".json") && !ends_with(file.path, "/claims.json");
      if (scenario) found.push_back(bundled(file));
    }
    std::sort(found.begin(), found.end(),
              [](const BundledScenario& a, const BundledScenario& b) { return a.path < b.path; });
    return found;
  }();
  return all;
}

const BundledScenario* find_bundled(std::string_view id) {
  for (const BundledScenario& each : bundled_scenarios()) {
    if (each.id == id) return &each;
  }
  return nullptr;
}

Result<spec::Scenario> load_bundled(std::string_view id) {
  const BundledScenario* found = find_bundled(id);
  if (found == nullptr) {
    std::vector<std::string> ids;
    for (const BundledScenario& each : bundled_scenarios()) ids.push_back(each.id);
    const std::string near = nearest(id, ids);
    return fail(ErrorCode::Usage, "there is no scenario '" + std::string(id) + "'",
                near.empty() ? "cutaway scenario list shows them" : "did you mean '" + near + "'?");
  }
  auto document = JsonDocument::parse(found->path, found->text);
  if (!document) return fail(document.error());
  return spec::load_scenario(*document);
}

}  // namespace cutaway::scenarios

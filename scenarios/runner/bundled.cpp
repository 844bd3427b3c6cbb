// The embedded documents, found once.
#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "embedded/cutaway_scenario_files.h"
#include "scenarios/bundled.h"

namespace cutaway::scenarios {

namespace {

BundledScenario bundled(const EmbeddedFile& file, bool& litmus) {
  BundledScenario scenario;
  scenario.path = std::string(file.path);
  scenario.text = file.bytes;
  const std::size_t slash = scenario.path.rfind('/');
  scenario.topic = slash == std::string::npos ? "" : scenario.path.substr(0, slash);
  scenario.id = scenario.path.substr(slash == std::string::npos ? 0 : slash + 1);
  scenario.id = scenario.id.substr(0, scenario.id.rfind('.'));
  const auto document = JsonDocument::parse(scenario.path, file.bytes);
  if (document && document->value().is_object()) {
    litmus = spec::is_litmus(*document);
    const auto title = document->value().find("title");
    if (title != document->value().end() && title->is_string())
      scenario.title = title->get<std::string>();
  }
  return scenario;
}

struct Documents {
  std::vector<BundledScenario> scenarios, litmus;
};

void sort_by_path(std::vector<BundledScenario>& documents) {
  std::sort(documents.begin(), documents.end(),
            [](const BundledScenario& a, const BundledScenario& b) { return a.path < b.path; });
}

const Documents& documents() {
  static const Documents all = [] {
    Documents found;
    for (const EmbeddedFile& file : cutaway_scenario_files()) {
      if (!ends_with(file.path, ".json") || ends_with(file.path, "/claims.json")) continue;
      bool litmus = false;
      BundledScenario document = bundled(file, litmus);
      (litmus ? found.litmus : found.scenarios).push_back(std::move(document));
    }
    sort_by_path(found.scenarios);
    sort_by_path(found.litmus);
    return found;
  }();
  return all;
}

const BundledScenario* find_in(const std::vector<BundledScenario>& some, std::string_view id) {
  const auto found = std::find_if(some.begin(), some.end(),
                                  [id](const BundledScenario& each) { return each.id == id; });
  return found == some.end() ? nullptr : &*found;
}

}  // namespace

const std::vector<BundledScenario>& bundled_scenarios() { return documents().scenarios; }
const std::vector<BundledScenario>& bundled_litmus() { return documents().litmus; }

const BundledScenario* find_bundled(std::string_view id) {
  const BundledScenario* scenario = find_in(bundled_scenarios(), id);
  return scenario != nullptr ? scenario : find_in(bundled_litmus(), id);
}

Result<spec::Scenario> load_bundled(std::string_view id) {
  const BundledScenario* found = find_bundled(id);
  if (found == nullptr) {
    std::vector<std::string> ids;
    for (const BundledScenario& each : bundled_scenarios()) ids.push_back(each.id);
    for (const BundledScenario& each : bundled_litmus()) ids.push_back(each.id);
    const std::string near = nearest(id, ids);
    return fail(ErrorCode::Usage, "there is no scenario '" + std::string(id) + "'",
                near.empty() ? "cutaway scenario list shows them" : "did you mean '" + near + "'?");
  }
  auto document = JsonDocument::parse(found->path, found->text);
  if (!document) return fail(document.error());
  if (spec::is_litmus(*document))
    return fail(ErrorCode::Usage, "'" + std::string(id) + "' is a litmus program, no scenario");
  return spec::load_scenario(*document);
}

Result<std::optional<spec::Litmus>> load_bundled_litmus(std::string_view id) {
  const BundledScenario* found = find_in(bundled_litmus(), id);
  if (found == nullptr) return std::optional<spec::Litmus>();
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(found->path, found->text));
  TRY_ASSIGN(spec::Litmus litmus, spec::load_litmus(document));
  return std::optional<spec::Litmus>(std::move(litmus));
}

}  // namespace cutaway::scenarios

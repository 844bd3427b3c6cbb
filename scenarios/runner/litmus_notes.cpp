#include "scenarios/runner/litmus_notes.h"

#include <map>
#include <variant>

#include "base/text.h"
#include "spec/litmus_judge.h"

namespace cutaway::scenarios {

namespace {

/// By pointer, in the order of the document: empty until something is known, then "held" or why
/// not.
class Expected {
 public:
  void add(const spec::LitmusProgram& program) {
    for (const spec::LitmusStep& step : program) {
      if (step.expect.is_object()) note(spec::expect_pointer(step), "");
      add(step.child);
    }
  }
  void take(std::string_view line) {
    if (starts_with(line, kHeld)) {
      std::string& known = note(std::string(line.substr(kHeld.size())), "");
      if (known.empty()) known = kHeld;
    }
    if (!starts_with(line, kFailed)) return;
    const std::string_view rest = line.substr(kFailed.size());
    const std::size_t colon = rest.find(": ");
    if (colon == std::string_view::npos) return;
    note(std::string(rest.substr(0, colon)), "") = std::string(rest.substr(colon + 2));
  }
  bool empty() const { return order_.empty(); }
  void report(RunReport& report) const {
    for (const std::string& pointer : order_) {
      const std::string& known = by_pointer_.at(pointer);
      if (known == kHeld)
        ++report.held;
      else
        report.failed.push_back({pointer, known.empty() ? "never reached" : known});
    }
  }

 private:
  static constexpr std::string_view kHeld = "held ", kFailed = "failed ";
  std::string& note(const std::string& pointer, const std::string& what) {
    const auto [found, fresh] = by_pointer_.emplace(pointer, what);
    if (fresh) order_.push_back(pointer);
    return found->second;
  }
  std::vector<std::string> order_;
  std::map<std::string, std::string> by_pointer_;
};

Expected expected_of(const spec::Scenario& scenario) {
  Expected expected;
  for (const spec::ScenarioImage& image : scenario.images) {
    for (const spec::FileSet& layer : image.layers) {
      for (const auto& [path, file] : layer) expected.add(file.litmus);
    }
  }
  for (const spec::Item& item : scenario.items) {
    if (const auto* litmus = std::get_if<spec::LitmusItem>(&item.body))
      expected.add(litmus->program);
  }
  return expected;
}

}  // namespace

void add_litmus(const spec::Scenario& scenario, const Trace& trace, RunReport& report) {
  Expected expected = expected_of(scenario);
  if (expected.empty()) return;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    const auto* note = std::get_if<Note>(&event.body);
    if (note == nullptr || note->note_class != "litmus") continue;
    for (const std::string& line : split(note->text, '\n')) expected.take(line);
  }
  expected.report(report);
}

}  // namespace cutaway::scenarios

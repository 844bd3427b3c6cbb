#include "app/live/break_option.h"

#include <memory>
#include <vector>

#include "base/json_value.h"
#include "base/text.h"
#include "scenarios/timeline.h"
#include "spec/plan/steps.h"
#include "spec/predicate.h"

namespace cutaway::app {

namespace {

/// Judges a predicate over the one trace that it is asked about, which grows.
class Judge {
 public:
  explicit Judge(spec::Predicate predicate) : watch_(std::move(predicate)) {}
  bool holds(const Trace& trace) {
    if (!timeline_) timeline_ = std::make_unique<scenarios::TraceTimeline>(trace);
    return watch_.holds(*timeline_);
  }

 private:
  spec::Watch watch_;
  std::unique_ptr<scenarios::TraceTimeline> timeline_;
};

real::BreakPoint when(spec::Predicate predicate) {
  real::BreakPoint point;
  point.kind = real::BreakKind::When;
  auto judge = std::make_shared<Judge>(std::move(predicate));
  point.when = [judge](const Trace& trace) { return judge->holds(trace); };
  return point;
}

Result<real::BreakPoint> before_step(const std::string& name) {
  real::BreakPoint point;
  point.kind = real::BreakKind::Step;
  point.step = name;
  if (spec::find_step(name) != nullptr) return point;
  std::vector<std::string> names;
  for (const spec::StepRow& row : spec::step_rows()) names.emplace_back(row.id);
  const std::string near = nearest(name, names);
  return fail(
      ErrorCode::Usage,
      "--break " + name + ": the name of a step, an event or a predicate was expected",
      near.empty() ? "cutaway real --plan INPUT names the steps" : "did you mean '" + near + "'?");
}

}  // namespace

Result<real::BreakPoint> parse_break(const std::string& text) {
  if (trim(text).empty() || trim(text)[0] != '{') return before_step(text);
  const Result<Json> json = parse_json(text);
  if (!json || !json->contains("kind")) {
    TRY_ASSIGN(spec::Predicate predicate, spec::parse_predicate_text(text));
    return when(std::move(predicate));
  }
  TRY_ASSIGN(spec::EventPattern event, spec::parse_event_pattern(text));
  if ((*json)["kind"] != "syscall" || json->contains("ret") || json->contains("err"))
    return when(spec::happens(std::move(event)));
  real::BreakPoint point;
  point.kind = real::BreakKind::Call;
  point.call = std::move(event);
  return point;
}

}  // namespace cutaway::app

#include "app/cli/when.h"

#include "base/text.h"
#include "scenarios/timeline.h"
#include "spec/predicate.h"

namespace cutaway::app {

namespace {

Result<std::size_t> first_moment(const std::string& text, const Trace& trace) {
  const auto predicate = spec::parse_predicate_or_event(text);
  if (!predicate) {
    return fail(
        ErrorCode::Usage, "--at-first " + text + ": " + predicate.error().message,
        "a predicate or an event as JSON, such as {\"kind\":\"syscall\",\"name\":\"clone\"}");
  }
  scenarios::TraceTimeline timeline(trace);
  const auto found = scenarios::first_position(*predicate, timeline);
  if (found) return *found;
  return fail(ErrorCode::Usage, "--at-first " + text + ": it never holds in this run of " +
                                    decimal(static_cast<std::int64_t>(trace.size())) + " events");
}

}  // namespace

void add_when_options(CLI::App& options, WhenOptions& when) {
  auto* at = options.add_option("--at", when.at, "how many events have happened, or last");
  options
      .add_option("--at-first", when.at_first,
                  "the first moment for which a predicate (or an event) holds, as JSON")
      ->excludes(at);
}

Result<std::size_t> moment_of(const WhenOptions& when, const Run& run,
                              std::optional<std::size_t> usual) {
  if (!when.at_first.empty()) return first_moment(when.at_first, run.trace());
  if (!when.at.empty()) return position(when.at, run.trace());
  if (run.opened) return static_cast<std::size_t>(run.opened->at);
  return usual.value_or(run.trace().size());
}

}  // namespace cutaway::app

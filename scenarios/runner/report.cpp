// The summary of CONTRACT §4.
#include <variant>

#include "base/json_value.h"
#include "scenarios/runner.h"
#include "trace/log/json_values.h"

namespace cutaway::scenarios {

namespace {

// A command that was still running at the end has no status and no end.
Json command_json(const CommandState& command) {
  Json json = {{"line", text_json(command.line)},
               {"as", command.name.empty() ? Json(nullptr) : text_json(command.name)},
               {"exit", command.done ? Json(command.exit) : Json(nullptr)},
               {"stdout", text_json(command.stdout_text)},
               {"stderr", text_json(command.stderr_text)},
               {"t0", command.t0},
               {"t1", command.done ? Json(command.t1) : Json(nullptr)}};
  return json;
}

// How many events the trace says are missing in it.
std::int64_t lost_events(const Trace& trace) {
  if (!trace.header.loss_counted) return 0;
  std::int64_t lost = 0;
  for (std::size_t n = 0; n < trace.size(); ++n) {
    const Event event = trace.event(n);
    if (const auto* loss = std::get_if<Loss>(&event.body)) lost += loss->count;
  }
  return lost;
}

}  // namespace

Json report_to_json(const RunReport& report, SideKind side, const Trace& trace, int exit) {
  Json commands = Json::array();
  for (const CommandState& command : report.commands) commands.push_back(command_json(command));
  Json failed = Json::array();
  for (const FailedExpectation& each : report.failed) {
    failed.push_back({{"pointer", each.pointer}, {"text", text_json(each.text)}});
  }
  return {{"cutaway", kTraceVersion},
          {"side", side == SideKind::Sim ? "sim" : "real"},
          {"exit", exit},
          {"events", trace.size()},
          {"loss", lost_events(trace)},
          {"commands", std::move(commands)},
          {"expect", {{"held", report.held}, {"failed", std::move(failed)}}}};
}

}  // namespace cutaway::scenarios

#include "tests/unit/trace_compare/edited.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/check.h"
#include "scenarios/bundled.h"
#include "scenarios/runner.h"
#include "sim/simulator.h"
#include "spec/plan/steps.h"
#include "trace/log/enum_names.h"

namespace cutaway::test {

namespace {

/// Header, names of steps and bytes; no events.
Trace without_events(const Trace& original) {
  Trace copy(original.header);
  for (std::size_t i = 1; i <= original.step_count(); ++i)
    copy.step_id(original.step_name(StepId{static_cast<std::uint32_t>(i)}));
  original.blobs.each(
      [&copy](BlobId id, std::string_view bytes) { copy.blobs.restore(id, bytes); });
  return copy;
}

}  // namespace

Trace simulate(std::string_view id, std::uint64_t seed, CgroupVersion cgroup) {
  auto scenario = scenarios::load_bundled(id);
  CHECK(scenario.has_value());
  scenario->seed = seed;
  scenario->machine.cgroup = cgroup;
  sim::Simulator simulator(sim::simulator_options(*scenario));
  CHECK(scenarios::run_scenario(simulator, *scenario).has_value());
  return simulator.take_trace();
}

Edited::Edited(const Trace& original)
    : header(original.header), original_(without_events(original)) {
  for (std::size_t n = 0; n < original.size(); ++n) events.push_back(original.event(n));
}

std::size_t Edited::missing(const std::string& what) {
  ADD_FAILURE() << "the trace has no " << what;
  CHECK(false);
  return 0;
}

std::size_t Edited::find(abi::Sys sys, std::string_view step, std::size_t which) const {
  for (std::size_t n = 0; n < events.size(); ++n) {
    const auto* call = std::get_if<Syscall>(&events[n].body);
    const bool found =
        call != nullptr && call->sys == sys && original_.step_name(events[n].stamp.step) == step;
    if (found && which-- == 0) return n;
  }
  return missing(std::string(abi::sys_name(sys)) + " in " + std::string(step));
}

std::size_t Edited::repeat(std::size_t n) {
  const Event again = events.at(n);
  events.insert(events.begin() + static_cast<std::ptrdiff_t>(n) + 1, again);
  return n + 1;
}

Trace Edited::build() const {
  Trace trace = without_events(original_);
  trace.header = header;
  std::int64_t now = 0;
  for (Event event : events) {
    now = std::max(now, event.stamp.t);
    event.stamp.t = now;
    trace.append(std::move(event));
  }
  return trace;
}

Edited as_real(const Trace& original) {
  Edited edited(original);
  edited.header.side = SideKind::Real;
  return edited;
}

Comparison compared(const Trace& a, const Trace& b) {
  CompareOptions options;
  options.name_a = "left";
  options.name_b = "right";
  options.compared_steps = spec::compared_steps();
  return compare(a, b, options);
}

std::vector<CompareRow> differing(const Comparison& comparison, RowLevel level) {
  std::vector<CompareRow> rows;
  for (const CompareRow& row : comparison.rows) {
    const bool plain = row.status == RowStatus::Matched && row.row_class == RowClass::None;
    if (row.level == level && !plain && row.row_class != RowClass::Engine) rows.push_back(row);
  }
  return rows;
}

std::vector<std::string> told(const Comparison& comparison) {
  std::vector<std::string> lines;
  for (const RowLevel level : {RowLevel::Step, RowLevel::Syscall, RowLevel::Result}) {
    for (const CompareRow& row : differing(comparison, level)) {
      lines.push_back(std::string(row_status_name(row.status)) + " " +
                      std::string(row_level_name(row.level)) + " " +
                      std::string(enum_name(row.role)) + " " + row.step + " " + row.name + " " +
                      std::string(row_class_name(row.row_class)));
    }
  }
  return lines;
}

}  // namespace cutaway::test

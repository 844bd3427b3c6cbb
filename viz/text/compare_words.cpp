#include "viz/text/compare_words.h"

#include "base/text.h"
#include "trace/log/enum_names.h"
#include "viz/text/call_words.h"

namespace cutaway::viz {

std::string why_words(const spec::Words& words, const CompareRow& row) {
  return fill(words[row.why].why, [&row](std::string_view name) {
    const auto found = row.values.find(std::string(name));
    return found == row.values.end() ? std::string("nothing") : found->second;
  });
}

std::string why_label(const spec::Words& words, const CompareRow& row) {
  return words[row.why].what;
}

std::string_view status_sign(const CompareRow& row) {
  const bool explained = row.row_class != RowClass::None && row.row_class != RowClass::Ids &&
                         row.row_class != RowClass::Engine && !is_open(row.row_class);
  switch (row.status) {
    case RowStatus::Matched:
      return explained ? "≈" : "=";
    case RowStatus::Different:
      return explained ? "≈" : "≠";
    case RowStatus::OnlyA:
      return "←";
    case RowStatus::OnlyB:
      break;
  }
  return "→";
}

std::string side_name(const Comparison& comparison, bool left) {
  if (comparison.a.side == comparison.b.side) return left ? "Left" : "Right";
  const ComparedSide& side = left ? comparison.a : comparison.b;
  return side.side == SideKind::Sim ? "Simulated" : side.recorded.empty() ? "Real" : "Recorded";
}

std::string machine_words(const Trace& trace) {
  const Machine& machine = trace.header.machine;
  return (trace.header.virtual_clock ? "virtual clock, " : "") + std::string("Linux ") +
         machine.kernel + ", cgroup " + std::string(enum_name(machine.cgroup)) + ", " +
         decimal(machine.cpus) + (machine.cpus == 1 ? " cpu" : " cpus");
}

std::string inner_pid_words(const World& world) {
  const cutaway::Task* inner = nullptr;
  world.tasks.each([&inner](const cutaway::Task& task) {
    const bool inside = task.role == Role::Init || task.role == Role::Workload;
    if (inside && task.pids.size() > 1 && task.pids.back() == 1) inner = &task;
  });
  if (inner == nullptr) return "";
  return "pid 1 here = " + decimal(inner->pid()) + " on the host";
}

std::string event_place_words(std::size_t position, std::size_t count) {
  return "event " + decimal(static_cast<std::int64_t>(position)) + " of " +
         decimal(static_cast<std::int64_t>(count));
}

std::string percent(std::int64_t ppm) {
  constexpr std::int64_t kTenth = 1000;  // of a percent, in ppm; cut, never rounded up to 100 %
  return decimal(ppm / kTenth / 10) + "." + decimal(ppm / kTenth % 10) + " %";
}

}  // namespace cutaway::viz

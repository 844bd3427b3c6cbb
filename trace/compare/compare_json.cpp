// A comparison as CONTRACT §3 fixes it.

#include "base/json_value.h"
#include "trace/compare/compare.h"
#include "trace/log/enum_names.h"

namespace cutaway {

namespace {

/// Where one side is simulated and the other real, "only_sim" and "only_real" say the same again.
struct Aliases {
  const char* only_a = nullptr;
  const char* only_b = nullptr;
};

Aliases aliases_of(const Comparison& comparison) {
  if (comparison.a.side == comparison.b.side) return {};
  if (comparison.a.side == SideKind::Sim) return {"only_sim", "only_real"};
  return {"only_real", "only_sim"};
}

Json tally_json(const Tally& tally, const Aliases& aliases) {
  Json json = {{"matched", tally.matched},
               {"different", tally.different},
               {"only_a", tally.only_a},
               {"only_b", tally.only_b}};
  if (aliases.only_a != nullptr) {
    json[aliases.only_a] = tally.only_a;
    json[aliases.only_b] = tally.only_b;
  }
  return json;
}

Json side_json(const ComparedSide& side) {
  return {{"side", enum_name(side.side)}, {"name", side.name}};
}

Json place_json(EventIndex n) { return n == kNoEvent ? Json() : Json(n); }

}  // namespace

std::string_view row_class_name(RowClass row_class) {
  static constexpr std::array<std::string_view, kRowClasses> kNames = {
      "none",     "loader", "ids",    "choice",          "cgroup",     "kernel",
      "rootless", "loss",   "engine", "simulator_wrong", "unexplained"};
  return kNames[static_cast<std::size_t>(row_class)];
}

std::string_view row_status_name(RowStatus status) {
  static constexpr std::array<std::string_view, 4> kNames = {"matched", "different", "only_a",
                                                             "only_b"};
  return kNames[static_cast<std::size_t>(status)];
}

std::string_view row_level_name(RowLevel level) {
  static constexpr std::array<std::string_view, 3> kNames = {"step", "syscall", "result"};
  return kNames[static_cast<std::size_t>(level)];
}

Json comparison_json(const Comparison& comparison,
                     const std::function<std::string(const CompareRow&)>& why) {
  const Aliases aliases = aliases_of(comparison);
  Json rows = Json::array();
  for (const CompareRow& row : comparison.rows) {
    rows.push_back({{"status", row_status_name(row.status)},
                    {"level", row_level_name(row.level)},
                    {"role", enum_name(row.role)},
                    {"step", row.step},
                    {"name", row.name},
                    {"a", place_json(row.a)},
                    {"b", place_json(row.b)},
                    {"class", row_class_name(row.row_class)},
                    {"why", why(row)}});
  }
  return {{"cutaway", kTraceVersion},
          {"a", side_json(comparison.a)},
          {"b", side_json(comparison.b)},
          {"steps", tally_json(comparison.steps, aliases)},
          {"syscalls", tally_json(comparison.syscalls, aliases)},
          {"workload", tally_json(comparison.workload, aliases)},
          {"results", tally_json(comparison.results, aliases)},
          {"fidelity",
           {{"steps_ppm", comparison.steps_ppm},
            {"syscalls_ppm", comparison.syscalls_ppm},
            {"workload_ppm", comparison.workload_ppm}}},
          {"rows", rows}};
}

}  // namespace cutaway

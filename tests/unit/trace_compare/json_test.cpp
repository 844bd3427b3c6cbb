// CONTRACT §3, field by field.
#include <gtest/gtest.h>

#include "base/json_value.h"
#include "tests/unit/trace_compare/edited.h"

namespace cutaway::test {
namespace {

std::vector<std::string> keys(const Json& json) {
  std::vector<std::string> names;
  for (auto item = json.begin(); item != json.end(); ++item) names.push_back(item.key());
  return names;
}

using Names = std::vector<std::string>;

Json json_of(const Trace& a, const Trace& b) {
  return comparison_json(compared(a, b), [](const CompareRow& row) { return "[" + row.why + "]"; });
}

TEST(CompareJson, has_exactly_these_fields) {
  const Trace echo = simulate("run-echo");
  const Json json = json_of(echo, echo);
  EXPECT_EQ(keys(json), (Names{"a", "b", "cutaway", "fidelity", "results", "rows", "steps",
                               "syscalls", "workload"}));
  EXPECT_EQ(json["cutaway"], 1);
  EXPECT_EQ(json["a"], (Json{{"side", "sim"}, {"name", "left"}}));
  EXPECT_EQ(json["b"], (Json{{"side", "sim"}, {"name", "right"}}));
  for (const char* tally : {"steps", "syscalls", "workload", "results"})
    EXPECT_EQ(keys(json[tally]), (Names{"different", "matched", "only_a", "only_b"})) << tally;
  EXPECT_EQ(json["fidelity"],
            (Json{{"steps_ppm", 1000000}, {"syscalls_ppm", 1000000}, {"workload_ppm", 1000000}}));
  ASSERT_FALSE(json["rows"].empty());
  for (const Json& row : json["rows"])
    ASSERT_EQ(keys(row),
              (Names{"a", "b", "class", "level", "name", "role", "status", "step", "why"}));
}

TEST(CompareJson, of_a_simulation_beside_linux_has_the_aliases) {
  const Trace echo = simulate("run-echo");
  Edited real = as_real(echo);
  real.drop(real.find(abi::Sys::sethostname, "uts.hostname"));
  const Json right = json_of(echo, real.build());
  EXPECT_EQ(right["b"]["side"], "real");
  EXPECT_EQ(right["steps"]["only_sim"], 1);
  EXPECT_EQ(right["steps"]["only_real"], 0);
  EXPECT_EQ(right["steps"]["only_a"], 1);
  const Json left = json_of(real.build(), echo);
  EXPECT_EQ(left["steps"]["only_sim"], 1);
  EXPECT_EQ(left["steps"]["only_a"], 0);
  EXPECT_EQ(left["steps"]["only_b"], 1);
}

TEST(CompareJson, a_row) {
  const Trace echo = simulate("run-echo");
  Edited real = as_real(echo);
  const std::size_t at = real.find(abi::Sys::sethostname, "uts.hostname");
  real.drop(at);
  const Json json = json_of(echo, real.build());
  Json found;
  for (const Json& row : json["rows"]) {
    if (row["name"] == "sethostname") found = row;
  }
  EXPECT_EQ(found, (Json{{"status", "only_a"},
                         {"level", "syscall"},
                         {"role", "init"},
                         {"step", "uts.hostname"},
                         {"name", "sethostname"},
                         {"a", at},
                         {"b", nullptr},
                         {"class", "unexplained"},
                         {"why", "[compare.unexplained]"}}));
}

}  // namespace
}  // namespace cutaway::test

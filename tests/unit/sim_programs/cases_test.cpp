// The simulated busybox says what the real one said: cases/*.json, recorded by record.py.
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/unit/sim_programs/run_script.h"

namespace cutaway::sim {
namespace {

struct Case {
  std::string script, out, err;
  int status = 0;
};

std::vector<Case> cases_of(const std::string& name) {
  std::ifstream file(std::string(CUTAWAY_SOURCE_DIR) + "/tests/unit/sim_programs/cases/" + name +
                     ".json");
  std::vector<Case> cases;
  for (const auto& each : nlohmann::json::parse(file)) {
    cases.push_back({each.at("script"), each.at("out"), each.at("err"), each.at("status")});
  }
  return cases;
}

void compare_all(const std::string& name) {
  const std::vector<Case> cases = cases_of(name);
  ASSERT_FALSE(cases.empty());
  for (const Case& each : cases) {
    SCOPED_TRACE(each.script);
    const ScriptRun run = run_script(each.script);
    EXPECT_EQ(run.out, each.out);
    EXPECT_EQ(run.err, each.err);
    EXPECT_EQ(run.status, each.status);
  }
}

TEST(Cases, TheShell) { compare_all("sh"); }
TEST(Cases, ToolsForText) { compare_all("text"); }
TEST(Cases, ToolsForFiles) { compare_all("files"); }

}  // namespace
}  // namespace cutaway::sim

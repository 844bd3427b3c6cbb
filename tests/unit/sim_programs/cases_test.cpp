// The simulated busybox says what the real one said: cases/*.json, recorded by record.py.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/json_value.h"
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
TEST(Cases, Awk) { compare_all("awk"); }
TEST(Cases, ToolsForFiles) { compare_all("files"); }

/// Names of the calls of the task that ran `busybox …`, from that execve on.
std::vector<std::string> calls_of(const Lab& lab) {
  static const std::set<std::string> silent = {"brk", "mmap", "munmap", "mprotect", "rt_sigreturn"};
  std::vector<std::string> names;
  TaskId task;
  for (std::size_t n = 0; n < lab.trace.size(); ++n) {
    const Event event = lab.trace.event(n);
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call == nullptr) continue;
    const std::string name(abi::sys_name(call->sys));
    const bool begins = name == "execve" && call->err == abi::Errno::kOk && call->args.size() > 1 &&
                        !call->args[1].items.empty() && call->args[1].items[0].text == "busybox";
    if (begins) {
      task = event.stamp.task;
      names.clear();
    }
    if (event.stamp.task == task && task && silent.count(name) == 0) names.push_back(name);
  }
  return names;
}

constexpr const char* kSetup =
    "printf 'b x\\na y\\n' > f; mkdir d e; echo q > d/q; ln -s f l; printf 'echo one\\ncd /\\n' > "
    "s.sh; exec busybox ";

TEST(Cases, EachMakesTheCallsOfTheRealOneInTheirOrder) {
  std::ifstream file(std::string(CUTAWAY_SOURCE_DIR) + "/tests/unit/sim_programs/cases/calls.json");
  const auto cases = nlohmann::json::parse(file);
  ASSERT_FALSE(cases.empty());
  for (const auto& each : cases) {
    SCOPED_TRACE(each.at("script").get<std::string>());
    const ScriptRun run = run_script(kSetup + each.at("script").get<std::string>());
    EXPECT_EQ(calls_of(*run.lab), each.at("calls").get<std::vector<std::string>>());
  }
}

}  // namespace
}  // namespace cutaway::sim

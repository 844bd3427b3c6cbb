// The plan's v1 steps as the runtime's helper gets them.
#include "spec/plan/plan.h"

#include <gtest/gtest.h>

#include <cstring>

#include "real/runtime/compile.h"
#include "real/runtime/table.h"

namespace cutaway::test {
namespace {

spec::PlanInput an_input() {
  spec::PlanInput input;
  input.container_id = std::string(64, 'a');
  input.rootfs = "/r";
  input.argv = {"true"};
  input.env = {"PATH=/bin"};
  input.cgroup_version = 1;
  input.cgroup_mounts = {{"cpuset", "/c/cpuset"}, {"devices", "/c/devices"}};
  input.cgroup_path = "/cutaway/a";
  input.seccomp = false;
  return input;
}

std::vector<real::TableOp> ops_of(const std::string& table) {
  real::TableHeader header{};
  std::memcpy(&header, table.data(), sizeof header);
  std::vector<real::TableOp> ops(header.op_count);
  std::memcpy(ops.data(), table.data() + header.ops, ops.size() * sizeof(real::TableOp));
  return ops;
}

TEST(CompiledPlan, WhatWasReadIsWrittenFromTheSameBuffer) {
  const auto table = real::compile_plan(spec::run_plan(an_input()), {});
  ASSERT_TRUE(table.has_value()) << table.error().message;
  int copies = 0;
  std::uint16_t slot = 0;
  for (const real::TableOp& op : ops_of(*table)) {
    if (op.sys == static_cast<std::uint16_t>(abi::Sys::read) && op.keep == real::Keep::Number)
      slot = op.slot;
    if (op.sys != static_cast<std::uint16_t>(abi::Sys::write)) continue;
    if (op.args[1].form != real::ArgForm::Scratch) continue;
    ++copies;
    EXPECT_EQ(op.args[2].form, real::ArgForm::Slot);
    EXPECT_EQ(op.args[2].value, slot);
  }
  EXPECT_EQ(copies, 2);  // cpuset.cpus and cpuset.mems
}

TEST(CompiledPlan, WhatIsOverwrittenIsNoValue) {
  spec::Plan plan = spec::run_plan(an_input());
  for (spec::PlanStep& step : plan.steps) {
    if (step.id != "cg.create") continue;
    for (spec::PlanCall& call : step.calls) {
      if (call.sys == abi::Sys::read) call.as = "another";
    }
  }
  EXPECT_FALSE(real::compile_plan(plan, {}).has_value());
}

}  // namespace
}  // namespace cutaway::test

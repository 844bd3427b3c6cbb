// A trace whose machine is a Mac or runs Windows: what lies outside of the hull, from header and
// World.
#include <gtest/gtest.h>

#include "tests/viz_layout/faults.h"
#include "tests/viz_text/hand_trace.h"
#include "viz/scene/ship.h"
#include "viz/scene/ship_from_world.h"
#include "viz/text/explain.h"

namespace cutaway::viz {
namespace {

Trace trace_on(HostOs os) {
  Trace trace = hand_trace(hand_web());
  trace.header.machine.os = os;
  add_call(trace, kWeb, made(abi::Sys::sethostname, {Arg::bytes("x")}), {}, "work", kWebBox);
  return trace;
}

TEST(Outside, IsThereOnMacAndWindowsOnly) {
  const Trace linux_trace = trace_on(HostOs::Linux);
  EXPECT_FALSE(ship_model(linux_trace, linux_trace.head(), linux_trace.size()).outside);
  for (const HostOs os : {HostOs::Mac, HostOs::Windows}) {
    const Trace trace = trace_on(os);
    const ShipModel model = ship_model(trace, trace.head(), trace.size());
    ASSERT_TRUE(model.outside);
    EXPECT_EQ(model.host.name, "VM");
    EXPECT_EQ(model.outside->vm_uses, "528 MiB");
    EXPECT_EQ(model.outside->vm_limit, "VM: 0.5 of 8 GiB at most");
    EXPECT_NEAR(model.outside->vm_share, 528.0 / 8192, 1e-9);
  }
}

TEST(Outside, IsTidyInAWindowAndSaidByTheTwin) {
  const Trace trace = trace_on(HostOs::Mac);
  const ShipModel model = ship_model(trace, trace.head(), trace.size());
  for (const Screen& screen : screens()) {
    for (const std::string& fault : window_faults(model, {}, screen, true)) ADD_FAILURE() << fault;
    for (const std::string& fault : window_faults(model, {}, screen, false)) ADD_FAILURE() << fault;
  }
  const std::string words = explain(trace, trace.size(), 200);
  for (const char* said : {"Your Mac (outside)", "one socket, through the hull", "528 MiB",
                           "macOS kernel (Darwin)", "hull of the Linux VM", "in the VM"})
    EXPECT_NE(words.find(said), std::string::npos) << said;
}

}  // namespace
}  // namespace cutaway::viz

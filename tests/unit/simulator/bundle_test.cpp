// The runtime's bundle lives as long as the container's shim does.
#include <gtest/gtest.h>

#include "run_echo.h"
#include "trace/world/walk.h"

namespace cutaway::test {
namespace {

constexpr const char* kBundles = "/run/containerd/io.containerd.runtime.v2.task/moby";

std::vector<std::string> bundles(const Outcome& outcome) {
  const World& world = outcome.simulator->trace().head();
  const Task* host = world.tasks.first([](const Task& task) { return task.pid() == 1; });
  const Walk walked = walk(world, *host, kBundles);
  EXPECT_EQ(walked.err, abi::Errno::kOk);
  return list_directory(world, *host, walked.where);
}

TEST(Bundle, IsThereWhileTheContainerRuns) {
  EXPECT_EQ(bundles(run_docker({"run -d busybox sleep 1000"})).size(), 1U);
}

TEST(Bundle, GoesWithTheShim) {
  EXPECT_TRUE(bundles(run_docker({"run --rm busybox true"})).empty());
  EXPECT_TRUE(bundles(run_docker({"run busybox false"})).empty());
  EXPECT_TRUE(bundles(run_docker({"run -d --name aa busybox sleep 9", "kill aa"})).empty());
}

TEST(Bundle, OfAStartThatFailsGoesToo) {
  EXPECT_TRUE(bundles(run_docker({"run busybox no-such-program"})).empty());
}

TEST(Bundle, IsMadeAnewAtTheNextStart) {
  const std::vector<std::string> lines = {"create --name aa busybox sleep 9", "start aa", "kill aa",
                                          "start aa"};
  EXPECT_EQ(bundles(run_docker(lines)).size(), 1U);
}

}  // namespace
}  // namespace cutaway::test

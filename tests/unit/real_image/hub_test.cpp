// The hub that comes with the program, as the build wrote it.
#include "real/image/hub.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>

#include "base/text.h"
#include "layouts.h"
#include "real/sys/files.h"
#include "spec/bundled_images.h"
#include "spec/greeting.h"
#include "trees.h"

namespace cutaway::test {
namespace {

class Hub : public testing::Test {
 protected:
  void SetUp() override { ::setenv("CUTAWAY_HUB", CUTAWAY_HUB_FOLDER, 1); }
  void TearDown() override { ::unsetenv("CUTAWAY_HUB"); }
};

std::string output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  std::string text;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) text += static_cast<char>(c);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return text;
}

TEST_F(Hub, OffersWhatTheSimulatedOneOffers) {
  const auto hub = real::open_embedded_hub();
  ASSERT_TRUE(hub) << hub.error().message;
  ASSERT_FALSE(spec::bundled_images().empty());
  for (const spec::ScenarioImage& image : spec::bundled_images())
    EXPECT_EQ(words_of(hub->find(image.ref)), "");
  EXPECT_EQ(hub->entries().size(), spec::bundled_images().size());
}

TEST_F(Hub, ItsProgramsRunWithoutAnythingElse) {
  const Scratch scratch;
  std::vector<real::Layout> hubs;
  auto hub = real::open_embedded_hub();
  ASSERT_TRUE(hub);
  hubs.push_back(std::move(*hub));
  real::ImageStore store = open_store(scratch / "state");
  const auto hello = store.pull(hubs, "hello-world", silent);
  ASSERT_TRUE(hello) << hello.error().message;
  EXPECT_EQ(output_of(store.layer_folders(*hello)[0] + "/hello"), spec::greeting_text());
  EXPECT_LT(hello->size(), 16384);
  const auto busybox = store.pull(hubs, "busybox", silent);
  ASSERT_TRUE(busybox) << busybox.error().message;
  EXPECT_EQ(output_of(store.layer_folders(*busybox)[0] + "/bin/echo hi there"), "hi there\n");
  // The folders of bundled.json, with their modes.
  const auto root = tree(store.layer_folders(*busybox)[0]);
  EXPECT_EQ(root.at("tmp"), "dir 1777");
  EXPECT_EQ(root.at("root"), "dir 700");
  EXPECT_EQ(root.at("bin/sh"), "link busybox");
}

TEST_F(Hub, HasProgramsForImagesOfScenarios) {
  const auto programs = real::hub_programs();
  ASSERT_TRUE(programs) << programs.error().message;
  EXPECT_EQ(programs->count("busybox"), 1U);
  EXPECT_EQ(programs->count("hello-world"), 1U);
}

TEST_F(Hub, WithoutOneItSaysWhereItLooked) {
  ::setenv("CUTAWAY_HUB", "/nowhere/at/all", 1);
  const auto hub = real::open_embedded_hub();
  ASSERT_FALSE(hub);
  EXPECT_EQ(hub.error().code, ErrorCode::Cannot);
  EXPECT_NE(hub.error().message.find("/nowhere/at/all"), std::string::npos);
  ::unsetenv("CUTAWAY_HUB");
  EXPECT_TRUE(ends_with(real::embedded_hub_folder(), "/tests/hub")) << real::embedded_hub_folder();
}

}  // namespace
}  // namespace cutaway::test

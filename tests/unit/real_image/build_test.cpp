// Layouts made from descriptions of images, and what comes out of them again.
#include "real/image/build.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "archives.h"
#include "base/digest.h"
#include "base/json.h"
#include "layouts.h"
#include "spec/scenario.h"
#include "trees.h"

namespace cutaway::test {
namespace {

std::vector<spec::ScenarioImage> images(const std::string& json) {
  const auto document = JsonDocument::parse(
      "test", R"({"cutaway_scenario":1,"id":"t","title":"t","sides":["real"],"images":)" + json +
                  R"(,"do":[],"expect":[]})");
  EXPECT_TRUE(document);
  const auto scenario = spec::load_scenario(*document);
  if (!scenario) ADD_FAILURE() << scenario.error().message;
  return scenario->images;
}

const char* const kTwoLayers = R"([{"ref":"shop/app:2","layers":[
  {"files":{"/etc/motd":{"text":"hello"},"/bin/tool":{"program":"tool"},"/bin/t":{"link":"tool"},
            "/tmp/":{"mode":"1777"},"/su":{"b64":"AAE=","mode":"4711","uid":5}}},
  {"files":{"/etc/.wh.motd":{"text":""},"/bin/.wh..wh..opq":{"text":""}}}],
  "config":{"Cmd":["/bin/tool"]}}])";

real::ProgramFiles programs(const Scratch& scratch) {
  write(scratch / "tool", "machine code");
  return {{"tool", scratch / "tool"}};
}

TEST(Build, ThereAndBackAgain) {
  const Scratch scratch;
  const Status built = real::build_layout(images(kTwoLayers), programs(scratch), scratch / "hub");
  ASSERT_TRUE(built) << built.error().message;
  std::vector<real::Layout> hubs;
  hubs.push_back(open_layout(scratch / "hub"));
  ASSERT_EQ(hubs[0].entries().size(), 1U);
  EXPECT_EQ(hubs[0].entries()[0].ref, "shop/app:2");

  real::ImageStore store = open_store(scratch / "state");
  const auto image = store.pull(hubs, "shop/app:2", silent);
  ASSERT_TRUE(image) << image.error().message;
  const auto config = store.config(*image);
  ASSERT_TRUE(config);
  EXPECT_EQ(config->cmd, std::vector<std::string>{"/bin/tool"});
  const auto folders = store.layer_folders(*image);
  ASSERT_EQ(folders.size(), 2U);
  std::map<std::string, std::string> lower = {{"bin", "dir 755"},
                                              {"bin/t", "link tool"},
                                              {"bin/tool", "file 755 machine code"},
                                              {"etc", "dir 755"},
                                              {"etc/motd", "file 644 hello"},
                                              {"tmp", "dir 1777"},
                                              {"su", "file 4711 uid=5 " + std::string("\0\1", 2)}};
  if (::geteuid() != 0) lower["su"] = "file 4711 " + std::string("\0\1", 2);
  EXPECT_EQ(tree(folders[0]), lower);
  const std::map<std::string, std::string> upper = {
      {"bin", "dir 755 opaque"}, {"etc", "dir 755"}, {"etc/motd", "whiteout"}};
  EXPECT_EQ(tree(folders[1]), upper);

  ASSERT_TRUE(store.flatten(*image, scratch / "flat"));
  std::map<std::string, std::string> flat = {
      {"bin", "dir 755"}, {"etc", "dir 755"}, {"tmp", "dir 1777"}, {"su", lower["su"]}};
  EXPECT_EQ(tree(scratch / "flat"), flat);
}

TEST(Build, IsTheSameEachTime) {
  const Scratch scratch;
  const auto described = images(kTwoLayers);
  ASSERT_TRUE(real::build_layout(described, programs(scratch), scratch / "one"));
  ::usleep(1'100'000);  // gzip's header has a time in seconds
  ASSERT_TRUE(real::build_layout(described, programs(scratch), scratch / "two"));
  EXPECT_EQ(tree(scratch / "one"), tree(scratch / "two"));
}

TEST(Build, ReplacesWhatWasThere) {
  const Scratch scratch;
  ASSERT_TRUE(real::build_layout(images(kTwoLayers), programs(scratch), scratch / "hub"));
  ASSERT_TRUE(real::build_layout({}, {}, scratch / "hub"));
  EXPECT_TRUE(open_layout(scratch / "hub").entries().empty());
  EXPECT_EQ(tree(scratch / "hub").count("blobs/sha256"), 1U);
  EXPECT_EQ(tree(scratch / "hub").size(), 4U);  // no blob is left
}

TEST(Build, EqualFilesAreOneLayer) {
  const Scratch scratch;
  const char* const twice = R"([
    {"ref":"a","layers":[{"files":{"/x":{"text":"x"}}}],"config":{"Cmd":["a"]}},
    {"ref":"b","layers":[{"files":{"/x":{"text":"x"}}}],"config":{"Cmd":["b"]}}])";
  ASSERT_TRUE(real::build_layout(images(twice), {}, scratch / "hub"));
  // One layer, two configs, two manifests; two folders, two files.
  EXPECT_EQ(tree(scratch / "hub").size(), 5U + 4U);
}

TEST(Build, WhatItCannotMakeItSays) {
  const Scratch scratch;
  const auto build = [&scratch](const std::string& files) {
    const auto built = real::build_layout(
        images(R"([{"ref":"a","layers":[{"files":)" + files + R"(}],"config":{}}])"), {},
        scratch / "hub");
    return built ? Error{ErrorCode::Failed, "", {}} : built.error();
  };
  EXPECT_NE(build(R"({"/a":{"program":"none"}})").message.find("no program 'none'"),
            std::string::npos);
  EXPECT_EQ(build(R"({"/a":{"program":{"litmus":[{"call":"getpid"}]}}})").code, ErrorCode::NotYet);
  EXPECT_NE(build(R"({"/a":{"text":""},"/a/b":{"text":""}})").message.find("a file and a folder"),
            std::string::npos);
}

}  // namespace
}  // namespace cutaway::test

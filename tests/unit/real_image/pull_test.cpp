// Pulling from layouts that lie. After each failure the store is as empty as before.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <functional>

#include "archives.h"
#include "base/digest.h"
#include "layouts.h"
#include "real/sys/files.h"
#include "trees.h"

namespace cutaway::test {
namespace {

struct Lie {
  const char* name;
  std::function<void(LayoutMaker&)> before;           ///< changes the documents
  std::function<void(const std::string& hub)> after;  ///< changes the files
  const char* says;
};
void PrintTo(const Lie& row, std::ostream* out) { *out << row.name; }

const std::string kLayer = tar({file("a", "layer")});
const std::string kWrong = "sha256:" + std::string(64, 'a');

std::string layer_file(const std::string& hub) { return blob_file(hub, sha256_digest(kLayer)); }
void nothing(LayoutMaker&) {}
void no_change(const std::string&) {}

class Lying : public testing::TestWithParam<Lie> {};

TEST_P(Lying, IsFoundOut) {
  const Scratch scratch;
  const Canary canary(scratch / "canary");
  LayoutMaker maker({kLayer});
  GetParam().before(maker);
  maker.write(scratch / "hub");
  GetParam().after(scratch / "hub");
  real::ImageStore store = open_store(scratch / "state");
  auto hub = real::Layout::open(scratch / "hub");
  std::string words = words_of(hub);
  if (hub) {
    std::vector<real::Layout> hubs;
    hubs.push_back(std::move(*hub));
    words = words_of(store.pull(hubs, "test:1", silent));
  }
  EXPECT_NE(words.find(GetParam().says), std::string::npos) << words;
  const std::map<std::string, std::string> empty = {{"blobs", "dir 700"},
                                                    {"blobs/sha256", "dir 700"},
                                                    {"holds", "dir 700"},
                                                    {"layers", "dir 700"},
                                                    {"tmp", "dir 700"}};
  auto left = tree(scratch / "state");
  left.erase("images.lock");
  EXPECT_EQ(left, empty);
  EXPECT_TRUE(store.list()->empty());
}

const std::vector<Lie> kLies = {
    {"another_layout_version",
     [](LayoutMaker& maker) { maker.marker["imageLayoutVersion"] = "2.0.0"; }, no_change,
     "no OCI image layout"},
    {"no_such_name",
     [](LayoutMaker& maker) {
       maker.index["manifests"][0]["annotations"] = {
           {"org.opencontainers.image.ref.name", "other:1"}};
     },
     no_change, "test:1 is not on the hub"},
    {"index_is_a_folder", nothing,
     [](const std::string& hub) {
       ::unlink((hub + "/index.json").c_str());
       mkdir(hub + "/index.json");
     },
     "no regular file"},
    {"manifest_of_another_digest",
     [](LayoutMaker& maker) { maker.index["manifests"][0]["digest"] = kWrong; }, no_change,
     "ENOENT"},
    {"manifest_of_another_size",
     [](LayoutMaker& maker) { maker.index["manifests"][0]["size"] = 3; }, no_change,
     "3 were announced"},
    {"layer_missing", nothing, [](const std::string& hub) { ::unlink(layer_file(hub).c_str()); },
     "ENOENT"},
    {"layer_of_another_content", nothing,
     [](const std::string& hub) {
       std::string bytes = kLayer;
       bytes[600] ^= 1;
       write(layer_file(hub), bytes);
     },
     "its digest is sha256:"},
    {"layer_too_short", nothing,
     [](const std::string& hub) { write(layer_file(hub), kLayer.substr(0, 700)); },
     "were announced"},
    {"layer_too_long", nothing,
     [](const std::string& hub) { write(layer_file(hub), kLayer + "more"); }, "were announced"},
    {"layer_is_a_pipe", nothing,
     [](const std::string& hub) {
       ::unlink(layer_file(hub).c_str());
       ASSERT_EQ(::mkfifo(layer_file(hub).c_str(), 0600), 0);
     },
     "no regular file"},
    {"layer_is_a_link_out", nothing,
     [](const std::string& hub) {
       ::unlink(layer_file(hub).c_str());
       ASSERT_EQ(::symlink("/etc/passwd", layer_file(hub).c_str()), 0);
     },
     "ELOOP"},
    {"blobs_is_a_link_out", nothing,
     [](const std::string& hub) {
       ASSERT_EQ(std::rename((hub + "/blobs").c_str(), (hub + "-blobs").c_str()), 0);
       ASSERT_EQ(::symlink((hub + "-blobs").c_str(), (hub + "/blobs").c_str()), 0);
     },
     "ENOENT"},
    {"config_of_another_content",
     [](LayoutMaker& maker) {
       maker.manifest["config"]["digest"] = kWrong;
       maker.link_manifest();
     },
     no_change, "ENOENT"},
    {"config_with_more_layers",
     [](LayoutMaker& maker) {
       maker.config["rootfs"]["diff_ids"].push_back(kWrong);
       maker.link_config();
     },
     no_change, "it knows 2 layers, the manifest 1"},
    {"config_with_another_diff_id",
     [](LayoutMaker& maker) {
       maker.config["rootfs"]["diff_ids"][0] = kWrong;
       maker.link_config();
     },
     no_change, "the config says "},
    {"config_with_a_path_as_diff_id",
     [](LayoutMaker& maker) {
       maker.config["rootfs"]["diff_ids"][0] = "sha256:../../../canary";
       maker.link_config();
     },
     no_change, "is no sha256 digest"},
    {"config_for_another_machine",
     [](LayoutMaker& maker) {
       maker.config["architecture"] = "s390x";
       maker.link_config();
     },
     no_change, "it is for linux/s390x"},
    {"layer_that_climbs",
     [](LayoutMaker& maker) { maker = LayoutMaker({tar({file("../canary/song", "gone")})}); },
     no_change, "leads upwards"},
    {"second_layer_with_a_device",
     [](LayoutMaker& maker) {
       maker = LayoutMaker({kLayer, tar({node("sda", MemberKind::Block)})});
     },
     no_change, "a device node"},
};

INSTANTIATE_TEST_SUITE_P(Layouts, Lying, testing::ValuesIn(kLies),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(Pull, TellsWhatItDoes) {
  const Scratch scratch;
  const LayoutMaker maker({kLayer});
  maker.write(scratch / "hub");
  real::ImageStore store = open_store(scratch / "state");
  std::vector<real::Layout> hubs;
  hubs.push_back(open_layout(scratch / "hub"));
  std::vector<real::PullProgress> told;
  const auto note = [&told](const real::PullProgress& progress) { told.push_back(progress); };
  ASSERT_EQ(words_of(store.pull(hubs, "test:1", note)), "");
  const std::string layer = sha256_digest(kLayer);
  std::vector<real::PullPhase> phases;
  for (const auto& one : told) {
    if (one.digest == layer) phases.push_back(one.phase);
  }
  using Phase = real::PullPhase;
  EXPECT_EQ(phases, (std::vector<Phase>{Phase::Fetching, Phase::Verified, Phase::Unpacking,
                                        Phase::Unpacked}));
  EXPECT_EQ(told.front().phase, Phase::Resolved);
  EXPECT_EQ(told.back().total, 5);  // "layer"
  told.clear();
  ASSERT_EQ(words_of(store.pull(hubs, "test:1", note)), "");
  ASSERT_EQ(told.size(), 2U);
  EXPECT_EQ(told[1].phase, Phase::Exists);
  EXPECT_EQ(told[1].digest, layer);
}

TEST(Pull, TheFirstHubThatHasItIsAsked) {
  const Scratch scratch;
  LayoutMaker other({tar({file("b")})});
  other.write(scratch / "one");
  const LayoutMaker maker({kLayer});
  maker.write(scratch / "two");
  std::vector<real::Layout> hubs;
  hubs.push_back(open_layout(scratch / "one"));
  hubs.push_back(open_layout(scratch / "two"));
  real::ImageStore store = open_store(scratch / "state");
  const auto image = store.pull(hubs, "test:1", silent);
  ASSERT_TRUE(image);
  EXPECT_EQ(image->layers[0].diff_id, sha256_digest(other.archives[0]));
  const auto by_digest = store.pull(hubs, "test@" + sha256_digest(maker.manifest.dump()), silent);
  ASSERT_TRUE(by_digest) << by_digest.error().message;
  EXPECT_EQ(by_digest->layers[0].diff_id, sha256_digest(kLayer));
}

}  // namespace
}  // namespace cutaway::test

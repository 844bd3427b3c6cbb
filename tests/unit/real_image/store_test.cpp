// Names, holds, removal, and several processes at once.
#include "real/image/store.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "archives.h"
#include "base/digest.h"
#include "layouts.h"
#include "real/sys/files.h"
#include "trees.h"

namespace cutaway::test {
namespace {

const std::string kShared = tar({file("shared", "s")});
const std::string kOwn = tar({file("own", "o")});

/// A store, and two hubs that give the name test:1 to images that share their lower layer.
class Store : public testing::Test {
 protected:
  Store() : store(open_store(scratch / "state")) {
    LayoutMaker({kShared}).write(scratch / "one");
    LayoutMaker({kShared, kOwn}).write(scratch / "two");
  }
  real::StoredImage pull(const std::string& hub) {
    std::vector<real::Layout> hubs;
    hubs.push_back(open_layout(scratch / hub));
    const auto image = store.pull(hubs, "test:1", silent);
    EXPECT_EQ(words_of(image), "");
    return *image;
  }
  bool there(const std::string& archive) {
    return real::exists(scratch / "state/layers/" + sha256_digest(archive).substr(7) +
                        "/layer.json");
  }
  std::size_t blobs() { return tree(scratch / "state/blobs/sha256").size(); }

  Scratch scratch;
  real::ImageStore store;
};

using Names = std::vector<std::string>;

TEST_F(Store, FindsByNameAndId) {
  const real::StoredImage image = pull("one");
  EXPECT_EQ(image.refs, Names{"test:1"});
  EXPECT_EQ(image.size(), 1);
  for (const std::string& name :
       {std::string("test:1"), std::string("docker.io/library/test:1"), image.id,
        image.id.substr(7), image.id.substr(7, 12), "test@" + image.manifest}) {
    const auto found = store.find(name);
    ASSERT_TRUE(found) << name << ": " << found.error().message;
    EXPECT_EQ(found->id, image.id);
  }
  EXPECT_EQ(words_of(store.find("test")), "No such image: test:latest");
  EXPECT_EQ(words_of(store.find("")), "No such image: ");
  EXPECT_NE(words_of(store.find("test@" + image.id)), "");
}

TEST_F(Store, ATagIsAnotherName) {
  const real::StoredImage image = pull("one");
  ASSERT_TRUE(store.tag("test:1", "shop/app"));
  EXPECT_EQ(store.find(image.id)->refs, (Names{"test:1", "shop/app:latest"}));
  EXPECT_NE(words_of(store.tag("none", "x")), "");
  EXPECT_NE(words_of(store.tag("test:1", "Bad")), "");
  EXPECT_NE(words_of(store.tag("test:1", "x@" + image.id)), "");

  auto removed = store.remove("test:1");
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->untagged, Names{"test:1"});
  EXPECT_TRUE(removed->deleted.empty());
  EXPECT_TRUE(there(kShared));
  removed = store.remove("shop/app");
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->deleted, (Names{image.id, sha256_digest(kShared)}));
  EXPECT_FALSE(there(kShared));
  EXPECT_EQ(blobs(), 0U);
}

TEST_F(Store, LayersGoWithTheirLastImage) {
  const real::StoredImage one = pull("one");
  const real::StoredImage two = pull("two");  // takes the name test:1 away from the first
  EXPECT_NE(one.id, two.id);
  EXPECT_EQ(store.list()->size(), 2U);
  EXPECT_TRUE(store.find(one.id)->refs.empty());
  auto removed = store.remove("test:1");
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->deleted, (Names{two.id, sha256_digest(kOwn)}));
  EXPECT_TRUE(there(kShared));
  EXPECT_FALSE(there(kOwn));
  removed = store.remove(one.id.substr(7, 12));
  ASSERT_TRUE(removed);
  EXPECT_TRUE(removed->untagged.empty());
  EXPECT_FALSE(there(kShared));
  EXPECT_TRUE(store.list()->empty());
}

TEST_F(Store, WhatIsHeldStays) {
  const real::StoredImage image = pull("one");
  const auto held = store.hold("test:1", "c1");
  ASSERT_TRUE(held);
  EXPECT_EQ(*store.holders(*held), Names{"c1"});
  const auto same = store.held("c1");
  ASSERT_TRUE(same) << words_of(same);
  EXPECT_EQ(same->id, held->id);
  EXPECT_EQ(words_of(store.held("c2")), "'c2' holds no image");
  const auto removed = store.remove(image.id);
  ASSERT_TRUE(removed);
  EXPECT_EQ(removed->deleted, Names{image.id});
  EXPECT_TRUE(store.list()->empty());
  EXPECT_TRUE(there(kShared));
  EXPECT_TRUE(store.config(*held));
  ASSERT_TRUE(store.release("c1"));
  EXPECT_FALSE(there(kShared));
  EXPECT_EQ(blobs(), 0U);
  EXPECT_NE(words_of(store.hold("test:1", "c1")), "");
  for (const char* bad : {"", "../x", "a/b", "a.json"})
    EXPECT_NE(words_of(store.hold("test:1", bad)).find("cannot hold"), std::string::npos) << bad;
}

TEST_F(Store, ALayerThatHidesAllBelowStandsAlone) {
  const std::string hides = tar({file(".wh..wh..opq", ""), file("new", "n")});
  LayoutMaker({kShared, hides, kOwn}).write(scratch / "three");
  real::StoredImage image = pull("three");
  ASSERT_EQ(image.layers.size(), 3U);
  EXPECT_EQ(store.layer_folders(image).size(), 2U);
  image = pull("three");  // now read from the disk
  EXPECT_EQ(store.layer_folders(image).size(), 2U);
  EXPECT_EQ(store.layer_folders(*store.find("test:1")).size(), 2U);
}

TEST_F(Store, LeavingsOfAKilledProcessGo) {
  const Scratch& s = scratch;
  write(s / "state/tmp/" + std::string(64, 'a'), "half a blob");
  mkdir(s / "state/tmp/layer-half");
  write(s / "state/blobs/sha256/" + std::string(64, 'b'), "a blob of no image");
  mkdir(s / "state/layers/" + std::string(64, 'c'));
  pull("one");
  EXPECT_TRUE(tree(s / "state/tmp").empty());
  EXPECT_EQ(blobs(), 3U);
  EXPECT_EQ(store.remove("test:1")->deleted.size(), 2U);
  EXPECT_TRUE(tree(s / "state/layers").empty());
}

TEST_F(Store, ADamagedTableIsAnErrorAndNothingIsRemoved) {
  const real::StoredImage image = pull("one");
  for (const char* text :
       {"", "{", "[]", "{\"cutaway_images\":2}", R"({"cutaway_images":1,"images":[{}],"tags":{}})",
        R"({"cutaway_images":1,"images":3,"tags":[1]})",
        R"({"cutaway_images":1,"images":[],"tags":{"a":{"id":"x"}}})"}) {
    write(scratch / "state/images.json", text);
    EXPECT_NE(words_of(store.find("test:1")).find("images.json: "), std::string::npos) << text;
    EXPECT_FALSE(store.remove(image.id)) << text;
    EXPECT_TRUE(there(kShared)) << text;
  }
}

TEST_F(Store, ABlobThatChangedOnTheDiskIsNotUsed) {
  const real::StoredImage image = pull("one");
  const std::string place = blob_file(scratch / "state", image.id);
  std::string text = read(place);
  text[text.find("sh\"")] = 'z';
  write(place, text);
  EXPECT_NE(words_of(store.config(image)).find("its digest is"), std::string::npos);
}

TEST(StateFolder, IsForItsOwnerOnly) {
  const Scratch scratch;
  open_store(scratch / "new");
  struct stat status {};
  ASSERT_EQ(::stat((scratch / "new").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
  mkdir(scratch / "open");
  ::chmod((scratch / "open").c_str(), 0777);
  EXPECT_NE(words_of(real::ImageStore::open(scratch / "open")).find("others may write"),
            std::string::npos);
  write(scratch / "file", "");
  EXPECT_FALSE(real::ImageStore::open(scratch / "file"));
}

// In a child: pulls and removes the same names again and again. 0: all went well.
int pull_and_remove(const std::string& state, const std::string& hub, int times) {
  for (int i = 0; i < times; ++i) {
    auto store = real::ImageStore::open(state);
    auto layout = real::Layout::open(hub);
    if (!store || !layout) return 2;
    std::vector<real::Layout> hubs;
    hubs.push_back(std::move(*layout));
    const auto image = store->pull(hubs, "test:1", silent);
    if (!image) return 3;
    // Another process may have removed it in between, never half.
    const auto held = store->hold(image->id, "p" + std::to_string(::getpid()));
    if (!held) continue;
    for (const std::string& layer : store->layer_folders(*held)) {
      if (!real::exists(layer)) return 4;
    }
    if (!store->release("p" + std::to_string(::getpid()))) return 5;
    (void)store->remove(image->id);
  }
  return 0;
}

TEST_F(Store, SeveralProcessesAtOnce) {
  std::vector<pid_t> children;
  for (int i = 0; i < 4; ++i) {
    const pid_t child = ::fork();
    if (child == 0)
      ::_exit(pull_and_remove(scratch / "state", scratch / (i % 2 == 0 ? "one" : "two"), 12));
    ASSERT_GT(child, 0);
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  }
  const auto images = store.list();
  ASSERT_TRUE(images);
  for (const real::StoredImage& image : *images) ASSERT_TRUE(store.remove(image.id));
  EXPECT_EQ(blobs(), 0U);
  EXPECT_TRUE(tree(scratch / "state/layers").empty());
}

// Killed anywhere in a pull, the store is whole, and the next pull finds nothing half made.
TEST_F(Store, KilledWhilePulling) {
  for (int delay_us = 0; delay_us < 40000; delay_us += 2500) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(pull_and_remove(scratch / "state", scratch / "two", 1000));
    ASSERT_GT(child, 0);
    ::usleep(static_cast<useconds_t>(delay_us));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    // Its hold, if it was killed with one.
    ASSERT_EQ(words_of(store.release("p" + std::to_string(child))), "");
    const real::StoredImage image = pull("two");
    for (const std::string& layer : store.layer_folders(image)) EXPECT_TRUE(real::exists(layer));
    ASSERT_TRUE(store.remove(image.id));
    EXPECT_EQ(blobs(), 0U);
    EXPECT_TRUE(tree(scratch / "state/tmp").empty());
  }
}

}  // namespace
}  // namespace cutaway::test

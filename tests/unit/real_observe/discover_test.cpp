#include "real/observe/discover.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/text.h"
#include "real/observe/snapshot.h"
#include "real/observe/world_sink.h"
#include "real/sys/files.h"
#include "trace/world/invariants.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

/// Counts what is found.
class CountingSink : public WorldSink {
 public:
  using WorldSink::WorldSink;
  void emit(TaskId subject, Body&& body) override {
    if (const auto* found = std::get_if<FileFound>(&body)) names.push_back(found->name);
    WorldSink::emit(subject, std::move(body));
  }
  std::vector<std::string> names;
};

class Discover : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/cutaway-test-XXXXXX";
    ASSERT_NE(::mkdtemp(name), nullptr);
    folder = name;
    Result<World> read = read_world({});
    ASSERT_TRUE(read);
    world = std::move(*read);
    self = task_by_pid(world, ::getpid())->id;
  }
  void TearDown() override { remove_tree(folder); }

  void file(const std::string& name, const std::string& text) {
    ASSERT_TRUE(replace_file(folder + "/" + name, text, 0640));
  }
  Walk find(const std::string& path) { return walk(world, world.tasks.at(self), path); }

  std::string folder;
  World world;
  TaskId self;
};

TEST_F(Discover, FindsAllOnTheWayAndOnlyOnce) {
  ASSERT_TRUE(make_folders(folder + "/a/b"));
  file("a/b/c", "hello");
  CountingSink sink(world);
  Discoverer discoverer(self);
  EXPECT_EQ(find(folder + "/a/b/c").err, abi::Errno::kENOENT);
  discoverer.path(::getpid(), self, folder + "/a/b/c", sink);
  const Walk found = find(folder + "/a/b/c");
  ASSERT_EQ(found.err, abi::Errno::kOk);
  EXPECT_TRUE(found.entry.regular());
  EXPECT_EQ(found.entry.size, 5);
  EXPECT_EQ(found.entry.mode & 07777, 0640U);
  const std::size_t count = sink.names.size();
  EXPECT_EQ(sink.names.back(), "c");
  discoverer.path(::getpid(), self, folder + "/a/b/c", sink);
  EXPECT_EQ(sink.names.size(), count);
  EXPECT_EQ(join(broken_invariants(world), "\n"), "");
}

TEST_F(Discover, LinksAreFollowedOneAfterTheOther) {
  file("target", "x");
  ASSERT_EQ(::symlink("target", (folder + "/near").c_str()), 0);
  ASSERT_EQ(::symlink((folder + "/near").c_str(), (folder + "/far").c_str()), 0);
  ASSERT_EQ(::symlink("nowhere", (folder + "/dangling").c_str()), 0);
  CountingSink sink(world);
  Discoverer discoverer(self);
  discoverer.path(::getpid(), self, folder + "/far", sink);
  ASSERT_EQ(find(folder + "/far").err, abi::Errno::kOk);
  EXPECT_TRUE(find(folder + "/far").entry.regular());
  discoverer.path(::getpid(), self, folder + "/dangling", sink);
  EXPECT_EQ(find(folder + "/dangling").err, abi::Errno::kENOENT);
  EXPECT_EQ(
      walk(world, world.tasks.at(self), folder + "/dangling", LastLink::NoFollow).entry.target,
      "nowhere");
}

TEST_F(Discover, TwoNamesOfOneFileAreOneInode) {
  file("one", "x");
  ASSERT_EQ(::link((folder + "/one").c_str(), (folder + "/two").c_str()), 0);
  CountingSink sink(world);
  Discoverer discoverer(self);
  discoverer.path(::getpid(), self, folder + "/one", sink);
  discoverer.path(::getpid(), self, folder + "/two", sink);
  EXPECT_EQ(find(folder + "/one").entry.inode, find(folder + "/two").entry.inode);
  EXPECT_EQ(find(folder + "/two").entry.links, 2U);
  EXPECT_EQ(join(broken_invariants(world), "\n"), "");
}

TEST_F(Discover, DevicesHaveTheirNumbers) {
  CountingSink sink(world);
  Discoverer discoverer(self);
  discoverer.path(::getpid(), self, "/dev/null", sink);
  const Walk found = find("/dev/null");
  ASSERT_EQ(found.err, abi::Errno::kOk);
  EXPECT_EQ(found.entry.major, 1U);
  EXPECT_EQ(found.entry.minor, 3U);
}

TEST_F(Discover, WhatIsNotThereStaysUnknown) {
  CountingSink sink(world);
  Discoverer discoverer(self);
  discoverer.path(::getpid(), self, folder + "/no/such", sink);
  EXPECT_EQ(find(folder + "/no/such").err, abi::Errno::kENOENT);
  EXPECT_EQ(find(folder + "/no/such").missing, "no");
}

TEST_F(Discover, ArgumentsOfACallByTheirShape) {
  ASSERT_TRUE(make_folders(folder + "/from"));
  file("from/x", "1");
  CountingSink sink(world);
  Discoverer discoverer(self);
  SeenCall call;
  call.tid = ::getpid();
  call.sys = abi::Sys::mount;
  call.args = {Arg::bytes("proc"), Arg::bytes(folder + "/from"), Arg::bytes("proc"),
               Arg::integer(0), Arg::bytes("")};
  discoverer.call(call, self, sink);
  EXPECT_EQ(find(folder + "/from").err, abi::Errno::kOk);
  call.sys = abi::Sys::symlink;
  call.args = {Arg::bytes(folder + "/from/x"), Arg::bytes(folder + "/from/y")};
  discoverer.call(call, self, sink);
  EXPECT_EQ(find(folder + "/from/x").err, abi::Errno::kENOENT) << "a link's text is not looked up";
}

}  // namespace
}  // namespace cutaway::real

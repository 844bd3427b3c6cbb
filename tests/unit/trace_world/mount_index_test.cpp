// The index of mounts by where they lie.
#include "trace/world/mount_index.h"

#include <gtest/gtest.h>

#include "tests/unit/trace_world/world_builder.h"
#include "trace/world/mount_tree.h"

namespace cutaway::test {
namespace {

Mount mount_on(std::uint32_t id, std::uint32_t parent, const std::string& at) {
  Mount mount;
  mount.id = MountId{id};
  mount.parent = MountId{parent};
  mount.at = at;
  return mount;
}

TEST(MountIndex, FindsTheFirstOfThoseAtOnePlace) {
  World world;
  put_mount(world, mount_on(1, 0, "/"));
  put_mount(world, mount_on(9, 1, "/tmp"));
  put_mount(world, mount_on(4, 1, "/tmp"));
  EXPECT_EQ(mount_at(world, {MountId{1}, "/tmp"}), MountId{4});
  erase_mount(world, MountId{4});
  EXPECT_EQ(mount_at(world, {MountId{1}, "/tmp"}), MountId{9});
  EXPECT_FALSE(mount_at(world, {MountId{9}, "/tmp"}));
  EXPECT_FALSE(mount_at(world, {MountId{1}, "/tmp/x"}));
}

TEST(MountIndex, FollowsAMountThatMoves) {
  World world;
  put_mount(world, mount_on(1, 0, "/"));
  put_mount(world, mount_on(2, 1, "/a"));
  hang_mount(world, MountId{2}, MountId{1}, "/b");
  EXPECT_FALSE(mount_at(world, {MountId{1}, "/a"}));
  EXPECT_EQ(mount_at(world, {MountId{1}, "/b"}), MountId{2});
  put_mount(world, mount_on(2, 1, "/c"));
  EXPECT_FALSE(mount_at(world, {MountId{1}, "/b"}));
  EXPECT_EQ(mount_at(world, {MountId{1}, "/c"}), MountId{2});
}

TEST(MountIndex, OfAWorldWithoutAnIndexAreSearched) {
  World world;
  world.mounts.put(MountId{1}, mount_on(1, 0, "/"));
  world.mounts.put(MountId{2}, mount_on(2, 1, "/a"));
  EXPECT_EQ(mount_at(world, {MountId{1}, "/a"}), MountId{2});
  put_mount(world, mount_on(3, 2, "/"));  // makes one
  EXPECT_EQ(world.mount_index.size(), 3U);
  EXPECT_EQ(mount_at(world, {MountId{1}, "/a"}), MountId{2});
  EXPECT_EQ(mount_at(world, {MountId{2}, "/"}), MountId{3});
}

TEST(MountIndex, SaysWhatASearchSays) {
  const World host = make_host();
  ASSERT_EQ(host.mount_index.size(), host.mounts.size());
  World plain = host;
  plain.mount_index = MountIndex();
  std::size_t seen = 0;
  host.mounts.each([&](const Mount& mount) {
    const Location where{mount.parent, mount.at};
    EXPECT_EQ(mount_at(host, where), mount_at(plain, where)) << mount.target;
    ++seen;
  });
  EXPECT_GT(seen, 5U);
}

}  // namespace
}  // namespace cutaway::test

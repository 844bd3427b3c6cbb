// Whole trees go, whatever is in them and whoever else removes them.
#include "real/sys/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

namespace cutaway::real {
namespace {

class Files : public testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(::mkdtemp(folder.data()), nullptr); }
  void TearDown() override { EXPECT_TRUE(remove_tree(folder).has_value()); }
  std::string folder = "/tmp/cutaway-test-XXXXXX";
};

TEST_F(Files, FoldersAreMadeWithThoseAbove) {
  EXPECT_TRUE(make_folders(folder + "/a/b/c").has_value());
  EXPECT_TRUE(make_folders(folder + "/a/b/c").has_value());
  EXPECT_TRUE(exists(folder + "/a/b/c"));
  ASSERT_TRUE(replace_file(folder + "/a/file", "x").has_value());
  EXPECT_FALSE(make_folders(folder + "/a/file/d").has_value());
}

TEST_F(Files, ATreeGoesAndWhatItsLinksNameStays) {
  ASSERT_TRUE(make_folders(folder + "/tree/deep/empty").has_value());
  ASSERT_TRUE(make_folders(folder + "/kept").has_value());
  ASSERT_TRUE(replace_file(folder + "/kept/file", "x").has_value());
  ASSERT_TRUE(replace_file(folder + "/tree/deep/file", "x").has_value());
  ASSERT_EQ(::symlink("../kept", (folder + "/tree/link").c_str()), 0);
  EXPECT_TRUE(remove_tree(folder + "/tree").has_value());
  EXPECT_FALSE(exists(folder + "/tree"));
  EXPECT_TRUE(exists(folder + "/kept/file"));
  EXPECT_TRUE(remove_tree(folder + "/tree").has_value());  // nothing there: nothing to do
  EXPECT_TRUE(remove_tree(folder + "/kept/file").has_value());
}

// As a container's watcher does, which writes its record while prune removes it.
TEST_F(Files, ATreeGoesWhileSomebodyWritesInIt) {
  const std::string tree = folder + "/tree";
  std::atomic<bool> over = false;
  std::thread writer([&] {
    while (!over) static_cast<void>(replace_file(tree + "/record", "x"));
  });
  for (int times = 0; times < 200; ++times) {
    ASSERT_TRUE(make_folders(tree).has_value());
    const Status removed = remove_tree(tree);
    EXPECT_TRUE(removed.has_value()) << removed.error().message;
  }
  over = true;
  writer.join();
}

}  // namespace
}  // namespace cutaway::real

// Paths that stay within a root, and folders that are copied.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <cstdlib>

#include "real/sys/copy_tree.h"
#include "real/sys/files.h"
#include "real/sys/resolver.h"

namespace cutaway::real {
namespace {

class TreeTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string made = testing::TempDir() + "cutaway-tree-XXXXXX";
    ASSERT_NE(::mkdtemp(made.data()), nullptr);
    std::array<char, PATH_MAX> whole{};
    ASSERT_NE(::realpath(made.c_str(), whole.data()), nullptr);
    folder_ = whole.data();
    root_ = folder_ + "/root";
    ASSERT_TRUE(make_folders(root_ + "/srv/data"));
    ASSERT_TRUE(make_folders(folder_ + "/outside"));
  }
  void TearDown() override { EXPECT_TRUE(remove_tree(folder_)); }

  void link(const std::string& to, const std::string& name) const {
    ASSERT_EQ(::symlink(to.c_str(), (root_ + name).c_str()), 0);
  }
  std::string lead(const std::string& path) const {
    const auto resolver = Resolver::of(root_);
    if (!resolver) return resolver.error().message;
    const auto found = resolver->lead(path);
    return found ? *found : "refused";
  }

  std::string folder_, root_;
};

TEST_F(TreeTest, links_are_followed_within_the_root) {
  link("/srv/data", "/data");
  link("srv", "/here");
  EXPECT_EQ(lead("/data"), "/srv/data");
  EXPECT_EQ(lead("/data/new/deep"), "/srv/data/new/deep");
  EXPECT_EQ(lead("/here/data/x"), "/srv/data/x");
  EXPECT_EQ(lead("/nothing/at/all"), "/nothing/at/all");
  EXPECT_EQ(lead("/"), "/");
}

TEST_F(TreeTest, no_link_leads_out) {
  link("../../../../../../..", "/up");
  link(folder_ + "/outside", "/out");
  link("/gone", "/dangling");
  link("/proc/self/root", "/magic");
  EXPECT_EQ(lead("/up"), "/");
  EXPECT_EQ(lead("/up/x"), "/x");
  EXPECT_EQ(lead("/out"), "refused");
  EXPECT_EQ(lead("/out/x"), "refused");
  EXPECT_EQ(lead("/dangling"), "refused");
  EXPECT_EQ(lead("/magic/x"), "refused");
  EXPECT_EQ(lead("/new/../../../../etc"), "refused");
  EXPECT_EQ(lead("/srv/../../../../etc"), "/etc");
}

TEST_F(TreeTest, a_copy_has_names_contents_modes_and_links) {
  const std::string from = root_ + "/srv";
  ASSERT_TRUE(replace_file(from + "/data/file", "text", 0640));
  ASSERT_EQ(::chmod((from + "/data").c_str(), 01777), 0);
  link(folder_ + "/outside", "/srv/leads");
  ASSERT_EQ(::mkfifo((from + "/fifo").c_str(), 0600), 0);
  ASSERT_TRUE(make_folders(folder_ + "/copy"));
  const auto source = open_file(from, O_RDONLY | O_DIRECTORY);
  const auto copy = open_file(folder_ + "/copy", O_RDONLY | O_DIRECTORY);
  ASSERT_TRUE(source && copy);
  const Status done = copy_tree(source->get(), copy->get());
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(read_text(folder_ + "/copy/data/file").value_or(""), "text");
  struct stat status {};
  ASSERT_EQ(::stat((folder_ + "/copy/data").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 01777U);
  ASSERT_EQ(::stat((folder_ + "/copy/data/file").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0640U);
  ASSERT_EQ(::lstat((folder_ + "/copy/leads").c_str(), &status), 0);
  EXPECT_TRUE(S_ISLNK(status.st_mode));
  EXPECT_FALSE(exists(folder_ + "/copy/fifo")) << "only files, folders and links";
}

}  // namespace
}  // namespace cutaway::real

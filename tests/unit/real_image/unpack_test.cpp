// What an honest layer becomes on the disk.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "archives.h"
#include "base/digest.h"
#include "base/text.h"
#include "real/image/build.h"
#include "trees.h"

namespace cutaway::test {
namespace {

using Tree = std::map<std::string, std::string>;

bool is_root() { return ::geteuid() == 0; }

struct stat status_of(const std::string& path) {
  struct stat status {};
  EXPECT_EQ(::lstat(path.c_str(), &status), 0) << path;
  return status;
}

TEST(Unpack, MakesWhatTheMembersSay) {
  const Scratch scratch;
  const auto done = unpack(tar({folder("./"), folder("bin/"), file("bin/sh", "shell", 0755),
                                link("bin/ash", "sh"), hard_link("bin/bash", "bin/sh"),
                                node("pipe", MemberKind::Fifo), file("tmp/deep/er", "text")}),
                           scratch / "root");
  ASSERT_EQ(words(done), "");
  EXPECT_EQ(done->members, 7);
  EXPECT_EQ(done->bytes, 9);
  const Tree expected = {
      {"bin", "dir 755"},      {"bin/sh", "file 755 links=2 shell"},
      {"bin/ash", "link sh"},  {"bin/bash", "file 755 links=2 shell"},
      {"pipe", "fifo 666"},    {"tmp", "dir 755"},
      {"tmp/deep", "dir 755"}, {"tmp/deep/er", "file 644 text"},
  };
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Unpack, KeepsOwnersModesAndTimes) {
  if (!is_root()) GTEST_SKIP() << "only root may give files away";
  const Scratch scratch;
  Member su = file("bin/su", "s", 04755);
  su.uid = 3;
  su.gid = 7;
  Member home = folder("home/", 0701);
  home.uid = 1000;
  home.mtime = 1234567;
  Member note = link("home/note", "/etc/motd");
  note.uid = 1000;
  note.mtime = 99;
  ASSERT_EQ(words(unpack(tar({su, home, note}), scratch / "root")), "");
  const Tree got = tree(scratch / "root");
  EXPECT_EQ(got.at("bin/su"), "file 4755 uid=3 gid=7 s");
  EXPECT_EQ(got.at("home"), "dir 701 uid=1000");
  EXPECT_EQ(got.at("home/note"), "link uid=1000 /etc/motd");
  // What came into the folder afterwards did not change its time.
  EXPECT_EQ(status_of(scratch / "root/home").st_mtime, 1234567);
  EXPECT_EQ(status_of(scratch / "root/home/note").st_mtime, 99);
}

TEST(Unpack, AFolderMayShutItselfAgainstLaterMembers) {
  const Scratch scratch;
  ASSERT_EQ(words(unpack(tar({folder("d/", 0555), file("d/x", "in")}), scratch / "root")), "");
  const Tree expected = {{"d", "dir 555"}, {"d/x", "file 644 in"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
  ::chmod((scratch / "root/d").c_str(), 0755);
}

TEST(Unpack, KeepsFileCapabilitiesAndNoOtherAttribute) {
  if (!is_root()) GTEST_SKIP() << "only root may set capabilities of files";
  const Scratch scratch;
  Member ping = file("ping");
  // VFS_CAP_REVISION_2, effective; permitted: CAP_NET_RAW (bit 13).
  ping.xattr = "security.capability";
  ping.xattr_text = std::string(
      "\x01\x00\x00\x02\x00\x20\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
      "\x00\x00\x00\x00",
      20);
  Member sly = folder("d/");
  sly.xattr = "trusted.overlay.redirect";
  sly.xattr_text = "/etc";
  Member file_sly = file("f");
  file_sly.xattr = "trusted.overlay.metacopy";
  ASSERT_EQ(words(unpack(tar({ping, sly, file_sly}), scratch / "root")), "");
  char value[64];
  EXPECT_EQ(::lgetxattr((scratch / "root/ping").c_str(), "security.capability", value, 64), 20);
  EXPECT_EQ(::llistxattr((scratch / "root/d").c_str(), value, 64), 0);
  EXPECT_EQ(::llistxattr((scratch / "root/f").c_str(), value, 64), 0);
}

TEST(Unpack, NamesThatAreLongOrNotAscii) {
  const Scratch scratch;
  const std::string longest(200, 'n');
  const std::string deep = "a/" + longest + "/" + longest;
  ASSERT_EQ(words(unpack(tar({file(deep, "deep"), file("straße/été", "mot")}), scratch / "root")),
            "");
  const Tree got = tree(scratch / "root");
  EXPECT_EQ(got.at(deep), "file 644 deep");
  EXPECT_EQ(got.at("straße/été"), "file 644 mot");
}

TEST(Unpack, OfTwoMembersWithOneNameTheLastCounts) {
  const Scratch scratch;
  const auto done = unpack(tar({file("a", "first"), file("a", "second"), folder("b/"), file("b/x"),
                                link("b", "a"), file("c"), folder("c/"), file("c/y", "in"),
                                folder("d/", 0700), file("d/z", "stays"), folder("d/", 0711)}),
                           scratch / "root");
  ASSERT_EQ(words(done), "");
  const Tree expected = {{"a", "file 644 second"}, {"b", "link a"},  {"c", "dir 755 opaque"},
                         {"c/y", "file 644 in"},   {"d", "dir 711"}, {"d/z", "file 644 stays"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Unpack, AnEmptyArchiveIsALayer) {
  const Scratch scratch;
  EXPECT_EQ(words(unpack(tar({}), scratch / "root")), "");
  EXPECT_EQ(words(unpack("", scratch / "root")), "");
  EXPECT_TRUE(tree(scratch / "root").empty());
}

TEST(Unpack, TakesTheArchiveOutOfGzip) {
  const Scratch scratch;
  const std::string archive = tar({file("a", std::string(300000, 'a'))});
  const auto packed = real::gzip(archive);
  ASSERT_TRUE(packed);
  EXPECT_LT(packed->size(), archive.size() / 10);
  EXPECT_EQ(words(unpack(*packed, scratch / "root", options(), real::Packing::Gzip,
                         sha256_digest(archive))),
            "");
  EXPECT_EQ(read(scratch / "root/a").size(), 300000U);
}

}  // namespace
}  // namespace cutaway::test

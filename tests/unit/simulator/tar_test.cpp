// Tape archives: what is written is read again, as tar(1) would.
#include <gtest/gtest.h>

#include "sim/registry/hub.h"
#include "sim/registry/tar.h"

namespace cutaway::sim {
namespace {

TarMember file(const std::string& name, const std::string& content) {
  TarMember member;
  member.name = name;
  member.content = content;
  member.size = static_cast<std::int64_t>(content.size());
  return member;
}

TEST(Tar, KeepsWhatItIsGiven) {
  TarMember link = file("bin/sh", "");
  link.type = TarType::SymbolicLink;
  link.link = "busybox";
  TarMember node = file("gone", "");
  node.type = TarType::Character;
  node.major = 1;
  node.minor = 3;
  TarMember owned = file("f", "text\n");
  owned.mode = 04755;
  owned.uid = 1000;
  owned.gid = 50;
  std::vector<TarMember> read;
  ASSERT_TRUE(read_tar(tar_archive({link, node, owned}), read));
  ASSERT_EQ(read.size(), 3U);
  EXPECT_EQ(read[0].link, "busybox");
  EXPECT_EQ(read[0].type, TarType::SymbolicLink);
  EXPECT_EQ(read[1].major, 1U);
  EXPECT_EQ(read[1].minor, 3U);
  EXPECT_EQ(read[2].mode, 04755U);
  EXPECT_EQ(read[2].uid, 1000U);
  EXPECT_EQ(read[2].gid, 50U);
  EXPECT_EQ(read[2].content, "text\n");
}

TEST(Tar, IsInBlocksAndHasAChecksum) {
  const std::string archive = tar_archive({file("a", std::string(513, 'x'))});
  EXPECT_EQ(archive.size(), 512U * (1 + 2 + 2));
  EXPECT_EQ(archive.substr(257, 5), "ustar");
  std::string broken = archive;
  broken[0] = 'b';
  std::vector<TarMember> read;
  EXPECT_FALSE(read_tar(broken, read));
  read.clear();
  EXPECT_FALSE(read_tar(std::string_view(archive).substr(0, 600), read));
}

TEST(Tar, LongNamesAndHolesHaveAnExtendedHeader) {
  TarMember deep = file(std::string(90, 'd') + "/" + std::string(120, 'n'), "x");
  TarMember program = file("bin/busybox", "short");
  program.size = 1'982'224;
  std::vector<TarMember> read;
  const std::string archive = tar_archive({deep, program});
  EXPECT_LT(archive.size(), 8192U);
  ASSERT_TRUE(read_tar(archive, read));
  EXPECT_EQ(read[0].name, deep.name);
  EXPECT_EQ(read[1].size, 1'982'224);
  EXPECT_EQ(read[1].content, "short");
}

TEST(Tar, ALayerIsTheSameBytesForTheSameFiles) {
  std::map<std::string, ImageFile> files;
  files["/a"].content = "1";
  files["/d/"].mode = 0700;
  const std::string once = pack_layer(files);
  EXPECT_EQ(once, pack_layer(files));
  files["/a"].content = "2";
  EXPECT_NE(once, pack_layer(files));
}

}  // namespace
}  // namespace cutaway::sim

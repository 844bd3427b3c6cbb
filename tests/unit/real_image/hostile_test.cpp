// Layers that want more than their folder: refused or contained, and nothing outside is touched.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "archives.h"
#include "base/digest.h"
#include "real/image/build.h"
#include "trees.h"

namespace cutaway::test {
namespace {

struct Refused {
  const char* name;
  std::vector<Member> members;
  const char* says;
};

void PrintTo(const Refused& row, std::ostream* out) { *out << row.name; }

// The canary lies beside the root: "../canary" from its top.
const Refused kRefused[] = {
    {"dot_dot", {file("../canary/song", "gone")}, "leads upwards"},
    {"dot_dot_inside", {folder("a/"), file("a/../../canary/song", "gone")}, "leads upwards"},
    {"dot_dot_alone", {folder("..")}, "leads upwards"},
    {"absolute", {file("/etc/cutaway-test-absolute")}, "absolute name"},
    {"through_a_link", {link("out", "../canary"), file("out/song", "gone")}, "/out: a member is"},
    {"through_an_absolute_link", {link("out", "/tmp"), file("out/song", "gone")}, "/out: a member"},
    {"through_two_links",
     {link("a", "b"), link("b", "../canary"), file("a/nest/egg", "gone")},
     "/a: a member is"},
    {"through_a_link_to_itself", {link("a", "a"), file("a/x")}, "/a: a member is"},
    {"through_a_file", {file("a"), file("a/x")}, "/a: a member is"},
    {"folder_through_a_link", {link("out", "../canary"), folder("out/new/")}, "/out: a member is"},
    {"hard_link_out", {hard_link("egg", "../canary/nest/egg")}, "leads upwards"},
    {"hard_link_absolute", {hard_link("passwd", "/etc/passwd")}, "absolute name"},
    {"hard_link_through_a_link",
     {link("out", "../canary"), hard_link("egg", "out/nest/egg")},
     "which this layer does not hold"},
    {"hard_link_to_nothing", {hard_link("a", "b")}, "which this layer does not hold"},
    {"hard_link_to_a_folder", {folder("d/"), hard_link("a", "d")}, "EPERM"},
    {"hard_link_to_itself", {file("a"), hard_link("a", "a")}, "to itself"},
    {"hard_link_to_a_whiteout", {file(".wh.x", ""), hard_link("a", "x")}, "does not hold"},
    {"char_device", {node("dev/null", MemberKind::Char)}, "/dev/null: a device node"},
    {"block_device", {node("disk", MemberKind::Block)}, "/disk: a device node"},
    {"whiteout_of_dot", {file(".wh..", "")}, "a deletion mark for '.'"},
    {"whiteout_of_dot_dot", {file("a/.wh...", "")}, "a deletion mark for '..'"},
    {"whiteout_of_no_name", {file(".wh.", "")}, "a deletion mark for ''"},
    {"below_a_whiteout", {file(".wh.a/b")}, "below a deletion mark"},
    {"whiteout_up", {file("../.wh.canary", "")}, "leads upwards"},
    {"whiteout_through_a_link", {link("o", "../canary"), file("o/.wh.song", "")}, "/o: a member"},
    {"opaque_through_a_link",
     {link("o", "../canary"), file("o/.wh..wh..opq", "")},
     "/o: a member is"},
    {"root_as_a_link", {link(".", "../canary")}, "the root can only be a folder"},
    {"root_as_a_file", {file(".")}, "the root can only be a folder"},
};

class Hostile : public testing::TestWithParam<Refused> {};

TEST_P(Hostile, IsRefused) {
  for (const real::Deletions how : {real::Deletions::Overlay, real::Deletions::Apply}) {
    const Scratch scratch;
    const Canary canary(scratch / "canary");
    const auto done = unpack(tar(GetParam().members), scratch / "root", options(how));
    // hard_link_to_a_whiteout: applied, a whiteout of nothing leaves nothing to link to either.
    EXPECT_NE(words(done).find(GetParam().says), std::string::npos) << words(done);
    EXPECT_EQ(words(done).rfind("layer: ", 0), 0U) << words(done);
  }
}

INSTANTIATE_TEST_SUITE_P(Layers, Hostile, testing::ValuesIn(kRefused),
                         [](const auto& row) { return std::string(row.param.name); });

// A link may say what it likes: it is followed in a container, from that container's root.
TEST(Contained, LinksThatPointOutAreOnlyText) {
  const Scratch scratch;
  const Canary canary(scratch / "canary");
  const auto done = unpack(tar({link("dev", "/dev"), link("proc", "../../proc"),
                                link("up", "../canary/song"), file("up", "mine")}),
                           scratch / "root");
  ASSERT_EQ(words(done), "");
  const auto got = tree(scratch / "root");
  EXPECT_EQ(got.at("dev"), "link /dev");
  EXPECT_EQ(got.at("proc"), "link ../../proc");
  EXPECT_EQ(got.at("up"), "file 644 mine");
}

// One layer makes /dev a link, the next one writes below /dev: as in an overlay, the second one's
// folder takes the link's place.
TEST(Contained, ALinkOfALowerLayerIsReplacedNotFollowed) {
  const Scratch scratch;
  const Canary canary(scratch / "canary");
  const auto how = options(real::Deletions::Apply);
  ASSERT_EQ(words(unpack(tar({link("dev", scratch / "canary"), link("b", "../canary"), folder("c/"),
                              file("c/x")}),
                         scratch / "root", how)),
            "");
  ASSERT_EQ(words(unpack(tar({file("dev/song", "gone"), file("b/.wh.song", ""),
                              file("b/.wh..wh..opq", ""), link("c", "../canary")}),
                         scratch / "root", how)),
            "");
  ASSERT_EQ(words(unpack(tar({file("c/song", "gone")}), scratch / "root", how)), "");
  const std::map<std::string, std::string> expected = {{"dev", "dir 755"},
                                                       {"dev/song", "file 644 gone"},
                                                       {"b", "dir 755"},
                                                       {"c", "dir 755"},
                                                       {"c/song", "file 644 gone"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Contained, RemovingAFolderDoesNotFollowLinksInIt) {
  const Scratch scratch;
  const Canary canary(scratch / "canary");
  const auto how = options(real::Deletions::Apply);
  ASSERT_EQ(words(unpack(tar({link("d/out", scratch / "canary"), link("e/out", "../../canary")}),
                         scratch / "root", how)),
            "");
  ASSERT_EQ(
      words(unpack(tar({file(".wh.d", ""), file("e/.wh..wh..opq", "")}), scratch / "root", how)),
      "");
  const std::map<std::string, std::string> expected = {{"e", "dir 755"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Limits, AreKept) {
  const Scratch scratch;
  auto how = options();
  how.limits.members = 2;
  EXPECT_EQ(words(unpack(tar({file("a"), file("b"), file("c")}), scratch / "1", how)),
            "layer: more than 2 members");
  how = options();
  how.limits.bytes = 10;
  EXPECT_EQ(words(unpack(tar({file("a", "123456"), file("b", "12345")}), scratch / "2", how)),
            "layer: /b: files of more than 10 bytes in all");
  how = options();
  how.limits.depth = 3;
  EXPECT_EQ(words(unpack(tar({file("a/b/c")}), scratch / "3", how)), "");
  EXPECT_NE(words(unpack(tar({file("a/b/c/d")}), scratch / "3", how)).find("more than 3 parts"),
            std::string::npos);
  how = options();
  how.limits.archive_bytes = 5000;
  EXPECT_EQ(words(unpack(tar({file("a", std::string(9000, 'x'))}), scratch / "4", how)),
            "layer: its archive is longer than 5000 bytes");
}

TEST(Limits, ABombStopsEarly) {
  const Scratch scratch;
  const std::string archive = tar({file("zeros", std::string(8 << 20, '\0'))});
  const auto packed = real::gzip(archive);
  ASSERT_TRUE(packed);
  auto how = options();
  how.limits.ratio = 100;
  how.limits.ratio_free_bytes = 1 << 20;
  const auto done =
      unpack(*packed, scratch / "root", how, real::Packing::Gzip, sha256_digest(archive));
  EXPECT_EQ(words(done), "layer: its archive is more than 100 times as long as what was fetched");
  EXPECT_LT(read(scratch / "root/zeros").size(), std::size_t{2} << 20);
}

// A sparse member that says it is 1 TiB long is 1 TiB to whoever reads it.
TEST(Limits, HolesCount) {
  const Scratch scratch;
  std::string header = tar({file("big", "")}).substr(0, 512);
  // Size in base 256 (GNU): the first bit, then a number.
  header[124] = '\x80';
  for (int i = 125; i < 136; ++i) header[static_cast<std::size_t>(i)] = '\0';
  header[130] = '\x01';  // 2^40
  for (int i = 148; i < 156; ++i) header[static_cast<std::size_t>(i)] = ' ';
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  char digits[9];
  std::snprintf(digits, sizeof digits, "%06o", sum);
  header.replace(148, 7, std::string(digits, 6) + '\0');
  const auto done = unpack(header + std::string(1024, '\0'), scratch / "root");
  EXPECT_NE(words(done).find("/big: files of more than"), std::string::npos) << words(done);
}

TEST(Archive, OfAnotherDigestIsRefused) {
  const Scratch scratch;
  const std::string wrong = "sha256:" + std::string(64, 'a');
  const auto done =
      unpack(tar({file("a")}), scratch / "root", options(), real::Packing::Plain, wrong);
  EXPECT_NE(words(done).find("the config says " + wrong), std::string::npos) << words(done);
}

// Behind the end mark may be anything, but it is part of what was hashed.
TEST(Archive, WhatFollowsTheEndIsHashedToo) {
  const Scratch scratch;
  const std::string archive = tar({file("a")});
  const std::string more = archive + std::string(4096, 'm');
  EXPECT_EQ(words(unpack(more, scratch / "1")), "");
  EXPECT_NE(
      words(unpack(more, scratch / "2", options(), real::Packing::Plain, sha256_digest(archive))),
      "");
}

TEST(Archive, DamagedOnesAreRefused) {
  const std::string good = tar({file("a", std::string(3000, 'x')), file("b")});
  const Scratch scratch;
  // Cut off inside a file: the digest of what is there is right, and still.
  EXPECT_NE(words(unpack(good.substr(0, 2000), scratch / "1")), "");
  EXPECT_NE(words(unpack(std::string(5000, 'x'), scratch / "2")), "");
  std::string flipped = good;
  flipped[0] ^= 1;  // the header's checksum no longer fits
  EXPECT_NE(words(unpack(flipped, scratch / "3")), "");
  const auto packed = real::gzip(good);
  ASSERT_TRUE(packed);
  EXPECT_NE(words(unpack(packed->substr(0, packed->size() / 2), scratch / "4", options(),
                         real::Packing::Gzip, sha256_digest(good))),
            "");
  // Said to be gzip, and is not; and the other way round.
  EXPECT_NE(
      words(unpack(*packed, scratch / "5", options(), real::Packing::Plain, sha256_digest(good))),
      "");
}

TEST(Archive, AnOwnerThatMeansLeaveItIsRefused) {
  const Scratch scratch;
  Member odd = file("a");
  odd.uid = 4294967295;
  EXPECT_NE(words(unpack(tar({odd}), scratch / "root")).find("no owner can have"),
            std::string::npos);
}

}  // namespace
}  // namespace cutaway::test

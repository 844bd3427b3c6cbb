#include "real/observe/proc_text.h"

#include <gtest/gtest.h>

#include "trace/abi/abi.h"

namespace cutaway::real {
namespace {

TEST(Mountinfo, EveryFieldOfALine) {
  const std::vector<MountLine> lines = parse_mountinfo(
      "36 35 98:0 /mnt1 /mnt\\0402 ro,nosuid,noatime shared:7 master:3 - ext3 /dev/root "
      "rw,errors=continue\n");
  ASSERT_EQ(lines.size(), 1U);
  const MountLine& line = lines[0];
  EXPECT_EQ(line.id, 36);
  EXPECT_EQ(line.parent, 35);
  EXPECT_EQ(line.device, "98:0");
  EXPECT_EQ(line.root, "/mnt1");
  EXPECT_EQ(line.target, "/mnt 2");
  EXPECT_EQ(line.flags, abi::ms::kRdonly | abi::ms::kNosuid | abi::ms::kNoatime);
  EXPECT_EQ(line.shared, 7U);
  EXPECT_EQ(line.master, 3U);
  EXPECT_FALSE(line.unbindable);
  EXPECT_EQ(line.type, "ext3");
  EXPECT_EQ(line.source, "/dev/root");
  EXPECT_FALSE(line.read_only);
  EXPECT_EQ(line.options, "errors=continue");
}

TEST(Mountinfo, WithoutOptionalFieldsAndReadOnlyFileSystem) {
  const std::vector<MountLine> lines = parse_mountinfo(
      "1 0 0:1 / / rw,relatime - tmpfs none ro\n2 1 0:2 / /x rw unbindable - proc proc rw\n");
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_TRUE(lines[0].read_only);
  EXPECT_EQ(lines[0].options, "");
  EXPECT_EQ(lines[0].shared, 0U);
  EXPECT_TRUE(lines[1].unbindable);
}

TEST(Mountinfo, WhatIsNoLineIsLeftOut) {
  EXPECT_TRUE(parse_mountinfo("").empty());
  EXPECT_TRUE(parse_mountinfo("nonsense\n1 2 3\n36 35 98:0 / /mnt rw - ext3\n").empty());
}

TEST(Status, NumbersOfAField) {
  const StatusFields status = parse_status(
      "Name:\tbusy box\nUid:\t0\t1\t2\t3\nCapEff:\t00000000a80425fb\nGroups:\t4 20 "
      "\nUmask:\t0022\n");
  EXPECT_EQ(status.at("Name"), "busy box");
  EXPECT_EQ(status_numbers(status, "Uid"), (std::vector<std::uint64_t>{0, 1, 2, 3}));
  EXPECT_EQ(status_number(status, "CapEff", 16), 0xa80425fbU);
  EXPECT_EQ(status_numbers(status, "Groups"), (std::vector<std::uint64_t>{4, 20}));
  EXPECT_EQ(status_number(status, "Umask", 8), 022U);
  EXPECT_TRUE(status_numbers(status, "NSpid").empty());
}

TEST(CgroupLines, VersionsAndNames) {
  const std::vector<CgroupLine> lines =
      parse_cgroups("9:name=systemd:/\n2:cpu,cpuacct:/docker/a:b\n0::/system.slice/x\nbroken\n");
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_EQ(lines[0].controllers, std::vector<std::string>{"name=systemd"});
  EXPECT_EQ(lines[1].controllers, (std::vector<std::string>{"cpu", "cpuacct"}));
  EXPECT_EQ(lines[1].path, "/docker/a:b");
  EXPECT_EQ(lines[2].hierarchy, 0);
  EXPECT_TRUE(lines[2].controllers.empty());
  EXPECT_EQ(lines[2].path, "/system.slice/x");
}

TEST(Links, NumberInALink) {
  EXPECT_EQ(number_in_link("mnt:[4026531841]"), 4026531841U);
  EXPECT_EQ(number_in_link("pipe:[17]"), 17U);
  EXPECT_EQ(number_in_link("/dev/null"), 0U);
  EXPECT_EQ(number_in_link("anon_inode:[eventpoll]"), 0U);
}

TEST(Stat, ACommandNameMayHoldAnything) {
  const std::vector<std::string> fields = parse_stat("17 (a) b (c) S 1 17 12 0 -1\n");
  ASSERT_GE(fields.size(), 4U);
  EXPECT_EQ(fields[0], "S");
  EXPECT_EQ(fields[1], "1");
  EXPECT_EQ(fields[3], "12");
}

TEST(FdInfo, FlagsAreOctal) {
  const FdInfo info = parse_fdinfo("pos:\t42\nflags:\t02000001\nmnt_id:\t29\n");
  EXPECT_EQ(info.offset, 42);
  EXPECT_EQ(info.flags, abi::o::kCloexec | abi::o::kWronly);
}

}  // namespace
}  // namespace cutaway::real

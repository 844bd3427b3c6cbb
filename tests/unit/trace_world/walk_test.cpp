// Path resolution and the computed file systems.
#include <gtest/gtest.h>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Errno;

struct PathCase {
  const char* path;
  LastLink last;
  Errno err;
  const char* leads_to;  ///< as the task sees it
  const char* missing;   ///< name of the last component when only that is missing
};

TEST(Walk, SaysWhichComponentIsMissingWhere) {
  World world = make_host();
  put_link(world, root_fs(world), "/tmp/gone", "/tmp/nowhere/x");
  const Task& init = world.tasks.at(kInit);
  const Walk middle = walk(world, init, "/no/new");
  EXPECT_EQ(middle.missing, "no");
  EXPECT_EQ(path_seen_by(world, init, middle.parent), "/");
  const Walk behind_link = walk(world, init, "/tmp/gone");
  EXPECT_EQ(behind_link.missing, "nowhere");
  EXPECT_EQ(path_seen_by(world, init, behind_link.parent), "/tmp");
  EXPECT_EQ(walk(world, init, "/etc/passwd").missing, "");
}

TEST(Walk, AsksOfEachFolderOnTheWayWhetherItMayBeSearched) {
  World world = make_host();
  put_link(world, root_fs(world), "/tmp/up", "../etc");
  const Task& init = world.tasks.at(kInit);
  std::vector<std::string> asked;
  std::string closed;
  const MaySearch may_search = [&](const Location& folder, const Permissions& permissions) {
    EXPECT_TRUE(permissions.directory());
    asked.push_back(path_seen_by(world, init, folder));
    return asked.back() != closed;
  };
  const auto look = [&](const char* path) {
    asked.clear();
    return walk(world, init, path, LastLink::Follow, nullptr, may_search).err;
  };
  EXPECT_EQ(look("/tmp/up/passwd"), Errno::kOk);
  EXPECT_EQ(asked, (std::vector<std::string>{"/", "/tmp", "/tmp", "/", "/etc"}));
  closed = "/etc";
  EXPECT_EQ(look("/tmp/up/passwd"), Errno::kEACCES);
  EXPECT_EQ(look("/tmp/up"), Errno::kOk) << "nothing is looked for in it";
  EXPECT_EQ(look("/etc/nothing"), Errno::kEACCES) << "whatever is in it";
  EXPECT_EQ(look("/etc/."), Errno::kEACCES);
}

TEST(FileFound, IsANewInodeOrOneMoreName) {
  World world = make_host();
  const Task& init = world.tasks.at(kInit);
  const InodeId folder = walk(world, init, "/tmp").entry.inode;
  Inode inode;
  inode.id = InodeId{world.counters.inode + 1};
  inode.fs = root_fs(world);
  inode.mode = abi::mode::kRegular | 0644;
  inode.size = 5;
  for (const char* name : {"one", "two"}) {
    Event event;
    event.body = FileFound{inode, folder, name};
    evolve(world, event);
  }
  EXPECT_EQ(walk(world, init, "/tmp/one").entry.inode, inode.id);
  EXPECT_EQ(walk(world, init, "/tmp/two").entry.links, 2U);
  EXPECT_EQ(broken(world), "");
}

TEST(Walk, ResolvesPaths) {
  World world = make_host();
  const FilesystemId disk = root_fs(world);
  put_link(world, disk, "/tmp/loop", "loop");
  put_link(world, disk, "/tmp/up", "../etc");
  put_link(world, disk, "/tmp/abs", "/etc/passwd");
  put_link(world, disk, "/tmp/gone", "/tmp/nowhere");
  const std::string long_name(256, 'x');
  const std::string long_path = "/tmp/" + long_name;
  const PathCase cases[] = {
      {"/", LastLink::Follow, Errno::kOk, "/", ""},
      {"/etc/passwd", LastLink::Follow, Errno::kOk, "/etc/passwd", ""},
      {"//etc//./passwd", LastLink::Follow, Errno::kOk, "/etc/passwd", ""},
      {"etc", LastLink::Follow, Errno::kOk, "/etc", ""},
      {"/etc/..", LastLink::Follow, Errno::kOk, "/", ""},
      {"/../../etc", LastLink::Follow, Errno::kOk, "/etc", ""},
      {"/proc/..", LastLink::Follow, Errno::kOk, "/", ""},
      {"/sys/fs/cgroup/../../..", LastLink::Follow, Errno::kOk, "/", ""},
      {"/tmp/up/passwd", LastLink::Follow, Errno::kOk, "/etc/passwd", ""},
      {"/tmp/abs", LastLink::Follow, Errno::kOk, "/etc/passwd", ""},
      {"/tmp/abs", LastLink::NoFollow, Errno::kOk, "/tmp/abs", ""},
      {"/tmp/up", LastLink::NoFollow, Errno::kOk, "/tmp/up", ""},
      {"/tmp/up/", LastLink::NoFollow, Errno::kOk, "/etc", ""},
      {"/tmp/new", LastLink::Follow, Errno::kENOENT, "", "new"},
      {"/tmp/new/", LastLink::Follow, Errno::kENOENT, "", "new"},
      {"/tmp/gone", LastLink::Follow, Errno::kENOENT, "", "nowhere"},
      {"/no/new", LastLink::Follow, Errno::kENOENT, "", ""},
      {"", LastLink::Follow, Errno::kENOENT, "", ""},
      {"/etc/passwd/", LastLink::Follow, Errno::kENOTDIR, "", ""},
      {"/etc/passwd/x", LastLink::Follow, Errno::kENOTDIR, "", ""},
      {"/etc/passwd/..", LastLink::Follow, Errno::kENOTDIR, "", ""},
      {"/tmp/loop", LastLink::Follow, Errno::kELOOP, "", ""},
      {long_path.c_str(), LastLink::Follow, Errno::kENAMETOOLONG, "", ""},
  };
  const Task& init = world.tasks.at(kInit);
  for (const PathCase& c : cases) {
    const Walk found = walk(world, init, c.path, c.last);
    EXPECT_EQ(abi::errno_name(found.err), abi::errno_name(c.err)) << c.path;
    if (c.err == Errno::kOk) {
      EXPECT_EQ(path_seen_by(world, init, found.where), c.leads_to) << c.path;
    }
    if (c.err == Errno::kENOENT) {
      EXPECT_EQ(found.name, c.missing) << c.path;
    }
  }
}

TEST(Proc, ShowsTasksOfItsNamespace) {
  Bench bench;
  const TaskId child = bench.fork(kInit);
  const Task& init = bench.task(kInit);
  const std::vector<std::string> names =
      list_directory(bench.world(), init, walk(bench.world(), init, "/proc").where);
  for (const char* name : {"1", "2", "self", "sys", "meminfo", "kcore", "acpi", "sysrq-trigger"})
    EXPECT_NE(std::find(names.begin(), names.end(), name), names.end()) << name;
  EXPECT_EQ(walk(bench.world(), bench.task(child), "/proc/self", LastLink::NoFollow).entry.target,
            "2");
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/2/comm"), "init\n");
  EXPECT_EQ(read_virtual(bench.world(), child, "/proc/self/cmdline"), std::string("init\0", 5));
}

TEST(Proc, MagicLinksLeadToTheThingItself) {
  Bench bench;
  bench.call(kInit, abi::Sys::pipe, {Arg{}});
  bench.open(kInit, "/etc/passwd");
  const Task& init = bench.task(kInit);
  EXPECT_EQ(walk(bench.world(), init, "/proc/self/fd/0", LastLink::NoFollow).entry.target,
            "pipe:[1]");
  EXPECT_EQ(walk(bench.world(), init, "/proc/self/fd/0").entry.mode & abi::mode::kType,
            abi::mode::kFifo);
  EXPECT_EQ(walk(bench.world(), init, "/proc/self/fd/2").where,
            walk(bench.world(), init, "/etc/passwd").where);
  EXPECT_EQ(walk(bench.world(), init, "/proc/1/root/etc").where,
            walk(bench.world(), init, "/etc").where);
  EXPECT_EQ(walk(bench.world(), init, "/proc/self/ns/net").entry.jump_ns, init.in(NsKind::Net));
  EXPECT_EQ(
      walk(bench.world(), init, "/proc/self/ns/net", LastLink::NoFollow).entry.target.substr(0, 5),
      "net:[");
  EXPECT_EQ(walk(bench.world(), init, "/proc/mounts").where.path, "/1/mounts");
}

TEST(Proc, StatusHasTheLinesThatToolsRead) {
  Bench bench;
  const std::string status = read_virtual(bench.world(), kInit, "/proc/1/status");
  for (const char* line :
       {"Name:\tinit\n", "Umask:\t0022\n", "State:\tR (running)\n", "Tgid:\t1\n", "PPid:\t0\n",
        "TracerPid:\t0\n", "Uid:\t0\t0\t0\t0\n", "NSpid:\t1\n", "VmRSS:\t     400 kB\n",
        "Threads:\t1\n", "SigBlk:\t0000000000000000\n", "CapEff:\t000001ffffffffff\n",
        "NoNewPrivs:\t0\n", "Seccomp:\t0\n", "Cpus_allowed_list:\t0-1\n"})
    EXPECT_NE(status.find(line), std::string::npos) << line << "in\n" << status;
}

TEST(Proc, WholeMachine) {
  Bench bench;
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/meminfo").substr(0, 29),
            "MemTotal:        2097152 kB\nM");
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/sys/kernel/hostname"), "host\n");
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/sys/kernel/pid_max"), "4194304\n");
  bench.write_file(kInit, "/proc/sys/kernel/hostname", "box\n");
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/sys/kernel/hostname"), "box\n");
  bench.write_file(kInit, "/proc/sys/net/ipv4/ip_unprivileged_port_start", "0\n");
  EXPECT_EQ(read_virtual(bench.world(), kInit, "/proc/sys/net/ipv4/ip_unprivileged_port_start"),
            "0\n");
  const TaskId child = bench.clone(kInit, abi::clone::kNewNet | 17);
  EXPECT_EQ(read_virtual(bench.world(), child, "/proc/sys/net/ipv4/ip_unprivileged_port_start"),
            "1024\n")
      << "a value per namespace";
}

TEST(Sysfs, ShowsLinksOfItsNetworkNamespace) {
  const World world = make_host();
  const Task& init = world.tasks.at(kInit);
  EXPECT_EQ(list_directory(world, init, walk(world, init, "/sys/class/net").where),
            (std::vector<std::string>{"eth0", "lo"}));
  EXPECT_EQ(read_virtual(world, kInit, "/sys/class/net/lo/mtu"), "65536\n");
  EXPECT_EQ(walk(world, init, "/sys/firmware").err, Errno::kOk);
}

}  // namespace
}  // namespace cutaway::test

// Descriptors, pipes, sockets, names, overlays (facts OVL-*, STD-*).
#include <gtest/gtest.h>

#include "trace/world/lookup.h"
#include "trace/world/overlay.h"
#include "trace/world/walk.h"
#include "world_builder.h"

namespace cutaway::test {
namespace {

using abi::Sys;
using abi::o::kCreat;
using abi::o::kRdwr;
using abi::o::kWronly;

TEST(Pipes, CountTheirEndsAndCarryBytes) {
  Bench bench;
  bench.call(kInit, Sys::pipe2, {Arg{}, Arg::integer(0)});
  const Task& init = bench.task(kInit);
  const PipeId pipe = file_of(bench.world(), init, 0)->pipe;
  EXPECT_EQ(file_of(bench.world(), init, 1)->is, "pipe:[1]");
  const TaskId child = bench.fork(kInit);
  bench.close(kInit, 0);
  EXPECT_EQ(bench.world().pipes.at(pipe).readers, 1)
      << "an open file with two descriptors is one end";
  bench.write(kInit, 1, "hello");
  EXPECT_EQ(bench.world().pipes.at(pipe).bytes, 5);
  bench.call(child, Sys::read, {Arg::integer(0), Arg{}, Arg::integer(3)}, 3);
  EXPECT_EQ(bench.world().pipes.at(pipe).bytes, 2);
  EXPECT_EQ(bench.world().pipes.at(pipe).segments[0].from, 3);
  bench.exit(child);
  EXPECT_EQ(bench.world().pipes.at(pipe).readers, 0) << "its last reader ended";
  EXPECT_EQ(only<SignalSent>(bench.failed(kInit, Sys::write, {Arg::integer(1), Arg::bytes("x")},
                                          abi::Errno::kEPIPE))[0]
                .sig,
            abi::sig::kPipe);
  bench.close(kInit, 1);
  EXPECT_FALSE(bench.world().pipes.contains(pipe));
}

TEST(Descriptors, DupSharesTheOpenFile) {
  Bench bench;
  bench.open(kInit, "/etc/passwd");
  bench.call(kInit, Sys::dup2, {Arg::integer(0), Arg::integer(7)}, 7);
  bench.call(kInit, Sys::lseek, {Arg::integer(7), Arg::integer(40), Arg::integer(0)}, 40);
  EXPECT_EQ(file_of(bench.world(), bench.task(kInit), 0)->offset, 40);
  bench.call(kInit, Sys::fcntl, {Arg::integer(7), Arg::integer(2), Arg::integer(1)});
  EXPECT_TRUE(bench.world().fd_tables.at(bench.task(kInit).fds).fds.at(7).cloexec);
  EXPECT_FALSE(bench.world().fd_tables.at(bench.task(kInit).fds).fds.at(0).cloexec);
  bench.call(kInit, Sys::close_range, {Arg::integer(0), Arg::integer(4294967295), Arg::integer(0)});
  EXPECT_EQ(bench.world().files.size(), 0u);
}

TEST(Files, AreCreatedWrittenAndGone) {
  Bench bench;
  const std::int32_t fd = bench.open(kInit, "/tmp/a", kRdwr | kCreat, 0666);
  const InodeId inode = file_of(bench.world(), bench.task(kInit), fd)->inode;
  EXPECT_EQ(bench.world().inodes.at(inode).mode & 07777u, 0644u) << "umask 022";
  bench.write(kInit, fd, "12345");
  EXPECT_EQ(bench.world().inodes.at(inode).size, 5);
  EXPECT_EQ(file_of(bench.world(), bench.task(kInit), fd)->offset, 5);
  bench.call(kInit, Sys::unlink, {Arg::bytes("/tmp/a")});
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/tmp/a").err, abi::Errno::kENOENT);
  EXPECT_TRUE(bench.world().inodes.contains(inode)) << "open, so still there";
  bench.close(kInit, fd);
  EXPECT_FALSE(bench.world().inodes.contains(inode));
}

TEST(Files, LinksRenamesAndFolders) {
  Bench bench;
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/tmp/d"), Arg::integer(0777)});
  bench.call(kInit, Sys::link, {Arg::bytes("/etc/passwd"), Arg::bytes("/tmp/d/p")});
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/tmp/d/p").entry.links, 2u);
  bench.call(kInit, Sys::symlink, {Arg::bytes("d/p"), Arg::bytes("/tmp/s")});
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/tmp/s").entry.size, 100);
  bench.call(kInit, Sys::chdir, {Arg::bytes("/tmp/d")});
  bench.call(kInit, Sys::rename, {Arg::bytes("/tmp/d"), Arg::bytes("/tmp/e")});
  EXPECT_EQ(bench.world().fs_contexts.at(bench.task(kInit).fs).cwd.path, "/tmp/e")
      << "who stands in it goes along";
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "p").err, abi::Errno::kOk);
  bench.call(kInit, Sys::unlink, {Arg::bytes("p")});
  bench.call(kInit, Sys::rmdir, {Arg::bytes("/tmp/e")});
  EXPECT_EQ(walk(bench.world(), bench.task(kInit), "/tmp/s").err, abi::Errno::kENOENT);
}

class Overlay : public ::testing::Test {
 protected:
  static World host() {
    World world = make_host();
    const FilesystemId disk = root_fs(world);
    for (const char* folder : {"/up", "/work", "/m", "/l1/d", "/l2/d"})
      put_folder(world, disk, folder);
    put_file(world, disk, "/l1/big", 8388608);
    put_file(world, disk, "/l1/d/a", 1);
    put_file(world, disk, "/l2/d/b", 2);
    put_file(world, disk, "/l1/both", 1);
    put_file(world, disk, "/l2/both", 2);
    return world;
  }
  Overlay() : bench(host()) {
    bench.mount(kInit, "o", "/m", "overlay", 0, "lowerdir=/l2:/l1,upperdir=/up,workdir=/work");
  }
  Walk at(const std::string& path) const { return walk(bench.world(), bench.task(kInit), path); }
  std::vector<std::string> list(const std::string& path) const {
    return list_directory(bench.world(), bench.task(kInit), at(path).where);
  }
  using Names = std::vector<std::string>;
  Bench bench;
};

TEST_F(Overlay, TheTopmostLayerWinsAndFoldersMerge) {
  EXPECT_EQ(at("/m/both").entry.size, 2) << "OVL-05";
  EXPECT_EQ(list("/m/d"), (Names{"a", "b"}));
  EXPECT_EQ(list("/m"), (Names{"big", "both", "d"}));
}

TEST_F(Overlay, ReadingCopiesNothing) {
  bench.open(kInit, "/m/big");
  EXPECT_EQ(list("/up"), Names{}) << "OVL-02";
}

TEST_F(Overlay, OpeningForWritingCopiesTheWholeFileUp) {
  const Events events = bench.call(
      kInit, Sys::openat,
      {Arg::integer(-100), Arg::bytes("/m/big"), Arg::integer(1 | 02000), Arg::integer(0)}, 0);
  ASSERT_EQ(only<MountCopiedUp>(events).size(), 1u);
  EXPECT_EQ(only<MountCopiedUp>(events)[0].path, "/big");
  bench.write(kInit, 0, "xy");
  EXPECT_EQ(at("/up/big").entry.size, 8388610) << "OVL-01";
  EXPECT_EQ(at("/l1/big").entry.size, 8388608);
}

TEST_F(Overlay, ChmodCopiesUpWithTheFoldersAbove) {
  bench.call(kInit, Sys::chmod, {Arg::bytes("/m/d/a"), Arg::integer(0600)});
  EXPECT_EQ(at("/up/d/a").entry.mode & 07777u, 0600u) << "OVL-02";
  EXPECT_EQ(at("/l1/d/a").entry.mode & 07777u, 0644u);
  EXPECT_EQ(list("/m/d"), (Names{"a", "b"}));
}

TEST_F(Overlay, DeletingLeavesAWhiteout) {
  bench.call(kInit, Sys::unlink, {Arg::bytes("/m/both")});
  EXPECT_EQ(at("/m/both").err, abi::Errno::kENOENT);
  const Walk whiteout = at("/up/both");
  EXPECT_EQ(whiteout.entry.mode, abi::mode::kChar) << "OVL-03";
  EXPECT_EQ(whiteout.entry.major, 0u);
  EXPECT_EQ(at("/l1/both").err, abi::Errno::kOk);
  bench.open(kInit, "/m/both", kWronly | kCreat, 0644);
  EXPECT_EQ(at("/m/both").entry.size, 0) << "a new file in its place";
}

TEST_F(Overlay, AFolderMadeAnewIsOpaque) {
  bench.call(kInit, Sys::unlink, {Arg::bytes("/m/d/a")});
  bench.call(kInit, Sys::unlink, {Arg::bytes("/m/d/b")});
  bench.call(kInit, Sys::rmdir, {Arg::bytes("/m/d")});
  EXPECT_EQ(list("/m"), (Names{"big", "both"}));
  bench.call(kInit, Sys::mkdir, {Arg::bytes("/m/d"), Arg::integer(0755)});
  EXPECT_EQ(list("/m/d"), Names{}) << "what the lower layers have in it stays hidden";
}

TEST_F(Overlay, HardLinksBreakAtCopyUp) {
  bench.call(kInit, Sys::link, {Arg::bytes("/l1/both"), Arg::bytes("/l1/twin")});
  bench.open(kInit, "/m/twin", kWronly);
  EXPECT_EQ(at("/m/twin").entry.links, 1u) << "OVL-09";
}

TEST_F(Overlay, LayersAreSharedByTwoOverlays) {
  for (const char* folder : {"/up2", "/work2", "/m2"})
    bench.call(kInit, Sys::mkdir, {Arg::bytes(folder), Arg::integer(0755)});
  bench.mount(kInit, "o", "/m2", "overlay", 0, "lowerdir=/l2:/l1,upperdir=/up2,workdir=/work2");
  bench.open(kInit, "/m2/own", kWronly | kCreat, 0644);
  EXPECT_EQ(at("/m/own").err, abi::Errno::kENOENT) << "OVL-10";
  EXPECT_EQ(at("/m2/big").entry.inode, at("/m/big").entry.inode);
}

TEST_F(Overlay, WithoutUpperIsReadOnly) {
  bench.mount(kInit, "o", "/mnt", "overlay", 0, "lowerdir=/l2:/l1");
  EXPECT_TRUE(
      bench.world().filesystems.at(bench.world().mounts.at(at("/mnt").where.mount).fs).read_only)
      << "OVL-07";
}

TEST(Sockets, AConnectionIsTwoPipes) {
  Bench bench;
  const Arg address = make_struct(
      {{"sa_family", Arg::bytes("AF_UNIX")}, {"sun_path", Arg::bytes("/tmp/docker.sock")}});
  bench.call(kInit, Sys::socket, {Arg::integer(1), Arg::integer(1), Arg::integer(0)}, 0);
  bench.call(kInit, Sys::bind, {Arg::integer(0), address, Arg::integer(110)});
  bench.call(kInit, Sys::listen, {Arg::integer(0), Arg::integer(5)});
  EXPECT_EQ(
      walk(bench.world(), bench.task(kInit), "/tmp/docker.sock").entry.mode & abi::mode::kType,
      abi::mode::kSocket);
  const TaskId client = bench.fork(kInit);
  bench.close(client, 0);
  bench.call(client, Sys::socket, {Arg::integer(1), Arg::integer(1), Arg::integer(0)}, 0);
  bench.call(client, Sys::connect, {Arg::integer(0), address, Arg::integer(110)});
  bench.call(kInit, Sys::accept4, {Arg::integer(0), Arg{}, Arg{}, Arg::integer(0)}, 1);
  bench.write(client, 0, "GET");
  const Socket& server =
      bench.world().sockets.at(file_of(bench.world(), bench.task(kInit), 1)->socket);
  EXPECT_EQ(bench.world().pipes.at(server.incoming).bytes, 3);
  bench.exit(client);
  EXPECT_EQ(bench.world().pipes.at(server.incoming).writers, 0) << "the server reads its end";
  bench.close(kInit, 1);
  bench.close(kInit, 0);
  EXPECT_EQ(bench.world().sockets.size(), 0u);
  EXPECT_EQ(bench.world().pipes.size(), 0u);
}

TEST(Sockets, APairIsConnected) {
  Bench bench;
  bench.call(kInit, Sys::socketpair, {Arg::integer(1), Arg::integer(1), Arg::integer(0), Arg{}});
  bench.write(kInit, 0, "ab");
  bench.call(kInit, Sys::read, {Arg::integer(1), Arg{}, Arg::integer(2)}, 2);
  bench.close(kInit, 0);
  bench.close(kInit, 1);
  EXPECT_EQ(bench.world().pipes.size(), 0u);
}

TEST(Devices, NullAndTerminals) {
  Bench bench;
  bench.open(kInit, "/dev/null", kRdwr);
  EXPECT_EQ(file_of(bench.world(), bench.task(kInit), 0)->kind, FileKind::Null);
  EXPECT_EQ(file_of(bench.world(), bench.task(kInit), 0)->is, "/dev/null");
  bench.open(kInit, "/dev/pts/ptmx", kRdwr);
  bench.open(kInit, "/dev/pts/0", kRdwr);
  const OpenFile* slave = file_of(bench.world(), bench.task(kInit), 2);
  EXPECT_EQ(slave->kind, FileKind::Terminal);
  bench.write(kInit, 1, "ls\n");
  EXPECT_EQ(bench.world().pipes.at(bench.world().terminals.at(slave->terminal).input).bytes, 3);
  bench.write(kInit, 2, "out");
  EXPECT_EQ(bench.world().terminals.at(slave->terminal).output.size(), 1u);
}

TEST(Devices, AFifoIsOnePipeForAll) {
  Bench bench;
  bench.call(kInit, Sys::mknod,
             {Arg::bytes("/tmp/f"), Arg::integer(abi::mode::kFifo | 0600), Arg::integer(0)});
  bench.open(kInit, "/tmp/f");
  bench.open(kInit, "/tmp/f", kWronly);
  EXPECT_EQ(file_of(bench.world(), bench.task(kInit), 0)->pipe,
            file_of(bench.world(), bench.task(kInit), 1)->pipe);
}

}  // namespace
}  // namespace cutaway::test

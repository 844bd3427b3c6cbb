// Files, descriptors, permissions, FIFOs.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"
#include "trace/world/walk.h"

namespace cutaway::sim {
namespace {

using namespace abi::o;

Program reads_and_writes(Sys sys, State) {
  const std::string path = "/tmp/note", text = "hello\n", more = "there\n";
  const std::int64_t fd = co_await sys.open(path, kCreat | kRdwr, 0644);
  note("open", fd);
  std::int64_t ret = co_await sys.write(fd, text);
  note("write", ret);
  ret = co_await sys.write(fd, more);
  note("write", ret);
  ret = co_await sys.lseek(fd, 2, 0);
  note("lseek", ret);
  ret = co_await sys.read(fd, 6);
  note("read", ret);
  notes().push_back(sys.reply().data);
  ret = co_await sys.close(fd);
  note("close", ret);
  ret = co_await sys.close(fd);
  note("close", ret);
  co_await sys.stat(path);
  note("size", sys.reply().stat.size);
  co_return 0;
}

TEST(File, WriteSeekRead) {
  Lab lab;
  lab.run(reads_and_writes);
  EXPECT_EQ(lab.notes, (Notes{"open=4", "write=6", "write=6", "lseek=2", "read=6", "llo\nth",
                              "close=0", "close=EBADF", "size=12"}));
}

constexpr std::int64_t kMiB = std::int64_t{1} << 20;

Program writes_far_away(Sys sys, State) {
  const std::string path = "/tmp/large", text = "x";
  const std::string much(static_cast<std::size_t>(65 * kMiB), 'a');
  const std::int64_t fd = co_await sys.open(path, kCreat | kRdwr, 0644);
  std::int64_t ret = co_await sys.write(fd, much);
  note("much", ret);
  ret = co_await sys.write(fd, text);
  note("behind it", ret);
  co_await sys.lseek(fd, 200 * kMiB, 0);
  ret = co_await sys.write(fd, text);
  note("far away", ret);
  co_await sys.stat(path);
  note("size", sys.reply().stat.size);
  co_return 0;
}

TEST(File, OnlyAHoleIsTooLarge) {
  Lab lab;
  lab.run(writes_far_away);
  EXPECT_EQ(lab.notes, (Notes{"much=68157440", "behind it=1", "far away=EFBIG", "size=68157441"}));
}

Program devices(Sys sys, State) {
  const std::string null = "/dev/null", zero = "/dev/zero", full = "/dev/full", x = "x";
  const std::int64_t a = co_await sys.open(null, kRdwr);
  std::int64_t ret = co_await sys.read(a, 10);
  note("null read", ret);
  ret = co_await sys.write(a, x);
  note("null write", ret);
  const std::int64_t b = co_await sys.open(zero, kRdwr);
  ret = co_await sys.read(b, 3);
  note("zero read", ret);
  const std::int64_t c = co_await sys.open(full, kRdwr);
  ret = co_await sys.write(c, x);
  note("full write", ret);
  co_return 0;
}

TEST(File, MemoryDevices) {
  Lab lab;
  lab.run(devices);
  EXPECT_EQ(lab.notes, (Notes{"null read=0", "null write=1", "zero read=3", "full write=ENOSPC"}));
}

struct Case {
  std::string path;
  std::uint64_t flags;
};
Program opens(Sys sys, State state) {
  const auto cases = std::any_cast<std::vector<Case>>(state.more);
  for (const Case& each : cases) {
    const std::int64_t fd = co_await sys.open(each.path, each.flags, 0600);
    note(each.path, fd);
  }
  co_return 0;
}

TEST(File, OpensErrors) {
  Lab lab;
  State state;
  state.more = std::vector<Case>{{"/nosuch", 0},
                                 {"/etc/passwd/x", 0},
                                 {"/etc", kWronly},
                                 {"/tmp/new", kCreat | kExcl | kWronly},
                                 {"/tmp/new", kCreat | kExcl},
                                 {"/bin", kNofollow},
                                 {"/etc/passwd", kDirectory},
                                 {"", 0},
                                 {"/proc/nosuch", kCreat | kWronly}};
  lab.run(opens, state);
  EXPECT_EQ(lab.notes, (Notes{"/nosuch=ENOENT", "/etc/passwd/x=ENOTDIR", "/etc=EISDIR",
                              "/tmp/new=4", "/tmp/new=EEXIST", "/bin=ELOOP", "/etc/passwd=ENOTDIR",
                              "=ENOENT", "/proc/nosuch=ENOENT"}));
}

Program as_ada(Sys sys, State) {
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  note("setuid", ret);
  const std::string root = "/root/x", passwd = "/etc/passwd", tmp = "/tmp/hers", hers = "/etc/hers";
  ret = co_await sys.open(root, 0);
  note(root, ret);
  ret = co_await sys.open(passwd, 0);
  note(passwd, ret);
  ret = co_await sys.open(passwd, kWronly);
  note(passwd, ret);
  ret = co_await sys.open(tmp, kCreat | kWronly, 0600);
  note(tmp, ret);
  ret = co_await sys.mkdir(hers, 0755);
  note("mkdir", ret);
  ret = co_await sys.chown(tmp, 0, 0);
  note("chown", ret);
  ret = co_await sys.call(abi::Sys::setuid, kAda);
  note("setuid", ret);
  co_return 0;
}

TEST(File, PermissionsOfAnotherUser) {
  Lab lab;
  lab.run(as_ada);
  EXPECT_EQ(lab.notes, (Notes{"setuid=0", "/root/x=EACCES", "/etc/passwd=4", "/etc/passwd=EACCES",
                              "/tmp/hers=5", "mkdir=EACCES", "chown=EPERM", "setuid=0"}));
}

Program names(Sys sys, State) {
  const std::string target = "f", d = "/tmp/d", f = "/tmp/d/f", g = "/tmp/d/g", l = "/tmp/d/l";
  std::int64_t ret = co_await sys.mkdir(d, 0755);
  note("mkdir", ret);
  ret = co_await sys.mkdir(d, 0755);
  note("mkdir", ret);
  ret = co_await sys.open(f, kCreat | kWronly, 0644);
  ret = co_await sys.symlink(target, l);
  note("symlink", ret);
  ret = co_await sys.readlink(l);
  note("readlink", ret);
  ret = co_await sys.rmdir(d);
  note("rmdir", ret);
  ret = co_await sys.rename(f, g);
  note("rename", ret);
  ret = co_await sys.stat(l);
  note("dangling", ret);
  const std::int64_t fd = co_await sys.open(d, kDirectory);
  ret = co_await sys.getdents(fd);
  notes().push_back(sys.reply().data);
  ret = co_await sys.getdents(fd);
  note("getdents", ret);
  ret = co_await sys.unlink(g);
  note("unlink", ret);
  ret = co_await sys.unlink(d);
  note("unlink", ret);
  ret = co_await sys.unlink(l);
  ret = co_await sys.rmdir(d);
  note("rmdir", ret);
  co_return 0;
}

TEST(File, NamesComeAndGo) {
  Lab lab;
  lab.run(names);
  EXPECT_EQ(lab.notes,
            (Notes{"mkdir=0", "mkdir=EEXIST", "symlink=0", "readlink=1", "rmdir=ENOTEMPTY",
                   "rename=0", "dangling=ENOENT", "d .\nd ..\n- g\nl l\n", "getdents=0", "unlink=0",
                   "unlink=EISDIR", "rmdir=0"}));
}

Program fifo_writer(Sys sys, State) {
  const std::string path = "/tmp/fifo", text = "through";
  const std::int64_t fd = co_await sys.open(path, kWronly);
  note("writer opened at ms", sys.now() / 1'000'000);
  co_await sys.write(fd, text);
  co_return 0;
}
Program fifo_reader(Sys sys, State) {
  const std::string path = "/tmp/fifo";
  const State none;
  std::int64_t ret = co_await sys.mknod(path, abi::mode::kFifo | 0600, 0, 0);
  note("mknod", ret);
  co_await sys.clone(17, fifo_writer, none);
  co_await sys.nanosleep(3'000'000);
  const std::int64_t fd = co_await sys.open(path, 0);
  ret = co_await sys.read(fd, 100);
  notes().push_back(sys.reply().data);
  ret = co_await sys.read(fd, 100);
  note("end", ret);
  co_return 0;
}

TEST(File, AFifoOpensWhenBothEndsAreThere) {
  Lab lab;
  lab.run(fifo_reader);
  EXPECT_EQ(lab.notes, (Notes{"mknod=0", "writer opened at ms=3", "through", "end=0"}));
}

Program duplicates(Sys sys, State) {
  const std::string path = "/etc/hostname";
  const std::int64_t fd = co_await sys.open(path, kCloexec);
  std::int64_t ret = co_await sys.dup2(fd, 9);
  note("dup2", ret);
  ret = co_await sys.dup2(fd, 5000);
  note("dup2", ret);
  ret = co_await sys.dup3(fd, fd, 0);
  note("dup3", ret);
  ret = co_await sys.fcntl(fd, 1, 0);
  note("F_GETFD", ret);
  ret = co_await sys.fcntl(9, 1, 0);
  note("F_GETFD", ret);
  ret = co_await sys.read(fd, 2);
  ret = co_await sys.read(9, 10);
  notes().push_back(sys.reply().data);
  ret = co_await sys.ioctl(fd, 0x5401, 0);
  note("TCGETS", ret);
  co_return 0;
}

TEST(File, DescriptorsShareAnOpenFile) {
  Lab lab;
  lab.run(duplicates);
  EXPECT_EQ(lab.notes, (Notes{"dup2=9", "dup2=EBADF", "dup3=EINVAL", "F_GETFD=1", "F_GETFD=0",
                              "b\n", "TCGETS=ENOTTY"}));
}

}  // namespace
}  // namespace cutaway::sim

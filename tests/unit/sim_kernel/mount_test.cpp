// Mounts, pivot_root, chroot, hostnames, cgroup folders.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

using namespace abi::ms;

/// A container's root: overlay over /tmp/low, then pivot_root as runtimes do it.
Program pivot_chain(Sys sys, State) {
  const std::vector<std::string> folders = {"/tmp/low", "/tmp/low/etc", "/tmp/up", "/tmp/work",
                                            "/tmp/m"};
  for (const std::string& folder : folders) co_await sys.mkdir(folder, 0755);
  const std::string options = "lowerdir=/tmp/low,upperdir=/tmp/up,workdir=/tmp/work";
  std::int64_t ret = co_await sys.mount("overlay", "/tmp/m", "overlay", 0, options);
  note("overlay", ret);
  ret = co_await sys.unshare(abi::clone::kNewNs | abi::clone::kNewUts);
  note("unshare", ret);
  ret = co_await sys.mount("", "/", "", kRec | kPrivate, "");
  note("private", ret);
  const std::int64_t old = co_await sys.open("/", abi::o::kDirectory);
  ret = co_await sys.chdir("/tmp/m");
  note("chdir", ret);
  ret = co_await sys.pivot_root(".", ".");
  note("pivot_root", ret);
  ret = co_await sys.fchdir(old);
  ret = co_await sys.umount2(".", abi::mnt::kDetach);
  note("umount2", ret);
  ret = co_await sys.chdir("/");
  ret = co_await sys.getcwd();
  notes().push_back(sys.reply().data);
  ret = co_await sys.close(old);
  const std::int64_t fd = co_await sys.open("/", abi::o::kDirectory);
  co_await sys.getdents(fd);
  notes().push_back(sys.reply().data);
  ret = co_await sys.open("/usr/bin/busybox", 0);
  note("host file", ret);
  ret = co_await sys.sethostname("box");
  co_await sys.uname();
  notes().push_back(sys.reply().data);
  co_return 0;
}

TEST(Mount, PivotChain) {
  Lab lab;
  lab.run(pivot_chain);
  EXPECT_EQ(lab.notes, (Notes{"overlay=0", "unshare=0", "private=0", "chdir=0", "pivot_root=0",
                              "umount2=0", "/", "d .\nd ..\nd etc\n", "host file=ENOENT", "box"}));
  const World& world = lab.kernel.world();
  const Namespace& uts = world.namespaces.at(world.tasks.at(TaskId{1}).in(NsKind::Uts));
  EXPECT_EQ(uts.hostname, "lab");
}

Program pivot_errors(Sys sys, State) {  // MNT-08
  for (const char* folder : {"/tmp/nr", "/tmp/nr/old", "/tmp/else"})
    co_await sys.mkdir(folder, 0755);
  co_await sys.unshare(abi::clone::kNewNs);
  co_await sys.mount("", "/", "", kRec | kPrivate, "");
  co_await sys.mount("/tmp/nr", "/tmp/nr", "", kBind, "");
  std::int64_t ret = co_await sys.pivot_root("/", "/");
  note("same", ret);
  ret = co_await sys.pivot_root("/tmp/nr", "/tmp/else");
  note("on the root mount", ret);
  ret = co_await sys.mount("t", "/tmp/else", "tmpfs", 0, "");
  ret = co_await sys.pivot_root("/tmp/nr", "/tmp/else");
  note("not below", ret);
  ret = co_await sys.pivot_root("/tmp/nr", "/tmp/nr/missing");
  note("missing", ret);
  ret = co_await sys.pivot_root("/etc/passwd", "/tmp/nr/old");
  note("a file", ret);
  co_return 0;
}

TEST(Mount, PivotRootsErrors) {
  Lab lab;
  lab.run(pivot_errors);
  EXPECT_EQ(lab.notes, (Notes{"same=EBUSY", "on the root mount=EBUSY", "not below=EINVAL",
                              "missing=ENOENT", "a file=ENOTDIR"}));
}

Program binds(Sys sys, State) {  // MNT-12, MNT-13, MNT-14
  for (const char* folder : {"/tmp/s", "/tmp/s/sub", "/tmp/d", "/tmp/e"})
    co_await sys.mkdir(folder, 0755);
  co_await sys.unshare(abi::clone::kNewNs);
  co_await sys.mount("", "/", "", kRec | kPrivate, "");
  std::int64_t ret = co_await sys.mount("t", "/tmp/s/sub", "tmpfs", 0, "");
  const std::int64_t fd =
      co_await sys.open("/tmp/s/sub/deep", abi::o::kCreat | abi::o::kWronly, 0644);
  ret = co_await sys.mount("/tmp/s", "/tmp/d", "", kBind, "");
  ret = co_await sys.mount("/tmp/s", "/tmp/e", "", kBind | kRec, "");
  ret = co_await sys.stat("/tmp/d/sub/deep");
  note("bind", ret);
  ret = co_await sys.stat("/tmp/e/sub/deep");
  note("rbind", ret);
  ret = co_await sys.mount("/etc/passwd", "/tmp/d", "", kBind, "");
  note("file on folder", ret);
  ret = co_await sys.umount2("/tmp/s/sub", 0);
  note("busy", ret);
  ret = co_await sys.umount2("/tmp/s/sub", abi::mnt::kDetach);
  note("lazily", ret);
  ret = co_await sys.write(fd, "still");
  note("write", ret);
  ret = co_await sys.mount("/tmp/e", "/tmp/e", "", kRemount | kBind | kRdonly, "");
  note("remount", ret);
  ret = co_await sys.mkdir("/tmp/e/new", 0755);
  note("mkdir", ret);
  ret = co_await sys.mount("x", "/tmp/e", "nosuchfs", 0, "");
  note("type", ret);
  ret = co_await sys.umount2("/tmp", 0);
  note("no mount", ret);
  co_return 0;
}

TEST(Mount, BindsAndUmounts) {
  Lab lab;
  lab.run(binds);
  EXPECT_EQ(lab.notes,
            (Notes{"bind=ENOENT", "rbind=0", "file on folder=ENOTDIR", "busy=EBUSY", "lazily=0",
                   "write=5", "remount=0", "mkdir=EROFS", "type=ENODEV", "no mount=EINVAL"}));
}

Program unprivileged(Sys sys, State) {  // USR-06
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  ret = co_await sys.mount("t", "/tmp", "tmpfs", 0, "");
  note("mount", ret);
  ret = co_await sys.umount2("/tmp", 0);
  note("umount2", ret);
  ret = co_await sys.pivot_root("/", "/");
  note("pivot_root", ret);
  ret = co_await sys.chroot("/tmp");
  note("chroot", ret);
  ret = co_await sys.sethostname("x");
  note("sethostname", ret);
  for (const std::uint64_t flag :
       {abi::clone::kNewNs, abi::clone::kNewPid, abi::clone::kNewNet, abi::clone::kNewUts,
        abi::clone::kNewIpc, abi::clone::kNewCgroup}) {
    ret = co_await sys.unshare(flag);
    note("unshare", ret);
  }
  ret = co_await sys.unshare(abi::clone::kNewUser | abi::clone::kNewNs);
  note("with a user namespace", ret);
  ret = co_await sys.mount("t", "/tmp", "tmpfs", 0, "");
  note("mount", ret);
  co_return 0;
}

TEST(Mount, WithoutCapabilities) {
  Lab lab;
  lab.run(unprivileged);
  EXPECT_EQ(lab.notes, (Notes{"mount=EPERM", "umount2=EPERM", "pivot_root=EPERM", "chroot=EPERM",
                              "sethostname=EPERM", "unshare=EPERM", "unshare=EPERM",
                              "unshare=EPERM", "unshare=EPERM", "unshare=EPERM", "unshare=EPERM",
                              "with a user namespace=0", "mount=0"}));
}

Program sleeps_a_second(Sys sys, State) {
  co_await sys.nanosleep(1'000'000'000);
  co_return 0;
}
Program cgroup_folders(Sys sys, State) {  // MEM-09, CGR-02, PDS-01
  const std::string folder = "/sys/fs/cgroup/lab", procs = folder + "/cgroup.procs",
                    max = folder + "/pids.max";
  std::int64_t ret = co_await sys.mkdir(folder, 0755);
  note("mkdir", ret);
  std::int64_t fd = co_await sys.open(max, abi::o::kWronly);
  ret = co_await sys.write(fd, "2");
  note("limit", ret);
  const std::int64_t pid = co_await sys.clone(kChld, sleeps_a_second, kNone);
  fd = co_await sys.open(procs, abi::o::kWronly);
  const std::string number = std::to_string(pid);
  ret = co_await sys.write(fd, "4190001");
  note("unknown pid", ret);
  ret = co_await sys.write(fd, number);
  note("join", ret);
  ret = co_await sys.rmdir(folder);
  note("rmdir", ret);
  ret = co_await sys.write(fd, "0");
  note("join", ret);
  ret = co_await sys.clone(kChld, sleeps_a_second, kNone);
  note("clone", ret);
  ret = co_await sys.wait4(pid, 0);
  const std::int64_t back =
      co_await sys.open("/sys/fs/cgroup/user.slice/cgroup.procs", abi::o::kWronly);
  ret = co_await sys.write(back, "0");
  note("leave", ret);
  ret = co_await sys.rmdir(folder);
  note("rmdir", ret);
  co_return 0;
}

TEST(Mount, CgroupFolders) {
  Lab lab;
  lab.run(cgroup_folders);
  EXPECT_EQ(lab.notes, (Notes{"mkdir=0", "limit=1", "unknown pid=ESRCH", "join=4", "rmdir=EBUSY",
                              "join=1", "clone=EAGAIN", "leave=1", "rmdir=0"}));
}

}  // namespace
}  // namespace cutaway::sim

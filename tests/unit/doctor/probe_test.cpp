// What `cutaway doctor` asks of the machine. The answers differ from machine to machine; what must
// hold everywhere is that texts are read rightly, that a failed try says why, and that nothing is
// left behind.
#include "base/os/probe.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "base/os/attempt.h"
#include "base/os/files.h"

namespace cutaway::os {
namespace {

constexpr std::string_view kV2 =
    "24 31 0:22 / /proc rw,nosuid shared:5 - proc proc rw\n"
    "35 24 0:30 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:9 - cgroup2 cgroup2 "
    "rw,nsdelegate\n";
constexpr std::string_view kV1 =
    "30 24 0:25 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755\n"
    "31 30 0:26 / /sys/fs/cgroup/systemd rw shared:10 - cgroup cgroup rw,xattr,name=systemd\n"
    "32 30 0:27 / /sys/fs/cgroup/cpu,cpuacct rw shared:11 - cgroup cgroup rw,cpu,cpuacct\n"
    "33 30 0:28 /docker/1 /sys/fs/my\\040cgroup rw master:2 - cgroup cgroup rw,memory\n";

TEST(Probe, cgroup_version_is_read_from_mountinfo) {
  const CgroupMounts v2 = cgroup_mounts(kV2);
  EXPECT_EQ(v2.version(), "v2");
  EXPECT_EQ(v2.v2, "/sys/fs/cgroup");
  const CgroupMounts v1 = cgroup_mounts(kV1);
  EXPECT_EQ(v1.version(), "v1");
  EXPECT_EQ(v1.v1.size(), 3U) << "name=systemd, rw and xattr are no controllers";
  EXPECT_EQ(v1.v1.at("cpuacct"), "/sys/fs/cgroup/cpu,cpuacct");
  EXPECT_EQ(v1.v1.at("memory"), "/sys/fs/my cgroup");
  EXPECT_EQ(cgroup_mounts(std::string(kV1) + std::string(kV2)).version(), "hybrid");
  EXPECT_EQ(cgroup_mounts("").version(), "none");
  EXPECT_EQ(cgroup_mounts("one two - cgroup2\n - \n").version(), "none")
      << "lines that are no mounts";
}

TEST(Probe, names_of_displays) {
  EXPECT_EQ(display_name(":0").number, 0);
  EXPECT_EQ(display_name(":12.1").number, 12);
  EXPECT_TRUE(display_name("unix:3").host.empty());
  EXPECT_EQ(display_name("localhost:10.0").host, "localhost");
  EXPECT_EQ(display_name("localhost:10.0").number, 10);
  for (const char* no_display : {"", "0", ":", ":x", ":-1", ":99999999"}) {
    EXPECT_EQ(display_name(no_display).number, -1) << no_display;
  }
}

TEST(Probe, a_try_reports_its_errno_and_a_child_that_dies_is_noticed) {
  EXPECT_EQ(attempt_in_child([] { return Outcome{}; }).error, 0);
  const Outcome refused = attempt_in_child([] { return Outcome{EPERM, "pivot_root"}; });
  EXPECT_EQ(why_not(refused), "pivot_root: EPERM (Operation not permitted)");
  EXPECT_EQ(attempt_in_child([]() -> Outcome { ::_exit(0); }).error, ECHILD);
}

class Environment : public testing::Test {
 protected:
  void SetUp() override {
    ::unsetenv("DISPLAY");
    ::unsetenv("WAYLAND_DISPLAY");
    ::unsetenv("XDG_RUNTIME_DIR");
    ASSERT_NE(::mkdtemp(folder_), nullptr);
  }
  void TearDown() override {
    ::unlink(socket_path().c_str());
    ::rmdir(folder_);
  }
  std::string socket_path() const { return std::string(folder_) + "/wayland-7"; }

  // A socket that may be listened on or not.
  int make_socket() const {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket_path().c_str(), sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return fd;
  }

 private:
  char folder_[24] = "/tmp/cutaway-XXXXXX";
};

TEST_F(Environment, a_display_counts_only_when_it_answers) {
  EXPECT_FALSE(probe_display().ok);
  EXPECT_EQ(probe_display().detail, "neither DISPLAY nor WAYLAND_DISPLAY is set");
  ::setenv("WAYLAND_DISPLAY", "wayland-7", 1);
  EXPECT_EQ(probe_display().detail,
            "WAYLAND_DISPLAY=wayland-7 without XDG_RUNTIME_DIR leads nowhere");
  ::setenv("WAYLAND_DISPLAY", socket_path().c_str(), 1);
  EXPECT_NE(probe_display().detail.find("does not answer: ENOENT"), std::string::npos)
      << probe_display().detail;
  const int fd = make_socket();
  EXPECT_NE(probe_display().detail.find("ECONNREFUSED"), std::string::npos)
      << probe_display().detail;
  ASSERT_EQ(::listen(fd, 4), 0);
  EXPECT_TRUE(probe_display().ok) << probe_display().detail;
  ::close(fd);
}

TEST_F(Environment, displays_that_do_not_answer_are_named) {
  ::setenv("DISPLAY", ":4711", 1);
  EXPECT_FALSE(probe_display().ok);
  EXPECT_NE(probe_display().detail.find("DISPLAY=:4711 does not answer"), std::string::npos);
  ::setenv("DISPLAY", "localhost:59535", 1);
  EXPECT_NE(probe_display().detail.find("ECONNREFUSED"), std::string::npos)
      << probe_display().detail;
  ::setenv("DISPLAY", "elsewhere:0", 1);
  EXPECT_NE(probe_display().detail.find("another machine"), std::string::npos);
}

// Everything that a try could have changed for us or for the machine.
std::string surroundings() {
  std::string text =
      read_file("/proc/1/mountinfo").value_or("") + read_file("/proc/self/mountinfo").value_or("");
  for (const char* kind : {"mnt", "uts", "user", "pid", "cgroup"}) {
    char link[64] = {};
    const std::string path = std::string("/proc/self/ns/") + kind;
    EXPECT_GT(::readlink(path.c_str(), link, sizeof link - 1), 0);
    text += link;
  }
  for (const char* name :
       {"/proc/sys/kernel/hostname", "/proc/self/uid_map", "/proc/self/cgroup"}) {
    text += read_file(name).value_or("");
  }
  const std::string status = read_file("/proc/self/status").value_or("");
  for (const char* name : {"\nSeccomp:", "\nNoNewPrivs:", "\nTracerPid:", "\nCapEff:"}) {
    const std::size_t at = status.find(name);
    if (at != std::string::npos) text += status.substr(at, status.find('\n', at + 1) - at);
  }
  return text;
}

TEST(Probe, every_probe_answers_in_words_and_leaves_nothing_behind) {
  const std::string before = surroundings();
  for (Probe (*probe)() : {probe_root, probe_user_namespace, probe_cgroup, probe_overlay,
                           probe_ebpf, probe_ptrace, probe_seccomp, probe_display, probe_btf}) {
    EXPECT_FALSE(probe().detail.empty());
  }
  EXPECT_EQ(surroundings(), before);
}

TEST(Probe, root_is_what_the_kernel_says) {
  EXPECT_TRUE(::geteuid() == 0 || !probe_root().ok);
  EXPECT_NE(probe_root().detail.find("CapEff"), std::string::npos);
}

}  // namespace
}  // namespace cutaway::os

// Capabilities, ids, no_new_privs, seccomp.
#include <gtest/gtest.h>

#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

constexpr int kCapbsetDrop = 24, kSetNoNewPrivs = 38, kSetSeccomp = 22, kKeepcaps = 8;
std::vector<Arg> three_sets(std::uint64_t effective, std::uint64_t permitted,
                            std::uint64_t inheritable) {
  Arg header;
  header.tag = ArgTag::Struct;
  Arg data;
  data.tag = ArgTag::Struct;
  data.keys = {"effective", "permitted", "inheritable"};
  for (const std::uint64_t set : {effective, permitted, inheritable}) {
    data.items.push_back(Arg::integer(static_cast<std::int64_t>(set)));
  }
  return {header, data};
}

constexpr std::uint64_t kDockers = 0xa80425fb;

Program drops(Sys sys, State) {
  const auto docker = three_sets(kDockers, kDockers, 0),
             all = three_sets(abi::kAllCapabilities, abi::kAllCapabilities, 0);
  std::int64_t ret = co_await sys.call(abi::Sys::capset, docker);
  note("capset", ret);
  ret = co_await sys.call(abi::Sys::capset, all);
  note("more", ret);
  ret = co_await sys.sethostname("x");
  note("sethostname", ret);
  ret = co_await sys.mknod("/tmp/null", abi::mode::kChar | 0666, 1, 3);
  note("mknod", ret);
  ret = co_await sys.chroot("/tmp");
  note("chroot", ret);
  ret = co_await sys.prctl(kCapbsetDrop, 21);
  note("bounding", ret);
  co_return 0;
}

TEST(Credentials, DockersFourteen) {  // CAP-03
  Lab lab;
  lab.run(drops);
  EXPECT_EQ(lab.notes, (Notes{"capset=0", "more=EPERM", "sethostname=EPERM", "mknod=0", "chroot=0",
                              "bounding=0"}));
}

Program becomes_ada(Sys sys, State state) {
  if (!state.argv.empty()) co_await sys.prctl(kKeepcaps, 1);
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  note("setuid", ret);
  const Credentials who = sys.world().tasks.at(sys.self()).credentials;
  note("permitted", who.permitted == 0 ? 0 : 1);
  note("effective", who.effective == 0 ? 0 : 1);
  const std::vector<Arg> root{Arg::integer(0)};
  ret = co_await sys.call(abi::Sys::setuid, root);
  note("back", ret);
  co_return 0;
}

TEST(Credentials, LeavingRootDropsCapabilities) {
  Lab lab;
  lab.run(becomes_ada);
  EXPECT_EQ(lab.notes, (Notes{"setuid=0", "permitted=0", "effective=0", "back=EPERM"}));
  Lab keeps;
  State state;
  state.argv = {"keepcaps"};
  keeps.run(becomes_ada, state);
  EXPECT_EQ(keeps.notes, (Notes{"setuid=0", "permitted=1", "effective=0", "back=EPERM"}));
}

Program filters(Sys sys, State) {  // SEC-05
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  ret = co_await sys.prctl(kSetSeccomp, 2);
  note("without", ret);
  ret = co_await sys.prctl(kSetNoNewPrivs, 1);
  ret = co_await sys.prctl(kSetSeccomp, 2);
  note("with", ret);
  co_return 0;
}

TEST(Credentials, AFilterNeedsNoNewPrivs) {
  Lab lab;
  lab.run(filters);
  EXPECT_EQ(lab.notes, (Notes{"without=EACCES", "with=0"}));
}

Program under_dockers_profile(Sys sys, State state) {
  for (int capability = 0; capability < abi::kCapabilityCount; ++capability) {
    const bool given =
        ((kDockers >> capability) & 1U) != 0 || (!state.argv.empty() && capability == 21);
    if (!given) co_await sys.prctl(kCapbsetDrop, capability);
  }
  co_await sys.prctl(kSetSeccomp, 2);
  std::int64_t ret = co_await sys.unshare(abi::clone::kNewUts);
  note("unshare", ret);
  ret = co_await sys.mount("t", "/tmp", "tmpfs", 0, "");
  note("mount", ret);
  ret = co_await sys.call(abi::Sys::clone3, kNoArgs);
  note("clone3", ret);
  ret = co_await sys.call(abi::Sys::keyctl, kNoArgs);
  note("keyctl", ret);
  ret = co_await sys.chroot("/tmp");
  note("chroot", ret);
  co_return 0;
}

TEST(Credentials, DockersProfileAnswers) {  // CAP-04
  Lab lab;
  lab.run(under_dockers_profile);
  EXPECT_EQ(lab.notes,
            (Notes{"unshare=EPERM", "mount=EPERM", "clone3=ENOSYS", "keyctl=EPERM", "chroot=0"}));
  Lab admin;
  State state;
  state.argv = {"--cap-add=SYS_ADMIN"};
  admin.run(under_dockers_profile, state);
  EXPECT_EQ(admin.notes.at(1), "mount=0");
}

Program maps(Sys sys, State) {  // USR-02
  std::int64_t ret = co_await sys.call(abi::Sys::setuid, kAda);
  ret = co_await sys.prctl(4, 1);  // dumpable again, as after an exec: else /proc/self is root's
  ret = co_await sys.unshare(abi::clone::kNewUser);
  std::int64_t fd = co_await sys.open("/proc/self/uid_map", abi::o::kWronly);
  ret = co_await sys.write(fd, "0 0 1");
  note("root's", ret);
  ret = co_await sys.write(fd, "0 1000 2");
  note("two", ret);
  ret = co_await sys.write(fd, "0 1000 1");
  note("own", ret);
  ret = co_await sys.write(fd, "0 1000 1");
  note("again", ret);  // behind its beginning nothing can be written (map_write)
  fd = co_await sys.open("/proc/self/uid_map", abi::o::kWronly);
  ret = co_await sys.write(fd, "0 1000 1");
  note("anew", ret);
  ret = co_await sys.call(abi::Sys::getuid, kNoArgs);
  note("uid", ret);
  co_return 0;
}

TEST(Credentials, WhoMayMapWhat) {
  Lab lab;
  lab.run(maps);
  EXPECT_EQ(lab.notes,
            (Notes{"root's=EPERM", "two=EPERM", "own=8", "again=EINVAL", "anew=EPERM", "uid=0"}));
}

}  // namespace
}  // namespace cutaway::sim

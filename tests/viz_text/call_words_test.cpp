#include "viz/text/call_words.h"

#include <gtest/gtest.h>

#include "tests/viz_text/hand_trace.h"
#include "viz/text/call_path.h"

namespace cutaway::viz {
namespace {

using abi::Errno;
using abi::Sys;

Arg text(const char* value) { return Arg::bytes(value); }
Arg number(std::int64_t value) { return Arg::integer(value); }

TEST(CallLabel, SaysWhatStandsBesideAGate) {
  EXPECT_EQ(call_label(made(Sys::pivot_root, {text("."), text(".")})), R"(pivot_root(".", "."))");
  EXPECT_EQ(call_label(made(Sys::exit_group, {number(0)})), "exit_group(0)");
  EXPECT_EQ(call_label(made(Sys::dup2, {number(4), number(0)})), "dup2(4, 0)");
  EXPECT_EQ(call_label(made(Sys::write, {Arg::fd(1, "pipe:[17]"), text("hi there\n"), number(9)})),
            R"(write(1, "hi there\n"))");
  EXPECT_EQ(
      call_label(made(Sys::execve, {text("/bin/echo"), Arg::list({"echo"}), Arg::list({"A=1"})})),
      R"(execve("/bin/echo"))");
}

TEST(CallLabel, NamesFlagsWhereTheySayMost) {
  const auto flags = static_cast<std::int64_t>(abi::clone::kNewNs | abi::clone::kNewPid | 17);
  EXPECT_EQ(call_label(made(Sys::clone, {number(flags)})), "clone(NEWNS|NEWPID)");
  const auto quiet = static_cast<std::int64_t>(abi::ms::kRec | abi::ms::kPrivate);
  EXPECT_EQ(call_label(made(Sys::mount, {Arg{}, text("/"), Arg{}, number(quiet), Arg{}})),
            R"(mount("/", MS_PRIVATE|MS_REC))");
}

TEST(CallLabel, CutsLongOnes) {
  const std::string path = "/var/lib/docker/overlay2/8f2c1a3b77de/merged/proc";
  const Syscall call =
      made(Sys::mount, {text("proc"), text(path.c_str()), text("proc"), number(0), Arg{}});
  EXPECT_EQ(call_label(call), R"(mount("proc", "…/8f2c1a3b77de/merged/proc"))");
}

TEST(AnswerLabel, ResultErrnoOrNothing) {
  EXPECT_EQ(answer_label(made(Sys::openat, {}, 3)), "= 3");
  EXPECT_EQ(answer_label(made(Sys::openat, {}, 0, Errno::kENOENT)), "ENOENT");
  Syscall never = made(Sys::read, {});
  never.returned = false;
  EXPECT_EQ(answer_label(never), "");
}

TEST(CallForm, TellsMountsAndPrctlsApart) {
  const auto mount = [](std::uint64_t flags) {
    return call_form(
        made(Sys::mount, {Arg{}, text("/"), Arg{}, number(static_cast<std::int64_t>(flags))}));
  };
  EXPECT_EQ(mount(0), "mount");
  EXPECT_EQ(mount(abi::ms::kBind | abi::ms::kRec), "mount.bind");
  EXPECT_EQ(mount(abi::ms::kBind | abi::ms::kRemount), "mount.remount");
  EXPECT_EQ(mount(abi::ms::kPrivate), "mount.propagation");
  EXPECT_EQ(call_form(made(Sys::prctl, {number(24), number(3)})), "prctl.PR_CAPBSET_DROP");
}

TEST(CallSentence, FillsInWhatTheCallSaid) {
  const World world = hand_web();
  const Syscall call = made(Sys::mount, {text("proc"), text("/proc"), text("proc"), number(0)});
  const spec::Sentence said = call_sentence(spec::Words::of(), world, kWeb, call);
  EXPECT_EQ(said.what, "proc is mounted on /proc.");
}

TEST(CallSentence, WhatWasRefusedDidNotHappen) {
  const World world = hand_web();
  const Syscall call = made(Sys::openat, {number(-100), text("/x"), number(0)}, 0, Errno::kENOENT);
  EXPECT_EQ(call_sentence(spec::Words::of(), world, kWeb, call).what,
            "openat(\"/x\") is answered ENOENT: No such file or directory.");
}

TEST(CallSentence, ACallWithoutOneSaysItself) {
  const World world = hand_web();
  const spec::Sentence said = call_sentence(spec::Words::of(), world, kWeb, made(Sys::sysinfo, {}));
  EXPECT_EQ(said.what, "sysinfo().");
}

TEST(CallFamily, FollowsTheTable) {
  EXPECT_EQ(family_of(Sys::pivot_root), CallFamily::Mount);
  EXPECT_EQ(family_of(Sys::openat), CallFamily::File);
  EXPECT_EQ(family_of(Sys::sethostname), CallFamily::Uts);
  EXPECT_EQ(family_of(Sys::capset), CallFamily::User);
  EXPECT_EQ(family_of(Sys::kill), CallFamily::Pid);
  EXPECT_EQ(family_of(Sys::mmap), CallFamily::Memory);
  EXPECT_EQ(family_of(Sys::seccomp), CallFamily::None);
}

}  // namespace
}  // namespace cutaway::viz

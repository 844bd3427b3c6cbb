// What the background may do at its terminal: SIGTTIN, SIGTTOU, EIO (tty_jobctrl.c).
#include <gtest/gtest.h>

#include "sim/core/termios.h"
#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

constexpr std::uint64_t kUntraced = 2;

/// What a member of the background does; `argv`: {what, signal that it ignores}.
Program member(Sys sys, State state) {
  const auto terminal = std::any_cast<std::int64_t>(state.more);
  const std::string what = state.argv.at(0);
  const std::vector<Arg> own_group = {Arg::integer(0), Arg::integer(0)};
  co_await sys.call(abi::Sys::setpgid, own_group);
  if (state.argv.size() > 1) co_await sys.sigaction(std::stoi(state.argv.at(1)), "SIG_IGN");
  std::int64_t ret = 0;
  if (what == "orphan") {
    State again = state;
    again.argv = {"late read"};
    co_await sys.clone(kChld, member, again);
    co_return 0;
  }
  if (what == "late read") co_await sys.nanosleep(500'000'000);
  if (what == "take") {
    const std::int64_t self = co_await sys.getpid();
    ret = co_await sys.ioctl(terminal, tty::kTiocspgrp, self);
  } else if (what == "write") {
    const std::string text = "hi\n";
    ret = co_await sys.write(terminal, text);
  } else {
    ret = co_await sys.read(terminal, 100);
  }
  note(what, ret);
  co_return 0;
}

/// A session's leader, in front, with one child in the background; it lets it go on in front.
Program leader(Sys sys, State state) {
  const auto terminal = std::any_cast<std::int64_t>(state.more);
  co_await sys.setsid();
  co_await sys.ioctl(terminal, tty::kTiocsctty, 0);
  if (state.argv.at(0) == "write") {
    Arg mode;
    mode.tag = ArgTag::Struct;
    mode.keys = {"c_lflag"};
    mode.items = {Arg::integer(tty::kNewLocal | tty::kTostop)};
    const std::vector<Arg> args = {Arg::integer(terminal), Arg::integer(tty::kTcsets), mode};
    co_await sys.call(abi::Sys::ioctl, args);
  }
  const std::int64_t child = co_await sys.clone(kChld, member, state);
  while (true) {
    const std::int64_t got = co_await sys.wait4(child, kUntraced);
    if (got < 0) break;
    const std::int64_t status = sys.reply().out.at(0);
    if ((status & 0xff) != 0x7f) break;
    note("stopped by", status >> 8);
    co_await sys.ioctl(terminal, tty::kTiocspgrp, child);
    co_await sys.kill(child, abi::sig::kCont);
  }
  co_await sys.nanosleep(2'000'000'000);  // an orphan has its say
  co_return 0;
}

Program stays(Sys sys, State) {
  co_await sys.nanosleep(1'000'000'000);
  co_return 0;
}
Program founder(Sys sys, State) {
  const std::vector<Arg> own_group = {Arg::integer(0), Arg::integer(0)};
  co_await sys.call(abi::Sys::setpgid, own_group);
  co_await sys.clone(kChld, stays, State{});
  co_return 0;
}

/// A session's leader that puts a group in front whose first process is gone.
Program leader_of_heirs(Sys sys, State state) {
  const auto terminal = std::any_cast<std::int64_t>(state.more);
  const std::string ignore = "SIG_IGN";
  co_await sys.sigaction(abi::sig::kTtou, ignore);
  co_await sys.setsid();
  co_await sys.ioctl(terminal, tty::kTiocsctty, 0);
  const std::int64_t group = co_await sys.clone(kChld, founder, State{});
  co_await sys.wait4(group, 0);
  note("while it has members", co_await sys.ioctl(terminal, tty::kTiocspgrp, group));
  co_await sys.nanosleep(2'000'000'000);
  note("when it has none", co_await sys.ioctl(terminal, tty::kTiocspgrp, group));
  co_return 0;
}

Program machine(Sys sys, State state) {
  const std::string path = "/dev/ptmx";
  const std::int64_t master = co_await sys.open(path, abi::o::kRdwr | abi::o::kNoctty);
  const std::int64_t slave =
      co_await sys.ioctl(master, tty::kTiocgptpeer, std::int64_t{abi::o::kRdwr});
  State inner;
  inner.argv = state.argv;
  inner.more = slave;
  co_await sys.clone(kChld, state.argv.at(0) == "heirs" ? leader_of_heirs : leader, inner);
  co_await sys.nanosleep(100'000'000);
  const std::string typed = "yes\n";
  co_await sys.write(master, typed);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

Notes notes_of(const std::vector<std::string>& words) {
  Lab lab;
  State state;
  state.argv = words;
  lab.run(machine, state);
  return lab.notes;
}

TEST(Background, AReadStopsTheGroupAndIsMadeAgainInFront) {
  EXPECT_EQ(notes_of({"read"}), (Notes{"stopped by=21", "read=4"}));
}
TEST(Background, WhoIgnoresTheSignalGetsAnError) {
  EXPECT_EQ(notes_of({"read", "21"}), (Notes{"read=EIO"}));
}
TEST(Background, WhatNobodyCouldContinueGetsAnError) {
  EXPECT_EQ(notes_of({"orphan"}), (Notes{"late read=EIO"}));
}
TEST(Background, TakingTheTerminalStopsItUnlessItIgnoresThat) {
  EXPECT_EQ(notes_of({"take"}), (Notes{"stopped by=22", "take=0"}));
  EXPECT_EQ(notes_of({"take", "22"}), (Notes{"take=0"}));
}
TEST(Background, WritingIsFreeUnlessTheTerminalSaysOtherwise) {
  EXPECT_EQ(notes_of({"write"}), (Notes{"stopped by=22", "write=3"}));
}

TEST(Background, AGroupHasItsNumberAsLongAsItHasMembers) {
  EXPECT_EQ(notes_of({"heirs"}), (Notes{"while it has members=0", "when it has none=ESRCH"}));
}

}  // namespace
}  // namespace cutaway::sim

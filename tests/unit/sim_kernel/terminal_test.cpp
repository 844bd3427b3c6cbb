// pty(7), termios(3), unix(7) SCM_RIGHTS, the freezer: what the kernel does by itself.
#include <gtest/gtest.h>

#include "base/text.h"
#include "sim/core/termios.h"
#include "sim/kernel/line_discipline.h"
#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

Terminal cooked() {
  Terminal terminal;
  terminal.mode = {tty::kNewInput, tty::kNewOutput, tty::kNewLocal};
  return terminal;
}

std::string ready(const Typed& typed) {
  std::string text;
  for (const ReadyInput& item : typed.ready) text += "<" + item.bytes + (item.end ? "EOF>" : ">");
  return text;
}

TEST(LineDiscipline, ALineIsReadyAtItsEnd) {
  const Typed typed = type_at(cooked(), "ls\rex");
  EXPECT_EQ(ready(typed), "<ls\n>");
  EXPECT_EQ(typed.editing, "ex");
  EXPECT_EQ(typed.echo, "ls\r\nex");
}

TEST(LineDiscipline, BackspaceControlUAndControlWErase) {
  EXPECT_EQ(ready(type_at(cooked(), "ab\x7f\n")), "<a\n>");
  EXPECT_EQ(ready(type_at(cooked(), "ab\x15x\n")), "<x\n>");
  EXPECT_EQ(ready(type_at(cooked(), "one two\x17\n")), "<one \n>");
  EXPECT_EQ(type_at(cooked(), "\x7f").echo, "");
  EXPECT_EQ(type_at(cooked(), "\x01\x7f").echo, "^A\b \b\b \b");
}

TEST(LineDiscipline, ControlDIsTheEndOfAnEmptyLineOnly) {
  EXPECT_EQ(ready(type_at(cooked(), "\x04")), "<EOF>");
  EXPECT_EQ(ready(type_at(cooked(), "ab\x04\x04")), "<ab><EOF>");
}

TEST(LineDiscipline, ControlCThrowsTheLineAwayAndSignals) {
  const Typed typed = type_at(cooked(), "abc\x03");
  EXPECT_EQ(typed.signals, std::vector<int>{abi::sig::kInt});
  EXPECT_EQ(typed.editing, "");
  EXPECT_EQ(typed.echo, "abc^C");
}

TEST(LineDiscipline, RawBytesPassAsTheyAre) {
  Terminal raw;
  const Typed typed = type_at(raw, "a\x03\r\x04");
  EXPECT_EQ(ready(typed), "<a\x03\r\x04>");
  EXPECT_EQ(typed.echo, "");
  EXPECT_TRUE(typed.signals.empty());
  EXPECT_EQ(shown_as(raw.mode, "a\n"), "a\n");
  EXPECT_EQ(shown_as(cooked().mode, "a\nb\n"), "a\r\nb\r\n");
}

// The master is opened in one task; its child has the other end as its controlling terminal.
Program reader(Sys sys, State state) {
  const auto terminal = std::any_cast<std::int64_t>(state.more);
  std::int64_t ret = co_await sys.setsid();
  ret = co_await sys.ioctl(terminal, tty::kTiocsctty, 0);
  note("control", ret);
  ret = co_await sys.read(terminal, 100);
  notes().push_back("read " + sys.reply().data);
  ret = co_await sys.read(terminal, 2);
  notes().push_back("read " + sys.reply().data);
  ret = co_await sys.read(terminal, 100);
  notes().push_back("read " + sys.reply().data);
  ret = co_await sys.read(terminal, 100);
  note("end", ret);
  const std::string said = "bye\n";
  co_await sys.write(terminal, said);
  co_return 0;
}
Program pair(Sys sys, State) {
  const std::string path = "/dev/ptmx";
  const std::int64_t master = co_await sys.open(path, abi::o::kRdwr | abi::o::kNoctty);
  std::int64_t ret = co_await sys.ioctl(master, tty::kTiocsptlck, 0);
  const std::int64_t slave =
      co_await sys.ioctl(master, tty::kTiocgptpeer, std::int64_t{abi::o::kRdwr});
  State state;
  state.more = slave;
  co_await sys.clone(kChld, reader, state);
  co_await sys.close(slave);
  const std::string typed = "first\nsecond\n\x04";
  co_await sys.write(master, typed);
  co_await sys.wait4(-1, 0);
  ret = co_await sys.read(master, 1000);
  notes().push_back("shown " + sys.reply().data);
  ret = co_await sys.read(master, 1000);
  note("nobody there", ret);
  co_return 0;
}

TEST(Pty, LinesGoInAndEchoAndOutputComeOut) {
  Lab lab;
  lab.run(pair);
  EXPECT_EQ(lab.notes, (Notes{"control=0", "read first\n", "read se", "read cond\n", "end=0",
                              "shown first\r\nsecond\r\nbye\r\n", "nobody there=EIO"}));
}

Program sleeps_alone(Sys sys, State state) {
  const auto terminal = std::any_cast<std::int64_t>(state.more);
  co_await sys.setsid();
  co_await sys.ioctl(terminal, tty::kTiocsctty, 0);
  co_await sys.nanosleep(60'000'000'000);
  co_return 0;
}
Program interrupter(Sys sys, State) {
  const std::string path = "/dev/ptmx";
  const std::int64_t master = co_await sys.open(path, abi::o::kRdwr | abi::o::kNoctty);
  const std::int64_t slave =
      co_await sys.ioctl(master, tty::kTiocgptpeer, std::int64_t{abi::o::kRdwr});
  State state;
  state.more = slave;
  const std::int64_t child = co_await sys.clone(kChld, sleeps_alone, state);
  co_await sys.nanosleep(1'000'000'000);
  const std::string keys = "\x03";
  co_await sys.write(master, keys);
  co_await sys.wait4(child, 0);
  note("status", sys.reply().out.at(0));
  co_return 0;
}

TEST(Pty, ControlCReachesTheGroupInFront) {
  Lab lab;
  lab.run(interrupter);
  EXPECT_EQ(lab.notes, Notes{"status=2"});
}

Program sender(Sys sys, State state) {
  const auto socket = std::any_cast<std::int64_t>(state.more);
  const std::string path = "/etc/hostname";
  const std::int64_t file = co_await sys.open(path, 0);
  const std::vector<Arg> args = {Arg::integer(socket), Arg::integer(file), Arg::integer(0)};
  const std::int64_t ret = co_await sys.call(abi::Sys::sendmsg, args);
  note("sendmsg", ret);
  co_return 0;
}
Program receiver(Sys sys, State) {
  const std::vector<Arg> pair_args = {Arg::integer(1), Arg::integer(1), Arg::integer(0), Arg{}};
  co_await sys.call(abi::Sys::socketpair, pair_args);
  const std::int64_t ours = sys.reply().out.at(0), theirs = sys.reply().out.at(1);
  State state;
  state.more = theirs;
  co_await sys.clone(kChld, sender, state);
  co_await sys.close(theirs);
  co_await sys.wait4(-1, 0);  // the sender's own descriptor is gone by now
  const std::vector<Arg> args = {Arg::integer(ours), Arg{}, Arg::integer(0)};
  const std::int64_t ret = co_await sys.call(abi::Sys::recvmsg, args);
  note("recvmsg", ret);
  const std::int64_t file = sys.reply().out.at(0);
  co_await sys.read(file, 100);
  notes().push_back(sys.reply().data.empty() ? "nothing" : "the file can be read");
  co_return 0;
}

TEST(Rights, ADescriptorTravelsAndOutlivesItsSender) {
  Lab lab;
  lab.run(receiver);
  EXPECT_EQ(lab.notes, (Notes{"sendmsg=1", "recvmsg=1", "the file can be read"}));
}

Program worker(Sys sys, State) {
  for (int i = 0; i < 3; ++i) {
    co_await sys.nanosleep(1'000'000'000);
    notes().push_back("tick at " + decimal(sys.now() / 1'000'000'000));
  }
  co_return 0;
}
Program freezer(Sys sys, State) {
  const std::string folder = "/sys/fs/cgroup/cold";
  co_await sys.mkdir(folder, 0755);
  const std::int64_t child = co_await sys.clone(kChld, worker, State{});
  const std::string members = folder + "/cgroup.procs", file = folder + "/cgroup.freeze";
  std::int64_t fd = co_await sys.open(members, abi::o::kWronly);
  const std::string pid = decimal(child);
  co_await sys.write(fd, pid);
  co_await sys.close(fd);
  co_await sys.nanosleep(1'500'000'000);
  fd = co_await sys.open(file, abi::o::kWronly);
  const std::string on = "1", off = "0";
  co_await sys.write(fd, on);
  co_await sys.nanosleep(10'000'000'000);
  co_await sys.write(fd, off);
  co_await sys.wait4(child, 0);
  co_return 0;
}

TEST(Freezer, AFrozenTaskGetsNoCpu) {
  Lab lab;
  lab.run(freezer);
  EXPECT_EQ(lab.notes, (Notes{"tick at 1", "tick at 11", "tick at 12"}));
}

Program killer(Sys sys, State) {
  const std::string folder = "/sys/fs/cgroup/cold";
  co_await sys.mkdir(folder, 0755);
  const std::int64_t child = co_await sys.clone(kChld, worker, State{});
  const std::string members = folder + "/cgroup.procs", file = folder + "/cgroup.freeze";
  std::int64_t fd = co_await sys.open(members, abi::o::kWronly);
  const std::string pid = decimal(child);
  co_await sys.write(fd, pid);
  fd = co_await sys.open(file, abi::o::kWronly);
  const std::string on = "1";
  co_await sys.write(fd, on);
  co_await sys.nanosleep(5'000'000'000);
  co_await sys.kill(child, abi::sig::kKill);
  co_await sys.wait4(child, 0);
  note("status", sys.reply().out.at(0));
  co_return 0;
}

TEST(Freezer, SigkillEndsWhatIsFrozen) {
  Lab lab;
  lab.run(killer);
  EXPECT_EQ(lab.notes, Notes{"status=9"});
}

}  // namespace
}  // namespace cutaway::sim

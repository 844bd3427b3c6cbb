// Pipes: blocking, end of file, EPIPE and SIGPIPE, writes greater than the pipe.
#include <gtest/gtest.h>

#include "sim/programs/programs.h"
#include "tests/unit/sim_kernel/lab.h"

namespace cutaway::sim {
namespace {

Program writes_later(Sys sys, State) {
  co_await sys.nanosleep(2'000'000);
  const std::string text = "late";
  co_await sys.write(5, text);
  co_return 0;
}
Program reads_blocking(Sys sys, State) {
  co_await sys.pipe2(0);
  note("read end", sys.reply().out.at(0));
  note("write end", sys.reply().out.at(1));
  co_await sys.clone(kChld, writes_later, kNone);
  co_await sys.close(5);
  std::int64_t ret = co_await sys.read(4, 100);
  notes().push_back(sys.reply().data);
  ret = co_await sys.read(4, 100);
  note("end", ret);
  co_return 0;
}

TEST(Pipe, ReadWaitsForBytesThenEnds) {
  Lab lab;
  lab.run(reads_blocking);
  EXPECT_EQ(lab.notes, (Notes{"read end=4", "write end=5", "late", "end=0"}));
  const Syscall* read = lab.find_call(abi::Sys::read);
  ASSERT_NE(read, nullptr);
  EXPECT_GT(read->dur, 1'900'000);
  EXPECT_EQ(read->args.at(0).text.substr(0, 6), "pipe:[");
}

TEST(Pipe, TheWakeUpNamesItsCause) {
  Lab lab;
  lab.run(reads_blocking);
  for (std::size_t n = 0; n < lab.trace.size(); ++n) {
    const Event event = lab.trace.event(n);
    const auto* call = std::get_if<Syscall>(&event.body);
    if (call == nullptr || call->sys != abi::Sys::read || call->ret != 4) continue;
    ASSERT_NE(event.stamp.cause, kNoEvent);
    EXPECT_TRUE(std::holds_alternative<BytesMoved>(lab.trace.event(event.stamp.cause).body));
    return;
  }
  FAIL() << "no such read";
}

Program broken(Sys sys, State state) {
  const std::string text = "x";
  co_await sys.pipe2(0);
  co_await sys.close(4);
  if (!state.argv.empty()) co_await sys.sigaction(13, state.argv.at(0));
  const std::int64_t ret = co_await sys.write(5, text);
  note("write", ret);
  co_return 0;
}

TEST(Pipe, WritingWithoutReadersKills) {
  Lab lab;
  lab.run(broken);
  EXPECT_TRUE(lab.notes.empty());
  EXPECT_EQ(lab.count("signal", "delivered"), 1U);
}
TEST(Pipe, OrAnswersEpipeWhenIgnored) {
  Lab lab;
  State state;
  state.argv = {"SIG_IGN"};
  lab.run(broken, state);
  EXPECT_EQ(lab.notes, Notes{"write=EPIPE"});
}

Program drains(Sys sys, State) {
  co_await sys.close(5);
  std::int64_t total = 0;
  for (;;) {
    const std::int64_t got = co_await sys.read(4, 10000);
    if (got <= 0) break;
    total += got;
    co_await sys.nanosleep(100'000);
  }
  note("drained", total);
  co_return 0;
}
Program floods(Sys sys, State) {
  co_await sys.pipe2(0);
  co_await sys.clone(kChld, drains, kNone);
  const std::string much(200'000, 'm');
  const std::int64_t ret = co_await sys.write(5, much);
  note("wrote", ret);
  co_await sys.close(5);
  co_await sys.wait4(-1, 0);
  co_return 0;
}

TEST(Pipe, AGreatWriteGoesThroughInParts) {
  Lab lab;
  lab.run(floods);
  EXPECT_EQ(lab.notes, (Notes{"wrote=200000", "drained=200000"}));
}

Program nonblocking(Sys sys, State) {
  co_await sys.pipe2(abi::o::kNonblock);
  std::int64_t ret = co_await sys.read(4, 1);
  note("read", ret);
  const std::string much(70'000, 'm');
  ret = co_await sys.write(5, much);
  note("write", ret);
  ret = co_await sys.write(5, much);
  note("write", ret);
  co_return 0;
}

TEST(Pipe, Nonblocking) {
  Lab lab;
  lab.run(nonblocking);
  EXPECT_EQ(lab.notes, (Notes{"read=EAGAIN", "write=65536", "write=EAGAIN"}));
}

Program console(Sys sys, State) {
  for (;;) {
    const std::int64_t got = co_await sys.read(3, 100);
    if (got <= 0) break;
    const std::string text = "<" + sys.reply().data + ">";
    co_await sys.write(1, text);
  }
  const std::string bye = "bye";
  co_await sys.write(2, bye);
  co_return 0;
}

TEST(Pipe, FedFromOutside) {
  Lab lab;
  lab.run(console);
  const PipeId commands =
      lab.kernel.world().pipes.first([](const Pipe& pipe) { return pipe.name == "commands"; })->id;
  lab.kernel.feed(commands, "one");
  lab.go();
  lab.kernel.feed(commands, "two");
  lab.go();
  EXPECT_EQ(lab.output(1), "<one><two>");
  lab.kernel.close_feed(commands);
  lab.go();
  EXPECT_EQ(lab.output(2), "bye");
}

Program opens_pipes(Sys sys, State state) {
  if (!state.argv.empty()) {
    const std::string path = state.argv.at(0);
    const std::vector<std::string> none;
    co_await sys.execve(path, none, none);
  }
  std::int64_t made = 0;
  std::int64_t pipes = 0;
  for (; made == 0 && pipes < 600; ++pipes) made = co_await sys.pipe2(0);
  note("pipes", pipes);
  note("last", made);
  co_return 0;
}

TEST(Pipe, ATaskHasDescriptorsUpToItsLimit) {
  Lab lab;
  lab.check_invariants = false;  // of a thousand descriptors after each event
  lab.run(opens_pipes);
  EXPECT_EQ(lab.notes, (Notes{"pipes=511", "last=EMFILE"}));  // 0, 1, 2 and 3 were there
}

TEST(Pipe, AProgramInGoRaisesItsLimit) {
  Lab lab;
  lab.check_invariants = false;
  lab.programs.add({"dockerd", opens_pipes, 100, 1000, "opens pipes"});
  State state;
  state.argv = {"/usr/bin/dockerd"};
  lab.run(opens_pipes, state);
  EXPECT_EQ(lab.notes, (Notes{"pipes=600", "last=0"}));
}

Program shell_without_descriptors(Sys sys, State) {
  for (std::int64_t made = 0; made == 0;) made = co_await sys.pipe2(0);
  const std::string path = "/bin/sh";
  const std::vector<std::string> argv = {"sh", "-c", "echo a | cat; echo $?; echo b=$(echo c)"};
  const std::vector<std::string> env = {"PATH=/bin"};
  co_await sys.execve(path, argv, env);
  co_return 127;
}

TEST(Pipe, AShellThatHasNoneLeftSaysSo) {
  Lab lab;
  lab.check_invariants = false;
  lab.programs = default_programs();
  lab.run(shell_without_descriptors);
  const std::string said = "sh: can't create pipe: Too many open files\n";
  EXPECT_EQ(lab.output(2), said);  // and that is the end of it, as in ash
  EXPECT_EQ(lab.output(1), "");
}

}  // namespace
}  // namespace cutaway::sim

// The arguments of known calls, as a trace file shows them.
#include <fstream>
#include <regex>
#include <sstream>

#include "recorder.h"

namespace cutaway::real {
namespace {

using abi::Sys;

/// What differs from run to run: addresses, inode numbers, pids.
std::string steady(const std::string& line, const Notebook& seen) {
  static const std::regex inode(R"((pipe|socket):\[\d+\])"), address(R"("0x[0-9a-f]{6,}")");
  std::string text = std::regex_replace(line, inode, "$1:[N]");
  text = std::regex_replace(text, address, "\"ADDRESS\"");
  for (const auto& [tid, end] : seen.ends) {
    (void)end;
    text = std::regex_replace(text, std::regex("\\b" + std::to_string(tid) + "\\b"), "PID");
  }
  return text;
}

TEST(TracerDecode, ArgumentsOfKnownCalls) {
  Child child(program({TRACER_SUBJECT, "calls"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  EXPECT_EQ(seen.ends.at(pid).code, 0);
  std::string text;
  bool within = false;
  for (const SeenCall& call : seen.calls_of(pid)) {
    const bool names = call.sys == Sys::prctl && call.args.size() > 1;
    if (names && call.args[1].text == "end") within = false;
    if (within) text += steady(shown(call), seen) + "\n";
    if (names && call.args[1].text == "begin") within = true;
  }
  const std::string path = CUTAWAY_SOURCE_DIR "/tests/system/tracer/calls.txt";
  std::ifstream file(path);
  std::ostringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(text, expected.str()) << "beside " << path;
}

/// Numbers that readers need as numbers, and the bytes that moved.
TEST(TracerDecode, ResultsAndData) {
  Child child(program({TRACER_SUBJECT, "calls"}));
  const int pid = child.pid();
  Notebook seen;
  TRACED(child, seen);
  const SeenCall pipe = seen.calls_named(Sys::pipe2).at(0);
  ASSERT_EQ(pipe.out.size(), 2U);
  EXPECT_EQ(pipe.args[0].items[1].value, pipe.out[1]);
  const SeenCall received = seen.calls_named(Sys::recvmsg).at(0);
  EXPECT_EQ(received.data, "fd");
  ASSERT_EQ(received.out.size(), 1U);
  EXPECT_GT(received.out[0], 2);
  EXPECT_EQ(seen.calls_named(Sys::writev).at(0).data, "onetwo");
  bool long_write = false;
  for (const SeenCall& call : seen.calls_named(Sys::write)) {
    if (call.ret != 600) continue;
    long_write = true;
    EXPECT_EQ(call.args[1].text.size(), 256U);
    EXPECT_EQ(call.args[1].length, 600U);
    EXPECT_EQ(call.data, std::string(600, 'x'));
  }
  EXPECT_TRUE(long_write);
  const std::vector<SeenCall> waits = seen.calls_named(Sys::wait4);
  ASSERT_FALSE(waits.empty());
  EXPECT_EQ(waits[0].out, std::vector<std::int64_t>{7 << 8});
  EXPECT_EQ(seen.ends.at(pid).code, 0);
}

}  // namespace
}  // namespace cutaway::real

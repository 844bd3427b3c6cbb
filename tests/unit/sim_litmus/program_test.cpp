// How litmus programs run on the simulated kernel: start, order, handlers, what cannot be done.
#include <gtest/gtest.h>

#include "base/json_value.h"
#include "sim/litmus.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

LitmusRun run(const std::string& program, const std::string& more = "") {
  const auto document = JsonDocument::parse(
      "x.json", "{\"cutaway_litmus\":1,\"title\":\"t\"," + more + "\"program\":" + program + "}");
  EXPECT_TRUE(document);
  const auto litmus = spec::load_litmus(*document);
  EXPECT_TRUE(litmus) << (litmus ? "" : litmus.error().message);
  return litmus ? run_litmus(*litmus, {}) : LitmusRun{Trace(), 0, {}};
}

std::vector<std::string> failures(const LitmusRun& run) {
  std::vector<std::string> all;
  for (const spec::LitmusFailure& each : run.failed) all.push_back(each.pointer + ": " + each.text);
  return all;
}
using Failures = std::vector<std::string>;

TEST(LitmusStart, IsWhatTheContractPromises) {
  const LitmusRun done = run(R"([
    {"call":"getpid","expect":{"ret":2}},
    {"call":"getppid","expect":{"ret":1}},
    {"call":"getsid","pid":0,"expect":{"ret":2}},
    {"call":"getpgid","pid":0,"expect":{"ret":2}},
    {"call":"getuid","expect":{"ret":0}},
    {"call":"getegid","expect":{"ret":0}},
    {"call":"getgroups","expect":{"ret":0}},
    {"call":"umask","mask":"022","expect":{"ret":18}},
    {"call":"getcwd","expect":{"data":"/"}},
    {"call":"fcntl","fd":2,"cmd":"F_GETFD","expect":{"ret":0}},
    {"call":"fcntl","fd":3,"cmd":"F_GETFD","expect":{"err":"EBADF"}},
    {"call":"fstat","fd":0,"expect":{"out":{"st_type":"S_IFCHR","st_rdev":"1:3"}}},
    {"call":"access","pathname":"/sys","mode":["F_OK"],"expect":{"err":"ENOENT"}},
    {"call":"access","pathname":"/proc/2","mode":["F_OK"],"expect":{"ret":0}},
    {"call":"access","pathname":"/proc/3977","mode":["F_OK"],"expect":{"err":"ENOENT"}},
    {"call":"open","pathname":"/proc/self/uid_map","flags":[],"as":"f","expect":{"ret":3}},
    {"call":"read","fd":3,"count":100,"expect":{"data_has":"65536"}},
    {"call":"stat","pathname":"/a/b","expect":{"out":{"st_mode":"0640","st_uid":7,"st_gid":0}}},
    {"call":"stat","pathname":"/a","expect":{"out":{"st_mode":"0755","st_uid":0}}}])",
                             R"("files":{"/a/b":{"text":"x","mode":"0640","uid":7}},)");
  EXPECT_EQ(failures(done), Failures());
  EXPECT_EQ(done.held, 19);
}

TEST(LitmusStart, BeginsWithTheSnapshotAndTheFirstCall) {
  const LitmusRun done = run(R"([{"call":"getpid"}])");
  std::size_t n = 0;
  while (n < done.trace.size() && !std::holds_alternative<Syscall>(done.trace.event(n).body)) ++n;
  EXPECT_LT(n, 16U);
  EXPECT_EQ(std::get<Syscall>(done.trace.event(n).body).sys, abi::Sys::getpid);
}

TEST(LitmusStart, TierRIsTheMachinesRoot) {
  const LitmusRun done = run(R"([
    {"call":"getpid","expect":{"ret":2}},
    {"call":"mknod","pathname":"/d","mode":["S_IFBLK","0600"],"dev":"8:0","expect":{"ret":0}},
    {"call":"access","pathname":"/sys/fs/cgroup/cgroup.procs","mode":["F_OK"],"expect":{"ret":0}},
    {"call":"mkdir","pathname":"/sys/fs/cgroup/mine","mode":"0755","expect":{"ret":0}}])",
                             R"("tier":"R",)");
  EXPECT_EQ(failures(done), Failures());
}

TEST(LitmusOrderInTheSimulator, TheEarliestGoesFirst) {
  // Two children write in turn; who was created first writes first, whoever was waited for.
  const LitmusRun done = run(R"([
    {"call":"pipe2","flags":[],"as":"p"},
    {"call":"fork","as":"a","child":[{"call":"write","fd":"$p.1","buf":"a"}]},
    {"call":"fork","as":"b","child":[{"call":"write","fd":"$p.1","buf":"b"}]},
    {"call":"wait4","pid":"$b","options":[],"expect":{"exited":0}},
    {"call":"read","fd":"$p.0","count":10,"expect":{"data":"ab"}}])");
  EXPECT_EQ(failures(done), Failures());
}

TEST(LitmusOrderInTheSimulator, ABlockThatDoesNotBlock) {
  const LitmusRun done = run(R"([{"block":{"call":"getpid","as":"v","expect":{"ret":2}}}])");
  EXPECT_EQ(failures(done), Failures({"/program/0/block/expect: expected that the call blocks, "
                                      "got ret 2 at once"}));
}

TEST(LitmusOrderInTheSimulator, AResumeThatIsTooEarly) {
  const LitmusRun done = run(R"([
    {"call":"pipe2","flags":[],"as":"p"},
    {"call":"fork","as":"c","child":[{"block":{"call":"read","fd":"$p.0","count":1,"as":"got"}}]},
    {"call":"fork","as":"d","child":[{"resume":"got","expect":{"ret":1}},
                                     {"call":"kill","pid":"$c","sig":"SIGKILL"}]},
    {"call":"wait4","pid":"$c","options":[],"expect":{"signaled":"SIGKILL"}}])");
  EXPECT_EQ(failures(done), Failures({"/program/2/child/0/expect: expected that the blocked call "
                                      "\"got\" returns now, but it still waits"}));
}

TEST(LitmusOrderInTheSimulator, WhatNeverComes) {
  const LitmusRun done = run(R"([
    {"call":"pipe2","flags":[],"as":"p"},
    {"call":"read","fd":"$p.0","count":1,"expect":{"ret":1}},
    {"call":"getpid","expect":{"ret":2}}])");
  EXPECT_EQ(failures(done), Failures({"/program/1/expect: waits for something that never comes",
                                      "/program/2/expect: never reached"}));
}

TEST(LitmusOrderInTheSimulator, AStoppedTaskPassesTheTurn) {
  const LitmusRun done = run(R"([
    {"call":"fork","as":"c","child":[{"call":"getpid","as":"me"},
                                     {"call":"kill","pid":"$me","sig":"SIGSTOP"},
                                     {"call":"exit_group","status":3}]},
    {"call":"fork","as":"d","child":[{"call":"kill","pid":"$c","sig":"SIGCONT","expect":{"ret":0}}]},
    {"call":"wait4","pid":"$c","options":[],"expect":{"exited":3}}])");
  EXPECT_EQ(failures(done), Failures());
}

TEST(LitmusCalls, WhatIsNotModelledIsSaid) {
  const LitmusRun done = run(R"([{"call":"signalfd4","fd":-1,"mask":["SIGUSR1"],"flags":[],
    "expect":{"ret":3}},{"call":"getpid","expect":{"ret":2}}])");
  EXPECT_EQ(failures(done), Failures({"/program/0/expect: not modelled: the simulated kernel has "
                                      "no signalfd4"}));
  EXPECT_EQ(done.held, 1);
}

TEST(LitmusCalls, AVariableOfACallThatFailed) {
  const LitmusRun done = run(R"([
    {"call":"pipe2","flags":[],"pipefd":null,"as":"p","expect":{"err":"EFAULT"}},
    {"call":"close","fd":"$p.0","expect":{"ret":0}}])");
  EXPECT_EQ(failures(done),
            Failures({"/program/1/expect: /program/1/fd: the variable \"p.0\" is not set: the call "
                      "that sets it gave nothing"}));
}

TEST(LitmusCalls, LimitsAreThoseOfTheFile) {
  const LitmusRun done = run(R"([
    {"call":"fork","as":"a","expect":{"ret":">0"},"child":[{"block":{"call":"pause"}}]},
    {"call":"fork","expect":{"err":"EAGAIN"},"child":[]},
    {"call":"kill","pid":"$a","sig":"SIGKILL"},
    {"call":"wait4","pid":"$a","options":[],"expect":{"signaled":"SIGKILL"}},
    {"call":"fork","expect":{"ret":">0"},"child":[]}])",
                             R"("cgroup":{"pids":3},)");
  EXPECT_EQ(failures(done), Failures());
}

}  // namespace
}  // namespace cutaway::sim

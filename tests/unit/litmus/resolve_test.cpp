// What the arguments of litmus calls mean, and what is wrong with those that mean nothing.
#include "spec/litmus_call.h"

#include "tests/unit/litmus/litmus_steps.h"

namespace cutaway::spec {
namespace {

/// The only call of a program, resolved with these variables.
Result<LitmusCall> call_of(const std::string& step, const LitmusVariables& variables = {}) {
  // A first call that sets v and p, so that the document may use them.
  const Litmus litmus = litmus_of(
      R"([{"call":"pipe2","flags":[],"as":"p"},{"call":"getpid","as":"v"},)" + step + "]");
  return litmus.program.size() < 3 ? Result<LitmusCall>(LitmusCall())
                                   : resolve_call(litmus.program[2], variables);
}
LitmusCall good(const std::string& step, const LitmusVariables& variables = {}) {
  const auto call = call_of(step, variables);
  EXPECT_TRUE(call) << call.error().message;
  return call ? *call : LitmusCall();
}

TEST(LitmusCall, NumbersNamesAndMissingOnes) {
  const LitmusCall open =
      good(R"({"call":"open","pathname":"/a","flags":["O_CREAT","O_RDWR"],"mode":"0600"})");
  ASSERT_EQ(open.args.size(), 3U);
  EXPECT_EQ(open.args[0].text, "/a");
  EXPECT_EQ(open.args[1].value, 0102);
  EXPECT_EQ(open.args[2].value, 0600);
  const LitmusCall nothing = good(R"({"call":"openat"})");
  EXPECT_EQ(nothing.args[0].value, 0);
  EXPECT_EQ(nothing.args[1].tag, ArgTag::Missing) << "NULL";
  EXPECT_EQ(nothing.args[2].value, 0);
  EXPECT_EQ(good(R"({"call":"openat","dirfd":"AT_FDCWD"})").args[0].value, -100);
  EXPECT_EQ(good(R"({"call":"kill","pid":-1,"sig":"SIGTERM"})").args[1].value, 15);
  EXPECT_EQ(good(R"({"call":"kill","pid":1,"sig":0})").args[1].value, 0);
  EXPECT_EQ(good(R"({"call":"clone","flags":["CLONE_NEWPID","SIGCHLD"]})").args[0].value,
            0x20000000 | 17);
  EXPECT_EQ(good(R"({"call":"mknod","pathname":"/x","mode":["S_IFBLK","0600"],"dev":"8:1"})")
                .args[1]
                .value,
            0060600);
  EXPECT_EQ(good(R"({"call":"mknod","dev":"8:1"})").args[2].value, 0x801);
  EXPECT_EQ(good(R"({"call":"socket","domain":"AF_UNIX","type":"SOCK_STREAM"})").args[1].value, 1);
  EXPECT_EQ(good(R"({"call":"socket","type":["SOCK_DGRAM","SOCK_CLOEXEC"]})").args[1].value,
            02000002);
}

TEST(LitmusCall, PointersAreStringsAddressesOrNull) {
  EXPECT_EQ(good(R"({"call":"open","pathname":null})").args[0].tag, ArgTag::Missing);
  EXPECT_EQ(good(R"({"call":"open","pathname":16})").args[0].tag, ArgTag::Integer);
  EXPECT_EQ(good(R"({"call":"write","fd":1,"buf":{"b64":"AAE="}})").args[1].text,
            std::string("\0\1", 2));
  const LitmusCall stat = good(R"({"call":"stat","pathname":"/","statbuf":null})");
  EXPECT_TRUE(stat.given[1]);
  EXPECT_EQ(stat.room[1], 0U);
  EXPECT_EQ(good(R"({"call":"stat","pathname":"/"})").room[1], 144U);
}

TEST(LitmusCall, SizesAreTakenFromWhatTheyMeasure) {
  EXPECT_EQ(good(R"({"call":"write","fd":1,"buf":"hello"})").args[2].value, 5);
  EXPECT_EQ(good(R"({"call":"write","fd":1,"buf":"hello","count":2})").args[2].value, 2);
  EXPECT_EQ(good(R"({"call":"sethostname","name":"box"})").args[1].value, 3);
  const LitmusCall read = good(R"({"call":"read","fd":0,"count":10})");
  EXPECT_EQ(read.room[1], 10U);
  EXPECT_EQ(good(R"({"call":"getcwd"})").args[1].value, 4096);
  EXPECT_EQ(good(R"({"call":"rt_sigprocmask","how":"SIG_BLOCK","set":["SIGINT"]})").args[3].value,
            8);
  EXPECT_EQ(good(R"({"call":"rt_sigaction","signum":"SIGINT"})").args[3].value, 8);
  EXPECT_EQ(
      good(R"({"call":"poll","fds":[{"fd":0,"events":["POLLIN"]}],"timeout":0})").args[1].value, 1);
  EXPECT_EQ(good(R"({"call":"setgroups","list":[1,2,3]})").args[0].value, 3);
}

TEST(LitmusCall, LengthsOfSocketAddresses) {
  const auto length = [](const std::string& address) {
    return good(R"({"call":"bind","sockfd":3,"addr":)" + address + "}").args[2].value;
  };
  EXPECT_EQ(length(R"({"sa_family":"AF_INET","sin_addr":"0.0.0.0","sin_port":80})"), 16);
  EXPECT_EQ(length(R"({"sa_family":"AF_UNIX","sun_path":"/s"})"), 5) << "with its NUL";
  EXPECT_EQ(length(R"({"sa_family":"AF_UNIX","sun_path":"\u0000abs"})"), 6) << "without";
  EXPECT_EQ(length("null"), 0);
  const LitmusCall accept = good(R"({"call":"accept4","sockfd":3,"flags":[]})");
  EXPECT_EQ(accept.room[1], 128U);
  EXPECT_EQ(accept.args[2].items.at(0).value, 128);
  EXPECT_EQ(good(R"({"call":"accept4","sockfd":3,"addr":null,"flags":[]})").args[2].tag,
            ArgTag::Missing);
}

TEST(LitmusCall, WhatAnArgumentIsMayDependOnAnother) {
  EXPECT_EQ(good(R"({"call":"fcntl","fd":3,"cmd":"F_SETFD","arg":["FD_CLOEXEC"]})").args[2].value,
            1);
  EXPECT_EQ(good(R"({"call":"fcntl","fd":3,"cmd":"F_SETFL","arg":["O_NONBLOCK"]})").args[2].value,
            04000);
  EXPECT_EQ(good(R"({"call":"fcntl","fd":3,"cmd":"F_DUPFD","arg":10})").args[2].value, 10);
  EXPECT_EQ(
      good(R"({"call":"prctl","option":"PR_CAPBSET_DROP","arg2":"CAP_NET_RAW"})").args[1].value,
      13);
  EXPECT_EQ(good(R"({"call":"prctl","option":"PR_SET_NAME","arg2":"me"})").args[1].text, "me");
  EXPECT_EQ(good(R"({"call":"prctl","option":"PR_GET_NAME"})").room[1], 4096U);
  const LitmusCall lock = good(
      R"({"call":"fcntl","fd":3,"cmd":"F_SETLK","arg":{"l_type":"F_WRLCK","l_whence":"SEEK_SET"}})");
  EXPECT_EQ(lock.args[2].tag, ArgTag::Struct);
  EXPECT_EQ(lock.parameters[2].layout, &layouts::kFlock);
}

TEST(LitmusCall, Variables) {
  LitmusVariables variables;
  LitmusOutcome pipe;
  pipe.descriptors = {3, 4};
  variables.set("p", pipe);
  LitmusOutcome seven;
  seven.ret = 7;
  seven.data = "bytes";
  variables.set("v", seven);
  EXPECT_EQ(good(R"({"call":"write","fd":"$p.1","buf":"${v}"})", variables).args[0].value, 4);
  EXPECT_EQ(good(R"({"call":"write","fd":"$p.1","buf":"${v}"})", variables).args[1].text, "7");
  EXPECT_EQ(good(R"({"call":"write","fd":1,"buf":"$v.data"})", variables).args[2].value, 5);
  EXPECT_EQ(good(R"({"call":"write","fd":1,"buf":"$v","count":1})", variables).args[1].value, 7)
      << "an address";
  const auto missing = call_of(R"({"call":"close","fd":"$v"})");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message,
            "/program/2/fd: the variable \"v\" is not set: the call that sets it gave nothing");
}

TEST(LitmusCall, Touch) {
  const Litmus litmus = litmus_of(R"([{"touch":16,"length":8192,"write":true},{"touch":16}])");
  const auto both = resolve_touch(litmus.program[0], {});
  ASSERT_TRUE(both);
  EXPECT_EQ(both->address, 16U);
  EXPECT_EQ(both->length, 8192U);
  EXPECT_TRUE(both->write);
  EXPECT_EQ(resolve_touch(litmus.program[1], {})->length, 1U);
}

struct Defect {
  const char* step;
  const char* message;
};

TEST(LitmusCall, Defects) {
  const Defect defects[] = {
      {R"({"call":"bind","addr":{"sa_family":"AF_INET","sin_adr":"1.2.3.4"}})",
       R"(/addr/sin_adr: unknown key "sin_adr", did you mean "sin_addr"?)"},
      {R"({"call":"bind","addr":{"sa_family":"AF_INET","sin_addr":"1.2.3"}})",
       R"(/addr/sin_addr: is "1.2.3", expected an address such as "127.0.0.1")"},
      {R"({"call":"bind","addr":{"sa_family":"AF_INTE"}})",
       R"(/addr/sa_family: unknown constant "AF_INTE", did you mean "AF_INET"?)"},
      {R"({"call":"bind","addr":"/sock"})",
       R"(/addr: is "/sock", expected an object with sa_family)"},
      {R"({"call":"open","pathname":["/a"]})",
       R"(/pathname: is ["/a"], expected a text, {"b64":…}, an address or null)"},
      {R"({"call":"open","mode":"rw"})",
       R"(/mode: is "rw", expected octal digits such as "0644", or ["S_IFIFO","0600"])"},
      {R"({"call":"mknod","dev":"sda"})",
       R"(/dev: is "sda", expected a device's numbers such as "8:0")"},
      {R"({"call":"rt_sigaction","act":{"sa_handler":"ignore"}})",
       R"(/act/sa_handler: is "ignore", expected "SIG_DFL", "SIG_IGN", "count" or {"exit":7})"},
      {R"({"call":"rt_sigprocmask","set":["SIGFOO"]})",
       R"(/set/0: is "SIGFOO", expected a signal's name, or 0)"},
      {R"({"call":"capset","datap":{"effective":["CAP_SYS_ADMINN"]}})",
       R"(/datap/effective/0: unknown constant "CAP_SYS_ADMINN", did you mean "CAP_SYS_ADMIN"?)"},
      {R"({"call":"nanosleep","req":{"tv_sec":"soon"}})",
       R"(/req/tv_sec: is "soon", expected a whole number or "$variable")"},
      {R"({"call":"poll","fds":{"fd":1}})",
       R"(/fds: is {"fd":1}, expected a list of struct pollfd)"},
      {R"({"call":"execve","argv":"sh"})", R"(/argv: is "sh", expected a list of texts, or null)"},
      {R"({"call":"lseek","whence":"SEEK_STE"})",
       R"(/whence: unknown constant "SEEK_STE", did you mean "SEEK_SET"?)"},
      {R"({"call":"close","fd":"three"})",
       R"(/fd: is "three", expected a whole number or "$variable")"},
      {R"({"call":"reboot"})",
       R"(/call: "reboot" is no call of litmus programs: it would change the machine)"},
  };
  for (const Defect& each : defects) {
    const std::vector<std::string> messages = problems_of("[\n" + std::string(each.step) + "]");
    ASSERT_EQ(messages.size(), 1U) << each.step;
    EXPECT_EQ(messages[0], std::string("x.json:2: /program/0") + each.message);
  }
}

TEST(LitmusVocabulary, EachCallHasAShapeOrNoArguments) {
  EXPECT_TRUE(in_litmus_vocabulary(abi::Sys::mount));
  EXPECT_FALSE(in_litmus_vocabulary(abi::Sys::reboot));
  for (const abi::Sys sys : litmus_vocabulary()) {
    const std::vector<LitmusParameter> parameters = litmus_parameters(sys);
    EXPECT_EQ(parameters.size(), syscall_shape(sys).args.size()) << abi::sys_name(sys);
    for (const LitmusParameter& each : parameters) {
      const bool points = each.pass == LitmusPass::Struct || each.pass == LitmusPass::Result ||
                          each.pass == LitmusPass::Both;
      EXPECT_EQ(points, each.layout != nullptr) << abi::sys_name(sys);
    }
  }
}

}  // namespace
}  // namespace cutaway::spec

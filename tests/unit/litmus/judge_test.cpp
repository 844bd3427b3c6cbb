// What was expected against what came: each key, held and failed, with its sentence.
#include "spec/litmus_judge.h"

#include "tests/unit/litmus/litmus_steps.h"

namespace cutaway::spec {
namespace {

LitmusOutcome returned(std::int64_t ret) {
  LitmusOutcome outcome;
  outcome.ret = ret;
  return outcome;
}
LitmusOutcome refused(abi::Errno err) {
  LitmusOutcome outcome = returned(-1);
  outcome.err = err;
  return outcome;
}
LitmusOutcome ended(std::int32_t status) {
  LitmusOutcome outcome = returned(7);
  outcome.status = status;
  return outcome;
}
LitmusOutcome with_data(const std::string& data) {
  LitmusOutcome outcome = returned(static_cast<std::int64_t>(data.size()));
  outcome.data = data;
  return outcome;
}
LitmusOutcome with_out(const char* json) {
  LitmusOutcome outcome = returned(0);
  outcome.out = Json::parse(json);
  return outcome;
}

struct Case {
  const char* expect;
  LitmusOutcome outcome;
  const char* complaint;  ///< null: it holds
};

TEST(LitmusJudge, EachKey) {
  LitmusVariables variables;
  variables.set("v", returned(7));
  variables.set("text", with_data("abc"));
  const Case cases[] = {
      {R"({"ret":0})", returned(0), nullptr},
      {R"({"ret":0})", refused(abi::Errno::kEPERM),
       "expected ret 0, got EPERM (Operation not permitted)"},
      {R"({"ret":3})", returned(4), "expected ret 3, got ret 4"},
      {R"({"ret":">0"})", returned(1), nullptr},
      {R"({"ret":">0"})", returned(0), "expected ret >0, got ret 0"},
      {R"({"ret":">=0"})", returned(0), nullptr},
      {R"({"ret":"<0"})", refused(abi::Errno::kEPERM), nullptr},
      {R"({"ret":-1})", refused(abi::Errno::kEPERM), nullptr},
      {R"({"ret":"$v"})", returned(7), nullptr},
      {R"({"ret":"$v"})", returned(8), "expected ret $v (7), got ret 8"},
      {R"({"err":"EPERM"})", refused(abi::Errno::kEPERM), nullptr},
      {R"({"err":"EPERM"})", refused(abi::Errno::kEACCES),
       "expected EPERM, got EACCES (Permission denied)"},
      {R"({"err":"EPERM"})", returned(0), "expected EPERM, got ret 0"},
      {R"({"exited":7})", ended(7 << 8), nullptr},
      {R"({"exited":7})", ended(8 << 8), "expected exited 7, got ret 7, exited 8"},
      {R"({"exited":7})", ended(9), "expected exited 7, got ret 7, signaled SIGKILL"},
      {R"({"exited":7})", returned(0), "expected exited 7, got ret 0"},
      {R"({"signaled":"SIGKILL"})", ended(9), nullptr},
      {R"({"signaled":"SIGSEGV"})", ended(11 | 128), nullptr},
      {R"({"signaled":"SIGKILL"})", ended(15),
       "expected signaled SIGKILL, got ret 7, signaled SIGTERM"},
      {R"({"stopped":"SIGSTOP"})", ended(19 << 8 | 127), nullptr},
      {R"({"stopped":"SIGSTOP"})", ended(9),
       "expected stopped SIGSTOP, got ret 7, signaled SIGKILL"},
      {R"({"continued":true})", ended(0xffff), nullptr},
      {R"({"continued":true})", ended(0), "expected continued, got ret 7, exited 0"},
      {R"({"data":"abc"})", with_data("abc"), nullptr},
      {R"({"data":"ab"})", with_data("abc"), R"(expected data "ab", got data "abc")"},
      {R"({"data":""})", with_data(""), nullptr},
      {R"({"data":"x"})", returned(0), R"(expected data "x", got ret 0 without data)"},
      {R"({"data":"$text.data"})", with_data("abc"), nullptr},
      {R"({"data":"${v}!"})", with_data("7!"), nullptr},
      {R"({"data":"$$1"})", with_data("$1"), nullptr},
      {R"({"data":{"b64":"AAE="}})", with_data(std::string("\0\1", 2)), nullptr},
      {R"({"data_has":["a","c"]})", with_data("abc"), nullptr},
      {R"({"data_has":["a","x"]})", with_data("abc"), R"(expected data with "x", got data "abc")"},
      {R"({"data_not":"x"})", with_data("abc"), nullptr},
      {R"({"data_not":"b"})", with_data("abc"), R"(expected data without "b", got data "abc")"},
      {R"({"data_not":"b"})", returned(0), R"(expected data without "b", got ret 0 without data)"},
      {R"({"out":{"st_size":3}})", with_out(R"({"st_size":3,"st_uid":0})"), nullptr},
      {R"({"out":{"st_size":4}})", with_out(R"({"st_size":3})"),
       "expected st_size 4, got st_size 3"},
      {R"({"out":{"st_uid":0}})", with_out(R"({"st_size":3})"),
       "expected st_uid 0, got ret 0 without st_uid"},
      {R"({"out":{"st_mode":"644"}})", with_out(R"({"st_mode":"0644"})"),
       R"(expected st_mode "644", got st_mode "0644")"},
      {R"({"out":{"st_mode":"00644"}})", with_out(R"({"st_mode":"0644"})"), nullptr},
      {R"({"out":{"st_mode":["S_IFREG","0644"]}})",
       with_out(R"({"st_mode":"0644","st_type":"S_IFREG"})"), nullptr},
      {R"({"out":{"set":["SIGINT","SIGHUP"]}})", with_out(R"({"set":["SIGHUP","SIGINT"]})"),
       nullptr},
      {R"({"out":{"set":["SIGINT"]}})", with_out(R"({"set":["SIGHUP","SIGINT"]})"),
       R"(expected set ["SIGINT"], got set ["SIGHUP","SIGINT"])"},
      {R"({"out":{"pid":"$v"}})", with_out(R"({"pid":7})"), nullptr},
      {R"({"out":{"pid":">0"}})", with_out(R"({"pid":0})"), R"(expected pid ">0", got pid 0)"},
      {R"({"out":{"fds":[{"revents":["POLLIN"]}]}})",
       with_out(R"({"fds":[{"fd":3,"revents":["POLLIN"]}]})"), nullptr},
      {R"({"ret":7,"exited":1})", ended(2 << 8), "expected exited 1, got ret 7, exited 2"},
      {"null", refused(abi::Errno::kEPERM), nullptr},
  };
  for (const Case& each : cases) {
    const auto complaint = judge(Json::parse(each.expect), each.outcome, variables);
    if (each.complaint == nullptr)
      EXPECT_EQ(complaint, std::nullopt) << each.expect;
    else
      EXPECT_EQ(complaint, std::optional<std::string>(each.complaint)) << each.expect;
  }
}

TEST(LitmusVerdict, CountsEachExpectation) {
  const Litmus litmus = litmus_of(R"([
    {"call":"getpid","expect":{"ret":1}},
    {"block":{"call":"pause","as":"p","expect":{"err":"EINTR"}}},
    {"call":"fork","child":[{"call":"getpid","expect":{"ret":2}}]},
    {"call":"getppid"}])");
  LitmusVerdict verdict(litmus.program);
  const LitmusVariables variables;
  verdict.judge(litmus.program[0], returned(1), variables);
  verdict.judge(litmus.program[3], returned(1), variables);
  verdict.judge(litmus.program[1], returned(0), variables);
  verdict.fail(litmus.program[3], "not modelled");
  verdict.finish();
  EXPECT_EQ(verdict.held(), 1);
  ASSERT_EQ(verdict.failed().size(), 3U);
  EXPECT_EQ(verdict.failed()[0].pointer, "/program/1/block/expect");
  EXPECT_EQ(verdict.failed()[0].text, "expected EINTR, got ret 0");
  EXPECT_EQ(verdict.failed()[1].pointer, "/program/2/child/0/expect");
  EXPECT_EQ(verdict.failed()[1].text, "never reached");
  EXPECT_EQ(verdict.failed()[2].pointer, "/program/3");
}

TEST(LitmusVariables, NumbersPartsAndBytes) {
  LitmusVariables variables;
  LitmusOutcome pipe = returned(0);
  pipe.descriptors = {3, 4};
  variables.set("p", pipe);
  variables.set("t", with_data("text"));
  EXPECT_EQ(variables.number("p"), std::optional<std::int64_t>(0));
  EXPECT_EQ(variables.number("p.1"), std::optional<std::int64_t>(4));
  EXPECT_EQ(variables.number("p.2"), std::nullopt);
  EXPECT_EQ(variables.number("q"), std::nullopt);
  EXPECT_EQ(variables.bytes("t.data"), std::optional<std::string>("text"));
  EXPECT_EQ(variables.bytes("p.data"), std::nullopt);
  std::string missing;
  EXPECT_EQ(variables.text("/proc/${p.0}/${t.data}$$", missing),
            std::optional<std::string>("/proc/3/text$"));
  EXPECT_EQ(variables.text("a$b", missing), std::optional<std::string>("a$b"));
  EXPECT_EQ(variables.text("${gone}", missing), std::nullopt);
  EXPECT_EQ(missing, "gone");
}

}  // namespace
}  // namespace cutaway::spec

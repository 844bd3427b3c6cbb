// Calls as lines: what people write becomes what a document has, and back.
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/json_text.h"
#include "scenarios/bundled.h"
#include "spec/litmus_line.h"

namespace cutaway::spec {
namespace {

TEST(LitmusLine, IsWhatADocumentHas) {
  const struct {
    const char* line;
    const char* json;
  } cases[] = {
      {"getpid()", R"({"call":"getpid"})"},
      {"  chdir( \"/a, b\" ) ; ", R"({"call":"chdir","path":"/a, b"})"},
      {R"(f = open("/x", O_RDONLY|O_CLOEXEC))",
       R"({"as":"f","call":"open","flags":["O_RDONLY","O_CLOEXEC"],"pathname":"/x"})"},
      {"read($f, 10)", R"({"call":"read","count":10,"fd":"$f"})"},
      {R"(mkdir("/d", 0755))", R"({"call":"mkdir","mode":"0755","pathname":"/d"})"},
      {R"(mknod("/d", S_IFCHR|0600, 1:3))",
       R"({"call":"mknod","dev":"1:3","mode":["S_IFCHR","0600"],"pathname":"/d"})"},
      {R"(mount(NULL, "/", NULL, MS_REC|MS_PRIVATE))",
       R"({"call":"mount","filesystemtype":null,"mountflags":["MS_REC","MS_PRIVATE"],"source":null,"target":"/"})"},
      {"kill($c, SIGTERM)", R"({"call":"kill","pid":"$c","sig":"SIGTERM"})"},
      {R"(rt_sigaction(SIGTERM, {"sa_handler": {"exit": 7}}))",
       R"({"act":{"sa_handler":{"exit":7}},"call":"rt_sigaction","signum":"SIGTERM"})"},
      {R"(umount2(".", 0))", R"({"call":"umount2","flags":[],"target":"."})"},
      {R"(write(1, "a \"b\", c"))", R"({"buf":"a \"b\", c","call":"write","fd":1})"},
  };
  for (const auto& each : cases) {
    const auto call = litmus_call_of(each.line);
    ASSERT_TRUE(call) << each.line << ": " << call.error().message;
    EXPECT_EQ(json_text(*call), each.json) << each.line;
  }
}

TEST(LitmusLine, SaysWhatIsWrong) {
  const struct {
    const char *line, *message;
  } cases[] = {
      {"chdir", "'chdir' is no call, expected a name and its arguments"},
      {"3 = getpid()", "'3 = getpid()' is no call"},
      {"chdirr(\"/\")", "did you mean \"chdir\"?"},
      {"reboot(1)", "reboot"},
      {"chdir(\"/\", 1)", "more arguments than it takes, expected chdir(path)"},
      {"chdir(\"/)", "leaves a quote or a bracket open"},
      {"chdir(/)", "path is /, expected a text in double quotes"},
      {"open(\"/x\", O_RDONLI)", "flags/0"},
      {"open(\"/x\", O_RDONLY,)", "mode is left out, expected"},
      {"mkdir(\"/x\", 0999)", "mode is 0999, expected"},
      {"rt_sigaction(SIGTERM, {sa_handler: 1})", "act is {sa_handler: 1}, expected"},
  };
  for (const auto& each : cases) {
    const auto call = litmus_call_of(each.line);
    ASSERT_FALSE(call) << each.line;
    EXPECT_NE(call.error().message.find(each.message), std::string::npos)
        << each.line << ": " << call.error().message;
  }
}

/// The call alone: who makes it, and what is expected of it, stand elsewhere.
void expect_back(const Json& steps, int& count) {
  for (const Json& step : steps) {
    if (step.contains("child")) expect_back(step["child"], count);
    Json call = step.contains("block") ? step["block"] : step;
    if (!call.contains("call")) continue;
    for (const char* key : {"child", "entry", "expect"}) call.erase(key);
    const std::string line = litmus_line(call);
    const auto back = litmus_call_of(line);
    ASSERT_TRUE(back) << line << ": " << back.error().message;
    EXPECT_EQ(litmus_line(*back), line);
    for (const auto& [key, value] : call.items())
      EXPECT_EQ(json_text(back->value(key, Json("gone"))), json_text(value)) << line << " " << key;
    ++count;
  }
}

TEST(LitmusLine, GoesThereAndBackInAllBundledPrograms) {
  int count = 0;
  for (const scenarios::BundledScenario& document : scenarios::bundled_litmus()) {
    const auto json = parse_json(document.text);
    ASSERT_TRUE(json) << document.path;
    expect_back((*json)["program"], count);
  }
  EXPECT_GT(count, 300);
}

}  // namespace
}  // namespace cutaway::spec

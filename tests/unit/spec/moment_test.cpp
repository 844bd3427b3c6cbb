// Moments: read, written, said in the words of a shell.
#include "spec/moment.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/text.h"

namespace cutaway::spec {
namespace {

Result<SavedMoment> read(const std::string& text) {
  const auto document = JsonDocument::parse("x.moment.json", text);
  if (!document) return fail(document.error());
  return load_moment(*document);
}

std::string problem(const std::string& text) {
  const auto moment = read(text);
  return moment ? "" : moment.error().message;
}

SavedMoment of_commands() {
  SavedMoment moment;
  moment.commands = {"docker pull busybox", "docker run busybox sh -c 'echo it'"};
  moment.machine.emplace();
  moment.machine->memory = std::int64_t{8} << 30;
  moment.machine->cgroup = CgroupVersion::V1;
  moment.seed = 7;
  moment.at = 425;
  moment.events = 868;
  moment.step = "beat";
  moment.theme = "light";
  moment.presenter = true;
  moment.view = "lens";
  moment.of = "web";
  return moment;
}

TEST(Moment, ComesBackAsItWasWritten) {
  const SavedMoment before = of_commands();
  const auto after = read(moment_text(before));
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(after->commands, before.commands);
  EXPECT_EQ(after->machine->memory, before.machine->memory);
  EXPECT_EQ(after->machine->cgroup, CgroupVersion::V1);
  EXPECT_EQ(after->seed, before.seed);
  EXPECT_EQ(after->at, 425);
  EXPECT_EQ(after->events, 868);
  EXPECT_EQ(after->step, "beat");
  EXPECT_EQ(after->theme, "light");
  EXPECT_TRUE(after->presenter);
  EXPECT_EQ(after->view + after->near + after->of + after->beside, "lensweb");
  EXPECT_EQ(moment_text(*after), moment_text(before));
}

TEST(Moment, EachViewComesBack) {
  for (const char* view : {"ship", "lens", "matrix", "tree", "channels", "layers"}) {
    SavedMoment before;
    before.scenario = "run-echo";
    before.view = view;
    const auto after = read(moment_text(before));
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(after->view, view);
  }
}

TEST(Moment, SaysWhatIsUsualByDefault) {
  const auto moment = read(R"({"cutaway_moment":1,"scenario":"run-echo","at":3})");
  ASSERT_TRUE(moment) << moment.error().message;
  EXPECT_EQ(moment->scenario, "run-echo");
  EXPECT_FALSE(moment->machine || moment->seed || moment->events || moment->presenter);
  EXPECT_EQ(moment->step, "syscall");
  EXPECT_EQ(moment->theme, "dark");
}

// The words of the line are those that were asked for, whatever a shell would make of them.
TEST(Moment, ItsLineIsWhatAShellNeeds) {
  EXPECT_EQ(moment_line(of_commands()),
            "cutaway view -e 'docker pull busybox' -e 'docker run busybox sh -c '\\''echo it'\\'''"
            " --seed 7 --at 425 --step beat --theme light --presenter --view lens --of web");
  std::vector<std::string> words;
  ASSERT_TRUE(split_shell_words(moment_line(of_commands()), words));
  EXPECT_EQ(words[5], of_commands().commands[1]);
  SavedMoment recorded;
  recorded.trace = "my run.cut";
  recorded.seed = 1;  // a recording has no use for it
  EXPECT_EQ(moment_line(recorded), "cutaway view 'my run.cut' --at 0");
}

TEST(Moment, MistakesAreNamedWithLineAndPointer) {
  EXPECT_EQ(problem("{\"cutaway_moment\":1,\n \"scenario\":\"run-echo\",\n \"at\":\"here\"}"),
            "x.moment.json:3: /at: is \"here\", expected a whole number from 0 to 4294967296");
  EXPECT_EQ(problem(R"({"cutaway_moment":2,"scenario":"run-echo","at":1})"),
            "x.moment.json:1: /cutaway_moment: is 2, expected a whole number from 1 to 1");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"at":1})"),
            "x.moment.json:1: /: expected one of scenario, commands, trace");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"scenario":"a","trace":"b.cut","at":1})"),
            "x.moment.json:1: /: expected one of scenario, commands, trace");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"commands":["docker ps","ls"],"at":1})"),
            "x.moment.json:1: /commands/1: is \"ls\", expected \"docker …\"");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"scenario":"a","at":1,"them":"dark"})"),
            "x.moment.json:1: /them: unknown key \"them\", did you mean \"theme\"?");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"scenario":"a","at":1,"theme":"red"})"),
            "x.moment.json:1: /theme: is \"red\", expected one of dark, light, projector");
  EXPECT_EQ(problem(R"({"cutaway_moment":1,"scenario":"a","at":1,"machine":{"cpus":0}})"),
            "x.moment.json:1: /machine/cpus: is 0, expected a whole number from 1 to 1024");
  EXPECT_EQ(problem("[1]").substr(0, 20), "x.moment.json:1: /: ");
}

}  // namespace
}  // namespace cutaway::spec

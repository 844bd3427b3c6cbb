// inspect, top, rename, tag, rmi, pause, prunes, diff, info, version of the simulated docker.
#include <gtest/gtest.h>

#include "base/text.h"
#include "run_echo.h"
#include "trace/world/lookup.h"

namespace cutaway::test {
namespace {

const Container& box_of(const Outcome& outcome, std::string_view name = "box") {
  const Container* found = container_by_name(outcome.simulator->trace().head(), name);
  if (found == nullptr) throw std::runtime_error("there is no such container");
  return *found;
}

TEST(Inspect, IsAnArrayOfWhatTheDaemonKnows) {
  const Outcome outcome = run_docker({kBox, "inspect box"});
  const std::string& text = outcome.last().stdout_text;
  EXPECT_EQ(text.find("[\n    {\n        \"Id\": \"" + box_of(outcome).id + "\",\n"), 0u);
  EXPECT_NE(text.find("\"Status\": \"running\""), std::string::npos);
  EXPECT_NE(text.find("\"Path\": \"sleep\",\n        \"Args\": [\n            \"1000\"\n"),
            std::string::npos);
}

TEST(Inspect, FormatIsAGoTemplate) {
  const Outcome outcome = run_docker(
      {kBox, "inspect --format '{{.State.Status}} {{.State.ExitCode}} {{.Name}}' box",
       "inspect -f '{{json .Config.Cmd}}' box", "inspect -f '{{.State.Pid}}' box",
       "inspect -f '{{range .Config.Cmd}}<{{.}}>{{end}}{{if .State.Paused}}p{{else}}r{{end}}' box",
       "inspect -f '{{len .Args}} {{index .Args 0}}' box", "inspect -f '{{.Nope}}' box"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "running 0 /box\n");
  EXPECT_EQ(outcome.commands[2].stdout_text, "[\"sleep\",\"1000\"]\n");
  const Task& init = outcome.simulator->trace().head().tasks.at(box_of(outcome).init);
  EXPECT_EQ(outcome.commands[3].stdout_text, decimal(init.pid()) + "\n");
  EXPECT_EQ(outcome.commands[4].stdout_text, "<sleep><1000>r\n");
  EXPECT_EQ(outcome.commands[5].stdout_text, "1 1000\n");
  EXPECT_EQ(outcome.commands[6].exit, 1);
  EXPECT_NE(outcome.commands[6].stderr_text.find("map has no entry for key \"Nope\""),
            std::string::npos);
}

TEST(Inspect, FindsImagesAndSaysWhatIsNotThere) {
  const Outcome outcome =
      run_docker({"pull busybox", "inspect -f '{{.RepoTags}} {{.Config.Cmd}}' busybox",
                  "inspect nosuch", "container inspect nosuch", "image inspect nosuch"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "[busybox:latest] [sh]\n");
  EXPECT_EQ(outcome.commands[2].stdout_text, "[]\n");
  EXPECT_EQ(outcome.commands[2].stderr_text, "Error: No such object: nosuch\n");
  EXPECT_EQ(outcome.commands[2].exit, 1);
  EXPECT_EQ(outcome.commands[3].stderr_text,
            "Error response from daemon: No such container: nosuch\n");
  EXPECT_EQ(outcome.commands[4].stderr_text,
            "Error response from daemon: No such image: nosuch:latest\n");
}

// docker reads the template before it asks the server.
TEST(Inspect, ATemplateThatCannotBeReadIsRefusedBeforeAnythingIsAsked) {
  const Outcome outcome = run_docker({"inspect --format {{.Name nobody"});
  EXPECT_EQ(outcome.last().exit, 64);
  EXPECT_EQ(outcome.last().stdout_text, "");
  EXPECT_EQ(outcome.last().stderr_text, "template parsing error: template: :1: unclosed action\n");
  const Outcome fits = run_docker({"inspect --format {{.Name}} nobody"});
  EXPECT_EQ(fits.last().exit, 1);
}

TEST(Pause, StopsTheProcessesAndNothingElse) {
  const Outcome outcome =
      run_docker({"run -d --name box busybox sh -c 'sleep 5; echo late; sleep 1000'", "pause box",
                  "ps", "exec box true", "wait nosuch", "pause box"});
  EXPECT_EQ(outcome.commands[1].stdout_text, "box\n");
  EXPECT_NE(outcome.commands[2].stdout_text.find("(Paused)"), std::string::npos);
  EXPECT_EQ(outcome.commands[3].stderr_text, "Error response from daemon: Container " +
                                                 box_of(outcome).id +
                                                 " is paused, unpause the container before exec\n");
  EXPECT_EQ(outcome.last().stderr_text,
            "Error response from daemon: Container " + box_of(outcome).id + " is already paused\n");
  ASSERT_TRUE(outcome.simulator->run_for(60 * kSecond).has_value());
  EXPECT_TRUE(box_of(outcome).log_stdout.empty());
  SideCommand unpause;
  unpause.line = "unpause box";
  unpause.words = {"unpause", "box"};
  const auto index = outcome.simulator->submit(unpause);
  ASSERT_TRUE(index && outcome.simulator->run_until_done(*index));
  ASSERT_TRUE(outcome.simulator->run_for(kSecond).has_value());
  EXPECT_FALSE(box_of(outcome).log_stdout.empty());
}

TEST(Pause, OnBothCgroupVersionsAndKillEndsIt) {
  for (const CgroupVersion version : {CgroupVersion::V1, CgroupVersion::V2}) {
    const Outcome outcome = run_docker({kBox, "pause box", "kill box"}, 1, version);
    EXPECT_EQ(outcome.last().exit, 0);
    EXPECT_EQ(box_of(outcome).state, ContainerState::Exited);
    EXPECT_EQ(box_of(outcome).exit_code, 137);
  }
}

TEST(Pause, UnpauseNeedsAPausedOne) {
  const Outcome outcome = run_docker({kBox, "unpause box"});
  EXPECT_EQ(outcome.last().stderr_text,
            "Error response from daemon: Container " + box_of(outcome).id + " is not paused\n");
  EXPECT_EQ(outcome.last().exit, 1);
}

TEST(Top, ShowsTheHostsNumbers) {
  const Outcome outcome =
      run_docker({"run -d --name box busybox sh -c 'sleep 1000; true'", "top box"});
  const World& world = outcome.simulator->trace().head();
  const std::string& text = outcome.last().stdout_text;
  EXPECT_EQ(text.find("UID                 PID                 PPID                C  "), 0u);
  EXPECT_NE(text.find(decimal(world.tasks.at(box_of(outcome).init).pid())), std::string::npos);
  EXPECT_NE(text.find("sleep 1000\n"), std::string::npos);
}

TEST(Rename, IsAnEntryInTheRecords) {
  const Outcome outcome =
      run_docker({kBox, "create --name other busybox true", "rename box lodger",
                  "rename lodger other", "rename nosuch x1", "exec lodger true", "ps --all"});
  EXPECT_EQ(outcome.commands[2].exit, 0);
  EXPECT_EQ(outcome.commands[2].stdout_text, "");
  EXPECT_EQ(outcome.commands[3].stderr_text.find(
                "Error response from daemon: Error when allocating new name: Conflict. The "
                "container name \"/other\" is already in use by container \""),
            0u);
  EXPECT_EQ(outcome.commands[4].exit, 1);
  EXPECT_EQ(outcome.commands[5].exit, 0);
  EXPECT_NE(outcome.last().stdout_text.find("lodger"), std::string::npos);
}

TEST(Create, TakesANameThatAnotherIdBeginsWith) {
  const std::string begins = box_of(run_docker({kBox})).id.substr(0, 3);
  const Outcome outcome = run_docker({kBox, "create --name " + begins + " busybox true"});
  EXPECT_EQ(outcome.last().exit, 0) << outcome.last().stderr_text;
  EXPECT_EQ(box_of(outcome, begins).name, begins) << "a name goes before the beginning of an id";
}

TEST(Tag, IsOneMoreNameOfTheSameImage) {
  const Outcome outcome = run_docker({"pull busybox", "tag busybox my/box:1", "images",
                                      "rmi my/box:1", "rmi busybox", "images -q", "tag busybox x"});
  const World& world = outcome.simulator->trace().head();
  EXPECT_NE(outcome.commands[2].stdout_text.find("my/box"), std::string::npos);
  EXPECT_EQ(outcome.commands[3].stdout_text.find("Untagged: my/box:1\n"), 0u);
  EXPECT_EQ(outcome.commands[3].stdout_text.find("Deleted"), std::string::npos);
  EXPECT_EQ(
      outcome.commands[4].stdout_text.find("Untagged: busybox:latest\nUntagged: busybox@sha256:"),
      0u);
  EXPECT_NE(outcome.commands[4].stdout_text.find("Deleted: sha256:"), std::string::npos);
  EXPECT_EQ(outcome.commands[5].stdout_text, "");
  EXPECT_TRUE(world.layers->empty());
  EXPECT_EQ(outcome.commands[6].stderr_text,
            "Error response from daemon: No such image: busybox:latest\n");
}

TEST(Rmi, IsRefusedWhileAContainerStandsOnIt) {
  const Outcome outcome =
      run_docker({"run --name box busybox true", "rmi busybox", "rm box", "rmi busybox"});
  EXPECT_EQ(outcome.commands[1].exit, 1);
  EXPECT_EQ(outcome.commands[1].stderr_text.find(
                "Error response from daemon: conflict: unable to remove repository reference "
                "\"busybox\" (must force) - container "),
            0u);
  EXPECT_EQ(outcome.last().exit, 0);
}

TEST(Prune, RemovesWhatDoesNotRun) {
  const Outcome outcome =
      run_docker({"create --name cc busybox true", "run --name ee busybox true", kBox,
                  "container prune -f", "ps --all --quiet", "image prune -af", "images -q",
                  "rm -f box", "system prune -af", "images -q"});
  EXPECT_EQ(outcome.commands[3].stdout_text.find("Deleted Containers:\n"), 0u);
  EXPECT_EQ(split(std::string(trim(outcome.commands[4].stdout_text)), '\n').size(), 1u);
  EXPECT_EQ(outcome.commands[5].stdout_text, "Total reclaimed space: 0B\n");
  EXPECT_NE(outcome.commands[6].stdout_text, "");
  EXPECT_EQ(outcome.commands[8].stdout_text.find("Deleted Images:\nuntagged: busybox:latest\n"),
            0u);
  EXPECT_EQ(outcome.commands[9].stdout_text, "");
}

TEST(Prune, AsksFirst) {
  const Outcome outcome =
      run_docker({"create --name cc busybox true", "container prune", "ps -aq"});
  EXPECT_EQ(
      outcome.commands[1].stdout_text.find("WARNING! This will remove all stopped containers."),
      0u);
  EXPECT_EQ(outcome.commands[1].exit, 0);
  EXPECT_NE(outcome.last().stdout_text, "");
}

TEST(Diff, ComparesTheWritableLayerWithTheImage) {
  const Outcome outcome = run_docker(
      {"run --name box busybox sh -c 'echo x >/tmp/new; echo y >>/etc/group; rm /etc/passwd'",
       "diff box"});
  EXPECT_EQ(outcome.last().stdout_text,
            "C /etc\nC /etc/group\nD /etc/passwd\nC /tmp\nA /tmp/new\n");
}

TEST(System, CountsWhatThereIs) {
  const Outcome outcome =
      run_docker({kBox, "create --name cc busybox true", "info", "version", "system df",
                  "version --format '{{.Server.Version}}'", "port box"});
  EXPECT_NE(outcome.commands[2].stdout_text.find(
                " Containers: 2\n  Running: 1\n  Paused: 0\n  Stopped: 1\n"),
            std::string::npos);
  EXPECT_EQ(outcome.commands[3].stdout_text.find("Client:\n Version:           28.2.2\n"), 0u);
  EXPECT_EQ(outcome.commands[4].stdout_text.find("TYPE            TOTAL     ACTIVE    SIZE"), 0u);
  EXPECT_EQ(outcome.commands[5].stdout_text, "28.2.2\n");
  EXPECT_EQ(outcome.commands[6].exit, 0);
}

TEST(Events, AStopWithoutAHandlerIsTwoSignals) {
  const Outcome outcome =
      run_docker({kBox, "exec box true", "stop -t 2 box", "rm box", "events --since 0 --until 0s",
                  "events --since 0 --until 0s --format '{{.Action}}'"});
  const std::string& text = outcome.commands[4].stdout_text;
  EXPECT_NE(text.find(" container create "), std::string::npos);
  EXPECT_NE(text.find("(image=busybox:latest, name=box, signal=15)\n"), std::string::npos);
  const std::string actions = outcome.commands[5].stdout_text;
  EXPECT_EQ(actions.substr(actions.find("create")),
            "create\nconnect\nstart\nexec_create: true\nexec_start: true\nexec_die\nkill\nkill\n"
            "die\ndisconnect\nstop\ndestroy\n");
}

TEST(Events, WhatIsNoTimeIsRefused) {
  for (const char* line : {"events --since yesterday", "events --until 3x"}) {
    const Outcome outcome = run_docker({line});
    ASSERT_FALSE(outcome.commands.empty()) << line;
    EXPECT_EQ(outcome.last().exit, 1) << line;
    EXPECT_NE(outcome.last().stderr_text.find("failed to parse value as time or duration: \""),
              std::string::npos)
        << outcome.last().stderr_text;
  }
}

TEST(LongForms, AreTheSameCommands) {
  const Outcome outcome =
      run_docker({"container run -d --name box busybox sleep 1000", "container ls -q",
                  "container exec box echo hi", "image ls -q", "container rename box other",
                  "container rm -f other"});
  EXPECT_NE(outcome.commands[1].stdout_text, "");
  EXPECT_EQ(outcome.commands[2].stdout_text, "hi\n");
  EXPECT_NE(outcome.commands[3].stdout_text, "");
  EXPECT_EQ(outcome.last().stdout_text, "other\n");
}

// What no UTF-8 can say, Go's encoding/json says as U+FFFD.
TEST(Bytes, ThatAreNoTextAreAnswered) {
  const Outcome outcome = run_docker(
      {"pull -q busybox", "rm \xff", "run --rm -e A=\xff busybox sh -c 'echo $A'", "ps -q"});
  EXPECT_EQ(outcome.commands[1].exit, 1);
  EXPECT_NE(outcome.commands[1].stderr_text.find("No such container: \xef\xbf\xbd"),
            std::string::npos)
      << outcome.commands[1].stderr_text;
  EXPECT_EQ(outcome.commands[2].stdout_text, "\xef\xbf\xbd\n");
}

}  // namespace
}  // namespace cutaway::test

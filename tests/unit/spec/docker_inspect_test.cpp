// The JSON of inspect, and Go templates over it.
#include "spec/docker_inspect.h"

#include <gtest/gtest.h>

namespace cutaway::spec {
namespace {

OrderedJson sample() {
  return OrderedJson::parse(
      R"({"Name":"/box","State":{"Status":"running","Pid":42,"Paused":false},"Env":["A=1","B=2"],
          "Labels":{"b":"2","a":"1"},"None":null})");
}

std::string applied(std::string_view format) {
  const auto text = apply_template(format, sample());
  return text ? *text : "error: " + text.error().message;
}

TEST(GoTemplate, FieldsArePrintedAsGoPrintsThem) {
  EXPECT_EQ(applied("{{.Name}} {{ .State.Pid }}"), "/box 42");
  EXPECT_EQ(applied("{{.Env}}"), "[A=1 B=2]");
  EXPECT_EQ(applied("{{.Labels}}"), "map[a:1 b:2]");
  EXPECT_EQ(applied("{{.None}} {{.State.Paused}}"), "<nil> false");
}

TEST(GoTemplate, FunctionsAndPipes) {
  EXPECT_EQ(applied("{{json .State}}"), R"({"Status":"running","Pid":42,"Paused":false})");
  EXPECT_EQ(applied("{{.Env | len}} {{index .Env 1}} {{index .Labels \"a\"}}"), "2 B=2 1");
  EXPECT_EQ(applied("{{join .Env \", \"}} {{upper .Name}}"), "A=1, B=2 /BOX");
  EXPECT_EQ(applied("{{if eq .State.Status \"running\"}}up{{else}}down{{end}}"), "up");
  EXPECT_EQ(applied("{{.Name}}\\t{{.Name}}"), "/box\t/box");
}

TEST(GoTemplate, BlocksNest) {
  EXPECT_EQ(applied("{{range .Env}}{{if .}}<{{.}}>{{end}}{{end}}."), "<A=1><B=2>.");
  EXPECT_EQ(applied("{{range .None}}x{{else}}none{{end}}"), "none");
  EXPECT_EQ(applied("{{if .State.Paused}}{{range .Env}}x{{end}}{{end}}!"), "!");
  EXPECT_EQ(applied("{{with .State}}{{.Pid}}{{end}}"), "42");
}

TEST(GoTemplate, MistakesAreTold) {
  EXPECT_EQ(applied("{{.Nope}}"),
            "error: template parsing error: template: :1:2: executing \"\" at <.Nope>: map has no "
            "entry for key \"Nope\"");
  EXPECT_EQ(applied("{{.Name"), "error: template parsing error: template: :1: unclosed action");
  EXPECT_EQ(applied("{{nosuch .Name}}"),
            "error: template parsing error: template: :1: function \"nosuch\" not defined");
  EXPECT_EQ(applied("{{if .Name}}x"),
            "error: template parsing error: template: :1: unexpected EOF");
}

TEST(Inspect, TimesAreCivil) {
  EXPECT_EQ(rfc3339(-1), "0001-01-01T00:00:00Z");
  EXPECT_EQ(rfc3339(0), "1970-01-01T00:00:00.000000000Z");
  EXPECT_EQ(rfc3339(1'709'208'000'000'000'001), "2024-02-29T12:00:00.000000001Z");
}

TEST(Inspect, FieldsStandInDockersOrder) {
  ContainerConfig config;
  config.id = std::string(64, 'a');
  config.name = "box";
  config.argv = {"sleep", "5"};
  config.env = {"PATH=/bin", "HOSTNAME=aaaa"};
  config.limits.pids = 7;
  ContainerFacts facts;
  facts.state = "paused";
  const OrderedJson json = inspect_container(config, facts);
  EXPECT_EQ(json.begin().key(), "Id");
  EXPECT_EQ(std::next(json.begin()).key(), "Created");
  EXPECT_EQ(json["State"]["Running"], true);
  EXPECT_EQ(json["State"]["Paused"], true);
  EXPECT_EQ(json["Args"], OrderedJson::parse(R"(["5"])"));
  EXPECT_EQ(json["Config"]["Env"], OrderedJson::parse(R"(["PATH=/bin"])"));
  EXPECT_EQ(json["HostConfig"]["PidsLimit"], 7);
  EXPECT_EQ(*inspect_text("", {}), "[]\n");
}

TEST(ExecConfig, ReplacesWhatItNames) {
  ContainerConfig container;
  container.env = {"A=1", "B=2"};
  container.user = "5";
  container.workdir = "/w";
  ExecOptions asked;
  asked.env = {"B=3", "C=4"};
  asked.tty = true;
  const ContainerConfig own = exec_config(container, asked, {"ls"});
  EXPECT_EQ(own.env, (std::vector<std::string>{"A=1", "B=3", "TERM=xterm", "C=4"}));
  EXPECT_EQ(own.argv, std::vector<std::string>{"ls"});
  EXPECT_EQ(own.user, "5");
  EXPECT_EQ(own.workdir, "/w");
  EXPECT_TRUE(own.tty);
}

}  // namespace
}  // namespace cutaway::spec

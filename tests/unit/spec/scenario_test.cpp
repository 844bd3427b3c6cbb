// Scenario and litmus documents: what is read, and every message about what is wrong.
#include "spec/scenario.h"

#include <gtest/gtest.h>

#include <set>

#include "base/json_value.h"
#include "base/prng.h"
#include "base/text.h"
#include "spec/litmus.h"
#include "tests/unit/spec/recorded.h"
#include "trace/event/kind.h"

namespace cutaway::spec {
namespace {

JsonDocument document(const std::string& text, const std::string& name = "x.json") {
  auto parsed = JsonDocument::parse(name, text);
  EXPECT_TRUE(parsed.has_value()) << parsed.error().message;
  return std::move(*parsed);
}

std::string good(const std::string& name) {
  return test::read_text(test::data_path("data/good/" + name));
}

std::vector<std::string> messages_of(const std::string& kind, const std::string& text) {
  const auto parsed = JsonDocument::parse("x.json", text);
  if (!parsed) return {parsed.error().message};
  std::vector<std::string> messages;
  for (const Error& error : kind == "litmus" ? check_litmus(*parsed) : check_scenario(*parsed))
    messages.push_back(error.message);
  return messages;
}

TEST(ScenarioDocument, EveryMistakeIsNamed) {
  const Json cases = *parse_json(test::read_text(test::data_path("data/bad.json")));
  EXPECT_GT(cases.size(), 90U);
  for (const Json& bad : cases) {
    SCOPED_TRACE(bad["name"].get<std::string>());
    const std::string text = join(bad["lines"].get<std::vector<std::string>>(), "\n");
    EXPECT_EQ(messages_of(bad["kind"], text), bad["errors"].get<std::vector<std::string>>());
  }
}

// The schema is for editors, the checker for us: one list of kinds.
TEST(ScenarioDocument, TheSchemaKnowsEveryKindOfEvent) {
  const Json schema = *parse_json(
      test::read_text(std::string(CUTAWAY_SOURCE_DIR) + "/spec/schema/scenario.schema.json"));
  std::set<std::string> kinds = {"io"};  // bytes on 0, 1 and 2: BytesMoved, which is "file" else
  for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index)
    kinds.insert(std::string(kind_of(empty_body(index)).kind));
  const Json::json_pointer listed("/definitions/event/properties/kind/enum");
  EXPECT_EQ(schema.at(listed).get<std::set<std::string>>(), kinds);
}

TEST(ScenarioDocument, LoadGivesTheFirstProblem) {
  const Result<Scenario> scenario = load_scenario(document("{\"cutaway_scenario\":1,\n\"id\":5}"));
  ASSERT_FALSE(scenario.has_value());
  EXPECT_EQ(scenario.error().code, ErrorCode::Usage);
  EXPECT_EQ(scenario.error().message, "x.json:2: /id: is 5, expected a text");
}

TEST(ScenarioDocument, EverythingIsRead) {
  const Result<Scenario> loaded =
      load_scenario(document(good("everything.json"), "everything.json"));
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  const Scenario& scenario = *loaded;
  EXPECT_EQ(scenario.id, "everything");
  EXPECT_TRUE(scenario.sim && scenario.real && scenario.machine_said);
  EXPECT_EQ(scenario.machine.cgroup, CgroupVersion::V1);
  EXPECT_EQ(scenario.machine.memory, std::int64_t{8} << 30);
  EXPECT_EQ(scenario.seed, 7U);
  ASSERT_EQ(scenario.faults.size(), 2U);
  EXPECT_EQ(scenario.faults[1].after, 2);
  EXPECT_EQ(scenario.items.size(), 14U);
  EXPECT_EQ(scenario.expect.size(), 8U);
  EXPECT_EQ(scenario.expect[7].pointer, "/expect/7");
}

TEST(ScenarioDocument, ImagesAndFiles) {
  const Scenario scenario = *load_scenario(document(good("everything.json")));
  ASSERT_EQ(scenario.images.size(), 1U);
  const ScenarioImage& image = scenario.images[0];
  EXPECT_EQ(image.ref, "shop/app:1");
  EXPECT_EQ(image.config.user, "app");
  EXPECT_EQ(image.config.exposed_ports, std::vector<std::string>{"80/tcp"});
  ASSERT_EQ(image.layers.size(), 2U);
  const FileSet& files = image.layers[0];
  EXPECT_EQ(files.at("/bin/busybox").kind, FileSpec::Kind::Program);
  EXPECT_EQ(files.at("/bin/busybox").mode, 0755U);
  EXPECT_EQ(files.at("/bin/sh").link, "busybox");
  EXPECT_EQ(files.at("/etc/motd").bytes, "hello\n");
  EXPECT_EQ(files.at("/etc/motd").mode, 0600U);
  EXPECT_EQ(files.at("/etc/motd").uid, 1000U);
  EXPECT_EQ(files.at("/blob").bytes, std::string("\0\1\2", 3));
  EXPECT_EQ(files.at("/blob").mode, 0644U);
  EXPECT_EQ(files.at("/srv/").kind, FileSpec::Kind::Directory);
  EXPECT_EQ(files.at("/bin/mounts").litmus.size(), 1U);
}

template <class T>
const T& item(const Scenario& scenario, std::size_t index) {
  return std::get<T>(scenario.items[index].body);
}

TEST(ScenarioDocument, Items) {
  const Scenario s = *load_scenario(document(good("everything.json")));
  EXPECT_EQ(item<DockerItem>(s, 0).words,
            (std::vector<std::string>{"run", "--rm", "busybox", "echo", "hi there"}));
  EXPECT_EQ(item<DockerItem>(s, 0).as, "r1");
  EXPECT_EQ(item<DockerItem>(s, 1).tty, "t1");
  EXPECT_EQ(item<TypeItem>(s, 2).text, "ls\n");
  EXPECT_TRUE(item<DockerItem>(s, 3).background);
  EXPECT_EQ(item<HostItem>(s, 4).line, "ps -ef");
  EXPECT_EQ(item<DockerItem>(s, 5).stdin_text, "text");
  EXPECT_EQ(item<WaitItem>(s, 6).ns, 1'500'000'000);
  EXPECT_EQ(item<UntilItem>(s, 7).max_ns, 10'000'000'000);
  EXPECT_EQ(item<SignalItem>(s, 8).signal, "SIGINT");
  EXPECT_EQ(item<UndoItem>(s, 9).count, 2);
  EXPECT_TRUE(item<FaultsItem>(s, 10).faults.empty());
  EXPECT_EQ(item<HubItem>(s, 11).to, "app:2");
  EXPECT_EQ(item<LitmusItem>(s, 12).program.size(), 2U);
  EXPECT_EQ(item<ExpectItem>(s, 13).expect.size(), 2U);
  EXPECT_EQ(s.items[13].pointer, "/do/13");
}

TEST(ScenarioDocument, Expectations) {
  const Scenario scenario = *load_scenario(document(good("everything.json")));
  const Expect& first = scenario.expect[0];
  EXPECT_EQ(first.of, "r1");
  EXPECT_EQ(first.exit, std::vector<std::int64_t>{0});
  EXPECT_EQ(first.stdout_text, "hi there\n");
  EXPECT_EQ(first.stderr_has, (std::vector<std::string>{"Unable", "Status"}));
  EXPECT_EQ(first.stderr_not, std::vector<std::string>{"Error"});
  EXPECT_EQ(first.took_gt_ns, 1'000'000);
  EXPECT_EQ(scenario.expect[1].exit, (std::vector<std::int64_t>{130, 137}));
  EXPECT_TRUE(scenario.expect[3].of.empty());
}

TEST(ScenarioDocument, DefaultsOfTheSmallest) {
  const Scenario scenario = *load_scenario(document(good("smallest.json")));
  EXPECT_TRUE(scenario.sim && !scenario.real && !scenario.machine_said);
  EXPECT_EQ(scenario.machine.cpus, 2);
  EXPECT_EQ(scenario.machine.memory, std::int64_t{2} << 30);
  EXPECT_EQ(scenario.machine.kernel, "6.12");
  EXPECT_EQ(scenario.seed, 1U);
}

TEST(ScenarioDocument, LinesMakeAScenario) {
  const Scenario scenario = scenario_of_lines({"run busybox 'a b'", "ps"});
  ASSERT_EQ(scenario.items.size(), 2U);
  EXPECT_EQ(item<DockerItem>(scenario, 0).words.back(), "a b");
  EXPECT_EQ(scenario.items[1].pointer, "/do/1");
}

TEST(LitmusDocument, IsRead) {
  const JsonDocument source = document(good("litmus-mount.json"));
  EXPECT_TRUE(is_litmus(source));
  EXPECT_FALSE(is_litmus(document(good("smallest.json"))));
  const Result<Litmus> loaded = load_litmus(source);
  ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
  const Litmus& litmus = *loaded;
  EXPECT_FALSE(litmus.tier_r);
  EXPECT_EQ(litmus.memory_bytes, 32 << 20);
  EXPECT_EQ(litmus.cpu_ppm, 500'000);
  EXPECT_EQ(litmus.files.at("/tmp/").mode, 01777U);
  ASSERT_EQ(litmus.program.size(), 13U);
  const LitmusStep& clone = litmus.program[1];
  EXPECT_EQ(clone.name, "clone");
  EXPECT_EQ(clone.as, "child");
  EXPECT_EQ(clone.arguments["flags"].size(), 2U);
  ASSERT_EQ(clone.child.size(), 4U);
  EXPECT_EQ(clone.child[2].form, LitmusForm::Block);
  EXPECT_EQ(clone.child[2].name, "read");
  EXPECT_EQ(clone.child[2].as, "got");
  EXPECT_EQ(clone.child[3].pointer, "/program/1/child/3");
  EXPECT_EQ(litmus.program[6].form, LitmusForm::Resume);
  EXPECT_EQ(litmus.program[11].form, LitmusForm::Touch);
  EXPECT_EQ(litmus.program[12].name, "SIGTERM");
}

TEST(LitmusDocument, VariablesOfATexts) {
  const std::pair<const char*, std::vector<std::string>> cases[] = {
      {"", {}},          {"plain", {}}, {"$v", {"v"}}, {"$v.data", {"v.data"}},
      {"$p.1", {"p.1"}}, {"$$", {}},    {"$$v", {}},   {"a${v}b${w}", {"v", "w"}},
      {"a$v", {}},       {"$${v}", {}}, {"${v", {}},   {"100$", {}}};
  for (const auto& [text, names] : cases) EXPECT_EQ(variables_in(text), names) << text;
}

// A good document with a few bytes changed: read, or refused with file and line; never more than
// that.
TEST(ScenarioDocument, DamagedOnesAreRefusedOrRead) {
  const std::string bytes = "{}[]\",:0-a$/\\ ";
  Prng random(7);
  int refused = 0;
  for (const char* name : {"everything.json", "litmus-mount.json"}) {
    const std::string whole = good(name);
    for (int i = 0; i < 1'000; ++i) {
      std::string text = whole;
      for (int k = 0; k < 2; ++k)
        text[random.below(text.size())] = bytes[random.below(bytes.size())];
      for (const std::string& message :
           messages_of(std::string(name) == "everything.json" ? "scenario" : "litmus", text)) {
        ASSERT_EQ(message.substr(0, 7), "x.json:");
        ++refused;
      }
    }
  }
  EXPECT_GT(refused, 500);
}

}  // namespace
}  // namespace cutaway::spec

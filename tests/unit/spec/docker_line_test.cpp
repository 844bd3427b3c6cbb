// Our parser against recordings of the real client: the same words refused with the same text and
// status, the rest taken apart into the same request.
#include "spec/docker_line.h"

#include <gtest/gtest.h>

#include "base/json_value.h"
#include "base/prng.h"
#include "base/text.h"
#include "tests/unit/spec/create_body.h"
#include "tests/unit/spec/recorded.h"

namespace cutaway::spec {
namespace {

using test::recorded;

ClientContext recording_context(const Json& record) {
  ClientContext context;
  context.stdin_is_terminal = record.contains("tty");
  context.env = [](std::string_view name) -> std::optional<std::string> {
    if (name == "FOO") return "bar";
    return std::nullopt;
  };
  return context;
}

const Command* as_command(const Parsed& parsed) { return std::get_if<Command>(&parsed); }
const ClientAnswer* as_answer(const Parsed& parsed) { return std::get_if<ClientAnswer>(&parsed); }

// The client says so itself.
void expect_refusal(const Json& record, const Parsed& parsed) {
  const ClientAnswer* answer = as_answer(parsed);
  ASSERT_NE(answer, nullptr) << "docker says: " << record["err"];
  EXPECT_EQ(answer->exit, record["exit"].get<int>());
  EXPECT_EQ(answer->err, record["err"].get<std::string>());
  EXPECT_EQ(answer->out, record["out"].get<std::string>());
}

void expect_help(const Json& record, const Parsed& parsed) {
  const ClientAnswer* answer = as_answer(parsed);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->exit, 0);
  const bool on_stdout = record["help"] == "stdout";
  const std::string& page = on_stdout ? answer->out : answer->err;
  EXPECT_NE(page.find("Usage:  docker"), std::string::npos);
  EXPECT_TRUE((on_stdout ? answer->err : answer->out).empty());
}

void expect_accepted(const Json& record, const Parsed& parsed, const Json& base) {
  const Command* command = as_command(parsed);
  ASSERT_NE(command, nullptr) << "we say: " << as_answer(parsed)->err;
  if (!record.contains("create")) return;
  EXPECT_EQ(test::difference(test::create_body(*command), base), record["create"]);
}

TEST(DockerLine, AgreesWithTheRecordedClient) {
  const Json base = test::create_body(*as_command(parse_docker({"create", "busybox"})));
  int refusals = 0, pages = 0, accepted = 0;
  for (const Json& record : recorded("lines.json")) {
    const auto words = record["words"].get<std::vector<std::string>>();
    SCOPED_TRACE("docker " + join(words, " "));
    const Parsed parsed = parse_docker(words, recording_context(record));
    if (record.contains("err")) {
      ++refusals;
      expect_refusal(record, parsed);
    } else if (record.contains("help")) {
      ++pages;
      expect_help(record, parsed);
    } else {
      ++accepted;
      expect_accepted(record, parsed, base);
    }
  }
  EXPECT_GT(refusals, 200);
  EXPECT_GT(pages, 10);
  EXPECT_GT(accepted, 150);
}

// Whatever is typed, there is an answer or a command, and a refusal says something.
TEST(DockerLine, AnyWordsHaveAnAnswer) {
  const std::vector<std::string> pieces = split(
      "run|create|exec|ps|container|image|ls|rm|-|--|-it|-e|-eA=1|--env=|=|--name|-m|64m|--cpus|1."
      "5|-v|"
      "/a:/b|:|-p|80:80|busybox|a:b:c|@|--help|-h|--rm|| |\xff|--memory=9999999999999999999999|"
      "--pids-limit|0x|--mount|type=bind,|--ulimit|nofile=::|--network|name=,|system|prune|help|--"
      "format|"
      "{{|-n|-q|--since|1h|--security-opt|-a|stdin",
      '|');
  Prng random(1);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::string> words;
    const std::uint64_t length = random.below(8);
    for (std::uint64_t k = 0; k < length; ++k) words.push_back(pieces[random.below(pieces.size())]);
    const Parsed parsed = parse_docker(words);
    const ClientAnswer* answer = as_answer(parsed);
    if (answer == nullptr) continue;
    ++refused;
    ASSERT_FALSE((answer->out + answer->err).empty()) << join(words, " ");
    ASSERT_TRUE(answer->exit == 0 || answer->exit == 1 || answer->exit == 125) << join(words, " ");
  }
  EXPECT_GT(refused, 5'000);
}

}  // namespace
}  // namespace cutaway::spec

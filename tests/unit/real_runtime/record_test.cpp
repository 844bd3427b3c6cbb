// Records of containers and their log, without a container.
#include "real/engine/record.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/json_value.h"
#include "real/engine/json_log.h"
#include "real/engine/start.h"

namespace cutaway::real {
namespace {

ContainerRecord record() {
  ContainerRecord made;
  made.id = std::string(64, 'b');
  made.name = "brave_lovelace";
  made.words = {"run", "-m", "64m", "busybox", "echo", "hi"};
  made.image = "busybox:latest";
  made.image_config = R"({"config":{"Env":["PATH=/bin"],"Cmd":["sh"]}})";
  made.layers = {"sha256:1"};
  made.layer_folders = {"/state/layers/1/diff"};
  made.state = RunState::Exited;
  made.exit_code = 7;
  made.root = RootKind::Copy;
  made.root_reason = "mount overlay: ENODEV (No such device)";
  made.shim = {123, 456789};
  return made;
}

TEST(Record, ComesBackAsItWasWritten) {
  const auto read = record_from_json(record_to_json(record()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(record_to_json(*read), record_to_json(record()));
}

TEST(Record, WithoutAFieldIsRefused) {
  Json json = record_to_json(record());
  json.erase("layers");
  const auto read = record_from_json(json);
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("layers"), std::string::npos);
}

TEST(Record, AnUnknownStateIsNamed) {
  Json json = record_to_json(record());
  json["state"] = "flying";
  const auto read = record_from_json(json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "unknown state 'flying'");
}

TEST(Record, AnUnknownKindOfRootIsNamed) {
  Json json = record_to_json(record());
  json["root"] = "zfs";
  const auto read = record_from_json(json);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().message, "unknown root 'zfs'");
}

TEST(Record, ItsConfigIsResolvedAnew) {
  const auto config = config_of(record());
  ASSERT_TRUE(config) << config.error().message;
  EXPECT_EQ(config->argv, (std::vector<std::string>{"echo", "hi"}));
  EXPECT_EQ(config->limits.memory_bytes, 64 << 20);
  EXPECT_EQ(config->name, "brave_lovelace");
}

TEST(Process, IsThisOneAndNoOther) {
  const ProcessId own = process_of(::getpid());
  EXPECT_TRUE(is_alive(own));
  EXPECT_FALSE(is_alive({own.pid, own.start_ticks + 1}));  // another one with the same number
  EXPECT_FALSE(is_alive({}));
}

TEST(End, IsReadFromTheShimsWord) {
  EXPECT_EQ(parse_end("exited 7 0\n").code, 7);
  EXPECT_EQ(parse_end("exited 0 15\n").code, 143);
  EXPECT_FALSE(parse_end("exited 0 9\n").oom);
  EXPECT_TRUE(parse_end("exited 0 9 oom\n").oom);
  EXPECT_EQ(parse_end("").code, 137);  // the shim was killed before it could say anything
}

TEST(JsonLog, ALineThatIsNotWholeWaits) {
  std::size_t used = 0;
  const std::string whole = R"({"log":"one\n","stream":"stderr","time":"t"})"
                            "\n";
  const auto entries = parse_log(whole + R"({"log":"tw)", used);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].text, "one\n");
  EXPECT_EQ(entries[0].channel, 2);
  EXPECT_EQ(used, whole.size());
}

}  // namespace
}  // namespace cutaway::real

#include <gtest/gtest.h>

#include "base/text.h"
#include "tests/unit/trace_log/sample.h"
#include "trace/log/json_values.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

std::vector<Json> sample_lines() {
  std::vector<Json> lines;
  for (const std::string& line : split(to_jsonl(sample_trace()), '\n')) {
    if (!line.empty()) lines.push_back(Json::parse(line));
  }
  return lines;
}

/// The first line of this kind and op.
Json line_of(const std::string& kind, const std::string& op) {
  for (const Json& line : sample_lines()) {
    if (line.value("kind", "") == kind && line.value("op", "") == op) return line;
  }
  return nullptr;
}

TEST(Jsonl, Header) {
  const std::string text = to_jsonl(sample_trace());
  EXPECT_EQ(
      text.substr(0, text.find('\n')),
      R"({"cutaway":1,"side":"sim","clock":"virtual","machine":{"arch":"x86_64","cgroup":"v2","cpus":2,)"
      R"("kernel":"6.12","memory":2147483648,"os":"linux"},"scenario":"run-echo",)"
      R"("commands":["docker run busybox echo hi"],"seed":1,"loss":"none"})");
}

TEST(Jsonl, ACallAsTheContractShowsIt) {
  const std::string text = to_jsonl(sample_trace());
  const std::size_t at = text.find("{\"n\":7,");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(
      text.substr(at, text.find('\n', at) - at),
      R"({"n":7,"t":8000,"kind":"syscall","name":"mount","args":{"data":null,"filesystemtype":"proc",)"
      R"("mountflags":["MS_NODEV","MS_NOSUID"],"source":"proc","target":"/proc"},"ret":-1,"err":"EPERM","dur":500,)"
      R"("task":{"comm":"dockerd","id":3,"nspid":1,"nspids":[501,1],"pid":501,"role":"daemon","tid":501},)"
      R"("container":")" +
          std::string(64, 'a') + R"(","step":"root.pivot","call":2,"cause":6})");
}

TEST(Jsonl, EventsAsTheContractShowsThem) {
  const Json forked = line_of("task", "forked");
  EXPECT_EQ(
      forked["child"],
      Json::parse(
          R"({"id":3,"pid":501,"tid":501,"nspid":1,"nspids":[501,1],"comm":"dockerd","role":"daemon"})"));
  EXPECT_EQ(forked["flags"], Json::array({"CLONE_NEWNS", "CLONE_NEWPID", "SIGCHLD"}));
  EXPECT_EQ(forked["task"]["pid"], 500);
  EXPECT_EQ(line_of("task", "exited")["signal"], "SIGTERM");
  EXPECT_FALSE(line_of("task", "exited").contains("code"));
  EXPECT_EQ(line_of("task", "reaped")["by"]["comm"], "dockerd");
  EXPECT_EQ(line_of("signal", "delivered")["sig"], "SIGTERM");
  EXPECT_EQ(line_of("signal", "delivered")["from"]["pid"], 500);
  EXPECT_EQ(line_of("note", "")["class"], "engine");
  EXPECT_FALSE(line_of("note", "").contains("op"));
  EXPECT_EQ(line_of("io", "written")["text"], "hi\n");
  EXPECT_EQ(line_of("io", "written")["is"], "pipe");
  EXPECT_EQ(line_of("cli", "typed")["argv"][0], "docker");
  EXPECT_EQ(line_of("container", "created")["record"]["name"], "brave_hopper");
  EXPECT_EQ(line_of("container", "created")["container"], std::string(64, 'a'));
  EXPECT_EQ(line_of("snapshot", "")["world"]["tasks"]["1"]["comm"], "init");
  EXPECT_EQ(line_of("layer", "mounted")["container"], std::string(64, 'a'));
}

TEST(Jsonl, ReadsBackByteForByte) {
  for (const CgroupVersion cgroup : {CgroupVersion::V1, CgroupVersion::V2}) {
    const Trace trace = sample_trace(cgroup);
    const std::string text = to_jsonl(trace);
    const auto back = from_jsonl("t.jsonl", text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(to_jsonl(*back), text);
    EXPECT_EQ(back->size(), trace.size());
    EXPECT_TRUE(back->head() == trace.head());
    EXPECT_EQ(back->damage, "");
  }
}

TEST(Jsonl, SmallContentsComeAlongGreatOnesDoNot) {
  const Trace trace = sample_trace();
  const auto back = from_jsonl("t.jsonl", to_jsonl(trace));
  ASSERT_TRUE(back);
  trace.blobs.each([&back](BlobId id, std::string_view bytes) {
    EXPECT_EQ(back->blobs.get(id), bytes.size() <= kCaptureBytes ? bytes : std::string_view());
  });
}

TEST(Jsonl, ATraceOfANewerVersionIsRefused) {
  const auto read = from_jsonl("t.jsonl", "{\"cutaway\":2}\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::Usage);
  EXPECT_EQ(read.error().message,
            "t.jsonl:1: /cutaway: this trace is version 2; this program reads up to 1");
}

std::string error_of(const std::string& text) {
  const auto read = from_jsonl("t.jsonl", text);
  return read ? std::string("no error") : read.error().message;
}

TEST(Jsonl, ErrorsNameLineAndPlace) {
  const std::string header = "{\"cutaway\":1}\n";
  EXPECT_EQ(error_of(""), "t.jsonl:1: the file is empty; expected the header of a trace");
  EXPECT_EQ(error_of("hello\n").substr(0, 22), "t.jsonl:1: not JSON; e");
  EXPECT_EQ(error_of("{}\n"),
            "t.jsonl:1: /cutaway: expected the header of a trace, {\"cutaway\":1,…}");
  EXPECT_EQ(error_of("[]\n").substr(0, 20), "t.jsonl:1: /cutaway:");
  EXPECT_EQ(error_of(header + "{\"n\":0\n{}\n"), "t.jsonl:2: not JSON");
  EXPECT_EQ(error_of(header + "\n{\"n\":1,\"kind\":\"note\"}\n"), "t.jsonl:3: /n: expected 0");
  EXPECT_EQ(error_of(header + "{\"kind\":\"task\",\"op\":\"exited\",\"code\":\"x\"}\n"),
            "t.jsonl:2: /code: expected a whole number");
  EXPECT_EQ(error_of(header + "{\"kind\":\"syscall\",\"name\":\"read\",\"args\":{\"fd\":1.5}}\n")
                .substr(0, 21),
            "t.jsonl:2: /args/fd: ");
  EXPECT_EQ(error_of(header + "{\"kind\":\"note\",\"t\":5}\n{\"kind\":\"note\",\"t\":4}\n"),
            "t.jsonl:3: /t: expected a time not before that of the line above");
  EXPECT_EQ(error_of(header + "{\"kind\":\"note\",\"cause\":0}\n"),
            "t.jsonl:2: /cause: expected the number of an earlier event");
  EXPECT_EQ(error_of(header + "7\n"), "t.jsonl:2: /: expected an object");
}

TEST(Jsonl, UnknownFieldsAreAcceptedAndUnknownKindsKeptAsNotes) {
  const auto read =
      from_jsonl("t.jsonl",
                 "{\"cutaway\":1,\"weather\":\"fine\"}\n"
                 "{\"n\":0,\"t\":1,\"kind\":\"task\",\"op\":\"named\",\"comm\":\"x\",\"mood\":3}\n"
                 "{\"n\":1,\"t\":2,\"kind\":\"net\",\"op\":\"teleported\",\"to\":\"mars\"}");
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  const Event second = read->event(1);
  const auto* note = std::get_if<Note>(&second.body);
  ASSERT_NE(note, nullptr);
  EXPECT_NE(note->text.find("teleported"), std::string::npos);
}

TEST(Jsonl, DeepNestingIsNoDanger) {
  const std::string deep = std::string(200000, '[') + std::string(200000, ']');
  const std::string header = "{\"cutaway\":1}\n";
  EXPECT_EQ(error_of(header + "{\"kind\":\"odd\",\"x\":" + deep + "}\n"),
            "t.jsonl:2: /: expected a less deep structure");
  EXPECT_EQ(error_of(header + "{\"kind\":\"io\",\"op\":\"read\",\"x\":" + deep + "}\n"),
            "no error");
  EXPECT_EQ(error_of(header + "{\"kind\":\"syscall\",\"name\":\"poll\",\"args\":{\"fds\":" + deep +
                     "}}\n")
                .substr(0, 22),
            "t.jsonl:2: /args/fds: ");
}

TEST(Jsonl, TasksOfOtherProgramsAreFoundByPid) {
  const std::string text = to_jsonl(sample_trace());
  const std::string snapshot = text.substr(0, text.find('\n', text.find('\n') + 1) + 1);
  const auto read = from_jsonl(
      "t.jsonl",
      snapshot +
          R"({"t":5000,"kind":"task","op":"forked","task":{"pid":500,"tid":500},"child":{"nspids":[600,9]}})" +
          "\n" +
          R"({"t":6000,"kind":"task","op":"named","task":{"pid":600,"tid":600},"comm":"new"})" +
          "\n");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(world_part(read->head(), "/tasks/600/comm"), Json("new"));
  EXPECT_EQ(world_part(read->head(), "/tasks/600/ppid"), Json(500));
}

TEST(Jsonl, ACutOffTraceIsRefusedOrKeptAsFarAsItIsWhole) {
  const Trace trace = sample_trace();
  const std::string text = to_jsonl(trace);
  const std::size_t header_end = text.find('\n');
  for (std::size_t size = header_end + 1; size < text.size(); size += 97) {
    const std::string part = text.substr(0, size);
    const auto strict = from_jsonl("t.jsonl", part);
    const auto kept = from_jsonl("t.jsonl", part, CutOff::Keep);
    ASSERT_TRUE(kept) << kept.error().message;
    const std::string whole = to_jsonl(*kept);
    EXPECT_EQ(text.compare(0, whole.size(), whole), 0)
        << "what was kept is the beginning of the trace";
    EXPECT_EQ(strict.has_value(), kept->damage.empty());
    if (!strict) {
      EXPECT_EQ(strict.error().message, kept->damage);
      EXPECT_NE(kept->damage.find("cut off in this line"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace cutaway

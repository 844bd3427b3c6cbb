// Whatever stands in the fields: written and read back it is the same.
#include <gtest/gtest.h>

#include <cstring>

#include "tests/property/random_fields.h"
#include "trace/event/kind.h"
#include "trace/event/shape.h"
#include "trace/log/arg_json.h"
#include "trace/log/checkpoints.h"
#include "trace/log/event_codec.h"
#include "trace/log/event_json.h"

namespace cutaway {
namespace {

Arg random_arg(RandomFields& random, int depth) {
  Arg arg;
  arg.tag = static_cast<ArgTag>(random.below(depth > 2 ? 3 : 5));
  if (arg.tag == ArgTag::Integer) {
    random.fill(arg.value);
    if (random.below(3) == 0) arg.text = random.text();
  }
  if (arg.tag == ArgTag::Bytes) {
    arg.text = random.text();
    arg.length = arg.text.size() + (random.below(2) == 0 ? 0 : random.below(100000));
  }
  if (arg.tag != ArgTag::List && arg.tag != ArgTag::Struct) return arg;
  for (std::uint64_t count = random.below(4); count > 0; --count) {
    if (arg.tag == ArgTag::Struct) arg.keys.push_back("k" + std::to_string(count));
    arg.items.push_back(random_arg(random, depth + 1));
  }
  return arg;
}

/// A call with arguments as its shape has them: flag words are numbers, the rest is anything.
Syscall random_call(RandomFields& random) {
  Syscall call;
  call.sys = static_cast<abi::Sys>(random.below(335));
  const std::vector<ArgShape>& shape = syscall_shape(call.sys).args;
  for (std::uint64_t count = random.below(7); count > 0; --count) {
    const std::size_t i = call.args.size();
    const bool flags = i < shape.size() && shape[i].table != nullptr;
    Arg arg = random_arg(random, 0);
    if (flags) random.fill((arg = Arg::integer(0)).value);
    call.args.push_back(std::move(arg));
  }
  random.fill(call.ret);
  random.fill(call.dur);
  call.returned = random.below(8) != 0;
  if (random.below(3) == 0) call.err = static_cast<abi::Errno>(random.below(140));
  return call;
}

Body random_body(RandomFields& random, std::size_t index) {
  Body body = empty_body(index);
  std::visit(
      [&random](auto& each) {
        using T = std::decay_t<decltype(each)>;
        if constexpr (std::is_same_v<T, Syscall>) {
          each = random_call(random);
        } else if constexpr (!std::is_same_v<T, Snapshot>) {
          random.fill(each);
        }
      },
      body);
  return body;
}

Stamp random_stamp(RandomFields& random) {
  Stamp stamp;
  random.fill(stamp.t);
  random.fill(stamp.task);
  random.fill(stamp.container);
  stamp.step = StepId{static_cast<std::uint32_t>(random.below(kStepsMax + 1))};
  random.fill(stamp.call);
  random.fill(stamp.cause);
  random.fill(stamp.how);
  return stamp;
}

std::string payload_of(const Body& body) {
  BinaryWriter out;
  write_payload(out, body);
  return out.take();
}

TEST(Codec, EventsInTheCompactForm) {
  RandomFields random(1);
  for (int round = 0; round < 40; ++round) {
    for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index) {
      const Event event{random_stamp(random), random_body(random, index)};
      const Record record = record_of(event);
      const std::string payload = payload_of(event.body);
      Event back;
      ASSERT_TRUE(read_event(record, payload, back)) << kind_of(event.body).op;
      EXPECT_EQ(payload_of(back.body), payload);
      const Record again = record_of(back);
      EXPECT_EQ(std::memcmp(&again, &record, sizeof record), 0) << kind_of(event.body).op;
    }
  }
}

TEST(Codec, CutOffPayloadsAreNoPayloads) {
  RandomFields random(2);
  for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index) {
    const Event event{random_stamp(random), random_body(random, index)};
    const Record record = record_of(event);
    const std::string payload = payload_of(event.body);
    if (std::holds_alternative<Syscall>(event.body)) continue;  // fewer arguments are a call, too
    Event back;
    for (std::size_t size = 0; size < payload.size(); ++size) {
      EXPECT_FALSE(read_event(record, std::string_view(payload).substr(0, size), back))
          << kind_of(event.body).op;
    }
    EXPECT_FALSE(read_event(record, payload + "x", back));
  }
}

TEST(Codec, Worlds) {
  RandomFields random(3);
  for (int round = 0; round < 60; ++round) {
    World world;
    random.fill(world);
    World back;
    ASSERT_TRUE(decode_world(encode_world(world), back));
    ASSERT_TRUE(back == world) << round;
    const Json json = world_to_json(world);
    const Result<World> read = world_from_json(Json::parse(dump_line(json)));
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(dump_line(world_to_json(*read)), dump_line(json)) << round;
    ASSERT_TRUE(*read == world) << round;
  }
}

/// What JSON does not tell: a task that was killed has no exit code.
void forget_the_untold(Body& body) {
  if (auto* exited = std::get_if<TaskExited>(&body); exited != nullptr && exited->signal != 0)
    exited->code = 0;
  if (auto* moved = std::get_if<BytesMoved>(&body); moved != nullptr && moved->at < 0)
    moved->at = -1;
}

TEST(Codec, BodiesInJson) {
  RandomFields random(4);
  const World nothing;
  for (int round = 0; round < 40; ++round) {
    for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index) {
      Body body = random_body(random, index);
      if (std::holds_alternative<Syscall>(body)) continue;  // below
      forget_the_untold(body);
      Json json = Json::object();
      write_body_json(json, body, Stamp{}, nothing);
      const KindOp kind = kind_of(body);
      json["kind"] = std::string(kind.kind);
      json["op"] = std::string(kind.op);
      Body back;
      JsonProblem problem;
      ASSERT_TRUE(read_body_json(Json::parse(dump_line(json)), nothing, back, problem))
          << json << problem.pointer << problem.message;
      ASSERT_EQ(back.index(), index);
      EXPECT_EQ(payload_of(back), payload_of(body)) << json;
    }
  }
}

TEST(Codec, CallsInJson) {
  RandomFields random(5);
  const World nothing;
  const std::size_t index = Body(Syscall{}).index();
  for (int round = 0; round < 3000; ++round) {
    const Body body = random_body(random, index);
    Json json = Json::object();
    json["kind"] = "syscall";
    write_body_json(json, body, Stamp{}, nothing);
    Body back;
    JsonProblem problem;
    ASSERT_TRUE(read_body_json(Json::parse(dump_line(json)), nothing, back, problem))
        << json << problem.pointer << problem.message;
    Json again = Json::object();
    again["kind"] = "syscall";
    write_body_json(again, back, Stamp{}, nothing);
    ASSERT_EQ(dump_line(again), dump_line(json));
  }
}

// An event's own fields never hide who, when and where.
TEST(Codec, NoBodyUsesANameOfTheStamp) {
  RandomFields random(6);
  const World nothing;
  for (int round = 0; round < 10; ++round) {
    for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index) {
      Json json = Json::object();
      write_body_json(json, random_body(random, index), Stamp{}, nothing);
      for (const char* key :
           {"n", "t", "kind", "op", "task", "container", "step", "call", "cause", "how", "blobs"}) {
        EXPECT_FALSE(json.contains(key)) << kind_of(empty_body(index)).op << " " << key;
      }
    }
  }
}

}  // namespace
}  // namespace cutaway

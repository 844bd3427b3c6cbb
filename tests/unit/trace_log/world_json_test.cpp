#include <gtest/gtest.h>

#include "tests/unit/trace_log/sample.h"
#include "trace/log/json_values.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

World after_all(CgroupVersion cgroup = CgroupVersion::V2) { return sample_trace(cgroup).head(); }

TEST(WorldJson, HoldsWhatTheContractPromises) {
  const Json json = world_to_json(after_all());
  const Json& task = json["tasks"]["500"];
  EXPECT_EQ(task["pid"], 500);
  EXPECT_EQ(task["nspids"], Json::array({500}));
  EXPECT_EQ(task["comm"], "dockerd");
  EXPECT_EQ(task["state"], "runnable");
  EXPECT_EQ(task["cgroup"], "/");
  EXPECT_EQ(task["ns"]["pid"], 2);
  EXPECT_EQ(task["role"], "daemon");
  const Json& container = json["containers"][std::string(64, 'a')];
  EXPECT_EQ(container["name"], "brave_hopper");
  EXPECT_EQ(container["state"], "created");
  EXPECT_EQ(container["exit_code"], 0);
  EXPECT_EQ(container["oom_killed"], false);
  EXPECT_EQ(container["image"], "busybox");
  EXPECT_TRUE(container["started"].is_null());
  EXPECT_EQ(json["images"]["busybox:latest"]["id"], "sha256:aa");
  EXPECT_EQ(json["images"]["busybox:latest"]["layers"], Json::array({"sha256:cc"}));
  EXPECT_EQ(json["machine"]["cgroup"], "v2");
  EXPECT_EQ(json["inodes"]["1"]["mode"], "040755");
  EXPECT_EQ(json["mounts"]["1"]["flags"], Json::array({"MS_RELATIME"}));
  EXPECT_EQ(task["credentials"]["effective"], "0x1ffffffffff");
}

TEST(WorldJson, OnV1TheMemoryCgroupIsTheCgroup) {
  const Json json = world_to_json(after_all(CgroupVersion::V1));
  const Json& task = json["tasks"]["500"];
  EXPECT_EQ(task["cgroup"], "/of-memory");
  EXPECT_EQ(task["cgroup_paths"],
            Json({{"cpu", "/of-cpu"}, {"cpuacct", "/of-cpu"}, {"memory", "/of-memory"}}));
}

TEST(WorldJson, ReadsBackExactly) {
  for (const CgroupVersion cgroup : {CgroupVersion::V1, CgroupVersion::V2}) {
    const World world = after_all(cgroup);
    const auto back = world_from_json(world_to_json(world));
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_TRUE(*back == world);
    EXPECT_EQ(world_to_json(*back), world_to_json(world));
  }
}

TEST(WorldJson, DerivedAndUnknownFieldsAreIgnored) {
  Json json = world_to_json(after_all());
  json["tasks"]["500"]["ppid"] = 77;
  json["tasks"]["500"]["shoe_size"] = 44;
  json["weather"] = "fine";
  const auto back = world_from_json(json);
  ASSERT_TRUE(back);
  EXPECT_TRUE(*back == after_all());
}

TEST(WorldJson, ErrorsSayWhere) {
  Json json = world_to_json(after_all());
  json["tasks"]["500"]["credentials"]["uid"] = "root";
  const auto back = world_from_json(json);
  ASSERT_FALSE(back);
  EXPECT_EQ(back.error().message,
            "/tasks/500/credentials/uid: expected a whole number, not negative");
  json = world_to_json(after_all());
  json["namespaces"]["3"]["id"] = 0;
  EXPECT_EQ(world_from_json(json).error().message, "/namespaces/3: expected an id");
  json["namespaces"]["3"]["id"] = 4294967296;
  EXPECT_EQ(world_from_json(json).error().message, "/namespaces/3/id: expected a smaller number");
}

TEST(WorldPart, IsThatPartOfTheWhole) {
  const World world = after_all();
  const Json whole = world_to_json(world);
  const std::string id(64, 'a');
  for (const std::string& pointer :
       {std::string(), std::string("/machine"), std::string("/machine/cpus"), std::string("/tasks"),
        std::string("/tasks/500"), std::string("/tasks/500/ns/mnt"),
        std::string("/tasks/500/nspids/0"), "/containers/" + id + "/name",
        std::string("/images/busybox:latest/layers"), std::string("/now"),
        std::string("/inodes/1/entries/etc")}) {
    const auto part = world_part(world, pointer);
    ASSERT_TRUE(part.has_value()) << pointer;
    EXPECT_EQ(*part, whole.at(Json::json_pointer(pointer))) << pointer;
  }
}

TEST(WorldPart, ContainersAreFoundByNameToo) {
  const World world = after_all();
  EXPECT_EQ(world_part(world, "/containers/brave_hopper/image"), Json("busybox"));
}

TEST(WorldPart, NothingThere) {
  const World world = after_all();
  for (const char* pointer :
       {"tasks", "/nonsense", "/tasks/4711", "/tasks/500/nspids/1", "/tasks/500/nspids/x",
        "/tasks/500/comm/deeper", "/machine/", "/containers/nobody", "/"}) {
    EXPECT_FALSE(world_part(world, pointer).has_value()) << pointer;
  }
}

}  // namespace
}  // namespace cutaway

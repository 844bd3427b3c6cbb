// `docker update`: what the client makes of the words, what the daemon refuses, what the record
// says afterwards, and which files of which cgroup version are written, in which order.
#include <gtest/gtest.h>

#include "base/text.h"
#include "spec/config.h"
#include "spec/docker_messages.h"
#include "spec/plan/limits.h"
#include "spec/plan/plan_input.h"

namespace cutaway::spec {
namespace {

Parsed parsed(const std::string& line) { return parse_docker_line(line); }

UpdateOptions options_of(const std::string& line) {
  const Parsed found = parsed(line);
  const auto* command = std::get_if<Command>(&found);
  EXPECT_NE(command, nullptr) << line;
  return command == nullptr ? UpdateOptions() : command->get<UpdateOptions>();
}

ContainerConfig config_of(const std::string& create) {
  const Parsed found = parsed(create);
  const auto& command = std::get<Command>(found);
  ImageConfig image;
  image.cmd = {"sh"};
  return *resolve(image, command.run(), command.args, std::string(64, 'a'));
}

/// The complaint about the words, else about the change, else empty.
std::string refused(ContainerConfig& config, const std::string& update) {
  const UpdateOptions asked = options_of(update);
  const std::string wrong = check_update(asked);
  return wrong.empty() ? update_config(config, asked) : wrong;
}

std::string written(const ContainerConfig& before, const ContainerConfig& after, int version) {
  PlanHost host;
  host.cgroup_version = version;
  std::string text;
  for (const CgroupSetting& setting :
       changed_settings(plan_input(before, host), plan_input(after, host)))
    text += setting.file + "=" + setting.value + ";";
  return text;
}

TEST(Update, TheClientRefusesWithoutFlagsAndUnreadableOnes) {
  for (const auto& [line, says] :
       {std::pair{"update web", "you must provide one or more flags when using this command\n"},
        std::pair{"update --restart :3 web",
                  "invalid restart policy format: no policy provided before colon\n"}}) {
    const Parsed found = parsed(line);
    const auto* answer = std::get_if<ClientAnswer>(&found);
    ASSERT_NE(answer, nullptr) << line;
    EXPECT_EQ(answer->exit, 1);
    EXPECT_EQ(answer->err, says);
  }
  EXPECT_TRUE(std::holds_alternative<ClientAnswer>(parsed("update --memory lots web")));
  EXPECT_TRUE(std::holds_alternative<ClientAnswer>(parsed("update --memory -1 web")))
      << "docker has no word that takes a memory limit away";
}

TEST(Update, WhatIsNamedIsAskedForAndNothingElse) {
  const UpdateOptions asked = options_of("update -m 64m --memory-swap -1 --pids-limit 0 web db");
  EXPECT_EQ(asked.limits.memory_bytes, 64 << 20);
  EXPECT_EQ(asked.limits.memory_swap_bytes, -1);
  EXPECT_EQ(asked.limits.pids, -1) << "0 is asked for, too: no limit";
  EXPECT_EQ(asked.limits.nano_cpus, 0);
  EXPECT_FALSE(asked.restart);
}

TEST(Update, TheDaemonRefusesInItsOwnWords) {
  const std::string swap =
      "Memory limit should be smaller than already set memoryswap limit, update the memoryswap at "
      "the same time";
  struct Case {
    const char *create, *update;
    std::string says;
  };
  const Case cases[] = {
      {"create x", "update -m 4m x", "Minimum memory limit allowed is 6MB"},
      {"create x", "update -m 64m x", swap},  // no limit at all: none with swap either
      {"create -m 32m x", "update -m 65m x", swap},
      {"create -m 32m --memory-swap -1 x", "update -m 64m x", swap},
      {"create x", "update -m 64m --memory-swap 32m x",
       "Minimum memoryswap limit should be larger than memory limit, see usage"},
      {"create x", "update --cpus 99 x",
       "range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available"},
      {"create --cpu-quota 50000 x", "update --cpus 1 x",
       "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set"},
      {"create --cpus 1 x", "update --cpu-quota 50000 x",
       "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set"},
      {"create --rm x", "update --restart always x",
       "Restart policy cannot be updated because AutoRemove is enabled for the container"},
  };
  for (const Case& each : cases) {
    ContainerConfig config = config_of(each.create);
    EXPECT_EQ(refused(config, each.update), each.says) << each.create << "; " << each.update;
  }
  EXPECT_EQ(say::cannot_update("abc", "why"), "Cannot update container abc: why");
}

TEST(Update, TheRecordKeepsWhatWasNotNamed) {
  ContainerConfig config = config_of("create -m 32m --cpus 1 --pids-limit 9 x");
  EXPECT_EQ(refused(config, "update -m 64m x"), "");  // up to what it may have with swap
  EXPECT_EQ(config.limits.memory_bytes, 64 << 20);
  EXPECT_EQ(config.limits.memory_swap_bytes, 64 << 20);
  EXPECT_EQ(config.limits.cpu_quota_us, 100000);
  EXPECT_EQ(refused(config, "update --cpus 0.5 --pids-limit -1 x"), "");
  EXPECT_EQ(config.limits.cpu_quota_us, 50000);
  EXPECT_EQ(config.limits.pids, 0);
  EXPECT_EQ(config.limits.memory_bytes, 64 << 20);
}

TEST(Update, ARecordIsReplayed) {
  ContainerConfig config = config_of("create x");
  EXPECT_TRUE(replay_updates(config, {{"update", "-m", "32m", "--memory-swap", "64m", "x"},
                                      {"update", "-m", "48m", "x"}}));
  EXPECT_EQ(config.limits.memory_bytes, 48 << 20);
  EXPECT_FALSE(replay_updates(config, {{"ps"}}));
}

TEST(Update, OnlyWhatChangesIsWritten) {
  const ContainerConfig before = config_of("create -m 32m --pids-limit 9 x");
  ContainerConfig after = before;
  ASSERT_EQ(refused(after, "update --cpus 0.5 x"), "");
  EXPECT_EQ(written(before, after, 2), "cpu.max=50000 100000;");
  EXPECT_EQ(written(before, after, 1), "cpu.cfs_period_us=100000;cpu.cfs_quota_us=50000;");
  ASSERT_EQ(refused(after, "update --pids-limit -1 --cpu-shares 512 x"), "");
  EXPECT_EQ(written(before, after, 2), "cpu.max=50000 100000;cpu.weight=20;pids.max=max;");
}

// v1 refuses a limit with swap below the one without, also for a moment.
TEST(Update, TheHigherOfTwoMemoryLimitsGoesUpFirstAndDownLast) {
  const ContainerConfig low = config_of("create -m 32m x");
  const ContainerConfig high = config_of("create -m 64m x");
  EXPECT_EQ(written(low, high, 1),
            "memory.memsw.limit_in_bytes=134217728;memory.limit_in_bytes=67108864;");
  EXPECT_EQ(written(high, low, 1),
            "memory.limit_in_bytes=33554432;memory.memsw.limit_in_bytes=67108864;");
  EXPECT_EQ(written(low, high, 2), "memory.max=67108864;memory.swap.max=67108864;");
  EXPECT_EQ(written(config_of("create x"), low, 1),
            "memory.limit_in_bytes=33554432;memory.memsw.limit_in_bytes=67108864;");
}

TEST(Update, SwapAndReservationAsDockerCountsThem) {
  const ContainerConfig none = config_of("create x");
  const ContainerConfig some =
      config_of("create -m 32m --memory-swap 40m --memory-reservation 16m x");
  EXPECT_EQ(written(none, some, 2),
            "memory.max=33554432;memory.swap.max=8388608;memory.low=16777216;");
  EXPECT_EQ(written(none, config_of("create -m 32m --memory-swap -1 x"), 2),
            "memory.max=33554432;memory.swap.max=max;");
}

}  // namespace
}  // namespace cutaway::spec

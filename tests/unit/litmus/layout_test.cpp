// Structs as bytes and back. The bytes are those of a real kernel's headers, written down here.
#include "spec/litmus_layout.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>

#include <csignal>
#include <cstring>

#include "spec/litmus_call.h"
#include "tests/unit/litmus/litmus_steps.h"

namespace cutaway::spec {
namespace {

Arg structure(std::vector<std::pair<std::string, Arg>> members) {
  Arg arg;
  arg.tag = ArgTag::Struct;
  for (auto& [key, value] : members) {
    arg.keys.push_back(key);
    arg.items.push_back(value);
  }
  return arg;
}

TEST(LitmusLayout, StatIsTheKernels) {
  struct stat stat {};
  stat.st_dev = makedev(0, 21);
  stat.st_ino = 77;
  stat.st_nlink = 2;
  stat.st_mode = S_IFCHR | 0620;
  stat.st_uid = 1000;
  stat.st_gid = 5;
  stat.st_rdev = makedev(1, 3);
  stat.st_size = 1234;
  const std::string_view bytes(reinterpret_cast<const char*>(&stat), sizeof stat);
  EXPECT_EQ(sizeof stat, layouts::kStat.size);
  const Json json = struct_json(layouts::kStat, bytes);
  EXPECT_EQ(json["st_mode"], "0620");
  EXPECT_EQ(json["st_type"], "S_IFCHR");
  EXPECT_EQ(json["st_rdev"], "1:3");
  EXPECT_EQ(json["st_uid"], 1000);
  EXPECT_EQ(json["st_gid"], 5);
  EXPECT_EQ(json["st_nlink"], 2);
  EXPECT_EQ(json["st_size"], 1234);
  EXPECT_EQ(json["st_ino"], 77);
}

TEST(LitmusLayout, SocketAddresses) {
  const Arg inet = structure({{"sa_family", Arg::bytes("AF_INET")},
                              {"sin_addr", Arg::bytes("127.0.0.1")},
                              {"sin_port", Arg::integer(80)}});
  const std::string bytes = struct_bytes(layouts::kSocketAddress, inet);
  EXPECT_EQ(bytes, std::string("\x02\0\0\x50\x7f\0\0\x01\0\0\0\0\0\0\0\0", 16));
  const Json back = struct_json(layouts::kSocketAddress, bytes);
  EXPECT_EQ(back, (Json{{"sa_family", "AF_INET"}, {"sin_addr", "127.0.0.1"}, {"sin_port", 80}}));

  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  std::strcpy(name.sun_path, "/run/s");
  const Arg local =
      structure({{"sa_family", Arg::bytes("AF_UNIX")}, {"sun_path", Arg::bytes("/run/s")}});
  EXPECT_EQ(struct_bytes(layouts::kSocketAddress, local),
            std::string(reinterpret_cast<const char*>(&name), sizeof name));
  EXPECT_EQ(struct_json(layouts::kSocketAddress,
                        std::string_view(reinterpret_cast<const char*>(&name), 9))["sun_path"],
            "/run/s");
}

TEST(LitmusLayout, SetsAndHalves) {
  Arg signals;
  signals.tag = ArgTag::List;
  signals.items = {Arg::bytes("SIGHUP"), Arg::bytes("SIGTERM")};
  const std::string set = struct_bytes(layouts::kSignalSet, signals);
  EXPECT_EQ(set, std::string("\x01\x40\0\0\0\0\0\0", 8));
  EXPECT_EQ(struct_json(layouts::kSignalSet, set), (Json{"SIGHUP", "SIGTERM"}));

  const auto high = static_cast<std::int64_t>((std::uint64_t{1} << 40) | 1);
  const std::string sets =
      struct_bytes(layouts::kCapData, structure({{"effective", Arg::integer(high)}}));
  ASSERT_EQ(sets.size(), 24U);
  EXPECT_EQ(sets[0], 1);
  EXPECT_EQ(sets[13], 1) << "bit 40 stands in the second element";
  EXPECT_EQ(struct_json(layouts::kCapData, sets)["effective"],
            (Json{"CAP_CHECKPOINT_RESTORE", "CAP_CHOWN"}));

  Arg cpus;
  cpus.tag = ArgTag::List;
  cpus.items = {Arg::integer(0), Arg::integer(9)};
  EXPECT_EQ(struct_bytes(layouts::kCpuSet, cpus).substr(0, 2), std::string("\x01\x02", 2));
  EXPECT_EQ(struct_json(layouts::kCpuSet, struct_bytes(layouts::kCpuSet, cpus)), (Json{0, 9}));
}

TEST(LitmusLayout, NestedStructsAndNames) {
  const Arg time = structure({{"tv_sec", Arg::integer(1)}, {"tv_nsec", Arg::integer(2)}});
  const std::string bytes = struct_bytes(layouts::kItimerspec, structure({{"it_value", time}}));
  EXPECT_EQ(bytes.size(), 32U);
  EXPECT_EQ(struct_json(layouts::kItimerspec, bytes)["it_value"],
            (Json{{"tv_sec", 1}, {"tv_nsec", 2}}));
  const Arg limit = structure({{"rlim_cur", Arg::integer(-1)}, {"rlim_max", Arg::integer(5)}});
  EXPECT_EQ(struct_json(layouts::kRlimit, struct_bytes(layouts::kRlimit, limit)),
            (Json{{"rlim_cur", "RLIM_INFINITY"}, {"rlim_max", 5}}));
  const Arg action = structure({{"sa_handler", Arg::bytes("SIG_IGN")}});
  EXPECT_EQ(
      struct_json(layouts::kSigaction, struct_bytes(layouts::kSigaction, action)),
      (Json{{"sa_handler", "SIG_IGN"}, {"sa_flags", Json::array()}, {"sa_mask", Json::array()}}));
}

}  // namespace
}  // namespace cutaway::spec

#include "trace/log/arg_json.h"

#include <gtest/gtest.h>

#include "tests/unit/trace_log/sample.h"
#include "trace/log/jsonl.h"

namespace cutaway {
namespace {

using abi::Sys;

std::string args_text(Sys sys, std::vector<Arg> args) {
  return dump_line(syscall_args_to_json(call(sys, std::move(args))));
}

/// In JSON and back it is the same value, and the same JSON.
void expect_round_trip(const Arg& arg, const ArgShape& shape) {
  const Json json = arg_json(arg, shape);
  Arg back;
  JsonProblem problem;
  ASSERT_TRUE(read_arg(json, shape, back, problem)) << json;
  EXPECT_EQ(arg_json(back, shape), json);
  EXPECT_EQ(back.tag, arg.tag) << json;
  EXPECT_EQ(back.value, arg.value) << json;
  EXPECT_EQ(back.text, arg.text) << json;
}

TEST(ArgJson, AsTheContractShowsThem) {
  EXPECT_EQ(
      args_text(Sys::openat, {Arg::integer(-100), Arg::bytes("/etc/passwd"), Arg::integer(02000000),
                              Arg::integer(0)}),
      R"({"dirfd":"AT_FDCWD","flags":["O_CLOEXEC","O_RDONLY"],"mode":"0","pathname":"/etc/passwd"})");
  EXPECT_EQ(
      args_text(Sys::mount, {Arg::integer(0), Arg::bytes("/"), Arg::integer(0),
                             Arg::integer(0x44000), Arg::integer(0)}),
      R"({"data":null,"filesystemtype":null,"mountflags":["MS_PRIVATE","MS_REC"],"source":null,"target":"/"})");
  EXPECT_EQ(args_text(Sys::close, {Arg::fd(3, "pipe:[17]")}),
            R"({"fd":{"fd":3,"is":"pipe:[17]"}})");
  EXPECT_EQ(args_text(Sys::kill, {Arg::integer(-1), Arg::integer(15)}),
            R"({"pid":-1,"sig":"SIGTERM"})");
  EXPECT_EQ(args_text(Sys::kill, {Arg::integer(7), Arg::integer(0)}), R"({"pid":7,"sig":0})");
  EXPECT_EQ(args_text(Sys::clone, {Arg::integer(0x20020011)}),
            R"({"flags":["CLONE_NEWNS","CLONE_NEWPID","SIGCHLD"]})");
  EXPECT_EQ(
      args_text(Sys::mknod, {Arg::bytes("/dev/x"), Arg::integer(0060600), Arg::integer(0x800)}),
      R"({"dev":"8:0","mode":["S_IFBLK","0600"],"pathname":"/dev/x"})");
  EXPECT_EQ(args_text(Sys::brk, {Arg::integer(0x7f0000001000)}), R"({"addr":"0x7f0000001000"})");
  EXPECT_EQ(args_text(Sys::fsmount, {Arg::fd(3, ""), Arg::integer(3), Arg::integer(0)}),
            R"({"attr_flags":[],"flags":["0x2","FSMOUNT_CLOEXEC"],"fs_fd":{"fd":3}})");
}

TEST(ArgJson, CapabilitiesByName) {
  Arg sets;
  sets.tag = ArgTag::Struct;
  sets.keys = {"effective", "permitted", "inheritable"};
  sets.items = {Arg::integer(1 << 7 | 1), Arg::integer(1), Arg::integer(0)};
  EXPECT_EQ(
      args_text(Sys::capset, {Arg::integer(0), sets}),
      R"({"datap":{"effective":["CAP_CHOWN","CAP_SETUID"],"inheritable":[],"permitted":["CAP_CHOWN"]},"hdrp":null})");
  expect_round_trip(sets, {"datap", ArgKind::Caps});
}

TEST(ArgJson, BuffersSayWhenTheyAreCut) {
  const ArgShape buffer{"buf", ArgKind::Buffer};
  EXPECT_EQ(dump_line(arg_json(Arg::bytes("hi\n"), buffer)), R"("hi\n")");
  EXPECT_EQ(dump_line(arg_json(Arg::bytes("\xff"), buffer)), R"({"b64":"/w=="})");
  Arg cut = Arg::bytes("hi");
  cut.length = 5000;
  EXPECT_EQ(dump_line(arg_json(cut, buffer)), R"({"len":5000,"text":"hi"})");
  expect_round_trip(cut, buffer);
  cut.text = "\xff";
  EXPECT_EQ(dump_line(arg_json(cut, buffer)), R"({"b64":"/w==","len":5000})");
  expect_round_trip(cut, buffer);
}

TEST(ArgJson, ATextThatLooksLikeAnAddressStaysAText) {
  expect_round_trip(Arg::bytes("0x12"), {"pathname", ArgKind::Path});
  expect_round_trip(Arg::integer(0x12), {"pathname", ArgKind::Path});
  expect_round_trip(Arg::integer(0), {"pathname", ArgKind::Path});
}

TEST(ArgJson, EveryKindWithEveryNumber) {
  for (int kind = 0; kind <= static_cast<int>(ArgKind::Struct); ++kind) {
    ArgShape shape{"x", static_cast<ArgKind>(kind)};
    const bool flags = shape.kind == ArgKind::Flags || shape.kind == ArgKind::OpenFlags;
    if (flags) shape.table = &abi::kOpenFlags;
    if (shape.kind == ArgKind::CloneFlags) shape.table = &abi::kCloneFlags;
    if (shape.kind == ArgKind::Constant) shape.table = &abi::kPrctlOptions;
    for (const std::int64_t value :
         {INT64_MIN, INT64_C(-101), INT64_C(-100), INT64_C(-1), INT64_C(0), INT64_C(1), INT64_C(17),
          INT64_C(64), INT64_C(65), INT64_C(0100644), INT64_C(1) << 33, INT64_C(1) << 53,
          INT64_MAX}) {
      expect_round_trip(Arg::integer(value), shape);
    }
    for (const char* text : {"", "a", "0x1", "0xyz", "\xff", "AT_FDCWD_not", "b64:x"})
      expect_round_trip(Arg::bytes(text), shape);
  }
}

TEST(ArgJson, StructuresAsTheyStand) {
  Arg pollfd;
  pollfd.tag = ArgTag::Struct;
  pollfd.keys = {"events", "fd"};
  pollfd.items = {Arg::list({"POLLIN"}), Arg::integer(3)};
  Arg fds;
  fds.tag = ArgTag::List;
  fds.items = {pollfd, Arg(), Arg::fd(4, "socket:[5]")};
  const ArgShape shape{"fds", ArgKind::Struct};
  EXPECT_EQ(dump_line(arg_json(fds, shape)),
            R"([{"events":["POLLIN"],"fd":3},null,{"fd":4,"is":"socket:[5]"}])");
  expect_round_trip(fds, shape);
}

TEST(ArgJson, RefusesWhatNoArgumentCanBe) {
  Arg arg;
  JsonProblem problem;
  EXPECT_FALSE(read_arg(Json(1.5), {"x", ArgKind::Int}, arg, problem));
  Json deep = 1;
  for (int i = 0; i < 100; ++i) deep = Json::array({deep});
  EXPECT_FALSE(read_arg(deep, {"x", ArgKind::Struct}, arg, problem));
}

TEST(CallText, AsPeopleReadIt) {
  EXPECT_EQ(
      syscall_to_text(call(Sys::mount, {Arg::bytes("proc"), Arg::bytes("/proc"), Arg::bytes("proc"),
                                        Arg::integer(6), Arg::integer(0)})),
      "mount(\"proc\", \"/proc\", \"proc\", [MS_NODEV, MS_NOSUID], NULL) = 0");
  EXPECT_EQ(syscall_to_text(call(Sys::mkdir, {Arg::bytes("/grün\n"), Arg::integer(0755)}, -1,
                                 abi::Errno::kEEXIST)),
            "mkdir(\"/grün\\n\", 0755) = -1 EEXIST (File exists)");
  EXPECT_EQ(
      syscall_to_text(
          call(Sys::write, {Arg::fd(1, "pipe:[17]"), Arg::bytes("hi"), Arg::integer(2)}, 2), false),
      "write(1<pipe:[17]>, \"hi\", 2)");
  EXPECT_EQ(syscall_to_text(call(
                Sys::execve, {Arg::bytes("/bin/sh"), Arg::list({"sh", "-c"}), Arg::integer(0)})),
            "execve(\"/bin/sh\", [\"sh\", \"-c\"], NULL) = 0");
  Syscall never = call(Sys::exit_group, {Arg::integer(3)});
  never.returned = false;
  EXPECT_EQ(syscall_to_text(never), "exit_group(3) = ?");
  EXPECT_EQ(syscall_to_text(call(static_cast<Sys>(500), {Arg::integer(7)})), "syscall_500(7) = 0");
}

}  // namespace
}  // namespace cutaway

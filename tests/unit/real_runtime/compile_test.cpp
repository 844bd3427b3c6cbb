// The plan as a table: what the helper will do, read back from its bytes.
#include "real/runtime/compile.h"

#include <gtest/gtest.h>

#include <cstring>

#include "real/runtime/table.h"

namespace cutaway::real {
namespace {

using spec::Plan;
using spec::PlanCall;
using spec::PlanInput;
using spec::PlanStep;
using spec::Who;

/// A table as the helper sees it, without the addresses.
class Table {
 public:
  explicit Table(std::string bytes) : bytes_(std::move(bytes)) {}
  TableHeader head() const { return at<TableHeader>(0); }
  std::vector<TableOp> part(Part part) const {
    const TableRun run = head().parts[static_cast<int>(part)];
    std::vector<TableOp> ops;
    for (std::uint32_t i = 0; i < run.count; ++i)
      ops.push_back(at<TableOp>(head().ops + (run.first + i) * sizeof(TableOp)));
    return ops;
  }
  std::string text(const TableArg& arg) const { return bytes_.c_str() + arg.value; }
  bool relocated(std::uint64_t place) const {
    for (std::uint32_t i = 0; i < head().relocation_count; ++i) {
      if (at<std::uint32_t>(head().relocations + 4 * i) == place) return true;
    }
    return false;
  }
  template <class T>
  T at(std::uint64_t offset) const {
    T object;
    std::memcpy(&object, bytes_.data() + offset, sizeof object);
    return object;
  }

 private:
  std::string bytes_;
};

PlanCall call(abi::Sys sys, std::vector<Arg> args) {
  PlanCall made;
  made.sys = sys;
  made.args = std::move(args);
  return made;
}

Table compiled(std::vector<PlanStep> steps, const CompileOptions& options = {}) {
  const auto table = compile_plan(Plan{std::move(steps)}, options);
  EXPECT_TRUE(table) << table.error().message;
  return Table(table ? *table : std::string());
}

PlanInput busybox() {
  PlanInput input;
  input.container_id = std::string(64, 'a');
  input.rootfs = "/state/merged";
  input.argv = {"echo", "hi"};
  input.env = {"PATH=/bin:/usr/bin"};
  input.hostname = "box";
  input.cgroup_mounts = {{"unified", "/sys/fs/cgroup"}};
  input.cgroup_path = "/cutaway/a";
  input.seccomp = false;
  return input;
}

TEST(Compile, AWholePlanIsOneTable) {
  const auto bytes = compile_plan(spec::run_plan(busybox()), {});
  ASSERT_TRUE(bytes) << bytes.error().message;
  const Table table(*bytes);
  EXPECT_EQ(std::memcmp(table.head().magic, kTableMagic, sizeof kTableMagic), 0);
  EXPECT_EQ(table.head().bytes, bytes->size());
  EXPECT_EQ(table.part(Part::ShimBegin).size(), 1U);
  EXPECT_GT(table.part(Part::Init).size(), 50U);
  EXPECT_EQ(table.part(Part::ShimEnd).back().sys, static_cast<std::uint16_t>(abi::Sys::umount2));
}

TEST(Compile, AStringIsAPointerThatIsRelocated) {
  const Table table =
      compiled({{"mnt.private", Who::Init, {call(abi::Sys::chdir, {Arg::bytes("/x")})}}});
  const TableOp op = table.part(Part::Init).at(0);
  EXPECT_EQ(op.args[0].form, ArgForm::Pointer);
  EXPECT_EQ(table.text(op.args[0]), "/x");
  const std::uint64_t place =
      table.head().ops + offsetof(TableOp, args) + offsetof(TableArg, value);
  EXPECT_TRUE(table.relocated(place));
}

TEST(Compile, AWriteWritesAllOfItsText) {
  const Table table =
      compiled({{"sysctl",
                 Who::Init,
                 {call(abi::Sys::write, {Arg::integer(3), Arg::bytes("hello"), Arg{}})}}});
  EXPECT_EQ(table.part(Part::Init).at(0).args[2].value, 5U);
}

TEST(Compile, ValuesPassFromRuntimeToInit) {
  PlanCall pipe = call(abi::Sys::pipe2, {Arg{}, Arg::integer(0)});
  pipe.as = "sync";
  const Table table =
      compiled({{"ns.clone", Who::Init, {call(abi::Sys::close, {Arg::bytes("$sync.1")})}},
                {"ns.clone", Who::Runtime, {pipe}}});
  const TableOp made = table.part(Part::Runtime).at(0);
  const TableOp used = table.part(Part::Init).at(0);
  EXPECT_EQ(made.keep, Keep::Pair);
  EXPECT_EQ(used.args[0].form, ArgForm::Slot);
  EXPECT_EQ(used.args[0].value, made.slot + 1U);
}

TEST(Compile, APidIsWrittenAsText) {
  PlanCall clone = call(abi::Sys::clone, {Arg::integer(17)});
  clone.as = "child";
  const Table table = compiled(
      {{"ns.clone",
        Who::Runtime,
        {clone, call(abi::Sys::write, {Arg::integer(3), Arg::bytes("${child}"), Arg{}})}}});
  const TableOp op = table.part(Part::Runtime).at(1);
  EXPECT_EQ(op.args[1].form, ArgForm::Decimal);
  EXPECT_EQ(op.args[2].form, ArgForm::DecimalLength);
}

TEST(Compile, WhatNothingLeftBehindIsRefused) {
  const auto table = compile_plan(
      Plan{{{"exec", Who::Init, {call(abi::Sys::close, {Arg::bytes("$nothing")})}}}}, {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().message, "step exec: nothing has left a value named nothing");
}

TEST(Compile, AFilterIsNeededWhereThePlanLoadsOne) {
  PlanInput input = busybox();
  input.seccomp = true;
  const auto without = compile_plan(spec::run_plan(input), {});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().message, "step seccomp.load: there is no filter to load");
  EXPECT_TRUE(compile_plan(spec::run_plan(input), {std::string(16, '\0')}));
}

TEST(Compile, ThePlanOfAnOrdinaryUser) {
  PlanInput input = busybox();
  input.seccomp = false;
  input.plain_user = spec::PlainUser{1000, 1000};
  input.init_mounts = "lowerdir=/l";
  input.root_is_mount = false;
  input.cgroup_mounts.clear();
  EXPECT_TRUE(compile_plan(spec::run_plan(input), {}));
  EXPECT_TRUE(compile_plan(spec::exec_plan(input, 42), {}));
}

TEST(Compile, OtherCallsStandBehindTheOneTheyReplace) {
  PlanCall mask = call(abi::Sys::mount, {Arg::bytes("/dev/null"), Arg::bytes("/proc/x")});
  mask.otherwise_on = abi::Errno::kENOTDIR;
  mask.otherwise = {call(abi::Sys::mount, {Arg::bytes("tmpfs"), Arg::bytes("/proc/x")})};
  const Table table = compiled({{"path.mask", Who::Init, {mask, call(abi::Sys::setsid, {})}}});
  const std::vector<TableOp> ops = table.part(Part::Init);
  ASSERT_EQ(ops.size(), 3U);
  EXPECT_EQ(ops[0].otherwise_count, 1);
  EXPECT_EQ(table.text(ops[1].args[0]), "tmpfs");
}

TEST(Compile, TooMuchForTheHelpersBufferIsSaid) {
  PlanInput input = busybox();
  input.env.push_back("X=" + std::string(2U << 20U, 'x'));
  const auto table = compile_plan(spec::run_plan(input), {});
  ASSERT_FALSE(table);
  EXPECT_EQ(table.error().message, "command and environment are too long");
}

TEST(Compile, AnExecJoinsAndForks) {
  const auto bytes = compile_plan(spec::exec_plan(busybox(), 4711), {});
  ASSERT_TRUE(bytes) << bytes.error().message;
  const Table table(*bytes);
  std::vector<std::string> opened;
  int joined = 0;
  for (const TableOp& op : table.part(Part::Runtime)) {
    if (op.sys == static_cast<std::uint16_t>(abi::Sys::openat))
      opened.push_back(table.text(op.args[1]));
    if (op.sys == static_cast<std::uint16_t>(abi::Sys::setns)) ++joined;
  }
  EXPECT_EQ(opened.front(), "/sys/fs/cgroup/cutaway/a/cgroup.procs");
  EXPECT_EQ(opened.back(), "/proc/4711/ns/mnt");
  EXPECT_EQ(joined, 6);
}

}  // namespace
}  // namespace cutaway::real

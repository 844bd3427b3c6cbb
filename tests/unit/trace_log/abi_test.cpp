// Names to numbers and back, the same on every machine; and the shapes that use them.
#include "trace/abi/abi.h"

#include <gtest/gtest.h>

#include <set>

#include "trace/event/kind.h"
#include "trace/event/shape.h"

namespace cutaway {
namespace {

using Names = std::vector<std::string>;

TEST(Abi, Errnos) {
  EXPECT_EQ(abi::errno_name(abi::Errno::kOk), "");
  EXPECT_EQ(abi::errno_of("EWOULDBLOCK"), abi::Errno::kEAGAIN);
  EXPECT_EQ(abi::errno_of("Ok"), abi::Errno::kOk);
  EXPECT_EQ(abi::errno_of("ENONSENSE"), abi::Errno::kOk);
  EXPECT_EQ(abi::errno_name(static_cast<abi::Errno>(512)), "");
}

TEST(Abi, Syscalls) {
  EXPECT_EQ(abi::sys_of("newfstatat"), abi::Sys::newfstatat);
  EXPECT_EQ(abi::sys_of("mseal"), abi::Sys::mseal);
  EXPECT_EQ(abi::sys_of("nosuch"), abi::Sys::none);
  EXPECT_EQ(abi::sys_name(abi::Sys::none), "");
  EXPECT_EQ(abi::sys_name(static_cast<abi::Sys>(400)), "");
}

TEST(Abi, RealTimeSignals) {
  EXPECT_EQ(abi::signal_name(32), "SIG32");
  EXPECT_EQ(abi::signal_name(34), "SIGRTMIN");
  EXPECT_EQ(abi::signal_name(49), "SIGRTMIN+15");
  EXPECT_EQ(abi::signal_name(50), "SIGRTMAX-14");
  for (int signal = 1; signal <= 64; ++signal)
    EXPECT_EQ(abi::signal_of(abi::signal_name(signal)), signal);
  EXPECT_EQ(abi::signal_of("SIGRTMIN+16"), 50);
  EXPECT_EQ(abi::signal_of("SIGPOLL"), 29);
  for (const char* wrong :
       {"", "TERM", "SIG", "SIG0", "SIG65", "SIG-1", "SIGRTMIN+31", "SIGRTMAX-31", "SIGRTMIN+x"}) {
    EXPECT_EQ(abi::signal_of(wrong), 0) << wrong;
  }
}

TEST(Abi, FlagNames) {
  using abi::flag_names;
  EXPECT_EQ(flag_names(abi::kMountFlags, 0), Names{});
  EXPECT_EQ(flag_names(abi::kMountFlags, abi::ms::kNosuid | abi::ms::kBind),
            (Names{"MS_BIND", "MS_NOSUID"}));
  EXPECT_EQ(flag_names(abi::kMountFlags, (1ULL << 40) | 1), (Names{"0x10000000000", "MS_RDONLY"}));
  EXPECT_EQ(flag_names(abi::kOpenFlags, abi::o::kCloexec), (Names{"O_CLOEXEC", "O_RDONLY"}));
  EXPECT_EQ(flag_names(abi::kOpenFlags, 04010000 | 1), (Names{"O_SYNC", "O_WRONLY"}));
  EXPECT_EQ(flag_names(abi::kOpenFlags, 010000), (Names{"O_DSYNC", "O_RDONLY"}));
  EXPECT_EQ(flag_names(abi::kOpenFlags, 020200000 | 2), (Names{"O_RDWR", "O_TMPFILE"}));
  EXPECT_EQ(flag_names(abi::kMmapProt, 0), Names{"PROT_NONE"});
  EXPECT_EQ(flag_names(abi::kSocketFlags, 5 | 02000000), (Names{"SOCK_CLOEXEC", "SOCK_SEQPACKET"}));
  EXPECT_EQ(flag_names(abi::kAccessMode, 0), Names{"F_OK"});
}

TEST(Abi, FlagNamesGiveTheWordBack) {
  for (const abi::FlagTable* table : {&abi::kOpenFlags, &abi::kMountFlags, &abi::kSocketFlags,
                                      &abi::kMmapFlags, &abi::kStatxMask, &abi::kCloneFlags}) {
    for (std::uint64_t bits = 0; bits < 70000; bits += 7) {
      std::uint64_t back = 0;
      for (const std::string& name : abi::flag_names(*table, bits)) {
        ASSERT_TRUE(abi::flag_value(*table, name, back)) << name;
      }
      ASSERT_EQ(back, bits) << table->name;
    }
  }
  std::uint64_t bits = 0;
  EXPECT_FALSE(abi::flag_value(abi::kOpenFlags, "MS_BIND", bits));
  EXPECT_FALSE(abi::flag_value(abi::kOpenFlags, "0x", bits));
  EXPECT_FALSE(abi::flag_value(abi::kOpenFlags, "12", bits));
}

TEST(Shape, FlagsHaveTablesAndArgumentsHaveNames) {
  std::size_t rows = 0;
  for (int number = 0; number < 512; ++number) {
    const SyscallShape& shape = syscall_shape(static_cast<abi::Sys>(number));
    EXPECT_EQ(static_cast<int>(shape.sys), number);
    EXPECT_LE(shape.args.size(), 6U);
    rows += shape.args.empty() ? 0U : 1U;
    std::set<std::string_view> names;
    for (const ArgShape& arg : shape.args) {
      const bool needs_table = arg.kind == ArgKind::Flags || arg.kind == ArgKind::Constant ||
                               arg.kind == ArgKind::OpenFlags || arg.kind == ArgKind::CloneFlags;
      EXPECT_EQ(arg.table != nullptr, needs_table) << abi::sys_name(shape.sys) << " " << arg.name;
      EXPECT_TRUE(names.insert(arg.name).second) << abi::sys_name(shape.sys) << " " << arg.name;
    }
    for (const ArgShape& arg : shape.args) {
      if (arg.table == nullptr) continue;
      for (const abi::Flag* flag = arg.table->begin(); flag + 1 != arg.table->end(); ++flag) {
        EXPECT_LT(flag->value, (flag + 1)->value) << arg.table->name << " " << flag->name;
      }
    }
  }
  EXPECT_GE(rows, 200U);
  EXPECT_TRUE(syscall_shape(abi::Sys::none).args.empty());
}

TEST(Kind, EveryBodyIsFoundByItsKindAndOp) {
  std::set<std::string> seen;
  for (std::size_t index = 0; index < std::variant_size_v<BodyVariant>; ++index) {
    const Body body = empty_body(index);
    EXPECT_EQ(body.index(), index);
    const KindOp kind = kind_of(body);
    EXPECT_EQ(body_index(kind.kind, kind.op), index) << kind.kind << " " << kind.op;
    EXPECT_TRUE(seen.insert(std::string(kind.kind) + " " + std::string(kind.op)).second)
        << kind.kind << kind.op;
  }
  EXPECT_EQ(body_index("task", "nosuch"), std::variant_npos);
}

TEST(Kind, BytesOverTheStandardDescriptorsAreIo) {
  BytesMoved moved;
  moved.fd = 1;
  EXPECT_EQ(kind_of(moved).kind, "io");
  EXPECT_EQ(kind_of(moved).op, "written");
  moved.fd = 3;
  moved.dir = Direction::In;
  EXPECT_EQ(kind_of(moved).kind, "file");
  EXPECT_EQ(kind_of(moved).op, "read");
}

}  // namespace
}  // namespace cutaway

// Calls to registers and bytes, and back. The area is plain memory here; a task would find it at
// kLitmusAreaAddress.
#include <gtest/gtest.h>

#include <cstring>
#include <memory>

#include "real/litmus/registers.h"

namespace cutaway::real {
namespace {

class Registers : public ::testing::Test {
 protected:
  LitmusRegisters of(const char* step) {
    const auto document = JsonDocument::parse(
        "t", std::string(R"({"cutaway_litmus":1,"title":"t","program":[)") + step + "]}");
    const auto litmus = spec::load_litmus(*document);
    EXPECT_TRUE(litmus) << (litmus ? "" : litmus.error().message);
    const auto call = spec::resolve_call(litmus->program.front(), {});
    EXPECT_TRUE(call) << (call ? "" : call.error().message);
    auto made = LitmusRegisters::of(*call, *area_, 1);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return std::move(*made);
  }
  unsigned char* at(std::uint64_t address) {
    return reinterpret_cast<unsigned char*>(area_.get()) + (address - kLitmusAreaAddress);
  }
  std::uint64_t word(std::uint64_t address) {
    std::uint64_t value = 0;
    std::memcpy(&value, at(address), sizeof value);
    return value;
  }
  std::string text(std::uint64_t address) { return reinterpret_cast<const char*>(at(address)); }
  void put(std::uint64_t address, const void* bytes, std::size_t size) {
    std::memcpy(at(address), bytes, size);
  }

  std::unique_ptr<LitmusArea> area_ = std::make_unique<LitmusArea>();
};

TEST_F(Registers, NumbersAndTexts) {
  const LitmusRegisters made = of(
      R"({"call":"openat","dirfd":"AT_FDCWD","pathname":"/a","flags":["O_CREAT","O_WRONLY"],"mode":"0640"})");
  EXPECT_EQ(made.orders().number, 257U);
  EXPECT_EQ(static_cast<std::int64_t>(made.orders().args[0]), -100);
  EXPECT_EQ(text(made.orders().args[1]), "/a");
  EXPECT_EQ(made.orders().args[2], 0101U);
  EXPECT_EQ(made.orders().args[3], 0640U);
}

TEST_F(Registers, ListsOfTextsEndWithNull) {
  const LitmusRegisters made =
      of(R"({"call":"execve","pathname":"/p","argv":["p","-x"],"envp":[]})");
  const std::uint64_t argv = made.orders().args[1];
  EXPECT_EQ(text(word(argv)), "p");
  EXPECT_EQ(text(word(argv + 8)), "-x");
  EXPECT_EQ(word(argv + 16), 0U);
  EXPECT_EQ(word(made.orders().args[2]), 0U);
}

TEST_F(Registers, AddressesStandAsTheyAre) {
  const LitmusRegisters made = of(R"({"call":"open","pathname":16,"flags":["O_RDONLY"]})");
  EXPECT_EQ(made.orders().args[0], 16U);
}

TEST_F(Registers, HandlersAreTheExecutors) {
  area_->addresses = {0x1111, 0x2222, 0x3333};
  const LitmusRegisters made =
      of(R"({"call":"rt_sigaction","signum":"SIGTERM","act":{"sa_handler":{"exit":7}}})");
  const std::uint64_t act = made.orders().args[1];
  EXPECT_EQ(word(act), 0x2222U);
  EXPECT_EQ(word(act + 8), 0x04000000U);
  EXPECT_EQ(word(act + 16), 0x3333U);
  EXPECT_EQ(made.orders().exit_signal, 15);
  EXPECT_EQ(made.orders().exit_status, 7);
}

TEST_F(Registers, VectorsPointAtTheirParts) {
  const LitmusRegisters made =
      of(R"({"call":"writev","fd":1,"iov":[{"iov_base":"ab"},{"iov_base":"cde"}]})");
  const std::uint64_t iov = made.orders().args[1];
  EXPECT_EQ(word(iov + 8), 2U);
  EXPECT_EQ(word(iov + 24), 3U);
  EXPECT_EQ(std::memcmp(at(word(iov + 16)), "cde", 3), 0);
  EXPECT_EQ(made.orders().args[2], 2U);
}

TEST_F(Registers, ReadsWhatCameBack) {
  const LitmusRegisters made = of(R"({"call":"read","fd":3,"count":10})");
  put(made.orders().args[1], "hello", 5);
  EXPECT_EQ(made.outcome(5, {}).data, "hello");
  EXPECT_EQ(made.outcome(0, {}).data, "");
  EXPECT_EQ(made.outcome(-9, {}).err, abi::Errno::kEBADF);
  EXPECT_FALSE(made.outcome(-9, {}).data);
}

TEST_F(Registers, BelievesNoLength) {
  const LitmusRegisters made = of(R"({"call":"read","fd":3,"count":10})");
  EXPECT_EQ(made.outcome(std::int64_t{1} << 40, {}).data->size(), 10U);
}

TEST_F(Registers, StatusOfAWaitOnlyWhenSomebodyWasThere) {
  const LitmusRegisters made = of(R"({"call":"wait4","pid":-1})");
  const std::int32_t exited = 7 << 8;
  put(made.orders().args[1], &exited, sizeof exited);
  EXPECT_EQ(made.outcome(5, {}).status, exited);
  EXPECT_FALSE(made.outcome(0, {}).status);
}

TEST_F(Registers, DescriptorsOfAPair) {
  const LitmusRegisters made = of(R"({"call":"pipe2"})");
  const std::int32_t fds[2] = {4, 5};
  put(made.orders().args[0], fds, sizeof fds);
  EXPECT_EQ(made.outcome(0, {}).descriptors, (std::vector<std::int64_t>{4, 5}));
}

TEST_F(Registers, TooManyBytesAreRefused) {
  const auto document = JsonDocument::parse(
      "t", R"({"cutaway_litmus":1,"title":"t","program":[{"call":"write","fd":1,"buf":")" +
               std::string(kLitmusRoomBytes + 1, 'x') + "\"}]}");
  const auto litmus = spec::load_litmus(*document);
  const auto call = spec::resolve_call(litmus->program.front(), {});
  EXPECT_FALSE(LitmusRegisters::of(*call, *area_, 1));
}

}  // namespace
}  // namespace cutaway::real

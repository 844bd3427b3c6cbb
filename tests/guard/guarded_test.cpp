// What every system test finds: root, mounts of its own that are shared in themselves, and the
// guard's log of signals.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace cutaway {
namespace {

std::string text_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

std::string link_of(const std::string& path) {
  char target[256];
  const ssize_t length = readlink(path.c_str(), target, sizeof target);
  return length < 0 ? std::string() : std::string(target, static_cast<std::size_t>(length));
}

TEST(Guarded, RunsAsRootInMountsOfItsOwn) {
  EXPECT_EQ(geteuid(), 0U);
  ASSERT_FALSE(link_of("/proc/self/ns/mnt").empty());
  EXPECT_NE(link_of("/proc/self/ns/mnt"), link_of("/proc/1/ns/mnt"));
}

TEST(Guarded, ItsMountsAreSharedAsOnAUsualHost) {
  std::istringstream mounts(text_of("/proc/self/mountinfo"));
  std::string line;
  int lines = 0;
  for (; std::getline(mounts, line); ++lines)
    EXPECT_NE(line.find(" shared:"), std::string::npos) << line;
  EXPECT_GT(lines, 0);
}

TEST(Guarded, AMountStaysInside) {
  ASSERT_EQ(mount("cutaway-test-guard-inside", "/mnt", "tmpfs", 0, nullptr), 0);
  EXPECT_NE(text_of("/proc/self/mountinfo").find("cutaway-test-guard-inside"), std::string::npos);
  EXPECT_EQ(text_of("/proc/1/mountinfo").find("cutaway-test-guard-inside"), std::string::npos);
}

TEST(Guarded, HasALogOfSignals) {
  const char* log = std::getenv("CUTAWAY_SIGNAL_LOG");
  ASSERT_NE(log, nullptr);
  EXPECT_EQ(access(log, W_OK), 0);
}

}  // namespace
}  // namespace cutaway

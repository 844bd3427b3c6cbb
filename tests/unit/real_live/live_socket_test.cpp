// Where watchers come is known below the state folder, so that prune finds it.
#include "real/live_socket.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>

#include "real/sys/fd.h"
#include "real/sys/files.h"

namespace cutaway::real {
namespace {

class LiveSocketTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_NE(::mkdtemp(folder_), nullptr); }
  void TearDown() override { EXPECT_TRUE(remove_tree(folder_)); }
  std::string state() const { return std::string(folder_) + "/state"; }
  static void bind_at(const Fd& fd, const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    ASSERT_EQ(::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  char folder_[32] = "/tmp/cutaway-test-XXXXXX";
};

TEST_F(LiveSocketTest, ByDefaultItLiesBelowTheState) {
  EXPECT_EQ(newest_live_socket(state()), "");
  const auto socket = LiveSocket::make(state(), "");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket->path().rfind(state() + "/live/", 0), 0U);
}

TEST_F(LiveSocketTest, ElsewhereItIsKnownByALinkAndRemovedWhenNobodyListens) {
  const std::string path = std::string(folder_) + "/mine.sock";
  const auto socket = LiveSocket::make(state(), path);
  ASSERT_TRUE(socket);
  EXPECT_EQ(newest_live_socket(state()), path);
  {
    const Fd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    bind_at(fd, path);
    ASSERT_EQ(::listen(fd.get(), 1), 0);
    remove_left_sockets(state());
    EXPECT_TRUE(exists(path));
  }
  remove_left_sockets(state());
  EXPECT_FALSE(exists(path));
}

TEST_F(LiveSocketTest, AFileThatIsNoSocketIsLeftAlone) {
  const std::string path = std::string(folder_) + "/notes.txt";
  ASSERT_TRUE(replace_file(path, "mine"));
  EXPECT_FALSE(LiveSocket::make(state(), path));
  remove_left_sockets(state());
  EXPECT_TRUE(exists(path));
}

}  // namespace
}  // namespace cutaway::real

// The trace goes down to whoever watches, and what he says comes up.
#include "real/live_server.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <mutex>

#include "trace/log/cut_feed.h"
#include "trace/log/jsonl.h"

namespace cutaway::real {
namespace {

/// A trace that grows on one thread while a server shows it on another.
class Growing {
 public:
  Growing() {
    Event event;
    event.body = Snapshot{std::make_shared<const World>()};
    trace_.append(event);
  }
  void tell(const std::string& text) {
    const std::lock_guard<std::mutex> lock(mutex_);
    Event event;
    event.stamp.t = static_cast<std::int64_t>(trace_.size());
    event.stamp.step = trace_.step_id("step " + text);
    event.body = Note{text, ""};
    trace_.append(event);
  }
  void look(const std::function<void(const Trace&)>& f) {
    const std::lock_guard<std::mutex> lock(mutex_);
    f(trace_);
  }
  const Trace& trace() const { return trace_; }

 private:
  std::mutex mutex_;
  Trace trace_;
};

class LiveServerTest : public ::testing::Test {
 protected:
  LiveServerOptions options() {
    LiveServerOptions options;
    options.owner = ::geteuid();
    options.look = [this](const auto& f) { growing.look(f); };
    options.said = [this](std::string_view line) {
      const std::lock_guard<std::mutex> lock(mutex);
      said.emplace_back(line);
    };
    options.alone = [this] { alone = true; };
    return options;
  }
  /// Reads until the trace has so many events, or the server has closed it.
  static void read_until(int fd, std::size_t events, CutFeed& feed, Trace& trace) {
    char bytes[4096];
    while (trace.size() < events && !feed.closed()) {
      const ssize_t count = ::recv(fd, bytes, sizeof bytes, 0);
      ASSERT_GT(count, 0);
      const auto came = feed.take({bytes, static_cast<std::size_t>(count)}, trace);
      ASSERT_TRUE(came) << came.error().message;
    }
  }
  static Fd connect(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    Fd fd(::socket(AF_UNIX, SOCK_STREAM, 0));
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
      fd.reset();
    return fd;
  }
  template <class Condition>
  static bool comes(Condition condition) {
    for (int i = 0; i < 2000 && !condition(); ++i) ::usleep(5000);
    return condition();
  }

  Growing growing;
  std::mutex mutex;
  std::vector<std::string> said;
  std::atomic<bool> alone{false};
};

TEST_F(LiveServerTest, WhatIsToldIsSeenWhileItHappensAndTheWholeIsTheTrace) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  LiveServerOptions asked = options();
  asked.watcher = ends[1];
  const auto server = LiveServer::open(std::move(asked));
  ASSERT_TRUE(server);
  const Fd mine(ends[0]);
  CutFeed feed("live");
  Trace seen;
  for (std::size_t i = 0; i < 20; ++i) {
    growing.tell(std::to_string(i));
    read_until(mine.get(), i + 2, feed, seen);
    ASSERT_EQ(seen.size(), i + 2);
  }
  std::thread finishing([&] { (*server)->finish(); });
  read_until(mine.get(), static_cast<std::size_t>(-1), feed, seen);
  finishing.join();
  EXPECT_TRUE(feed.closed());
  EXPECT_EQ(to_jsonl(seen), to_jsonl(growing.trace()));
}

TEST_F(LiveServerTest, LinesComeUpWhole) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
  LiveServerOptions asked = options();
  asked.watcher = ends[1];
  const auto server = LiveServer::open(std::move(asked));
  Fd mine(ends[0]);
  ASSERT_EQ(::send(mine.get(), "go\nst", 5, 0), 5);
  ASSERT_EQ(::send(mine.get(), "ep\n", 3, 0), 3);
  EXPECT_TRUE(comes([this] {
    const std::lock_guard<std::mutex> lock(mutex);
    return said.size() == 2;
  }));
  EXPECT_EQ(said, (std::vector<std::string>{"go", "step"}));
  mine.reset();
  EXPECT_TRUE(comes([this] { return alone.load(); }));
}

TEST_F(LiveServerTest, TheSocketIsItsOwnersAndGoesWithTheServer) {
  char folder[] = "/tmp/cutaway-test-XXXXXX";
  ASSERT_NE(::mkdtemp(folder), nullptr);
  LiveServerOptions asked = options();
  asked.path = std::string(folder) + "/live.sock";
  {
    const auto server = LiveServer::open(asked);
    ASSERT_TRUE(server) << server.error().message;
    struct stat found {};
    ASSERT_EQ(::stat(asked.path.c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777U, 0600U);
    const Fd one = connect(asked.path), other = connect(asked.path);
    ASSERT_TRUE(one && other);
    EXPECT_TRUE(comes([&] { return (*server)->watchers() == 2; }));
    CutFeed feed("live");
    Trace seen;
    read_until(other.get(), 1, feed, seen);
    EXPECT_EQ(seen.size(), 1U);
    // Where one listens no second one does.
    EXPECT_FALSE(LiveServer::open(asked));
  }
  EXPECT_NE(::access(asked.path.c_str(), F_OK), 0);
  ::rmdir(folder);
}

TEST_F(LiveServerTest, ASocketThatAKilledServerLeftIsReplaced) {
  char folder[] = "/tmp/cutaway-test-XXXXXX";
  ASSERT_NE(::mkdtemp(folder), nullptr);
  LiveServerOptions asked = options();
  asked.path = std::string(folder) + "/live.sock";
  {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, asked.path.c_str(), asked.path.size() + 1);
    const Fd left(::socket(AF_UNIX, SOCK_STREAM, 0));
    ASSERT_EQ(::bind(left.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  EXPECT_TRUE(LiveServer::open(asked));
  ::rmdir(folder);
}

}  // namespace
}  // namespace cutaway::real

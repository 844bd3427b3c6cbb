// A pseudo-terminal: echo, line discipline, whose turn it is, and the process in front of it.
#include "real/session/terminal.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <thread>

namespace cutaway::real {
namespace {

class TerminalTest : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = Terminal::open([this](std::string_view bytes) {
      const std::lock_guard<std::mutex> lock(mutex_);
      shown_ += bytes;
    });
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    terminal_ = std::move(*opened);
  }
  std::string shown() {
    const std::lock_guard<std::mutex> lock(mutex_);
    return shown_;
  }
  template <class What>
  static bool comes(What what) {
    for (int tries = 0; tries < 1000 && !what(); ++tries)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    return what();
  }

  std::mutex mutex_;
  std::string shown_;
  std::unique_ptr<Terminal> terminal_;
  Client client_{SideCommand{}};
};

TEST_F(TerminalTest, what_is_written_is_shown_by_the_end) {
  terminal_->begin(client_);
  ASSERT_EQ(::write(terminal_->slave(), "a\nb", 3), 3);
  terminal_->end();
  client_.collect();
  EXPECT_EQ(client_.state().stdout_text, "a\r\nb")
      << "the discipline puts a return before a newline";
  EXPECT_EQ(shown(), "a\r\nb");
  ASSERT_EQ(::write(terminal_->slave(), "c", 1), 1);
  EXPECT_TRUE(comes([&] { return shown() == "a\r\nbc"; }));
  client_.collect();
  EXPECT_EQ(client_.state().stdout_text, "a\r\nb") << "nobody is in front any more";
}

TEST_F(TerminalTest, a_command_line_of_the_host_is_at_the_terminal) {
  terminal_->begin(client_);
  const auto status =
      terminal_->run_on_host("test -t 0 && stty size && tty -s < /dev/tty && exit 7");
  terminal_->end();
  ASSERT_TRUE(status.has_value());
  EXPECT_EQ(*status, 7);
  client_.collect();
  EXPECT_EQ(client_.state().stdout_text, "24 80\r\n");
}

TEST_F(TerminalTest, keys_are_echoed_and_read) {
  terminal_->begin(client_);
  ASSERT_TRUE(terminal_->type("hello\n").has_value());
  const auto status = terminal_->run_on_host("read a; echo got $a");
  terminal_->end();
  EXPECT_EQ(status.value_or(-1), 0);
  client_.collect();
  EXPECT_EQ(client_.state().stdout_text, "hello\r\ngot hello\r\n");
}

TEST_F(TerminalTest, control_c_ends_who_is_in_front) {
  terminal_->begin(client_);
  std::thread types([this] {
    EXPECT_TRUE(comes([this] { return shown() == "up\r\n"; }));
    EXPECT_TRUE(terminal_->type("\x03").has_value());
  });
  const auto status = terminal_->run_on_host("echo up; exec sleep 60");
  types.join();
  EXPECT_EQ(status.value_or(-1), 128 + SIGINT);
}

TEST_F(TerminalTest, control_c_reaches_a_client_as_a_number) {
  terminal_->begin(client_);
  const int signals = terminal_->signals()->read.get();
  ASSERT_TRUE(terminal_->type("\x03").has_value());
  EXPECT_TRUE(comes([&] { return signal_waits(signals); }));
  EXPECT_EQ(take_signal(signals), SIGINT);
  ASSERT_TRUE(terminal_->type("\x1c").has_value());
  EXPECT_TRUE(comes([&] { return signal_waits(signals); }));
  terminal_->begin(client_);
  EXPECT_EQ(take_signal(signals), 0) << "what was sent before its turn is not for it";
}

TEST_F(TerminalTest, a_kill_ends_the_wait_for_a_command_line) {
  terminal_->begin(client_);
  terminal_->signals()->send(SIGKILL);
  EXPECT_EQ(terminal_->run_on_host("sleep 60").value_or(-1), 128 + SIGKILL);
  const auto begin = std::chrono::steady_clock::now();
  terminal_.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(TerminalTest, turns_come_one_after_the_other) {
  Terminal::Turn first = terminal_->next_turn();
  const Terminal::Turn second = terminal_->next_turn();
  EXPECT_FALSE(first.before.valid());
  ASSERT_TRUE(second.before.valid());
  EXPECT_EQ(second.before.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  first.mine.set_value();
  EXPECT_EQ(second.before.wait_for(std::chrono::seconds(0)), std::future_status::ready);
}

}  // namespace
}  // namespace cutaway::real

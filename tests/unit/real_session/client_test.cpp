// A command as its caller sees it, and signals as numbers.
#include "real/session/client.h"

#include <gtest/gtest.h>

#include <csignal>

namespace cutaway::real {
namespace {

SideCommand docker(const std::string& line) {
  SideCommand command;
  command.line = line;
  command.name = "r1";
  return command;
}

TEST(Client, what_it_says_shows_when_it_is_collected) {
  Client client(docker("ps"));
  EXPECT_EQ(client.state().line, "docker ps");
  EXPECT_EQ(client.state().name, "r1");
  client.begins(5);
  client.prints(1, "one ");
  client.prints(2, "wrong");
  EXPECT_EQ(client.state().stdout_text, "");
  client.collect();
  EXPECT_EQ(client.state().stdout_text, "one ");
  EXPECT_FALSE(client.state().done);
  client.prints(1, "two");
  client.ends(3, 9);
  EXPECT_FALSE(client.state().done);
  client.collect();
  EXPECT_EQ(client.state().stdout_text, "one two");
  EXPECT_EQ(client.state().stderr_text, "wrong");
  EXPECT_TRUE(client.state().done);
  EXPECT_EQ(client.state().exit, 3);
  EXPECT_EQ(client.state().t0, 5);
  EXPECT_EQ(client.state().t1, 9);
}

TEST(Client, hears_signals_once_somebody_runs_it) {
  Client client(docker("run busybox"));
  EXPECT_FALSE(client.signal(SIGTERM));
  EXPECT_EQ(client.signals(), -1);
  auto pipe = SignalPipe::make();
  ASSERT_TRUE(pipe.has_value());
  client.hears(std::make_shared<const SignalPipe>(std::move(*pipe)));
  EXPECT_FALSE(signal_waits(client.signals()));
  EXPECT_TRUE(client.signal(SIGTERM));
  EXPECT_TRUE(client.signal(SIGINT));
  EXPECT_TRUE(signal_waits(client.signals()));
  EXPECT_EQ(take_signal(client.signals()), SIGTERM);
  EXPECT_EQ(take_signal(client.signals()), SIGINT);
  EXPECT_EQ(take_signal(client.signals()), 0);
  EXPECT_EQ(take_signal(-1), 0);
}

TEST(NoSignals, of_this_process_come_to_others) {
  sigset_t before, within, after;
  ::pthread_sigmask(SIG_BLOCK, nullptr, &before);
  {
    const NoSignals none;
    ::pthread_sigmask(SIG_BLOCK, nullptr, &within);
  }
  ::pthread_sigmask(SIG_BLOCK, nullptr, &after);
  EXPECT_FALSE(sigismember(&before, SIGINT));
  EXPECT_TRUE(sigismember(&within, SIGINT));
  EXPECT_FALSE(sigismember(&after, SIGINT));
}

}  // namespace
}  // namespace cutaway::real

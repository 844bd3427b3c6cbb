// A simulated machine and one window in which lines are typed.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "base/text.h"
#include "run_echo.h"
#include "sim/simulator.h"

namespace cutaway::test {

class Window {
 public:
  Window() : simulator_(sim::SimulatorOptions{}) {}

  std::size_t start(const std::string& line, const std::string& name = "t1") {
    SideCommand command;
    command.line = line;
    command.terminal = name;
    EXPECT_TRUE(split_shell_words(line, command.words));
    const auto index = simulator_.submit(command);
    EXPECT_TRUE(index.has_value()) << line << ": " << (index ? "" : index.error().message);
    pass(kSecond);
    return index ? *index : 0;
  }
  void docker(const std::string& line) {
    const std::size_t index = start(line, "");
    EXPECT_TRUE(simulator_.run_until_done(index).has_value()) << line;
  }
  void type(const std::string& keys) {
    SideCommand command;
    command.kind = SideCommand::Kind::Keystrokes;
    command.line = keys;
    command.terminal = "t1";
    EXPECT_TRUE(simulator_.submit(command).has_value());
    pass(kSecond);
  }
  void pass(std::int64_t ns) { EXPECT_TRUE(simulator_.run_for(ns).has_value()); }
  const CommandState& command(std::size_t index) const { return simulator_.command(index); }
  const World& world() const { return simulator_.trace().head(); }
  std::string shown(std::size_t index) const { return command(index).stdout_text; }

 private:
  sim::Simulator simulator_;
};

}  // namespace cutaway::test

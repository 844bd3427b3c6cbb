// The file of what windows remember: when it is written, by whom, and what becomes of one that
// cannot be read.
#include "app/gui/memory.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "base/os/files.h"

namespace cutaway::app {
namespace {

namespace fs = std::filesystem;

class MemoryTest : public ::testing::Test {
 protected:
  MemoryTest() {
    std::string name = fs::temp_directory_path() / "cutaway-memory-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    ::setenv("XDG_CONFIG_HOME", folder_.c_str(), 1);
  }
  ~MemoryTest() override {
    ::unsetenv("XDG_CONFIG_HOME");
    fs::remove_all(folder_);
  }

  std::string file() const { return folder_ + "/cutaway/window.json"; }
  void write(const std::string& text) {
    fs::create_directories(folder_ + "/cutaway");
    ASSERT_TRUE(os::write_file(file(), text));
  }
  /// A window in which one thing is changed, and which is closed.
  void leave(const viz::Remembered& changed, bool fresh = false) {
    Memory memory(fresh);
    memory.begin(memory.kept());
    memory.pass(changed, 0.1);
    memory.close();
  }

  std::string folder_;
};

TEST_F(MemoryTest, WhereItIs) {
  EXPECT_EQ(memory_path("/c", "/home/a"), "/c/cutaway/window.json");
  EXPECT_EQ(memory_path("", "/home/a"), "/home/a/.config/cutaway/window.json");
  EXPECT_EQ(memory_path("relative", "/home/a"), "/home/a/.config/cutaway/window.json");
  EXPECT_EQ(memory_path("", ""), "");
}

TEST_F(MemoryTest, NothingChangedWritesNothing) {
  Memory memory(false);
  memory.begin(memory.kept());
  for (int i = 0; i < 10; ++i) memory.pass(memory.kept(), 1);
  memory.close();
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(MemoryTest, AChangeIsWrittenWhenItHasSettled) {
  Memory memory(false);
  memory.begin(memory.kept());
  viz::Remembered now = memory.kept();
  for (int width = 270; width < 300; ++width) {  // while somebody drags
    now.left_width = width;
    memory.pass(now, 0.1);
  }
  memory.pass(now, 0.5);
  EXPECT_FALSE(fs::exists(file()));
  memory.pass(now, 0.6);
  EXPECT_TRUE(fs::exists(file()));
  EXPECT_EQ(Memory(false).kept(), now);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_ + "/cutaway"), fs::directory_iterator()),
            1);
}

TEST_F(MemoryTest, TwoWindowsKeepEachOthersChanges) {
  Memory one(false);
  Memory other(false);
  one.begin(one.kept());
  other.begin(other.kept());
  viz::Remembered light = one.kept();
  light.theme = viz::ThemeChoice::Light;
  viz::Remembered folded = other.kept();
  folded.events = false;
  one.pass(light, 0);
  one.close();
  other.pass(folded, 0);
  other.close();
  const viz::Remembered kept = Memory(false).kept();
  EXPECT_EQ(kept.theme, viz::ThemeChoice::Light);
  EXPECT_FALSE(kept.events);
}

TEST_F(MemoryTest, FreshBeginsAsUsualAndForgetsNothingElse) {
  viz::Remembered light;
  light.theme = viz::ThemeChoice::Light;
  leave(light);
  EXPECT_EQ(Memory(true).kept(), viz::Remembered());
  viz::Remembered folded;
  folded.events = false;
  leave(folded, true);
  EXPECT_EQ(Memory(false).kept().theme, viz::ThemeChoice::Light);
  EXPECT_FALSE(Memory(false).kept().events);
}

TEST_F(MemoryTest, WhatCannotBeReadIsKeptBesideIt) {
  for (const char* bad : {"{\"cutaway_window\":", "{\"cutaway_window\":7}"}) {
    write(bad);
    ::testing::internal::CaptureStderr();
    const Memory memory(false);
    const std::string words = ::testing::internal::GetCapturedStderr();
    EXPECT_EQ(memory.kept(), viz::Remembered());
    EXPECT_EQ(std::count(words.begin(), words.end(), '\n'), 1) << words;
    EXPECT_NE(words.find("kept as window.json.bad"), std::string::npos) << words;
    EXPECT_FALSE(fs::exists(file()));
  }
  EXPECT_EQ(*os::read_file(file() + ".bad"), "{\"cutaway_window\":");
  EXPECT_EQ(*os::read_file(file() + ".bad2"), "{\"cutaway_window\":7}");
}

TEST_F(MemoryTest, WhereNothingCanBeWrittenIsOneLineAndNoMore) {
  write("x");
  fs::remove_all(folder_ + "/cutaway");
  ASSERT_TRUE(os::write_file(folder_ + "/cutaway", "a file in the place of the folder"));
  Memory memory(false);
  memory.begin(memory.kept());
  viz::Remembered now;
  ::testing::internal::CaptureStderr();
  for (int width = 300; width < 303; ++width) {
    now.left_width = width;
    memory.pass(now, 0);
    memory.close();
  }
  const std::string words = ::testing::internal::GetCapturedStderr();
  EXPECT_EQ(std::count(words.begin(), words.end(), '\n'), 1) << words;
}

}  // namespace
}  // namespace cutaway::app

// How exported files are called: after what they show, and never over another one.
#include "app/export/names.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace cutaway::app {
namespace {

std::string stem(const std::string& scenario, std::vector<std::string> commands) {
  TraceHeader header;
  header.scenario = scenario;
  header.commands = std::move(commands);
  return stem_of(header);
}

TEST(Names, AreThoseOfTheScenarioOrTheLastCommand) {
  EXPECT_EQ(stem("run-echo", {"docker run busybox echo"}), "run-echo");
  EXPECT_EQ(stem("", {"docker pull x", "docker run --rm busybox sh -c 'a/b; c'"}),
            "docker-run-rm-busybox-sh-c-a-b-c");
  EXPECT_EQ(stem("", {"docker run busybox echo one two three four five six"}).size(), 40U);
  EXPECT_EQ(stem("", {"../../x"}), "x");
  EXPECT_EQ(stem("", {}), "cutaway");
}

TEST(Names, OfAnotherFileAreNotTaken) {
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("names_test." + std::to_string(::getpid()));
  std::filesystem::create_directory(folder);
  const std::string base = (folder / "a").string();
  EXPECT_EQ(free_name(base, ".png"), base + ".png");
  std::ofstream(base + ".png") << "x";
  EXPECT_EQ(free_name(base, ".png"), base + "-2.png");
  std::ofstream(base + "-2.png") << "x";
  EXPECT_EQ(free_name(base, ".png"), base + "-3.png");
  EXPECT_EQ(free_name(base, ".svg"), base + ".svg");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace cutaway::app

// Compares text with a golden file. CUTAWAY_GOLDEN=write writes the files anew:
// then look at the difference (git diff), and at the picture, before you commit.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

namespace cutaway::viz {

/// `name` is below tests/: "viz/golden/07-hello.txt".
inline void expect_golden(const std::string& name, const std::string& text) {
  const std::string path = std::string(CUTAWAY_SOURCE_DIR) + "/tests/" + name;
  const char* mode = std::getenv("CUTAWAY_GOLDEN");
  if (mode != nullptr && std::string(mode) == "write") {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  std::ifstream file(path, std::ios::binary);
  ASSERT_TRUE(file.good()) << path << " is missing: run this test with CUTAWAY_GOLDEN=write";
  std::stringstream expected;
  expected << file.rdbuf();
  EXPECT_EQ(expected.str(), text) << "differs from " << path;
}

}  // namespace cutaway::viz

// Reads what record/record.py recorded of the real docker client.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "base/json_value.h"

namespace cutaway::spec::test {

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

inline std::string data_path(const std::string& name) {
  return std::string(CUTAWAY_SOURCE_DIR) + "/tests/unit/spec/" + name;
}

inline Json recorded(const std::string& name) {
  const auto parsed = parse_json(read_text(data_path("record/" + name)));
  EXPECT_TRUE(parsed.has_value()) << name;
  return parsed ? *parsed : Json();
}

}  // namespace cutaway::spec::test

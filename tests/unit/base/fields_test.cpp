#include "base/fields.h"

#include <gtest/gtest.h>

#include <string>

namespace cutaway {
namespace {

struct Pair {
  int first = 1;
  std::string second = "two";
  FIELDS(first, second)
};
struct None {
  NO_FIELDS
};

struct NameCollector {
  std::string& names;
  template <class T>
  void operator()(const char* name, T&) {
    names += name;
    names += ' ';
  }
};

struct IntDoubler {
  void operator()(const char*, int& value) { value *= 2; }
  void operator()(const char*, std::string& value) { value += value; }
};

TEST(Fields, VisitsInTheOrderOfDeclaration) {
  std::string names;
  const Pair pair;
  visit_fields(pair, NameCollector{names});
  EXPECT_EQ(names, "first second ");
  const None none;
  visit_fields(none, NameCollector{names});
  EXPECT_EQ(names, "first second ");
}

TEST(Fields, VisitorsMayWrite) {
  Pair pair;
  visit_fields(pair, IntDoubler{});
  EXPECT_EQ(pair.first, 2);
  EXPECT_EQ(pair.second, "twotwo");
}

TEST(Fields, HasFields) {
  EXPECT_TRUE(has_fields<Pair>::value);
  EXPECT_TRUE(has_fields<None>::value);
  EXPECT_FALSE(has_fields<std::string>::value);
}

}  // namespace
}  // namespace cutaway

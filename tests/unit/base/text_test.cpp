#include "base/text.h"

#include <gtest/gtest.h>

#include <limits>

namespace cutaway {
namespace {

using Words = std::vector<std::string>;

TEST(Text, SplitKeepsEmptyParts) {
  EXPECT_EQ(split("a,,b,", ','), (Words{"a", "", "b", ""}));
  EXPECT_EQ(split("", ','), Words{""});
  EXPECT_EQ(join({"a", "", "b"}, ", "), "a, , b");
}

TEST(Text, Trim) { EXPECT_EQ(trim(" \t a b\r\n"), "a b"); }

TEST(Text, Utf8AcceptsWhatRfc3629Does) {
  EXPECT_TRUE(is_utf8("grün – 漢 🐳"));
  EXPECT_TRUE(is_utf8(std::string_view("\0", 1)));
  EXPECT_FALSE(is_utf8("\x80"));              // a continuation alone
  EXPECT_FALSE(is_utf8("\xc3"));              // cut off
  EXPECT_FALSE(is_utf8("\xc0\xaf"));          // overlong "/"
  EXPECT_FALSE(is_utf8("\xed\xa0\x80"));      // a surrogate
  EXPECT_FALSE(is_utf8("\xf4\x90\x80\x80"));  // above U+10FFFF
}

TEST(Text, Utf8PrefixDoesNotCutALetter) {
  EXPECT_EQ(utf8_prefix("aü", 2), 1U);
  EXPECT_EQ(utf8_prefix("aü", 3), 3U);
  EXPECT_EQ(utf8_prefix("a🐳", 4), 1U);
  EXPECT_EQ(utf8_prefix("\x80\x80\x80\x80\x80\x80", 5), 5U);  // no text: cut anywhere
}

TEST(Text, Base64) {
  for (const char* bytes : {"", "f", "fo", "foo", "foob", "\xff\xfe\x01"}) {
    std::string back;
    ASSERT_TRUE(base64_decode(base64_encode(bytes), back)) << bytes;
    EXPECT_EQ(back, bytes);
  }
  EXPECT_EQ(base64_encode("foob"), "Zm9vYg==");
  std::string ignored;
  EXPECT_FALSE(base64_decode("Zm9", ignored));
  EXPECT_FALSE(base64_decode("Zm=v", ignored));
  EXPECT_FALSE(base64_decode("Zm9!", ignored));
}

TEST(Text, NumbersWithoutLocale) {
  EXPECT_EQ(decimal(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(octal(0755), "755");
  EXPECT_EQ(hex(0xdeadbeef), "deadbeef");
}

TEST(Text, ParseDecimal) {
  std::int64_t value = 5;
  EXPECT_TRUE(parse_decimal("-42", value));
  EXPECT_EQ(value, -42);
  EXPECT_TRUE(parse_decimal("9223372036854775807", value));
  for (const char* wrong : {"", "-", "1x", " 1", "+1", "9223372036854775808"}) {
    EXPECT_FALSE(parse_decimal(wrong, value)) << wrong;
  }
}

TEST(Text, ParseUnsigned) {
  std::uint64_t value = 0;
  EXPECT_TRUE(parse_unsigned("ffffffffffffffff", 16, value));
  EXPECT_EQ(value, std::numeric_limits<std::uint64_t>::max());
  EXPECT_TRUE(parse_unsigned("Ff", 16, value));
  EXPECT_EQ(value, 255U);
  EXPECT_TRUE(parse_unsigned("0755", 8, value));
  EXPECT_EQ(value, 0755U);
  EXPECT_FALSE(parse_unsigned("8", 8, value));
  EXPECT_FALSE(parse_unsigned("a", 10, value));
  EXPECT_FALSE(parse_unsigned("", 16, value));
  EXPECT_FALSE(parse_unsigned("-1", 10, value));
  EXPECT_FALSE(parse_unsigned("10000000000000000", 16, value));
  EXPECT_FALSE(parse_unsigned("18446744073709551616", 10, value));
}

TEST(Text, ShellWords) {
  Words words;
  ASSERT_TRUE(split_shell_words(R"(run  'a b' "c $d" e\ f "")", words));
  EXPECT_EQ(words, (Words{"run", "a b", "c $d", "e f", ""}));
  EXPECT_FALSE(split_shell_words("run 'open", words));
}

TEST(Text, Nearest) {
  EXPECT_EQ(nearest("imges", {"images", "ps", "pull"}), "images");
  EXPECT_EQ(nearest("xyzzy", {"images", "ps", "pull"}), "");
}

}  // namespace
}  // namespace cutaway

#include "viz/text/world_words.h"

#include <gtest/gtest.h>

namespace cutaway::viz {
namespace {

TEST(WorldWords, MemoryInPowersOf1024) {
  EXPECT_EQ(memory_words(0), "0 B");
  EXPECT_EQ(memory_words(1023), "1023 B");
  EXPECT_EQ(memory_words(1024), "1 KiB");
  EXPECT_EQ(memory_words(1258291), "1.2 MiB");
  EXPECT_EQ(memory_words(std::int64_t{8} << 30), "8 GiB");
  EXPECT_EQ(memory_words((std::int64_t{1} << 62)), "4194304 TiB");
}

TEST(WorldWords, AShareIsInTheUnitOfTheWhole) {
  EXPECT_EQ(memory_of_words(32 << 20, 32 << 20), "32.0 of 32 MiB");
  EXPECT_EQ(memory_of_words(0, 64 << 20), "0.0 of 64 MiB");
  EXPECT_EQ(memory_part_words(std::int64_t{6335076761}, std::int64_t{8} << 30), "5.9");
  EXPECT_EQ(size_of_words(1500, 2400), "1.5 of 2.4 kB");
}

TEST(WorldWords, SizesAsDockerCountsThem) {
  EXPECT_EQ(size_words(0), "0 B");
  EXPECT_EQ(size_words(842), "842 B");
  EXPECT_EQ(size_words(2400), "2.4 kB");
  EXPECT_EQ(size_words(4'261'550), "4.26 MB");
  EXPECT_EQ(size_words(13'300), "13.3 kB");
}

TEST(WorldWords, TimesAndCpus) {
  EXPECT_EQ(clock_words(118'300'000), "0.1183 s");
  EXPECT_EQ(cpu_limit_words(500'000), "0.5");
  EXPECT_EQ(cpu_limit_words(250'000), "0.25");
  EXPECT_EQ(cpu_limit_words(2'000'000), "2.0");
  EXPECT_EQ(duration_words(350), "350 ns");
  EXPECT_EQ(duration_words(12'400), "12.4 µs");
  EXPECT_EQ(duration_words(61'200'000), "61.2 ms");
  EXPECT_EQ(duration_words(2'300'000'000), "2.3 s");
  EXPECT_EQ(cpu_words(749'999), "0.7");
  EXPECT_EQ(cpu_words(2'000'000), "2.0");
}

TEST(WorldWords, CountsAndOrdinals) {
  EXPECT_EQ(counted(1, "mount"), "1 mount");
  EXPECT_EQ(counted(0, "mount"), "0 mounts");
  EXPECT_EQ(number_word(4), "four");
  EXPECT_EQ(number_word(13), "13");
  EXPECT_EQ(ordinal_words(1), "1st");
  EXPECT_EQ(ordinal_words(12), "12th");
  EXPECT_EQ(ordinal_words(23), "23rd");
}

TEST(WorldWords, TheEndOfAPathSaysMore) {
  EXPECT_EQ(short_path("/etc/passwd", 20), "/etc/passwd");
  EXPECT_EQ(short_path("/var/lib/docker/overlay2/8f2c/merged/proc", 16), "…/merged/proc");
  EXPECT_EQ(short_path("nothingbutonelongword", 8), "…ongword");
}

TEST(WorldWords, ShortTextCountsCharactersNotBytes) {
  EXPECT_EQ(text_length("“/”"), 3U);
  EXPECT_EQ(short_text("ääääää", 4), "äää…");
  EXPECT_EQ(short_text("ääää", 4), "ääää");
}

TEST(WorldWords, NamesOfImagesAndNamespaces) {
  EXPECT_EQ(image_name("busybox:latest"), "busybox");
  EXPECT_EQ(image_name("app:2"), "app:2");
  Namespace ns;
  ns.inode = 4026532611U;
  EXPECT_EQ(ns_number(ns), "…2611");
}

}  // namespace
}  // namespace cutaway::viz

// Deletion marks of layers, in both forms.
#include <gtest/gtest.h>

#include "archives.h"
#include "trees.h"

namespace cutaway::test {
namespace {

using real::Deletions;
using Tree = std::map<std::string, std::string>;

constexpr const char* kOpaque = ".wh..wh..opq";

TEST(Overlay, AWhiteoutIsADevice00) {
  const Scratch scratch;
  ASSERT_EQ(words(unpack(tar({file("etc/.wh.passwd", ""), file(".wh.never-there", "")}),
                         scratch / "root")),
            "");
  const Tree expected = {
      {"etc", "dir 755"}, {"etc/passwd", "whiteout"}, {"never-there", "whiteout"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Overlay, AnOpaqueFolderHasTheAttribute) {
  const Scratch scratch;
  ASSERT_EQ(words(unpack(tar({folder("a/", 0700), file(std::string("a/") + kOpaque, ""),
                              file("a/new", "n"), file(std::string("b/") + kOpaque, "")}),
                         scratch / "root")),
            "");
  const Tree expected = {{"a", "dir 700 opaque"}, {"a/new", "file 644 n"}, {"b", "dir 755 opaque"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

// It speaks of lower layers, wherever in the archive it stands.
TEST(Overlay, AWhiteoutDoesNotHideItsOwnLayer) {
  const Scratch scratch;
  ASSERT_EQ(
      words(unpack(tar({file("f", "mine"), file(".wh.f", ""), file(".wh.g", ""), file("g", "mine"),
                        folder("d/"), file("d/x", "mine"), file(".wh.d", ""), file(".wh.e", ""),
                        file("e/y", "mine"), file(".wh.h", ""), folder("h/", 0711)}),
                   scratch / "root")),
      "");
  const Tree expected = {{"f", "file 644 mine"},  {"g", "file 644 mine"},
                         {"d", "dir 755 opaque"}, {"d/x", "file 644 mine"},
                         {"e", "dir 755 opaque"}, {"e/y", "file 644 mine"},
                         {"h", "dir 711 opaque"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

TEST(Overlay, ARootThatHidesAllIsToldNotMarkedOnly) {
  const Scratch scratch;
  const auto done = unpack(tar({file(kOpaque, ""), file("a")}), scratch / "1");
  ASSERT_EQ(words(done), "");
  EXPECT_TRUE(done->hides_lower);
  EXPECT_FALSE(unpack(tar({file(std::string("d/") + kOpaque, "")}), scratch / "2")->hides_lower);
}

TEST(Overlay, WhatAufsKeptForItselfIsPassedOver) {
  const Scratch scratch;
  ASSERT_EQ(words(unpack(tar({folder(".wh..wh.plnk/"), file(".wh..wh.aufs", ""), file("a", "a")}),
                         scratch / "root")),
            "");
  const Tree expected = {{"a", "file 644 a"}};
  EXPECT_EQ(tree(scratch / "root"), expected);
}

Tree applied(const std::vector<std::vector<Member>>& layers) {
  const Scratch scratch;
  for (const auto& layer : layers)
    EXPECT_EQ(words(unpack(tar(layer), scratch / "root", options(Deletions::Apply))), "");
  return tree(scratch / "root");
}

TEST(Apply, AWhiteoutDeletes) {
  const Tree expected = {{"keep", "file 644 x"}, {"d", "dir 755"}};
  EXPECT_EQ(applied({{file("keep"), file("f"), file("d/x"), file("t/a/b")},
                     {file(".wh.f", ""), file("d/.wh.x", ""), file(".wh.t", ""),
                      file(".wh.never-there", "")}}),
            expected);
}

TEST(Apply, AnOpaqueFolderLosesWhatLowerLayersHad) {
  const Tree expected = {
      {"d", "dir 755"}, {"d/new", "file 644 n"}, {"d/old", "dir 755"}, {"d/old/new", "file 644 n"}};
  EXPECT_EQ(applied({{file("d/a"), file("d/old/b"), file("d/old/new", "o")},
                     {file("d/new", "n"), file("d/old/new", "n"),
                      file(std::string("d/") + kOpaque, "")}}),
            expected);
}

TEST(Apply, AnOpaqueRootEmptiesAll) {
  const Tree expected = {{"new", "file 644 x"}};
  EXPECT_EQ(applied({{file("a"), file("d/e")}, {file("new"), file(kOpaque, "")}}), expected);
}

TEST(Apply, AWhiteoutDoesNotDeleteItsOwnLayer) {
  const Tree expected = {
      {"f", "file 644 new"}, {"d", "dir 755"}, {"d/new", "file 644 n"}, {"g", "file 644 new"}};
  EXPECT_EQ(applied({{file("f", "old"), file("d/old"), file("g/old")},
                     {file("f", "new"), file(".wh.f", ""), file("d/new", "n"), file(".wh.d", ""),
                      file(".wh.g", ""), file("g", "new")}}),
            expected);
}

TEST(Apply, AFolderOfALowerLayerKeepsItsModeUnlessSaid) {
  const Tree expected = {{"a", "dir 711"},
                         {"a/x", "file 644 x"},
                         {"b", "dir 700"},
                         {"b/y", "file 644 x"},
                         {"c", "dir 755"}};
  EXPECT_EQ(applied({{folder("a/", 0711), folder("b/", 0711), file("c")},
                     {file("a/x"), folder("b/", 0700), file("b/y"), folder("c/")}}),
            expected);
}

}  // namespace
}  // namespace cutaway::test

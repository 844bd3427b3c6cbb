// Names of images, taken apart and put together. What is refused is compared in
// docker_line_test.cpp.
#include "spec/reference.h"

#include <gtest/gtest.h>

namespace cutaway::spec {
namespace {

struct ReferenceCase {
  const char* text;
  const char* registry;
  const char* repository;
  const char* tag;
  const char* familiar;
  const char* canonical;
};

constexpr const char* kDigest =
    "sha256:2919d0172f7524b2d8df9e50066a682669e6d170ac0f6a49676d54358fe970b5";

TEST(ReferenceTest, Parts) {
  const ReferenceCase cases[] = {
      {"busybox", "docker.io", "library/busybox", "latest", "busybox:latest",
       "docker.io/library/busybox:latest"},
      {"busybox:1.36", "docker.io", "library/busybox", "1.36", "busybox:1.36",
       "docker.io/library/busybox:1.36"},
      {"library/busybox", "docker.io", "library/busybox", "latest", "busybox:latest",
       "docker.io/library/busybox:latest"},
      {"docker.io/busybox", "docker.io", "library/busybox", "latest", "busybox:latest",
       "docker.io/library/busybox:latest"},
      {"index.docker.io/shop/app", "docker.io", "shop/app", "latest", "shop/app:latest",
       "docker.io/shop/app:latest"},
      {"shop/app:2", "docker.io", "shop/app", "2", "shop/app:2", "docker.io/shop/app:2"},
      {"localhost:5000/x", "localhost:5000", "x", "latest", "localhost:5000/x:latest",
       "localhost:5000/x:latest"},
      {"localhost/x", "localhost", "x", "latest", "localhost/x:latest", "localhost/x:latest"},
      {"ghcr.io/a/b/c:v1", "ghcr.io", "a/b/c", "v1", "ghcr.io/a/b/c:v1", "ghcr.io/a/b/c:v1"},
  };
  for (const ReferenceCase& c : cases) {
    SCOPED_TRACE(c.text);
    const Result<Reference> reference = parse_reference(c.text);
    ASSERT_TRUE(reference.has_value()) << reference.error().message;
    EXPECT_EQ(reference->registry, c.registry);
    EXPECT_EQ(reference->repository, c.repository);
    EXPECT_EQ(reference->tag, c.tag);
    EXPECT_EQ(reference->familiar(), c.familiar);
    EXPECT_EQ(reference->canonical(), c.canonical);
    EXPECT_EQ(*parse_reference(reference->familiar()), *reference)
        << "the familiar name means the same";
  }
}

TEST(ReferenceTest, ADigestTakesTheTagsPlace) {
  const Result<Reference> reference = parse_reference(std::string("busybox@") + kDigest);
  ASSERT_TRUE(reference.has_value());
  EXPECT_EQ(reference->tag, "");
  EXPECT_EQ(reference->digest, kDigest);
  EXPECT_EQ(reference->familiar(), std::string("busybox@") + kDigest);
  EXPECT_EQ(parse_reference(std::string("busybox:1@") + kDigest)->tag, "1");
}

TEST(ReferenceTest, Refused) {
  for (const char* text : {"", "Busybox", "busybox:", "a b", "a//b", "-a", "a-", "a..b", "a@b",
                           "https://x/y", "x:y:z", "[::1/x"}) {
    EXPECT_FALSE(parse_reference(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace cutaway::spec

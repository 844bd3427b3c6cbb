// Documents of images: what is taken and what is refused.
#include "real/image/descriptor.h"

#include <gtest/gtest.h>

#include "base/json_value.h"

namespace cutaway::test {
namespace {

using real::good_digest;

const std::string kDigest = "sha256:" + std::string(64, '0');

Json good_manifest() {
  return {{"schemaVersion", 2},
          {"mediaType", "application/vnd.oci.image.manifest.v1+json"},
          {"config",
           {{"mediaType", "application/vnd.oci.image.config.v1+json"},
            {"digest", kDigest},
            {"size", 7}}},
          {"layers",
           {{{"mediaType", "application/vnd.oci.image.layer.v1.tar+gzip"},
             {"digest", kDigest},
             {"size", 9}}}}};
}

std::string refused(const Json& manifest) {
  const auto read = real::parse_manifest("m", manifest.dump());
  return read ? "" : read.error().message;
}

TEST(Digest, IsStrict) {
  EXPECT_TRUE(good_digest(kDigest));
  EXPECT_TRUE(good_digest("sha256:" + std::string(32, 'a') + std::string(32, '9')));
  EXPECT_EQ(real::digest_hex(kDigest), std::string(64, '0'));
  const std::string bad[] = {
      "",
      "sha256:",
      kDigest + "0",
      "sha256:" + std::string(63, '0'),
      "sha256:" + std::string(64, 'A'),
      "sha512:" + std::string(64, '0'),
      "sha256:../../../../../../../../../../../../../../../../../../../../etc",
      "sha256:" + std::string(63, '0') + "/",
      "SHA256:" + std::string(64, '0'),
      " " + kDigest,
      "sha256:" + std::string(63, '0') + std::string(1, '\0')};
  for (const std::string& digest : bad) EXPECT_FALSE(good_digest(digest)) << digest;
}

TEST(Manifest, OfOciAndOfDocker) {
  const auto read = real::parse_manifest("m", good_manifest().dump());
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->config.size, 7);
  ASSERT_EQ(read->layers.size(), 1U);
  EXPECT_EQ(read->layers[0].size, 9);
  EXPECT_EQ(real::packing_of(read->layers[0].media_type), real::Packing::Gzip);

  Json docker = good_manifest();
  docker["mediaType"] = "application/vnd.docker.distribution.manifest.v2+json";
  docker["config"]["mediaType"] = "application/vnd.docker.container.image.v1+json";
  docker["layers"][0]["mediaType"] = "application/vnd.docker.image.rootfs.diff.tar.gzip";
  EXPECT_EQ(refused(docker), "");
  docker.erase("mediaType");  // OCI lets it be missing
  EXPECT_EQ(refused(docker), "");
}

struct Wrong {
  const char* name;
  const char* pointer;  ///< what is replaced …
  Json value;           ///< … by this
  const char* says;
};
void PrintTo(const Wrong& row, std::ostream* out) { *out << row.name; }

class WrongManifest : public testing::TestWithParam<Wrong> {};

TEST_P(WrongManifest, IsRefused) {
  Json manifest = good_manifest();
  manifest[Json::json_pointer(GetParam().pointer)] = GetParam().value;
  const std::string words = refused(manifest);
  EXPECT_NE(words.find(GetParam().says), std::string::npos) << words;
  EXPECT_EQ(words.rfind("m: ", 0), 0U) << words;
}

INSTANTIATE_TEST_SUITE_P(
    Documents, WrongManifest,
    testing::ValuesIn(std::vector<Wrong>{
        {"both_lists", "/manifests", Json::array(), "as an index and as a manifest"},
        {"version", "/schemaVersion", 1, "schemaVersion"},
        {"version_text", "/schemaVersion", "2", "schemaVersion"},
        {"type", "/mediaType", "application/vnd.oci.image.index.v1+json", "media type"},
        {"type_number", "/mediaType", 2, "media type"},
        {"no_config", "/config", nullptr, "no object"},
        {"config_type", "/config/mediaType", "text/html", "text/html"},
        {"layers_object", "/layers", Json::object(), "no list of layers"},
        {"layer_text", "/layers/0", "sha256", "no object"},
        {"layer_type", "/layers/0/mediaType", "application/zip", "application/zip"},
        {"layer_foreign", "/layers/0/mediaType",
         "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", "foreign"},
        {"digest_short", "/layers/0/digest", "sha256:0", "no sha256 digest"},
        {"digest_path", "/config/digest", "sha256:../../../etc/passwd", "no sha256 digest"},
        {"digest_number", "/config/digest", 7, "no sha256 digest"},
        {"size_negative", "/layers/0/size", -1, "no number of bytes"},
        {"size_broken", "/layers/0/size", 1.5, "no number of bytes"},
        {"size_text", "/layers/0/size", "9", "no number of bytes"},
        {"size_huge", "/layers/0/size", 18446744073709551615U, "the most is"},
        {"config_huge", "/config/size", 1 << 30, "the most is"}}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Manifest, WithTooManyLayersOrTooLong) {
  Json manifest = good_manifest();
  for (int i = 0; i < 127; ++i) manifest["layers"].push_back(manifest["layers"][0]);
  EXPECT_NE(refused(manifest).find("more than 127 layers"), std::string::npos);
  manifest = good_manifest();
  manifest["annotations"] = {{"x", std::string(5 << 20, 'x')}};
  EXPECT_NE(refused(manifest).find("longer than"), std::string::npos);
  EXPECT_FALSE(real::parse_manifest("m", "{\"schemaVersion\":2"));
  EXPECT_FALSE(real::parse_manifest("m", "[]"));
  EXPECT_FALSE(real::parse_manifest("m", std::string(100000, '[')));
}

TEST(Index, NamesManifests) {
  const Json index = {{"schemaVersion", 2},
                      {"manifests",
                       {{{"mediaType", "application/vnd.oci.image.manifest.v1+json"},
                         {"digest", kDigest},
                         {"size", 5},
                         {"annotations", {{"org.opencontainers.image.ref.name", "a:1"}}}},
                        {{"mediaType", "application/vnd.oci.image.manifest.v1+json"},
                         {"digest", kDigest},
                         {"size", 5}},
                        {{"mediaType", "application/vnd.oci.image.index.v1+json"},
                         {"digest", kDigest},
                         {"size", 5}}}}};
  const auto read = real::parse_index("i", index.dump());
  ASSERT_TRUE(read) << read.error().message;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ((*read)[0].ref, "a:1");
  EXPECT_EQ((*read)[1].ref, "");
  for (const char* other : {"layers", "config"}) {
    Json both = index;
    both[other] = Json::array();
    EXPECT_FALSE(real::parse_index("i", both.dump())) << other;
  }
}

}  // namespace
}  // namespace cutaway::test

#include "layouts.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "real/sys/files.h"
#include "trees.h"

namespace cutaway::test {

namespace {

const std::string kManifest = "application/vnd.oci.image.manifest.v1+json";
const std::string kConfig = "application/vnd.oci.image.config.v1+json";
const std::string kTar = "application/vnd.oci.image.layer.v1.tar";

}  // namespace

Json LayoutMaker::descriptor(const std::string& type, const std::string& bytes) {
  return {{"mediaType", type}, {"digest", sha256_digest(bytes)}, {"size", bytes.size()}};
}

LayoutMaker::LayoutMaker(const std::vector<std::string>& layers) : archives(layers) {
  Json diff_ids = Json::array();
  Json list = Json::array();
  for (const std::string& archive : archives) {
    diff_ids.push_back(sha256_digest(archive));
    list.push_back(descriptor(kTar, archive));
  }
  config = {{"architecture", "amd64"},
            {"os", "linux"},
            {"config", {{"Cmd", {"sh"}}}},
            {"rootfs", {{"type", "layers"}, {"diff_ids", diff_ids}}}};
  manifest = {{"schemaVersion", 2}, {"mediaType", kManifest}, {"layers", list}};
  index = {{"schemaVersion", 2}, {"manifests", Json::array({Json::object()})}};
  link_config();
}

void LayoutMaker::link_config() {
  manifest["config"] = descriptor(kConfig, config.dump());
  link_manifest();
}

void LayoutMaker::link_manifest() {
  Json entry = descriptor(kManifest, manifest.dump());
  entry["annotations"] = {{"org.opencontainers.image.ref.name", "test:1"}};
  index["manifests"][0] = entry;
}

void LayoutMaker::write(const std::string& folder) const {
  ASSERT_TRUE(real::make_folders(folder + "/blobs/sha256"));
  test::write(folder + "/oci-layout", marker.dump());
  test::write(folder + "/index.json", index.dump());
  std::vector<std::string> blobs = archives;
  blobs.push_back(config.dump());
  blobs.push_back(manifest.dump());
  for (const std::string& blob : blobs) test::write(blob_file(folder, sha256_digest(blob)), blob);
}

real::Layout open_layout(const std::string& folder) {
  auto layout = real::Layout::open(folder);
  if (!layout) ADD_FAILURE() << layout.error().message;
  return std::move(layout.value());
}

real::ImageStore open_store(const std::string& folder) {
  auto store = real::ImageStore::open(folder);
  if (!store) ADD_FAILURE() << store.error().message;
  return std::move(store.value());
}

std::string blob_file(const std::string& folder, const std::string& digest) {
  return folder + "/blobs/sha256/" + digest.substr(7);
}

void silent(const real::PullProgress&) {}

}  // namespace cutaway::test

#include "real/image/build.h"

#include <cerrno>
#include <cstdio>

#include "base/digest.h"
#include "base/json_value.h"
#include "real/image/descriptor.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr mode_t kFolderMode = 0755;  // a hub is public
constexpr mode_t kFileMode = 0644;

Result<Json> put_blob(const std::string& folder, std::string_view type, std::string_view bytes) {
  const std::string hex = sha256_hex(bytes);
  TRY(replace_file(folder + "/blobs/sha256/" + hex, bytes, kFileMode));
  return Json{{"mediaType", type}, {"digest", "sha256:" + hex}, {"size", bytes.size()}};
}

Result<Json> put_image(const std::string& folder, const spec::ScenarioImage& image,
                       const ProgramFiles& programs) {
  Json layers = Json::array();
  spec::ImageConfig config = image.config;
  for (const spec::FileSet& files : image.layers) {
    TRY_ASSIGN(const std::string tar, pack_layer(files, programs));
    config.diff_ids.push_back(sha256_digest(tar));
    TRY_ASSIGN(const std::string packed, gzip(tar));
    TRY_ASSIGN(Json layer, put_blob(folder, kLayerGzipType, packed));
    layers.push_back(std::move(layer));
  }
  TRY_ASSIGN(const Json about, put_blob(folder, kConfigType, spec::image_config_json(config)));
  const Json manifest = {
      {"schemaVersion", 2}, {"mediaType", kManifestType}, {"config", about}, {"layers", layers}};
  TRY_ASSIGN(Json entry, put_blob(folder, kManifestType, manifest.dump()));
  entry["annotations"] = {{kRefName, image.ref}};
  entry["platform"] = {{"architecture", config.architecture}, {"os", config.os}};
  return entry;
}

}  // namespace

Status build_layout(const std::vector<spec::ScenarioImage>& images, const ProgramFiles& programs,
                    const std::string& folder) {
  const std::string beside = folder + ".new";
  TRY(remove_tree(beside));
  TRY(make_folders(beside + "/blobs/sha256", kFolderMode));
  Json manifests = Json::array();
  for (const spec::ScenarioImage& image : images) {
    TRY_ASSIGN(Json entry, put_image(beside, image, programs));
    manifests.push_back(std::move(entry));
  }
  const Json index = {{"schemaVersion", 2}, {"mediaType", kIndexType}, {"manifests", manifests}};
  TRY(replace_file(beside + "/index.json", index.dump(), kFileMode));
  TRY(replace_file(beside + "/oci-layout", R"({"imageLayoutVersion":"1.0.0"})", kFileMode));
  TRY(remove_tree(folder));
  if (std::rename(beside.c_str(), folder.c_str()) != 0) return os_fail("rename", folder, errno);
  return {};
}

}  // namespace cutaway::real

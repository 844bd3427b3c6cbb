#include "sim/registry/hub.h"

#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

// A home connection: 20 ms to the hub, 10 MB/s. Scenarios may say otherwise later.
constexpr std::int64_t kLatencyNs = 20'000'000;
constexpr std::int64_t kBytesPerSecond = 10'000'000;

constexpr std::string_view kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kConfigType = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view kLayerType = "application/vnd.oci.image.layer.v1.tar";

Json descriptor(std::string_view type, const std::string& digest, std::int64_t size) {
  return Json{{"mediaType", type}, {"digest", digest}, {"size", size}};
}

}  // namespace

void Hub::add(const ImageSource& source) {
  Json layers = Json::array();
  spec::ImageConfig config = source.config;
  for (const auto& files : source.layers) {
    Blob blob{pack_layer(files), wire_size(files), std::string(kLayerType)};
    const std::string digest = sha256_digest(blob.bytes);
    layers.push_back(descriptor(kLayerType, digest, blob.size));
    config.diff_ids.push_back(
        digest);  // not compressed: digest of the archive and of its content are one
    blobs_[digest] = std::move(blob);
  }
  const std::string config_text = spec::image_config_json(config);
  const std::string config_digest = sha256_digest(config_text);
  const auto config_size = static_cast<std::int64_t>(config_text.size());
  blobs_[config_digest] = {config_text, config_size, std::string(kConfigType)};
  const Json manifest = {{"schemaVersion", 2},
                         {"mediaType", kManifestType},
                         {"config", descriptor(kConfigType, config_digest, config_size)},
                         {"layers", layers}};
  const std::string text = manifest.dump();
  const std::string digest = sha256_digest(text);
  blobs_[digest] = {text, static_cast<std::int64_t>(text.size()), std::string(kManifestType)};
  const auto reference = spec::parse_reference(source.ref);
  if (reference) tags_[reference->repository + ":" + reference->tag] = digest;
}

std::vector<std::string> Hub::shelf() const {
  std::set<std::string> names;
  for (const auto& [tag, digest] : tags_) {
    std::string name = tag.substr(0, tag.rfind(':'));
    if (starts_with(name, "library/")) name = name.substr(8);
    names.insert(name);
  }
  return {names.begin(), names.end()};
}

abi::Errno Hub::connect(std::string_view address, std::int64_t& latency_ns) {
  latency_ns = kLatencyNs;
  return address == kAddress ? abi::Errno::kOk : abi::Errno::kECONNREFUSED;
}

RemoteAnswer Hub::answer(int status, const Blob& blob) const {
  RemoteAnswer answer;
  const std::string head = "HTTP/1.1 " + decimal(status) + "\r\nContent-Type: " + blob.media_type +
                           "\r\nContent-Length: " + decimal(blob.size) + "\r\n\r\n";
  answer.bytes = head + blob.bytes;
  answer.size = static_cast<std::int64_t>(head.size()) + blob.size;
  answer.latency_ns = kLatencyNs;
  answer.bytes_per_second = kBytesPerSecond;
  return answer;
}

RemoteAnswer Hub::ask(std::string_view, std::string_view request) {
  const auto refuse = [this](int status, const char* code) {
    const std::string body = Json{{"errors", {{{"code", code}}}}}.dump();
    return answer(status, {body, static_cast<std::int64_t>(body.size()), "application/json"});
  };
  // "GET /v2/library/busybox/manifests/latest HTTP/1.1"
  const std::vector<std::string> words = split(request.substr(0, request.find("\r\n")), ' ');
  if (words.size() < 2 || words[0] != "GET" || !starts_with(words[1], "/v2/"))
    return refuse(400, "UNSUPPORTED");
  const std::size_t last = words[1].rfind('/');
  const std::size_t kind = words[1].rfind('/', last - 1);
  if (kind == std::string::npos || kind < 4) return refuse(404, "NAME_UNKNOWN");
  const std::string repository = words[1].substr(4, kind - 4);
  const std::string what = words[1].substr(kind + 1, last - kind - 1);
  std::string wanted = words[1].substr(last + 1);
  if (what == "manifests" && !starts_with(wanted, "sha256:")) {
    const auto tag = tags_.find(repository + ":" + wanted);
    if (tag == tags_.end()) return refuse(404, "MANIFEST_UNKNOWN");
    wanted = tag->second;
  }
  const auto blob = blobs_.find(wanted);
  return blob == blobs_.end() ? refuse(404, "BLOB_UNKNOWN") : answer(200, blob->second);
}

}  // namespace cutaway::sim

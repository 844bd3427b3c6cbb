#include "sim/registry/hub.h"

#include <set>

#include "base/digest.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

// A home connection: 20 ms to the hub, 10 MB/s; a slow one: 2 s, 50 kB/s.
constexpr std::int64_t kLatencyNs = 20'000'000, kSlowLatencyNs = 2'000'000'000;
constexpr std::int64_t kBytesPerSecond = 10'000'000, kSlowBytesPerSecond = 50'000;

constexpr std::string_view kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kConfigType = "application/vnd.oci.image.config.v1+json";
constexpr std::string_view kLayerType = "application/vnd.oci.image.layer.v1.tar";

Json descriptor(std::string_view type, const std::string& digest, std::int64_t size) {
  return Json{{"mediaType", type}, {"digest", digest}, {"size", size}};
}

// "name: value" of a request's head; empty when it has none.
std::string header_of(std::string_view request, std::string_view name) {
  const std::size_t at = request.find("\r\n" + std::string(name) + ": ");
  if (at == std::string_view::npos) return {};
  const std::string_view rest = request.substr(at + name.size() + 4);
  return std::string(rest.substr(0, rest.find("\r\n")));
}

std::string credentials() {
  return "Basic " + base64_encode(std::string(kHubUser) + ":" + std::string(kHubPassword));
}

}  // namespace

/// A request taken apart: "PUT /v2/student/app/blobs/sha256:…".
struct Hub::Asked {
  std::string method, repository, what, name, authorization, body;
  std::int64_t from = 0;  ///< "Range: bytes=N-"
  bool known() const { return authorization == credentials(); }
};

void Hub::add(const ImageSource& source) {
  Json layers = Json::array();
  spec::ImageConfig config = source.config;
  for (const auto& files : source.layers) {
    Blob blob{pack_layer(files), wire_size(files), std::string(kLayerType)};
    const std::string digest = sha256_digest(blob.bytes);
    layers.push_back(descriptor(kLayerType, digest, blob.size));
    config.diff_ids.push_back(
        digest);  // not compressed: digest of the archive and of its content are one
    blobs_.mutate()[digest] = std::move(blob);
  }
  const std::string config_text = spec::image_config_json(config);
  const std::string config_digest = sha256_digest(config_text);
  const auto config_size = static_cast<std::int64_t>(config_text.size());
  blobs_.mutate()[config_digest] = {config_text, config_size, std::string(kConfigType)};
  const Json manifest = {{"schemaVersion", 2},
                         {"mediaType", kManifestType},
                         {"config", descriptor(kConfigType, config_digest, config_size)},
                         {"layers", layers}};
  const std::string text = json_text(manifest);
  const std::string digest = sha256_digest(text);
  blobs_.mutate()[digest] = {text, static_cast<std::int64_t>(text.size()),
                             std::string(kManifestType)};
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

bool Hub::move_tag(std::string_view tag, std::string_view to) {
  const auto from = spec::parse_reference(std::string(tag));
  const auto target = spec::parse_reference(std::string(to));
  if (!from || !target) return false;
  const auto found = tags_.find(target->repository + ":" + target->tag);
  if (found == tags_.end()) return false;
  tags_[from->repository + ":" + from->tag] = found->second;
  return true;
}

void Hub::set_faults(std::vector<SideFault> faults) {
  faults_ = std::move(faults);
  counts_.clear();
}

bool Hub::holds(std::string_view at, std::string_view what) const {
  const auto count = counts_.find(std::string(at));
  const std::int64_t made = count == counts_.end() ? 0 : count->second;
  for (const SideFault& fault : faults_) {
    if (fault.at == at && fault.what == what && made >= fault.after) return true;
  }
  return false;
}

abi::Errno Hub::connect(std::string_view address, std::int64_t& latency_ns) {
  const bool slow = holds("hub", "slow");
  latency_ns = slow ? kSlowLatencyNs : kLatencyNs;
  const bool there = address == kAddress && !holds("hub", "down");
  return there ? abi::Errno::kOk : abi::Errno::kECONNREFUSED;
}

RemoteAnswer Hub::answer(int status, const Blob& blob, std::int64_t from) const {
  RemoteAnswer answer;
  const std::int64_t left = blob.size - from;
  const std::string head = "HTTP/1.1 " + decimal(status) + "\r\nContent-Type: " + blob.media_type +
                           "\r\nContent-Length: " + decimal(left) + "\r\n\r\n";
  const auto skipped = static_cast<std::size_t>(from);
  answer.bytes = head + (skipped < blob.bytes.size() ? blob.bytes.substr(skipped) : std::string());
  answer.size = static_cast<std::int64_t>(head.size()) + left;
  answer.latency_ns = kLatencyNs;
  answer.bytes_per_second = kBytesPerSecond;
  return answer;
}

RemoteAnswer Hub::refuse(int status, std::string_view code) const {
  const std::string body = json_text(Json{{"errors", {{{"code", code}}}}});
  return answer(status, {body, static_cast<std::int64_t>(body.size()), "application/json"});
}

RemoteAnswer Hub::search(std::string_view word) const {
  Json names = Json::array();
  for (const std::string& name : shelf()) {
    if (name.find(word) != std::string::npos) names.push_back(name);
  }
  const std::string body = json_text(names);
  return answer(200, {body, static_cast<std::int64_t>(body.size()), "application/json"});
}

// Only below the account's own name; digests are checked here as well.
RemoteAnswer Hub::put(const Asked& asked) {
  if (!asked.known()) return refuse(401, "UNAUTHORIZED");
  if (!starts_with(asked.repository, std::string(kHubUser) + "/")) return refuse(403, "DENIED");
  const auto size = static_cast<std::int64_t>(asked.body.size());
  const std::string digest = sha256_digest(asked.body);
  if (asked.what == "blobs" && digest != asked.name) return refuse(400, "DIGEST_INVALID");
  const std::string_view type = asked.what == "blobs" ? kLayerType : kManifestType;
  blobs_.mutate()[digest] = {asked.body, size, std::string(type)};
  if (asked.what == "manifests") tags_[asked.repository + ":" + asked.name] = digest;
  return answer(201, {"", 0, "application/json"});
}

RemoteAnswer Hub::get(const Asked& asked) {
  std::string wanted = asked.name;
  if (asked.what == "manifests" && !starts_with(wanted, "sha256:")) {
    const auto tag = tags_.find(asked.repository + ":" + wanted);
    if (tag == tags_.end()) {
      const auto near = tags_.lower_bound(asked.repository + ":");
      const bool known = near != tags_.end() && starts_with(near->first, asked.repository + ":");
      return known ? refuse(404, "MANIFEST_UNKNOWN") : refuse(401, "UNAUTHORIZED");
    }
    wanted = tag->second;
  }
  const auto blob = blobs_->find(wanted);
  if (blob == blobs_->end()) return refuse(404, "BLOB_UNKNOWN");
  if (asked.method == "HEAD") return answer(200, {"", 0, blob->second.media_type});
  return answer(asked.from > 0 ? 206 : 200, blob->second, asked.from);
}

namespace {

// Faults that are another answer.
struct RefusalRow {
  std::string_view what, code;
  int status;
};
constexpr RefusalRow kRefusals[] = {{"404", "MANIFEST_UNKNOWN", 404},
                                    {"401", "UNAUTHORIZED", 401},
                                    {"429", "TOOMANYREQUESTS", 429}};

}  // namespace

// A layer that is cut breaks in its midst, once: what is missing comes when it is asked for.
RemoteAnswer Hub::spoilt(const Asked& asked, RemoteAnswer fine) {
  const auto blob = blobs_->find(asked.name);
  const bool layer = asked.method == "GET" && asked.what == "blobs" && blob != blobs_->end() &&
                     blob->second.media_type == kLayerType;
  const std::string at = layer ? "layer" : "hub";
  ++counts_[at];
  for (const RefusalRow& row : kRefusals) {
    if (holds(at, row.what)) return refuse(row.status, row.code);
  }
  if (holds(at, "slow")) {
    fine.latency_ns = kSlowLatencyNs;
    fine.bytes_per_second = kSlowBytesPerSecond;
  }
  if (layer && holds(at, "digest") && !fine.bytes.empty()) fine.bytes.back() ^= 1;
  if (layer && holds(at, "cut") && asked.from == 0) {
    fine.size = (fine.size + 1) / 2;
    fine.bytes.resize(std::min(fine.bytes.size(), static_cast<std::size_t>(fine.size)));
    fine.cut = true;
  }
  return fine;
}

RemoteAnswer Hub::ask(std::string_view, std::string_view request) {
  const std::vector<std::string> words = split(request.substr(0, request.find("\r\n")), ' ');
  if (words.size() < 2) return refuse(400, "UNSUPPORTED");
  Asked asked;
  asked.method = words[0];
  asked.authorization = header_of(request, "Authorization");
  const std::string range = header_of(request, "Range");
  if (starts_with(range, "bytes=")) parse_decimal(range.substr(6, range.find('-') - 6), asked.from);
  const std::size_t body = request.find("\r\n\r\n");
  if (body != std::string_view::npos) asked.body = std::string(request.substr(body + 4));
  if (starts_with(words[1], "/v1/search?q=")) return search(words[1].substr(13));
  if (words[1] == "/v2/") return asked.known() ? refuse(200, "OK") : refuse(401, "UNAUTHORIZED");
  // "/v2/library/busybox/manifests/latest"
  const std::size_t last = words[1].rfind('/');
  const std::size_t kind = words[1].rfind('/', last - 1);
  if (!starts_with(words[1], "/v2/") || kind == std::string::npos || kind < 4)
    return refuse(404, "NAME_UNKNOWN");
  asked.repository = words[1].substr(4, kind - 4);
  asked.what = words[1].substr(kind + 1, last - kind - 1);
  asked.name = words[1].substr(last + 1);
  return spoilt(asked, asked.method == "PUT" ? put(asked) : get(asked));
}

}  // namespace cutaway::sim

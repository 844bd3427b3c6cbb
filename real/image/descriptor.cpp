#include "real/image/descriptor.h"

#include "base/json_value.h"
#include "base/text.h"

namespace cutaway::real {

namespace {

constexpr std::string_view kDigestPrefix = "sha256:";

// Docker's older names stand beside OCI's.
enum class Kind { Index, Manifest, Config, Layer };
struct TypeRow {
  std::string_view type;
  Kind kind;
  Packing packing;
};
constexpr TypeRow kTypes[] = {
    {kIndexType, Kind::Index, Packing::Plain},
    {"application/vnd.docker.distribution.manifest.list.v2+json", Kind::Index, Packing::Plain},
    {kManifestType, Kind::Manifest, Packing::Plain},
    {"application/vnd.docker.distribution.manifest.v2+json", Kind::Manifest, Packing::Plain},
    {kConfigType, Kind::Config, Packing::Plain},
    {"application/vnd.docker.container.image.v1+json", Kind::Config, Packing::Plain},
    {"application/vnd.oci.image.layer.v1.tar", Kind::Layer, Packing::Plain},
    {kLayerGzipType, Kind::Layer, Packing::Gzip},
    {"application/vnd.oci.image.layer.v1.tar+zstd", Kind::Layer, Packing::Zstd},
    {"application/vnd.docker.image.rootfs.diff.tar", Kind::Layer, Packing::Plain},
    {"application/vnd.docker.image.rootfs.diff.tar.gzip", Kind::Layer, Packing::Gzip},
};

const TypeRow* find_type(std::string_view type) {
  for (const TypeRow& row : kTypes) {
    if (row.type == type) return &row;
  }
  return nullptr;
}

bool is_kind(std::string_view type, Kind kind) {
  const TypeRow* row = find_type(type);
  return row != nullptr && row->kind == kind;
}

tl::unexpected<Error> refuse_blob(const std::string& name, const std::string& what) {
  return fail(ErrorCode::Failed, name + ": " + what);
}

// A text member; empty when it is missing or no text.
std::string text_of(const Json& object, const char* key) {
  const auto member = object.find(key);
  return member != object.end() && member->is_string() ? member->get<std::string>() : std::string();
}

Result<Descriptor> read_descriptor(const std::string& name, const Json& value,
                                   std::int64_t size_max) {
  if (!value.is_object()) return refuse_blob(name, "a descriptor is no object");
  Descriptor descriptor;
  descriptor.media_type = text_of(value, "mediaType");
  descriptor.digest = text_of(value, "digest");
  if (!good_digest(descriptor.digest))
    return refuse_blob(name, "'" + descriptor.digest + "' is no sha256 digest");
  const auto size = value.find("size");
  if (size == value.end() || !size->is_number_unsigned())
    return refuse_blob(name, "the size of " + descriptor.digest + " is no number of bytes");
  if (size->get<std::uint64_t>() > static_cast<std::uint64_t>(size_max))
    return refuse_blob(name, descriptor.digest + " is said to have " +
                                 std::to_string(size->get<std::uint64_t>()) +
                                 " bytes, the most is " + decimal(size_max));
  descriptor.size = size->get<std::int64_t>();
  return descriptor;
}

// An object with `schemaVersion` 2 that is of one kind only. A document with both lists could be
// read as either, and two readers of the same digest would see two images (CVE-2021-41190).
Result<Json> read_document(const std::string& name, std::string_view text, Kind kind) {
  if (static_cast<std::int64_t>(text.size()) > kDocumentMax)
    return refuse_blob(name, "longer than " + decimal(kDocumentMax) + " bytes");
  auto document = parse_json(text);
  if (!document) return refuse_blob(name, document.error().message);
  if (!document->is_object()) return refuse_blob(name, "no object");
  const bool index = kind == Kind::Index;
  const bool other =
      document->contains(index ? "layers" : "manifests") || (index && document->contains("config"));
  if (other) return refuse_blob(name, "it could be read as an index and as a manifest");
  if (document->value("schemaVersion", Json()) != Json(2))
    return refuse_blob(name, "its schemaVersion is not 2");
  if (document->contains("mediaType") && !is_kind(text_of(*document, "mediaType"), kind))
    return refuse_blob(name, "its media type is '" + text_of(*document, "mediaType") + "'");
  return std::move(*document);
}

}  // namespace

bool good_digest(std::string_view digest) {
  return starts_with(digest, kDigestPrefix) && digest.size() == kDigestPrefix.size() + 64 &&
         digest.find_first_not_of("0123456789abcdef", kDigestPrefix.size()) ==
             std::string_view::npos;
}

std::string digest_hex(std::string_view digest) {
  return std::string(digest.substr(kDigestPrefix.size()));
}

std::optional<Packing> packing_of(std::string_view media_type) {
  const TypeRow* row = find_type(media_type);
  if (row == nullptr || row->kind != Kind::Layer) return std::nullopt;
  return row->packing;
}

Result<std::vector<IndexEntry>> parse_index(const std::string& name, std::string_view text) {
  TRY_ASSIGN(const Json document, read_document(name, text, Kind::Index));
  const auto manifests = document.find("manifests");
  if (manifests == document.end() || !manifests->is_array())
    return refuse_blob(name, "it has no list of manifests");
  std::vector<IndexEntry> entries;
  for (const Json& one : *manifests) {
    IndexEntry entry;
    TRY_ASSIGN(entry.manifest, read_descriptor(name, one, kDocumentMax));
    // An index in the index holds variants for several platforms; what we are asked for has one.
    if (!is_kind(entry.manifest.media_type, Kind::Manifest)) continue;
    const auto annotations = one.find("annotations");
    if (annotations != one.end() && annotations->is_object())
      entry.ref = text_of(*annotations, kRefName.data());
    entries.push_back(std::move(entry));
  }
  return entries;
}

Result<Manifest> parse_manifest(const std::string& name, std::string_view text) {
  TRY_ASSIGN(const Json document, read_document(name, text, Kind::Manifest));
  const auto config = document.find("config");
  if (config == document.end()) return refuse_blob(name, "it has no config");
  Manifest manifest;
  TRY_ASSIGN(manifest.config, read_descriptor(name, *config, kDocumentMax));
  if (!is_kind(manifest.config.media_type, Kind::Config))
    return refuse_blob(name, "its config has the media type '" + manifest.config.media_type + "'");
  const auto layers = document.find("layers");
  if (layers == document.end() || !layers->is_array())
    return refuse_blob(name, "it has no list of layers");
  if (layers->size() > kLayersMax)
    return refuse_blob(name, "more than " + std::to_string(kLayersMax) + " layers");
  for (const Json& one : *layers) {
    TRY_ASSIGN(Descriptor layer, read_descriptor(name, one, kLayerMax));
    if (!packing_of(layer.media_type))
      return refuse_blob(name, "a layer has the media type '" + layer.media_type + "'");
    manifest.layers.push_back(std::move(layer));
  }
  return manifest;
}

}  // namespace cutaway::real

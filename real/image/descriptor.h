// The documents of an image: index, manifest, and the descriptors in them (media type, digest,
// size) that point to blobs. They come from strangers: what is not plainly right is refused. Fields
// that are not known here are passed over, as OCI's image specification wants it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::real {

inline constexpr std::string_view kIndexType = "application/vnd.oci.image.index.v1+json";
inline constexpr std::string_view kManifestType = "application/vnd.oci.image.manifest.v1+json";
inline constexpr std::string_view kConfigType = "application/vnd.oci.image.config.v1+json";
inline constexpr std::string_view kLayerGzipType = "application/vnd.oci.image.layer.v1.tar+gzip";
inline constexpr std::string_view kRefName = "org.opencontainers.image.ref.name";

/// No document of an image is longer; an index or a manifest names blobs, it holds none.
inline constexpr std::int64_t kDocumentMax = 4 << 20;
/// No layer is longer on the wire.
inline constexpr std::int64_t kLayerMax = std::int64_t{8} << 30;
inline constexpr std::size_t kLayersMax = 127;  ///< docker's own limit

/// Points to a blob.
struct Descriptor {
  std::string media_type;
  std::string digest;
  std::int64_t size = 0;
};
struct Manifest {
  Descriptor config;
  std::vector<Descriptor> layers;  ///< bottom first
};
struct IndexEntry {
  std::string ref;  ///< as the index says it: "busybox:latest"; may be empty
  Descriptor manifest;
};

/// "sha256:" and 64 small hexadecimal digits, nothing else: a digest becomes the name of a file.
bool good_digest(std::string_view digest);
/// The 64 digits of a good digest.
std::string digest_hex(std::string_view digest);

/// How a layer's archive is packed; none: no layer that we take.
enum class Packing { Plain, Gzip, Zstd };
std::optional<Packing> packing_of(std::string_view media_type);

/// `name` opens the messages.
Result<std::vector<IndexEntry>> parse_index(const std::string& name, std::string_view text);
Result<Manifest> parse_manifest(const std::string& name, std::string_view text);

}  // namespace cutaway::real

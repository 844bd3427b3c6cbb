// Which images a store holds and what they are called: the content of its images.json.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/result.h"

namespace cutaway::real {

struct StoredLayer {
  std::string media_type;
  std::string digest;         ///< of its blob
  std::int64_t size = 0;      ///< of its blob
  std::string diff_id;        ///< of its archive
  std::int64_t unpacked = 0;  ///< bytes of its files
  bool hides_lower = false;   ///< see Unpacked
};
struct StoredImage {
  std::string id;  ///< digest of its config
  std::int64_t config_size = 0;
  std::string manifest;             ///< digest
  std::vector<StoredLayer> layers;  ///< bottom first
  std::string created;              ///< as its config says; may be empty
  std::vector<std::string> refs;    ///< "busybox:latest"; empty: nothing is called so any more
  std::int64_t size() const;        ///< bytes of the files of all layers
};

struct ImageTable {
  struct Tag {
    std::string id, manifest;
  };
  std::map<std::string, StoredImage> images;  ///< by id; refs are in tags
  std::map<std::string, Tag> tags;            ///< by canonical name

  /// With its refs filled in.
  StoredImage with_refs(const StoredImage& image) const;
  Result<StoredImage> find(const std::string& name) const;
  /// The canonical name that `name` is in `tags`, or empty.
  std::string tag_of(const std::string& name) const;
};

Json stored_image_json(const StoredImage& image);
Result<StoredImage> stored_image_from(const std::string& file, const Json& value);
std::string table_text(const ImageTable& table);
Result<ImageTable> table_from(const std::string& file, std::string_view text);

}  // namespace cutaway::real

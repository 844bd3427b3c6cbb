#include "real/image/image_table.h"

#include "base/json_value.h"
#include "base/text.h"
#include "real/image/descriptor.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

constexpr int kVersion = 1;

tl::unexpected<Error> damaged(const std::string& file, const std::string& what) {
  return fail(ErrorCode::Failed, file + ": " + what, "remove it and pull again");
}

// Reads members of one object; remembers whether all were there and of the right form.
class Members {
 public:
  explicit Members(const Json& object) : object_(object), good_(object.is_object()) {}

  void text(const char* key, std::string& value) {
    const Json* member = find(key, [](const Json& json) { return json.is_string(); });
    if (member != nullptr) value = member->get<std::string>();
  }
  void digest(const char* key, std::string& value) {
    text(key, value);
    good_ = good_ && good_digest(value);
  }
  void size(const char* key, std::int64_t& value) {
    const Json* member = find(key, [](const Json& json) { return json.is_number_unsigned(); });
    if (member != nullptr) value = member->get<std::int64_t>();
  }
  void flag(const char* key, bool& value) {
    const Json* member = find(key, [](const Json& json) { return json.is_boolean(); });
    if (member != nullptr) value = member->get<bool>();
  }
  const Json& list(const char* key) {
    static const Json kNone = Json::array();
    const Json* member = find(key, [](const Json& json) { return json.is_array(); });
    return member != nullptr ? *member : kNone;
  }
  bool good() const { return good_; }

 private:
  template <class Is>
  const Json* find(const char* key, Is is) {
    if (!good_) return nullptr;
    const auto member = object_.find(key);
    good_ = member != object_.end() && is(*member);
    return good_ ? &*member : nullptr;
  }

  const Json& object_;
  bool good_;
};

// "sha256:1234…" → the digits; else the text as it is.
std::string_view without_prefix(std::string_view name) {
  constexpr std::string_view kPrefix = "sha256:";
  return starts_with(name, kPrefix) ? name.substr(kPrefix.size()) : name;
}

}  // namespace

std::int64_t StoredImage::size() const {
  std::int64_t sum = 0;
  for (const StoredLayer& layer : layers) sum += layer.unpacked;
  return sum;
}

StoredImage ImageTable::with_refs(const StoredImage& image) const {
  StoredImage named = image;
  for (const auto& [name, tag] : tags) {
    const auto reference = spec::parse_reference(name);
    if (tag.id == image.id && reference) named.refs.push_back(reference->familiar());
  }
  return named;
}

std::string ImageTable::tag_of(const std::string& name) const {
  const auto wanted = spec::parse_reference(name);
  if (!wanted) return {};
  for (const auto& [canonical, tag] : tags) {
    const auto have = spec::parse_reference(canonical);
    if (!have || have->name() != wanted->name()) continue;
    if (wanted->digest.empty() ? have->tag == wanted->tag : tag.manifest == wanted->digest)
      return canonical;
  }
  return {};
}

Result<StoredImage> ImageTable::find(const std::string& name) const {
  const std::string canonical = tag_of(name);
  if (!canonical.empty()) return with_refs(images.at(tags.at(canonical).id));
  const std::string_view digits = without_prefix(name);
  const StoredImage* found = nullptr;
  for (const auto& [id, image] : images) {
    if (digits.empty() || !starts_with(without_prefix(id), digits)) continue;
    if (found != nullptr)
      return fail(ErrorCode::Failed, "multiple IDs found with provided prefix: " + name);
    found = &image;
  }
  if (found != nullptr) return with_refs(*found);
  const auto wanted = spec::parse_reference(name);
  return fail(ErrorCode::Failed, "No such image: " + (wanted ? wanted->familiar() : name));
}

Json stored_image_json(const StoredImage& image) {
  Json layers = Json::array();
  for (const StoredLayer& layer : image.layers) {
    layers.push_back({{"media_type", layer.media_type},
                      {"digest", layer.digest},
                      {"size", layer.size},
                      {"diff_id", layer.diff_id},
                      {"unpacked", layer.unpacked},
                      {"hides_lower", layer.hides_lower}});
  }
  return {{"id", image.id},   {"config_size", image.config_size}, {"manifest", image.manifest},
          {"layers", layers}, {"created", image.created},         {"size", image.size()}};
}

Result<StoredImage> stored_image_from(const std::string& file, const Json& value) {
  StoredImage image;
  Members members(value);
  members.digest("id", image.id);
  members.size("config_size", image.config_size);
  members.digest("manifest", image.manifest);
  members.text("created", image.created);
  bool good = true;
  for (const Json& one : members.list("layers")) {
    StoredLayer layer;
    Members parts(one);
    parts.text("media_type", layer.media_type);
    parts.digest("digest", layer.digest);
    parts.size("size", layer.size);
    parts.digest("diff_id", layer.diff_id);
    parts.size("unpacked", layer.unpacked);
    parts.flag("hides_lower", layer.hides_lower);
    good = good && parts.good() && packing_of(layer.media_type);
    image.layers.push_back(std::move(layer));
  }
  if (!good || !members.good()) return damaged(file, "an image in it is not whole");
  return image;
}

std::string table_text(const ImageTable& table) {
  Json images = Json::array();
  for (const auto& [id, image] : table.images) images.push_back(stored_image_json(image));
  Json tags = Json::object();
  for (const auto& [name, tag] : table.tags)
    tags[name] = {{"id", tag.id}, {"manifest", tag.manifest}};
  return Json{{"cutaway_images", kVersion}, {"images", images}, {"tags", tags}}.dump(1) + "\n";
}

Result<ImageTable> table_from(const std::string& file, std::string_view text) {
  const auto document = parse_json(text);
  if (!document || !document->is_object()) return damaged(file, "it is no JSON object");
  if (document->value("cutaway_images", Json()) != Json(kVersion))
    return damaged(file, "it is not of version " + std::to_string(kVersion));
  ImageTable table;
  for (const Json& one : document->value("images", Json::array())) {
    TRY_ASSIGN(StoredImage image, stored_image_from(file, one));
    table.images[image.id] = image;
  }
  const Json tags = document->value("tags", Json::object());
  for (const auto& [name, value] : tags.items()) {
    ImageTable::Tag tag;
    Members members(value);
    members.digest("id", tag.id);
    members.digest("manifest", tag.manifest);
    if (!members.good() || table.images.count(tag.id) == 0)
      return damaged(file, "the name " + name + " leads to no image");
    table.tags[name] = tag;
  }
  return table;
}

}  // namespace cutaway::real

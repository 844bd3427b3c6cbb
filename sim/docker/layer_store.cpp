#include "sim/docker/layer_store.h"

#include "base/digest.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/archive.h"
#include "sim/docker/images.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kNameless = "<none>@";

std::vector<std::string> folders_of(const std::vector<std::string>& digests) {
  std::vector<std::string> folders;
  folders.reserve(digests.size());
  for (const std::string& digest : digests) folders.push_back(layer_folder(digest) + "/diff");
  return folders;
}

std::int64_t content_bytes(const std::vector<TarMember>& members) {
  std::int64_t bytes = 0;
  for (const TarMember& member : members) bytes += member.type == TarType::File ? member.size : 0;
  return bytes;
}

}  // namespace

bool has_layer(Sys sys, const std::string& digest) {
  const auto known = sys.world().layers->find(digest);
  return known != sys.world().layers->end() && !known->second.path.empty();
}

Co<int> add_layer(Sys sys, std::string digest, std::string archive,
                  std::vector<std::string> lower) {
  sys.step("layer.unpack");
  std::vector<TarMember> members;
  if (!read_tar(archive, members)) co_return -static_cast<int>(abi::Errno::kEINVAL);
  const std::string folder = layer_folder(digest) + "/diff";
  const UnpackHow how{true, folders_of(lower)};
  auto unpacking = unpack_members(sys, folder, members, how);
  const int unpacked = co_await unpacking;
  if (unpacked < 0) {
    auto removing = remove_folder(sys, layer_folder(digest));
    co_await removing;
    co_return unpacked;
  }
  sys.shared<DaemonState>().archives[digest] = sys.blobs().put(archive);
  sys.emit(LayerUnpacked{digest, folder, content_bytes(members)});
  co_return 0;
}

std::string layer_archive(Sys sys, const std::string& digest) {
  const auto& archives = sys.shared<DaemonState>().archives;
  const auto found = archives.find(digest);
  return found == archives.end() ? std::string() : std::string(sys.blobs().get(found->second));
}

std::string nameless(const std::string& image_id) { return std::string(kNameless) + image_id; }
bool is_nameless(std::string_view name) { return starts_with(name, kNameless); }

Co<int> name_image(Sys sys, std::string name, Image image) {
  const auto old = sys.world().images->find(name);
  const bool moves = old != sys.world().images->end() && old->second.id != image.id;
  if (moves && names_of(sys, old->second.id).size() == 1) {
    const Image left = old->second;
    sys.emit(ImageTagged{nameless(left.id), left});
  }
  sys.emit(ImageTagged{name, image});
  const std::string without = nameless(image.id);
  if (!is_nameless(name) && sys.world().images->count(without) != 0)
    sys.emit(ImageRemoved{without});
  co_return 0;
}

Image image_of(Sys sys, const std::string& config, const std::vector<std::string>& layers) {
  Image image;
  image.id = sha256_digest(config);
  image.layers = layers;
  image.config = config;
  for (const std::string& digest : layers) {
    const auto layer = sys.world().layers->find(digest);
    if (layer != sys.world().layers->end()) image.size += layer->second.size;
  }
  return image;
}

}  // namespace cutaway::sim

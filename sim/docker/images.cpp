#include "sim/docker/images.h"

#include "sim/docker/layer_store.h"

#include "base/json_value.h"
#include "base/text.h"

namespace cutaway::sim {

std::vector<std::string> names_of(Sys sys, const std::string& image_id) {
  std::vector<std::string> names;
  for (const auto& [ref, image] : *sys.world().images) {
    if (image.id == image_id && !is_nameless(ref)) names.push_back(ref);
  }
  return names;
}

const Container* user_of(const World& world, const std::string& image_id, bool running) {
  return world.containers.first([&](const Container& container) {
    const bool runs =
        container.state == ContainerState::Running || container.state == ContainerState::Paused;
    return container.image_id == image_id && runs == running;
  });
}

namespace {

std::string repository_of(const std::string& name) { return name.substr(0, name.rfind(':')); }

// Folders of layers that nobody stands on any more.
Co<int> sweep_layers(Sys sys, std::vector<std::string> layers) {
  sys.step("image.remove");
  for (const std::string& digest : layers) {
    if (sys.world().layers->find(digest) != sys.world().layers->end()) continue;
    auto removing = remove_folder(sys, layer_folder(digest));
    co_await removing;
  }
  co_return 0;
}

}  // namespace

Co<Json> remove_name(Sys sys, std::string name) {
  sys.step("image.remove");
  Json lines = Json::array();
  const auto found = sys.world().images->find(name);
  if (found == sys.world().images->end()) co_return lines;
  const Image image = found->second;
  sys.emit(ImageRemoved{name});
  const DaemonEvent event{0, "image", "untag", image.id, {{"name", name}}};
  auto telling = tell_event(sys, event);
  co_await telling;
  if (!is_nameless(name)) lines.push_back({{"Untagged", name}});
  bool repository_left = false;
  const std::vector<std::string> left = names_of(sys, image.id);
  for (const std::string& other : left)
    repository_left = repository_left || repository_of(other) == repository_of(name);
  if (!repository_left && !image.digest.empty() && !is_nameless(name))
    lines.push_back({{"Untagged", repository_of(name) + "@" + image.digest}});
  if (!left.empty()) co_return lines;
  lines.push_back({{"Deleted", image.id}});
  const auto config = spec::image_config_from_json(image.config);
  if (config) {
    for (std::size_t i = config->diff_ids.size(); i-- > 0;) {
      const bool shared =
          i < image.layers.size() && sys.world().layers->count(image.layers[i]) != 0;
      if (!shared) lines.push_back({{"Deleted", config->diff_ids[i]}});
    }
  }
  auto sweeping = sweep_layers(sys, image.layers);
  co_await sweeping;
  co_return lines;
}

}  // namespace cutaway::sim

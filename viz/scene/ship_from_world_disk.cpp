// One disk: the host's files, the images' layers once each, the containers' writable layers on top;
// and the network card.
#include <algorithm>

#include "base/text.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "viz/scene/ship_from_world_parts.h"
#include "viz/text/engine_told.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

bool holds_touched(const World& world, const Inode& folder, const std::vector<InodeId>& touched) {
  if (touched.empty()) return false;
  if (has(touched, folder.id)) return true;
  for (const auto& [name, id] : folder.entries) {
    const Inode* inode = world.inodes.find(id);
    if (inode != nullptr && !inode->entries.empty() && holds_touched(world, *inode, touched))
      return true;
  }
  return false;
}

void fill_tops(const Picture& p, HardwareModel& hardware) {
  for (const cutaway::Container* container : p.census.containers()) {
    if (!is_told(p, *container)) continue;
    const Census::Top& top_of = p.census.top_of(p.world, *container);
    if (top_of.folder == nullptr) continue;
    Top top;
    top.slot = container->slot;
    top.id = "top:" + p.census.name_of(*container);
    top.label = p.words["text.top"].what;
    top.figure = size_words(top_of.bytes);
    top.strong = holds_touched(p.world, *top_of.folder, p.touched.folders);
    hardware.tops.push_back(std::move(top));
  }
}

std::vector<int> users_of(const Picture& p, const std::string& digest) {
  std::vector<int> slots;
  for (const cutaway::Container* container : p.census.containers()) {
    const auto& layers = container->layers;
    if (std::find(layers.begin(), layers.end(), digest) != layers.end())
      slots.push_back(container->slot);
  }
  return slots;
}

Layer layer_model(const Picture& p, const cutaway::Layer& layer, std::string label, int level) {
  Layer model;
  model.id = "layer:" + layer_name(layer.digest);
  model.label = std::move(label);
  const bool whole = layer.of > 0 && layer.bytes >= layer.of;
  model.note = whole ? p.words["text.layer"].what : size_of_words(layer.bytes, layer.of);
  model.fraction =
      layer.of > 0 ? static_cast<double>(layer.bytes) / static_cast<double>(layer.of) : 1;
  model.users = users_of(p, layer.digest);
  model.level = level;
  model.strong = has(p.touched.layers, layer.digest);
  if (p.now && p.path.layer == layer.digest && !layer.digest.empty()) {
    model.asker = slot_of_task({p.trace, p.options.index, p.position}, p.world, p.now->caller);
  }
  return model;
}

// A layer that several images have is drawn once, with the first.
void fill_layers(const Picture& p, HardwareModel& hardware) {
  std::vector<std::string> drawn;
  for (const auto& [ref, image] : *p.world.images) {
    for (std::size_t i = 0; i < image.layers.size(); ++i) {
      const std::string& digest = image.layers[i];
      const auto layer = p.world.layers->find(digest);
      if (layer == p.world.layers->end() || has(drawn, digest)) continue;
      const bool top = i + 1 == image.layers.size();
      const std::string label = top ? image_name(ref) : layer_name(digest);
      hardware.layers.push_back(layer_model(p, layer->second, label, static_cast<int>(i)));
      drawn.push_back(digest);
    }
  }
  const Fetching coming = fetching(p.world);
  const std::string wanted = wanted_image(p.world);
  for (std::size_t i = 0; i < coming.layers.size(); ++i) {
    const cutaway::Layer& layer = *coming.layers[i];
    const bool only = coming.layers.size() == 1 && !wanted.empty();
    const std::string label = only ? wanted : layer_name(layer.digest);
    hardware.layers.push_back(layer_model(p, layer, label, static_cast<int>(i)));
  }
}

}  // namespace

void fill_disk(const Picture& p, HardwareModel& hardware) {
  if (p.host != nullptr) {
    hardware.host_files = {"/"};
    for (const std::string& word : split(p.words["text.host.files"].what, ' ')) {
      hardware.host_files.push_back(word);
    }
  }
  fill_tops(p, hardware);
  fill_layers(p, hardware);
}

void fill_card(const Picture& p, HardwareModel& hardware) {
  const Namespace* net =
      p.host == nullptr ? nullptr : p.world.namespaces.find(p.host->in(cutaway::NsKind::Net));
  if (net == nullptr) return;
  for (const Interface& link : net->links) {
    if (link.type != "ether") continue;
    hardware.card_name = link.name;
    if (!link.addresses.empty()) {
      hardware.card_address = link.addresses.front().substr(0, link.addresses.front().find('/'));
    }
    return;
  }
}

}  // namespace cutaway::viz

#include "trace/world/held_layers.h"

#include <string>
#include <utility>
#include <vector>

#include "trace/world/path_below.h"
#include "trace/world/walk.h"

namespace cutaway {
namespace {

void hold(const World& world, Place& layer) {
  if (!layer.fs || layer.root) return;
  const Inode* found = inode_at(world, layer.fs, layer.path);
  if (found != nullptr) layer.root = found->id;
}

void follow(const World& world, Place& layer) {
  const Filesystem* fs = world.filesystems.find(layer.fs);
  if (fs == nullptr || !layer.root) return;
  const Inode* there = inode_at(world, layer.fs, layer.path);
  if (there != nullptr && there->id == layer.root) return;
  const Inode* root = world.inodes.find(fs->root);
  const std::string path = root == nullptr ? "" : path_below(world, *root, layer.root);
  if (!path.empty()) layer.path = path;
}

template <class Change>
void change_layers(World& world, Change change) {
  std::vector<FilesystemId> overlays;
  world.filesystems.each([&overlays](const Filesystem& fs) {
    if (fs.is("overlay")) overlays.push_back(fs.id);
  });
  for (const FilesystemId id : overlays) {
    Filesystem overlay = world.filesystems.at(id);
    change(overlay.upper);
    for (Place& layer : overlay.lower) change(layer);
    world.filesystems.put(id, std::move(overlay));
  }
}

}  // namespace

void hold_layers(const World& world, Filesystem& overlay) {
  hold(world, overlay.upper);
  for (Place& layer : overlay.lower) hold(world, layer);
}

void hold_all_layers(World& world) {
  change_layers(world, [&world](Place& layer) { hold(world, layer); });
}

void follow_layers(World& world) {
  change_layers(world, [&world](Place& layer) { follow(world, layer); });
}

}  // namespace cutaway

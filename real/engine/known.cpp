#include "real/engine/known.h"

#include "real/engine/create.h"
#include "real/engine/engine.h"
#include "real/engine/reconcile.h"

namespace cutaway::real {

namespace {

void add_layers(const ImageStore& images, const StoredImage& image, World& world) {
  const std::vector<std::string> folders = images.layer_folders(image);
  for (std::size_t i = 0; i < image.layers.size(); ++i) {
    const StoredLayer& stored = image.layers[i];
    Layer layer;
    layer.digest = stored.digest;
    layer.bytes = layer.of = stored.size;
    layer.verified = true;
    layer.size = stored.unpacked;
    if (i < folders.size()) layer.path = folders[i];
    world.layers.mutate()[stored.digest] = layer;
  }
}

Container world_container(const StateFolder& state, const ContainerRecord& record,
                          std::uint32_t number) {
  Container container;
  container.number = ContainerId(number);
  container.id = record.id;
  container.name = record.name;
  container.image = record.image;
  container.image_id = record.image_id;
  container.config = told_config(record);
  container.layers = record.layers;
  container.upper = state.overlay(record.id) + "/diff";
  container.exit_code = record.exit_code;
  container.oom_killed = record.oom_killed;
  container.error = record.error;
  container.slot = static_cast<std::int32_t>(number) - 1;
  if (record.state == RunState::Running) container.state = cutaway::ContainerState::Running;
  if (record.state == RunState::Paused) container.state = cutaway::ContainerState::Paused;
  if (record.state == RunState::Exited) container.state = cutaway::ContainerState::Exited;
  const auto config = config_of(record);
  if (!config) return container;
  container.hostname = config->hostname;
  container.argv = config->argv;
  container.tty = config->tty;
  container.auto_remove = config->auto_remove;
  return container;
}

}  // namespace

Status add_known(Machine& machine, World& world) {
  TRY_ASSIGN(const std::vector<StoredImage> images, machine.images.list());
  for (const StoredImage& image : images) {
    TRY_ASSIGN(const spec::ImageConfig config, machine.images.config(image));
    add_layers(machine.images, image, world);
    for (const std::string& ref : image.refs)
      world.images.mutate()[ref] = world_image(image, spec::image_config_json(config));
  }
  for (const ContainerRecord& record : current_records(machine)) {
    const std::uint32_t number = ++world.counters.container;
    world.containers.put(ContainerId(number), world_container(machine.state, record, number));
  }
  return {};
}

}  // namespace cutaway::real

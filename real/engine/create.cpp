// create: a record and an empty writable layer. No process, no namespace, no cgroup.
#include <sys/random.h>

#include <ctime>

#include "real/engine/create.h"

#include "base/json_text.h"
#include "base/text.h"
#include "real/engine/engine.h"
#include "real/engine/root.h"
#include "real/engine/volumes.h"
#include "real/sys/rootless.h"
#include "spec/docker_messages.h"
#include "spec/docker_names.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

std::uint64_t random_number() {
  std::uint64_t number = 0;
  while (::getrandom(&number, sizeof number, 0) != sizeof number) {
  }
  return number;
}

const ContainerRecord* by_name(const std::vector<ContainerRecord>& records,
                               const std::string& name) {
  for (const ContainerRecord& record : records) {
    if (record.name == name) return &record;
  }
  return nullptr;
}

std::string free_name(const std::vector<ContainerRecord>& records) {
  while (true) {
    std::string name = spec::random_container_name(random_number());
    if (by_name(records, name) == nullptr) return name;
  }
}

// The image, from the cache or, where the client may ask for that, from the hub.
Result<StoredImage> find_or_pull(const Doing& doing, const spec::Reference& reference) {
  const std::string ref = reference.familiar();
  about_to(doing.machine.story, "image.look");
  auto found = doing.machine.images.find(ref);
  const std::string& pull = doing.command.run().pull;
  if (doing.machine.story != nullptr)
    doing.machine.story->tell("image.look", ContainerId{},
                              ImageLookedUp{ref, "cache", found.has_value()});
  if (found && pull != "always") return found;
  if (!found && pull == "never")
    return fail(ErrorCode::Failed, spec::say::no_such_image(reference));
  if (!found) doing.streams.err(spec::unable_to_find_image(reference));
  TRY(pull_image(doing, ref, 2, doing.command.run().quiet));
  return doing.machine.images.find(ref);
}

// Colour, pattern and letter of a container: the lowest slot that no other has.
std::int32_t free_slot(const World& world) {
  for (std::int32_t slot = 0;; ++slot) {
    const auto has_it = [slot](const Container& c) { return c.slot == slot; };
    if (world.containers.first(has_it) == nullptr) return slot;
  }
}

}  // namespace

std::string told_config(const ContainerRecord& record) {
  return json_text(Json{{"Words", record.words}});
}

namespace {

void tell_created(Story& story, const StateFolder& state, const ContainerRecord& record,
                  const spec::ContainerConfig& config) {
  Container container;
  container.number = ContainerId(story.world().counters.container + 1);
  container.id = record.id;
  container.name = record.name;
  container.image = record.image;
  container.image_id = record.image_id;
  container.config = told_config(record);
  container.hostname = config.hostname;
  container.argv = config.argv;
  container.layers = record.layers;
  container.upper = state.overlay(record.id) + "/diff";
  container.tty = config.tty;
  container.auto_remove = config.auto_remove;
  container.slot = free_slot(story.world());
  story.tell("container.create", container.number, ContainerCreated{container});
}

// Volumes that nobody named get a name now and keep it.
Status add_mounts(const StateFolder& state, ContainerRecord& record,
                  spec::ContainerConfig& config) {
  if (is_rootless()) return {};  // those of the image: what a user asks for is refused before
  for (const spec::ConfigMount& mount : config.anonymous_volumes)
    record.volumes[mount.target] = random_id();
  spec::name_volumes(config, record.volumes);
  return make_mount_sources(state, config);
}

}  // namespace

std::string random_id() {
  std::string id;
  while (id.size() < 64) {
    const std::string part = hex(random_number());
    id += std::string(16 - part.size(), '0') + part;
  }
  return id;
}

Result<ContainerRecord> create_container(const Doing& doing) {
  TRY_ASSIGN(const spec::Reference reference, spec::parse_reference(doing.command.image));
  TRY_ASSIGN(const StoredImage image, find_or_pull(doing, reference));
  const Machine& machine = doing.machine;
  about_to(machine.story, "container.create");
  TRY_ASSIGN(const Fd lock, machine.state.lock());
  const std::vector<ContainerRecord> others = machine.state.records();
  ContainerRecord record;
  record.id = random_id();
  record.name = doing.command.run().name;
  const ContainerRecord* same = record.name.empty() ? nullptr : by_name(others, record.name);
  if (same != nullptr)
    return fail(ErrorCode::Failed, spec::say::name_in_use(record.name, same->id));
  if (record.name.empty()) record.name = free_name(others);
  record.words = doing.words;
  record.image = reference.familiar();
  record.image_id = image.id;
  TRY_ASSIGN(const spec::ImageConfig image_config, machine.images.config(image));
  record.image_config = spec::image_config_json(image_config);
  for (const StoredLayer& layer : image.layers) record.layers.push_back(layer.digest);
  record.layer_folders = machine.images.layer_folders(image);
  record.created_s = ::time(nullptr);
  TRY_ASSIGN(spec::ContainerConfig config, config_of(record));
  TRY(add_mounts(machine.state, record, config));
  TRY(make_writable_layer(machine.state, record));
  TRY(machine.state.save(record));
  TRY(doing.machine.images.hold(image.id, record.id));
  if (machine.story != nullptr) tell_created(*machine.story, machine.state, record, config);
  return record;
}

int do_create(const Doing& doing) {
  const auto record = create_container(doing);
  if (!record) return doing.refuse(record.error());
  doing.streams.out(record->id + "\n");
  return 0;
}

}  // namespace cutaway::real

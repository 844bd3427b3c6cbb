// Removing what nobody uses, and how much disk there is to be had by it.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/images.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/volumes.h"

namespace cutaway::sim {

Co<int> handle_prune_containers(Sys sys, ApiRequestIn request) {
  sys.step("api.prune");
  std::vector<ContainerId> idle;
  sys.world().containers.each([&](const Container& container) {
    const bool runs =
        container.state == ContainerState::Running || container.state == ContainerState::Paused;
    if (!runs) idle.push_back(container.number);
  });
  Json deleted = Json::array();
  std::int64_t bytes = 0;
  for (const ContainerId number : idle) {
    const Container* container = sys.world().containers.find(number);
    if (container == nullptr) continue;
    deleted.push_back(container->id);
    bytes += folder_bytes(sys, container->upper);
    sys.about(number);
    auto removing = remove_container(sys, number, "prune");
    co_await removing;
  }
  sys.about(ContainerId{});
  const std::string body = json_text(Json{{"Deleted", deleted}, {"SpaceReclaimed", bytes}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

// Those without a name; with all=1 all that no container uses.
Co<int> handle_prune_images(Sys sys, ApiRequestIn request) {
  sys.step("api.prune");
  std::vector<std::pair<std::string, std::int64_t>> unused;
  for (const auto& [ref, image] : *sys.world().images) {
    const bool used = user_of(sys.world(), image.id, true) != nullptr ||
                      user_of(sys.world(), image.id, false) != nullptr;
    if (!used && (is_nameless(ref) || http_query(request.message.path, "all") == "1"))
      unused.emplace_back(ref, image.size);
  }
  Json deleted = Json::array();
  std::int64_t bytes = 0;
  for (const auto& [ref, size] : unused) {
    auto removing = remove_name(sys, ref);
    const Json lines = co_await removing;
    bool image_gone = false;
    for (const Json& line : lines) {
      const bool untagged = line.contains("Untagged");
      image_gone = image_gone || !untagged;
      deleted.push_back(untagged ? "untagged: " + line["Untagged"].get<std::string>()
                                 : "deleted: " + line["Deleted"].get<std::string>());
    }
    if (image_gone) bytes += size;
  }
  const std::string body = json_text(Json{{"Deleted", deleted}, {"SpaceReclaimed", bytes}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

namespace {

Json volumes_row(Sys sys) {
  std::int64_t count = 0, used = 0, bytes = 0, idle = 0;
  for (const auto& entry : sys.shared<DaemonState>().volumes) {
    const std::int64_t size =
        folder_bytes(sys, spec::volume_folder(std::string(kVolumes), entry.first));
    const bool in_use = !volume_users(sys, entry.first).empty();
    ++count;
    used += in_use ? 1 : 0;
    bytes += size;
    idle += in_use ? 0 : size;
  }
  return {"Local Volumes", count, used, bytes, idle};
}

}  // namespace

Co<int> handle_disk_usage(Sys sys, ApiRequestIn request) {
  sys.step("api.system");
  const World& world = sys.world();
  std::map<std::string, std::pair<std::int64_t, bool>> images;  // by id: size, used
  for (const auto& entry : *world.images) {
    const std::string& id = entry.second.id;
    const bool used = user_of(world, id, true) != nullptr || user_of(world, id, false) != nullptr;
    images[id] = {entry.second.size, used};
  }
  std::int64_t image_bytes = 0, image_idle = 0, images_active = 0;
  for (const auto& [id, image] : images) {
    image_bytes += image.first;
    if (image.second)
      ++images_active;
    else
      image_idle += image.first;
  }
  std::int64_t layer_bytes = 0, layer_idle = 0, running = 0;
  world.containers.each([&](const Container& container) {
    const bool runs =
        container.state == ContainerState::Running || container.state == ContainerState::Paused;
    const std::int64_t bytes = folder_bytes(sys, container.upper);
    layer_bytes += bytes;
    running += runs ? 1 : 0;
    layer_idle += runs ? 0 : bytes;
  });
  const Json rows = {{"Images", images.size(), images_active, image_bytes, image_idle},
                     {"Containers", world.containers.size(), running, layer_bytes, layer_idle},
                     volumes_row(sys),
                     {"Build Cache", 0, 0, 0, 0}};
  const std::string body = json_text(rows);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

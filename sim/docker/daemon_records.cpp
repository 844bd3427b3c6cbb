// What changes records: names of containers and images, and removing what nobody uses.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

namespace {

std::vector<std::string> names_of(Sys sys, const std::string& image_id) {
  std::vector<std::string> names;
  for (const auto& [ref, image] : *sys.world().images) {
    if (image.id == image_id) names.push_back(ref);
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

// Takes one name away; with the last one the image. Docker's lines: {"Untagged": …}, {"Deleted":
// …}.
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
  lines.push_back({{"Untagged", name}});
  bool repository_left = false;
  const std::vector<std::string> left = names_of(sys, image.id);
  for (const std::string& other : left)
    repository_left = repository_left || repository_of(other) == repository_of(name);
  if (!repository_left) lines.push_back({{"Untagged", repository_of(name) + "@" + image.digest}});
  if (!left.empty()) co_return lines;
  lines.push_back({{"Deleted", image.id}});
  const auto config = spec::image_config_from_json(image.config);
  if (config) {
    for (auto layer = config->diff_ids.rbegin(); layer != config->diff_ids.rend(); ++layer)
      lines.push_back({{"Deleted", *layer}});
  }
  auto sweeping = sweep_layers(sys, image.layers);
  co_await sweeping;
  co_return lines;
}

// Why an image cannot be removed; empty: it can.
std::string why_kept(Sys sys, const Image& image, const std::string& typed, bool by_id,
                     bool force) {
  const World& world = sys.world();
  const std::vector<std::string> names = names_of(sys, image.id);
  if (!by_id && names.size() > 1) return {};
  const Container* running = user_of(world, image.id, true);
  const Container* stopped = user_of(world, image.id, false);
  const bool several = names.size() > 1;
  if (by_id && several && !force)
    return spec::say::image_in_use(image.id, true, spec::say::image_in_several_repositories());
  if (!by_id && !force && (running != nullptr || stopped != nullptr))
    return spec::say::image_reference_in_use(typed, (running != nullptr ? running : stopped)->id,
                                             image.id);
  if (running != nullptr)
    return spec::say::image_in_use(image.id, false, spec::say::used_by_running(running->id));
  if (by_id && stopped != nullptr && !force)
    return spec::say::image_in_use(image.id, true, spec::say::used_by_stopped(stopped->id));
  return {};
}

std::int64_t tree_bytes(const World& world, InodeId id) {
  const Inode* inode = world.inodes.find(id);
  if (inode == nullptr) return 0;
  std::int64_t bytes = (inode->mode & abi::mode::kType) == abi::mode::kRegular ? inode->size : 0;
  for (const auto& entry : inode->entries) bytes += tree_bytes(world, entry.second);
  return bytes;
}

const Inode* inode_at(Sys sys, const std::string& path) {
  const World& world = sys.world();
  const Walk found = walk(world, world.tasks.at(sys.self()), path, LastLink::NoFollow);
  return found.err == abi::Errno::kOk ? world.inodes.find(found.entry.inode) : nullptr;
}

// One folder of the writable layer against the layers below (overlayfs.rst: a character device 0:0
// stands for a name that is gone).
void find_changes(Sys sys, const Inode& folder, const std::string& path,
                  const std::vector<std::string>& lower, Json& changes) {
  constexpr int kChanged = 0, kAdded = 1, kDeleted = 2;
  for (const auto& [name, id] : folder.entries) {
    const Inode* inode = sys.world().inodes.find(id);
    if (inode == nullptr) continue;
    const std::string place = path + "/" + name;
    const bool below = std::any_of(lower.begin(), lower.end(), [&](const std::string& layer) {
      return inode_at(sys, layer + place) != nullptr;
    });
    const bool gone = (inode->mode & abi::mode::kType) == abi::mode::kChar && inode->major == 0 &&
                      inode->minor == 0;
    changes.push_back({{"Path", place}, {"Kind", gone ? kDeleted : below ? kChanged : kAdded}});
    find_changes(sys, *inode, place, lower, changes);
  }
}

}  // namespace

std::int64_t folder_bytes(Sys sys, const std::string& path) {
  const Inode* folder = inode_at(sys, path);
  return folder == nullptr ? 0 : tree_bytes(sys.world(), folder->id);
}

Co<int> handle_changes(Sys sys, ApiRequestIn request) {
  sys.step("api.changes");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(request.target));
    co_return co_await refusing;
  }
  sys.about(found->number);
  std::vector<std::string> lower = {std::string(kDockerRoot) + "/overlay2/" + found->id +
                                    "-init/diff"};
  for (const std::string& digest : found->layers) lower.push_back(layer_folder(digest) + "/diff");
  Json changes = Json::array();
  if (const Inode* upper = inode_at(sys, found->upper))
    find_changes(sys, *upper, "", lower, changes);
  const std::string body = changes.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_rename(Sys sys, ApiRequestIn request) {
  sys.step("api.rename");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(request.target));
    co_return co_await refusing;
  }
  sys.about(found->number);
  std::string name = http_query(request.message.path, "name");
  if (starts_with(name, "/")) name.erase(0, 1);
  const Container* holder = container_by_name(sys.world(), name);
  std::string no;
  if (!spec::say::valid_name(name))
    no = spec::say::invalid_name(name);
  else if (name == found->name)
    no = spec::say::rename_same();
  else if (holder != nullptr && holder->name == name)
    no = spec::say::rename_conflict(name, holder->id);
  if (no.empty()) {
    const std::string before = "/" + found->name;
    const ContainerId number = found->number;
    sys.emit(ContainerRenamed{name});
    auto telling = tell_container(sys, "rename", number, {{"oldName", before}});
    co_await telling;
  }
  auto answering = no.empty() ? answer(sys, request, 204, "")
                              : answer_error(sys, request, holder == nullptr ? 400 : 409, no);
  co_return co_await answering;
}

Co<int> handle_tag(Sys sys, ApiRequestIn request) {
  sys.step("api.tag");
  const auto* found = find_image(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_image(sys, request, request.target);
    co_return co_await refusing;
  }
  const auto reference = spec::parse_reference(http_query(request.message.path, "name"));
  if (!reference) {
    auto refusing = answer_error(sys, request, 400, reference.error().message);
    co_return co_await refusing;
  }
  const Image image = found->second;
  sys.emit(ImageTagged{reference->familiar(), image});
  const DaemonEvent event{0, "image", "tag", image.id, {{"name", reference->familiar()}}};
  auto telling = tell_event(sys, event);
  co_await telling;
  auto answering = answer(sys, request, 201, "");
  co_return co_await answering;
}

Co<int> handle_image_remove(Sys sys, ApiRequestIn request) {
  sys.step("image.remove");
  const auto* found = find_image(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_image(sys, request, request.target);
    co_return co_await refusing;
  }
  const auto reference = spec::parse_reference(request.target);
  const bool by_id = !reference || reference->familiar() != found->first;
  const bool force = http_query(request.message.path, "force") == "1";
  const Image image = found->second;
  const std::string no = why_kept(sys, image, request.target, by_id, force);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, 409, no);
    co_return co_await refusing;
  }
  Json lines = Json::array();
  std::vector<std::string> names = {found->first};
  if (by_id) names = names_of(sys, image.id);
  for (const std::string& name : names) {
    auto removing = remove_name(sys, name);
    const Json removed = co_await removing;
    lines.insert(lines.end(), removed.begin(), removed.end());
  }
  const std::string body = lines.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

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
  const std::string body = Json{{"Deleted", deleted}, {"SpaceReclaimed", bytes}}.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

// Every image here has a name, so none is dangling; with all=1 those go that no container uses.
Co<int> handle_prune_images(Sys sys, ApiRequestIn request) {
  sys.step("api.prune");
  std::vector<std::pair<std::string, std::int64_t>> unused;
  for (const auto& [ref, image] : *sys.world().images) {
    const bool used = user_of(sys.world(), image.id, true) != nullptr ||
                      user_of(sys.world(), image.id, false) != nullptr;
    if (!used && http_query(request.message.path, "all") == "1")
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
  const std::string body = Json{{"Deleted", deleted}, {"SpaceReclaimed", bytes}}.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

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
                     {"Local Volumes", 0, 0, 0, 0},
                     {"Build Cache", 0, 0, 0, 0}};
  const std::string body = rows.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

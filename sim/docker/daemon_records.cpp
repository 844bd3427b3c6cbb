// What changes records: names of containers and images, and removing what nobody uses.
#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/images.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

namespace {

// Why an image cannot be removed; empty: it can.
std::string why_image_kept(Sys sys, const Image& image, const std::string& typed, bool by_id,
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

const Inode* host_inode(Sys sys, const std::string& path) {
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
      return host_inode(sys, layer + place) != nullptr;
    });
    const bool gone = (inode->mode & abi::mode::kType) == abi::mode::kChar && inode->major == 0 &&
                      inode->minor == 0;
    changes.push_back({{"Path", place}, {"Kind", gone ? kDeleted : below ? kChanged : kAdded}});
    find_changes(sys, *inode, place, lower, changes);
  }
}

}  // namespace

std::int64_t folder_bytes(Sys sys, const std::string& path) {
  const Inode* folder = host_inode(sys, path);
  return folder == nullptr ? 0 : tree_bytes(sys.world(), folder->id);
}

Co<int> handle_changes(Sys sys, ApiRequestIn request) {
  sys.step("api.changes");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  sys.about(found->number);
  std::vector<std::string> lower = {std::string(kDockerRoot) + "/overlay2/" + found->id +
                                    "-init/diff"};
  for (const std::string& digest : found->layers) lower.push_back(layer_folder(digest) + "/diff");
  Json changes = Json::array();
  if (const Inode* upper = host_inode(sys, found->upper))
    find_changes(sys, *upper, "", lower, changes);
  const std::string body = json_text(changes);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_rename(Sys sys, ApiRequestIn request) {
  sys.step("api.rename");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
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
  Image image = found->second;
  // The digest is that of a manifest in the repository that it was pulled from.
  const auto known = spec::parse_reference(found->first);
  if (!known || known->repository != reference->repository) image.digest.clear();
  auto naming = name_image(sys, reference->familiar(), image);
  co_await naming;
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
  const std::string no = why_image_kept(sys, image, request.target, by_id, force);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, 409, no);
    co_return co_await refusing;
  }
  Json lines = Json::array();
  std::vector<std::string> names = {found->first};
  if (by_id && !is_nameless(found->first)) names = names_of(sys, image.id);
  for (const std::string& name : names) {
    auto removing = remove_name(sys, name);
    const Json removed = co_await removing;
    lines.insert(lines.end(), removed.begin(), removed.end());
  }
  const std::string body = json_text(lines);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

#include "sim/docker/volumes.h"

#include <algorithm>

#include "base/text.h"
#include "sim/docker/copy_tree.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"

namespace cutaway::sim {

namespace {

std::string files_of(const std::string& name) {
  return spec::volume_folder(std::string(kVolumes), name);
}

// What the image has at the volume's place; only a folder, only for a volume that is empty.
Co<int> fill_volume(Sys sys, std::string from, std::string volume) {
  sys.step("volume.fill");
  auto listing = list_folder(sys, volume);
  const std::vector<std::string> present = co_await listing;
  const std::int64_t found = co_await sys.stat(from);
  const bool folder =
      found == 0 && (sys.reply().stat.mode & abi::mode::kType) == abi::mode::kDirectory;
  if (!present.empty() || !folder) co_return 0;
  auto copying = copy_content(sys, from, volume);
  co_return co_await copying;
}

bool copies(const spec::ConfigMount& mount) {
  return mount.type == "volume" && mount.options.find("nocopy") == std::string::npos;
}

Co<int> make_sources(Sys sys, spec::ContainerConfig config) {
  for (const spec::ConfigMount& mount : config.mounts) {
    if (mount.type == "volume") {
      const std::map<std::string, std::string> labels;
      auto ensuring = ensure_volume(sys, mount.source, mount.anonymous, labels);
      co_await ensuring;
    } else if (mount.type == "bind" && co_await sys.stat(mount.source) < 0) {
      auto making = make_folders(sys, mount.source, 0755);
      co_await making;
    }
  }
  co_return 0;
}

}  // namespace

std::map<std::string, std::string> names_for_anonymous(Sys sys,
                                                       const spec::ContainerConfig& config) {
  std::map<std::string, std::string> names;
  for (const spec::ConfigMount& mount : config.anonymous_volumes)
    names[mount.target] = random_id(sys);
  return names;
}

Co<std::string> check_bind_sources(Sys sys, spec::ContainerConfig config) {
  for (const spec::ConfigMount& mount : config.mounts) {
    if (mount.type != "bind" || !mount.by_mount_flag) continue;
    const std::int64_t found = co_await sys.lstat(mount.source);
    if (found < 0) co_return spec::say::bind_source_missing(mount.source);
  }
  co_return std::string();
}

Co<int> prepare_mounts(Sys sys, Container container, spec::ContainerConfig config) {
  auto making = make_sources(sys, config);
  co_await making;
  if (std::none_of(config.mounts.begin(), config.mounts.end(), copies)) co_return 0;
  auto holding = hold_root(sys, container);
  const HeldRoot root = co_await holding;
  for (const spec::ConfigMount& mount : config.mounts) {
    if (!copies(mount)) continue;
    auto filling = fill_volume(sys, root.path + mount.target, files_of(mount.source));
    co_await filling;
  }
  auto releasing = release_root(sys, root);
  co_return co_await releasing;
}

Co<int> ensure_volume(Sys sys, std::string name, bool anonymous,
                      std::map<std::string, std::string> labels) {
  std::map<std::string, VolumeRecord>& volumes = sys.shared<DaemonState>().volumes;
  if (volumes.find(name) != volumes.end()) co_return 0;
  volumes[name] = {sys.now(), labels, anonymous};
  sys.step("volume.create");
  const std::string files = files_of(name);
  auto making = make_folders(sys, files, 0755);
  co_await making;
  const DaemonEvent event{0, "volume", "create", name, {{"driver", "local"}}};
  auto telling = tell_event(sys, event);
  co_return co_await telling;
}

Co<int> remove_volume(Sys sys, std::string name) {
  sys.step("volume.remove");
  sys.shared<DaemonState>().volumes.erase(name);
  auto removing = remove_folder(sys, std::string(kVolumes) + "/" + name);
  co_await removing;
  const DaemonEvent event{0, "volume", "destroy", name, {{"driver", "local"}}};
  auto telling = tell_event(sys, event);
  co_return co_await telling;
}

std::vector<std::string> volume_users(Sys sys, const std::string& name) {
  std::vector<std::string> ids;
  sys.world().containers.each([&](const Container& container) {
    const auto config = stored_config(sys, container);
    if (!config) return;
    const bool uses = std::any_of(config->mounts.begin(), config->mounts.end(),
                                  [&](const spec::ConfigMount& mount) {
                                    return mount.type == "volume" && mount.source == name;
                                  });
    if (uses) ids.push_back(container.id);
  });
  return ids;
}

std::vector<std::string> anonymous_volumes_of(Sys sys, const Container& container) {
  std::vector<std::string> names;
  const auto config = stored_config(sys, container);
  if (!config) return names;
  for (const spec::ConfigMount& mount : config->mounts) {
    if (mount.anonymous) names.push_back(mount.source);
  }
  return names;
}

Co<int> remove_unused(Sys sys, std::vector<std::string> names) {
  for (const std::string& name : names) {
    if (!volume_users(sys, name).empty()) continue;
    auto removing = remove_volume(sys, name);
    co_await removing;
  }
  co_return 0;
}

std::vector<std::string> file_sources(Sys sys, const spec::ContainerConfig& config) {
  std::vector<std::string> files;
  const World& world = sys.world();
  for (const spec::ConfigMount& mount : config.mounts) {
    if (mount.type != "bind") continue;
    const Walk found = walk(world, world.tasks.at(sys.self()), mount.source, LastLink::Follow);
    if (found.err == abi::Errno::kOk && !found.entry.directory()) files.push_back(mount.source);
  }
  return files;
}

std::string host_path(const spec::ContainerConfig& config, const std::string& root,
                      const std::string& path) {
  const spec::ConfigMount* nearest = nullptr;
  for (const spec::ConfigMount& mount : config.mounts) {
    const bool below = path == mount.target || starts_with(path, mount.target + "/");
    if (mount.type == "tmpfs" || !below) continue;
    if (nearest == nullptr || mount.target.size() > nearest->target.size()) nearest = &mount;
  }
  if (nearest == nullptr) return root + path;
  const std::string source =
      nearest->type == "volume" ? files_of(nearest->source) : nearest->source;
  return source + path.substr(nearest->target.size());
}

Co<HeldRoot> hold_root(Sys sys, Container container) {
  HeldRoot root;
  root.path = std::string(kDockerRoot) + "/overlay2/" + container.id + "/merged";
  const bool runs =
      container.state == ContainerState::Running || container.state == ContainerState::Paused;
  if (runs) co_return root;
  auto mounting = mount_root(sys, container);
  root.ours = co_await mounting == 0;
  co_return root;
}

Co<int> release_root(Sys sys, HeldRoot root) {
  if (root.ours) co_await sys.umount2(root.path, abi::mnt::kDetach);
  co_return 0;
}

}  // namespace cutaway::sim

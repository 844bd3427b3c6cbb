#include "real/engine/volumes.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "real/sys/copy_tree.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "real/sys/resolver.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

std::string known_file(const StateFolder& state, const std::string& name) {
  return state.volumes() + "/" + name + "/volume.json";
}

Result<Volume> read_volume(const StateFolder& state, const std::string& name) {
  TRY_ASSIGN(const std::string text, read_text(known_file(state, name)));
  TRY_ASSIGN(const Json json, parse_json(text));
  Volume volume;
  volume.name = name;
  volume.created_s = json.value("created", std::int64_t{0});
  volume.labels = json.value("labels", volume.labels);
  volume.anonymous = json.value("anonymous", false);
  return volume;
}

// Where the container has a kernel's file system or a table of ours: never by a path of the user's.
bool is_taken(const std::string& target) {
  constexpr std::array<std::string_view, 4> kTaken = {"/", "/proc", "/sys", "/dev"};
  return std::any_of(kTaken.begin(), kTaken.end(), [&target](std::string_view place) {
    return target == place || (place != "/" && starts_with(target, std::string(place) + "/"));
  });
}

Status refuse(const spec::ConfigMount& mount, const std::string& why) {
  return fail(ErrorCode::Failed, "cannot mount at " + mount.target + ": " + why);
}

// What the image has at the volume's place; only a folder, only for a volume that is empty.
Status fill_volume(const StateFolder& state, const Resolver& root, const spec::ConfigMount& mount) {
  if (mount.type != "volume" || mount.options.find("nocopy") != std::string::npos) return {};
  const std::string files = spec::volume_folder(state.volumes(), mount.source);
  TRY_ASSIGN(const std::vector<std::string> present, names_in(files));
  if (!present.empty()) return {};
  const auto from = open_in_root(root.root().get(), mount.target, O_RDONLY | O_DIRECTORY);
  if (!from) return {};
  TRY_ASSIGN(const Fd to, open_file(files, O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
  return copy_tree(from->get(), to.get());
}

// Another container may change meanwhile what a mount within another one stands on.
Status check_apart(const std::vector<spec::ConfigMount>& mounts) {
  for (const spec::ConfigMount& inner : mounts) {
    for (const spec::ConfigMount& outer : mounts) {
      if (starts_with(inner.target, outer.target + "/"))
        return refuse(inner, "it lies within the mount at " + outer.target +
                                 ", which is not built on the real side yet");
    }
  }
  return {};
}

}  // namespace

std::vector<Volume> volumes(const StateFolder& state) {
  std::vector<Volume> found;
  for (const std::string& name : names_if_any(state.volumes())) {
    auto volume = read_volume(state, name);
    if (volume) found.push_back(std::move(*volume));
  }
  return found;
}

Status ensure_volume(const StateFolder& state, const Volume& volume) {
  if (exists(known_file(state, volume.name))) return {};
  TRY(make_folders(spec::volume_folder(state.volumes(), volume.name), 0755));
  const Json json = {
      {"created", ::time(nullptr)}, {"labels", volume.labels}, {"anonymous", volume.anonymous}};
  return replace_file(known_file(state, volume.name), json_text(json) + "\n");
}

Status remove_volume(const StateFolder& state, const std::string& name) {
  return remove_tree(state.volumes() + "/" + name);
}

std::vector<std::string> volume_users(const StateFolder& state, const std::string& name) {
  std::vector<std::string> ids;
  for (const ContainerRecord& record : state.records()) {
    const auto config = config_of(record);
    if (!config) continue;
    const bool uses = std::any_of(config->mounts.begin(), config->mounts.end(),
                                  [&name](const spec::ConfigMount& mount) {
                                    return mount.type == "volume" && mount.source == name;
                                  });
    if (uses) ids.push_back(record.id);
  }
  return ids;
}

Status remove_anonymous(const StateFolder& state, const ContainerRecord& record) {
  for (const auto& [target, name] : record.volumes) {
    if (volume_users(state, name).empty()) TRY(remove_volume(state, name));
  }
  return {};
}

Status make_mount_sources(const StateFolder& state, const spec::ContainerConfig& config) {
  for (const spec::ConfigMount& mount : config.mounts) {
    if (is_taken(mount.target)) return refuse(mount, "the kernel's own file systems are there");
    if (mount.type == "bind" && mount.by_mount_flag && !exists(mount.source))
      return fail(ErrorCode::Failed, spec::say::bind_source_missing(mount.source));
  }
  for (const spec::ConfigMount& mount : config.mounts) {
    if (mount.type == "volume") TRY(ensure_volume(state, {mount.source, 0, {}, mount.anonymous}));
    if (mount.type == "bind" && !exists(mount.source)) TRY(make_folders(mount.source, 0755));
  }
  return {};
}

Status settle_mounts(const StateFolder& state, const MountedRoot& root,
                     spec::ContainerConfig& config) {
  if (config.mounts.empty()) return {};
  TRY_ASSIGN(const Resolver resolver, Resolver::of(root.merged));
  for (spec::ConfigMount& mount : config.mounts) {
    TRY_ASSIGN(mount.target, resolver.lead(mount.target));
    if (is_taken(mount.target)) return refuse(mount, "the kernel's own file systems are there");
  }
  TRY(check_apart(config.mounts));
  for (const spec::ConfigMount& mount : config.mounts) TRY(fill_volume(state, resolver, mount));
  return {};
}

void add_mount_sources(const StateFolder& state, const spec::ContainerConfig& config,
                       spec::PlanHost& host) {
  host.volumes_folder = state.volumes();
  for (const spec::ConfigMount& mount : config.mounts) {
    struct stat status {};
    const bool file = mount.type == "bind" && ::stat(mount.source.c_str(), &status) == 0 &&
                      !S_ISDIR(status.st_mode);
    if (file) host.file_sources.push_back(mount.source);
  }
}

}  // namespace cutaway::real

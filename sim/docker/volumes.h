// Volumes: folders below /var/lib/docker/volumes that belong to no container; and what a container
// mounts of the host.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/docker/daemon.h"
#include "spec/config.h"
#include "spec/plan/plan_input.h"

namespace cutaway::sim {

inline constexpr std::string_view kVolumes = "/var/lib/docker/volumes";

/// A random name for each volume that was given none, by its place in the container.
std::map<std::string, std::string> names_for_anonymous(Sys sys,
                                                       const spec::ContainerConfig& config);
/// Empty, or docker's words: --mount makes no folder of the host.
Co<std::string> check_bind_sources(Sys sys, spec::ContainerConfig config);
/// create: volumes and folders of the host that are missing are made; an empty volume gets what the
/// image has at its place.
Co<int> prepare_mounts(Sys sys, Container container, spec::ContainerConfig config);
/// Makes it if it is not there. `anonymous`: nobody named it.
Co<int> ensure_volume(Sys sys, std::string name, bool anonymous,
                      std::map<std::string, std::string> labels);
Co<int> remove_volume(Sys sys, std::string name);
/// Ids of the containers that mount it, running or not.
std::vector<std::string> volume_users(Sys sys, const std::string& name);
/// The volumes of a container that nobody named.
std::vector<std::string> anonymous_volumes_of(Sys sys, const Container& container);
/// Those of them that no container mounts any more are removed.
Co<int> remove_unused(Sys sys, std::vector<std::string> names);
/// Which of the bind mounts' sources are files.
std::vector<std::string> file_sources(Sys sys, const spec::ContainerConfig& config);
/// Where the host has what a container sees at `path`: below one of its mounts, else below `root`.
std::string host_path(const spec::ContainerConfig& config, const std::string& root,
                      const std::string& path);

/// The container's root, mounted as long as it is needed: a running one's is mounted already.
struct HeldRoot {
  std::string path;
  bool ours = false;  ///< mounted by hold_root
};
Co<HeldRoot> hold_root(Sys sys, Container container);
Co<int> release_root(Sys sys, HeldRoot root);

}  // namespace cutaway::sim

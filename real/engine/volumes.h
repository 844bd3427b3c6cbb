// Volumes and what else a container mounts by the user's wish. A volume is a folder of the state
// that belongs to no container: volumes/NAME/_data, beside it what is known of it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "real/engine/machine.h"
#include "real/engine/record.h"
#include "real/engine/root.h"
#include "spec/config.h"
#include "spec/plan/plan_input.h"

namespace cutaway::real {

struct Volume {
  std::string name;
  std::int64_t created_s = 0;
  std::map<std::string, std::string> labels;
  bool anonymous = false;  ///< nobody named it
};
std::vector<Volume> volumes(const StateFolder& state);
/// Makes it when it is not there.
Status ensure_volume(const StateFolder& state, const Volume& volume);
Status remove_volume(const StateFolder& state, const std::string& name);
/// Ids of the containers that mount it, running or not.
std::vector<std::string> volume_users(const StateFolder& state, const std::string& name);
/// The container is gone: its volumes that nobody named, and no other mounts, go too.
Status remove_anonymous(const StateFolder& state, const ContainerRecord& record);

/// create: what is mounted is there afterwards: volumes, and folders of the host (with -v; --mount
/// makes none). An Error: docker's words, or what is not built.
Status make_mount_sources(const StateFolder& state, const spec::ContainerConfig& config);
/// start: an empty volume gets what the image has at its place; the mounts' places become what they
/// lead to within the root, so that no link of the image is followed when they are mounted.
Status settle_mounts(const StateFolder& state, const MountedRoot& root,
                     spec::ContainerConfig& config);
/// What the plan asks of the host's side of them.
void add_mount_sources(const StateFolder& state, const spec::ContainerConfig& config,
                       spec::PlanHost& host);

}  // namespace cutaway::real

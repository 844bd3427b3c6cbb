// What the plan must know of this machine.
#pragma once

#include <string>

#include "base/result.h"
#include "real/engine/root.h"
#include "real/engine/story.h"
#include "spec/plan/plan_input.h"

namespace cutaway::real {

/// `etc_folder` holds hosts, hostname, resolv.conf.
Result<spec::PlanHost> plan_host(const MountedRoot& root, const std::string& etc_folder);
/// Without root: why no other user than root can be had in a container.
std::string other_user(std::string_view user);
/// With our own place for cgroups: a folder of its own in each hierarchy, so that nothing of ours
/// stays when it is gone.
spec::PlanInput plan_input_for(const spec::ContainerConfig& config, const spec::PlanHost& host);
/// How the container gets its root: the daemon's own mount(2), init's to come, or why it is a copy.
void tell_root(Story& story, const ContainerRecord& record, const MountedRoot& root);

}  // namespace cutaway::real

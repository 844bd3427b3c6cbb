#include "real/engine/plan_host.h"

#include "real/cgroup/host.h"
#include "real/engine/cgroups.h"

namespace cutaway::real {

Result<spec::PlanHost> plan_host(const MountedRoot& root, const std::string& etc_folder) {
  TRY_ASSIGN(const CgroupHost cgroups, detect_cgroups());
  spec::PlanHost host;
  host.rootfs = root.merged;
  host.root_is_mount = !root.copied();
  host.etc_folder = etc_folder;
  host.cgroup_version = cgroups.plan_version();
  host.cgroup_mounts = cgroups.plan_mounts();
  return host;
}

spec::PlanInput plan_input_for(const spec::ContainerConfig& config, const spec::PlanHost& host) {
  spec::PlanInput input = spec::plan_input(config, host);
  input.cgroup_path = std::string(kCgroupFolder) + "/" + config.id;
  return input;
}

void tell_root(Story& story, const ContainerRecord& record, const MountedRoot& root) {
  const ContainerId number = story.number_of(record.id);
  if (root.copied()) {
    story.tell("rootfs.overlay", number,
               Note{"the root is a copy of the image's layers: " + record.root_reason, "copy"});
    return;
  }
  story.did("rootfs.overlay", number, abi::Sys::mount,
            {Arg::bytes("overlay"), Arg::bytes(root.merged), Arg::bytes("overlay"), Arg::integer(0),
             Arg::bytes(root.options)});
  for (const std::string& digest : record.layers)
    story.tell("rootfs.overlay", number, LayerMounted{digest, record.id});
}

}  // namespace cutaway::real

#include "real/engine/plan_host.h"

#include <unistd.h>

#include "real/cgroup/host.h"
#include "real/engine/cgroups.h"
#include "real/side.h"
#include "real/sys/rootless.h"

namespace cutaway::real {

namespace {

// What an ordinary user runs gets no cgroup of its own; a cgroup namespace hides the one it is in
// where that is usual (v2).
Status add_cgroups(spec::PlanHost& host) {
  const Result<CgroupHost>& cgroups = cgroup_host();
  if (host.plain_user) {
    host.cgroup_version = cgroups ? cgroups->plan_version() : 1;
    return {};
  }
  if (!cgroups) return fail(cgroups.error());
  host.cgroup_version = cgroups->plan_version();
  host.cgroup_mounts = cgroups->plan_mounts();
  return {};
}

}  // namespace

std::optional<spec::PlainUser> plain_user() {
  if (!is_rootless()) return std::nullopt;
  return spec::PlainUser{::geteuid(), ::getegid()};
}

Result<spec::PlanHost> plan_host(const MountedRoot& root, const std::string& etc_folder) {
  spec::PlanHost host;
  host.rootfs = root.merged;
  host.root_is_mount = !root.copied() && !root.by_init;
  if (root.by_init) host.init_mounts = root.options;
  host.etc_folder = etc_folder;
  host.plain_user = plain_user();
  TRY(add_cgroups(host));
  return host;
}

std::string other_user(std::string_view user) {
  return "run as user '" + std::string(user) +
         "' without root: only one user can be mapped into the container, and that is its root";
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
  if (!root.by_init)
    story.did("rootfs.overlay", number, abi::Sys::mount,
              {Arg::bytes("overlay"), Arg::bytes(root.merged), Arg::bytes("overlay"),
               Arg::integer(0), Arg::bytes(root.options)});
  for (const std::string& digest : record.layers)
    story.tell(root.by_init ? "mnt.overlay" : "rootfs.overlay", number,
               LayerMounted{digest, record.id});
}

}  // namespace cutaway::real

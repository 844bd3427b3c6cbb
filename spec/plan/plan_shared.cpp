// What a container shares by wish: folders and files (volumes, binds), empty memory (tmpfs), and
// namespaces of another container or of the host.
#include <utility>

#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

using abi::Sys;
namespace ms = abi::ms;

namespace {

// Each folder on the way to a mount point is made where it is missing: in the writable layer, which
// is why `docker diff` shows it.
void add_mount_point(const PlanInput& input, const UserMount& mount, PlanStep& step) {
  const std::string& target = mount.target;
  for (std::size_t slash = target.find('/', 1); slash != std::string::npos;
       slash = target.find('/', slash + 1))
    step.calls.push_back(make_folder(input.rootfs + target.substr(0, slash)));
  if (!mount.file) {
    step.calls.push_back(make_folder(input.rootfs + target));
    return;
  }
  const std::string path = input.rootfs + target;
  step.calls.push_back(
      tolerate(call(Sys::mknod, {text(path), integer(abi::mode::kRegular | 0644), integer(0)}),
               {abi::Errno::kEEXIST}));
}

PlanStep mnt_volume(const PlanInput& input) {
  PlanStep step{"mnt.volume", Who::Init, {}};
  for (const UserMount& item : input.mounts) {
    if (item.type == "tmpfs") continue;
    add_mount_point(input, item, step);
    append(step, bind_private(item.source, input.rootfs + item.target, item.flags));
  }
  return step;
}

PlanStep mnt_tmpfs(const PlanInput& input) {
  PlanStep step{"mnt.tmpfs", Who::Init, {}};
  for (const UserMount& item : input.mounts) {
    if (item.type != "tmpfs") continue;
    add_mount_point(input, item, step);
    step.calls.push_back(
        mount(text("tmpfs"), input.rootfs + item.target, text("tmpfs"), item.flags, item.data));
  }
  return step;
}

struct NamespaceRow {
  const char* name;
  std::uint64_t flag;
};
constexpr NamespaceRow kNamespaceRows[] = {
    {"ipc", abi::clone::kNewIpc}, {"uts", abi::clone::kNewUts}, {"pid", abi::clone::kNewPid}};

}  // namespace

bool owns(const PlanInput& input, const std::string& type) {
  return input.shared.find(type) == input.shared.end();
}

void add_user_mount_steps(const PlanInput& input, Plan& plan) {
  for (PlanStep& step : std::vector<PlanStep>{mnt_volume(input), mnt_tmpfs(input)}) {
    if (!step.calls.empty()) plan.steps.push_back(std::move(step));
  }
}

// The runtime joins, and what it then clones is born there (a pid namespace is that of children to
// come, setns(2)).
void add_join_steps(const PlanInput& input, Plan& plan) {
  PlanStep step{"ns.join", Who::Runtime, {}};
  for (const NamespaceRow& kind : kNamespaceRows) {
    const auto found = input.shared.find(kind.name);
    if (found == input.shared.end() || found->second.empty()) continue;
    const std::string fd = std::string("ns_") + kind.name;
    step.calls.push_back(keep(open(found->second, abi::o::kCloexec), fd));
    step.calls.push_back(call(Sys::setns, {text("$" + fd), integer(kind.flag)}));
    step.calls.push_back(call(Sys::close, {text("$" + fd)}));
  }
  if (!step.calls.empty()) plan.steps.push_back(std::move(step));
}

}  // namespace cutaway::spec

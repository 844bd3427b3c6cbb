#include "app/cli/plan.h"

#include "base/os/files.h"
#include "real/side.h"
#include "sim/simulator.h"
#include "spec/docker_line.h"
#include "spec/plan/plan_input.h"
#include "spec/reference.h"

namespace cutaway::app {

namespace {

// As an ordinary user's container is made on this machine.
void take_rights(spec::PlanHost& host, const spec::PlainUser& user) {
  const std::string layers = "/var/lib/docker/overlay2/";
  host.plain_user = user;
  host.cgroup_mounts.clear();
  host.root_is_mount = false;
  host.init_mounts = "lowerdir=" + layers + "ID-init/diff:" + layers +
                     "LAYER/diff,upperdir=" + layers + "ID/diff,workdir=" + layers +
                     "ID/work,userxattr";
}

// The plan needs no machine: it is printed for one like the simulator's default.
Result<spec::Plan> plan_of(const spec::Command& command, bool for_real) {
  TRY_ASSIGN(const spec::Reference reference, spec::parse_reference(command.image));
  const auto image = sim::bundled_image_config(reference.familiar());
  if (!image)
    return fail(ErrorCode::Usage,
                "--plan: no bundled image is called '" + reference.familiar() + "'");
  const std::string id(64, '0');
  TRY_ASSIGN(const spec::ContainerConfig config,
             spec::resolve(*image, command.run(), command.args, id));
  spec::PlanHost host;
  host.cgroup_mounts = {{"unified", "/sys/fs/cgroup"}};
  host.rootfs = "/var/lib/docker/overlay2/ID/merged";
  host.etc_folder = "/var/lib/docker/containers/ID";
  const std::optional<spec::PlainUser> user = for_real ? real::plain_user() : std::nullopt;
  const std::string refused = for_real ? real::only_root(command) : std::string();
  if (!refused.empty()) return fail(ErrorCode::Cannot, refused);
  if (user) take_rights(host, *user);
  return spec::run_plan(spec::plan_input(config, host));
}

}  // namespace

int print_plan(const InputOptions& input, const Invocation& invocation) {
  const auto lines = docker_words(input, invocation);
  if (!lines) return report(lines.error());
  if (lines->size() != 1) {
    return report({ErrorCode::Usage, "--plan: one docker run was expected",
                   "as in --plan -- docker run busybox echo hi"});
  }
  const spec::Parsed parsed = spec::parse_docker(lines->front());
  if (const auto* said = std::get_if<spec::ClientAnswer>(&parsed)) {
    os::write_out(said->out);
    os::write_err(said->err);
    return said->exit;
  }
  const auto& command = std::get<spec::Command>(parsed);
  if (command.verb != spec::Verb::Run && command.verb != spec::Verb::Create) {
    return report({ErrorCode::Usage, "--plan: " + command.path + " makes no container", {}});
  }
  const auto plan = plan_of(command, input.side == "real");
  if (!plan) return report(plan.error());
  os::write_out(spec::plan_text(*plan, os::terminal_columns()));
  return 0;
}

}  // namespace cutaway::app

// docker pause and unpause: the freezer of the container's cgroup; no signal, nothing that the
// processes could notice.
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "spec/plan/limits.h"
#include "spec/plan/plan_input.h"

namespace cutaway::sim {

namespace {

// "1" into cgroup.freeze (v2), "FROZEN" into freezer.state (v1).
Co<std::int64_t> set_freezer(Sys sys, Container container, bool stands) {
  const auto config = stored_config(sys, container);
  if (!config) co_return -1;
  const spec::PlanInput input = spec::plan_input(*config, plan_host(sys.world(), container));
  const bool v2 = input.cgroup_version == 2;
  const std::string* mounted = spec::cgroup_mount(input, v2 ? "memory" : "freezer");
  if (mounted == nullptr) co_return -1;
  const std::string path =
      *mounted + input.cgroup_path + (v2 ? "/cgroup.freeze" : "/freezer.state");
  const std::string value = v2 ? (stands ? "1" : "0") : (stands ? "FROZEN" : "THAWED");
  const std::int64_t fd = co_await sys.open(path, abi::o::kWronly | abi::o::kCloexec);
  if (fd < 0) co_return fd;
  const std::int64_t written = co_await sys.write(fd, value);
  co_await sys.close(fd);
  co_return written;
}

Co<int> change(Sys sys, ApiRequestIn request, bool pauses) {
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const ContainerId number = found->number;
  sys.about(number);
  const bool paused = found->state == ContainerState::Paused;
  std::string no;
  if (pauses && paused)
    no = spec::say::already_paused(found->id);
  else if (pauses && found->state != ContainerState::Running)
    no = spec::say::not_running(found->id);
  else if (!pauses && !paused)
    no = spec::say::not_paused(found->id);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, pauses ? 409 : 500, no);
    co_return co_await refusing;
  }
  sys.step(pauses ? "container.pause" : "container.unpause");
  auto setting = set_freezer(sys, *found, pauses);
  co_await setting;
  if (pauses)
    sys.emit(ContainerPaused{});
  else
    sys.emit(ContainerUnpaused{});
  auto telling = tell_container(sys, pauses ? "pause" : "unpause", number);
  co_await telling;
  auto answering = answer(sys, request, 204, "");
  co_return co_await answering;
}

}  // namespace

Co<int> resume_if_paused(Sys sys, ContainerId number) {
  const Container* found = sys.world().containers.find(number);
  if (found == nullptr || found->state != ContainerState::Paused) co_return 0;
  sys.step("container.unpause");
  auto setting = set_freezer(sys, *found, false);
  co_await setting;
  sys.emit(ContainerUnpaused{});
  co_return 0;
}

Co<int> handle_pause(Sys sys, ApiRequestIn request) {
  sys.step("api.pause");
  auto changing = change(sys, request, true);
  co_return co_await changing;
}

Co<int> handle_unpause(Sys sys, ApiRequestIn request) {
  sys.step("api.unpause");
  auto changing = change(sys, request, false);
  co_return co_await changing;
}

}  // namespace cutaway::sim

// `docker update` and `docker kill`: what changes a container that is there. An update changes the
// record; where the container runs, also the files of its cgroup, and then the kernel does the
// rest.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "spec/plan/limits.h"
#include "spec/plan/plan_input.h"

namespace cutaway::sim {

namespace {

struct UpdateBody {
  std::vector<std::string> words;
  spec::UpdateOptions options;
  std::string flags;  ///< "--memory 64m"
  bool readable = false;
};

UpdateBody read_update_body(const std::string& body) {
  UpdateBody asked;
  const auto json = parse_json(body);
  if (!json || !json->is_object() || !json->contains("Words")) return asked;
  asked.words = (*json)["Words"].get<std::vector<std::string>>();
  const spec::Parsed parsed = spec::parse_docker(asked.words);
  const auto* command = std::get_if<spec::Command>(&parsed);
  if (command == nullptr || command->verb != spec::Verb::Update) return asked;
  asked.options = command->get<spec::UpdateOptions>();
  for (const spec::FlagGiven& flag : command->flags)
    asked.flags += (asked.flags.empty() ? "--" : " --") + flag.name + " " + flag.value;
  asked.readable = true;
  return asked;
}

// One file; the kernel takes a limit or refuses it as a whole. Empty, or what runc says of it.
Co<std::string> write_limit(Sys sys, std::string path, spec::CgroupSetting setting) {
  const std::int64_t fd = co_await sys.open(path, abi::o::kWronly | abi::o::kCloexec);
  if (fd < 0) {
    const auto error = static_cast<abi::Errno>(-fd);
    if (setting.optional && error == abi::Errno::kENOENT) co_return std::string();
    co_return spec::say::cannot_write_limit(setting.value, "open " + path, error);
  }
  const std::int64_t written = co_await sys.write(fd, setting.value);
  co_await sys.close(fd);
  if (written >= 0) co_return std::string();
  co_return spec::say::cannot_write_limit(setting.value, "write " + path,
                                          static_cast<abi::Errno>(-written));
}

Co<std::string> write_limits(Sys sys, spec::PlanInput before, spec::PlanInput after) {
  sys.step("limit.update");
  const std::vector<spec::CgroupSetting> changed = spec::changed_settings(before, after);
  for (const spec::CgroupSetting& setting : changed) {
    const std::string* mounted = spec::cgroup_mount(after, setting.controller);
    if (mounted == nullptr) continue;
    const std::string path = *mounted + after.cgroup_path + "/" + setting.file;
    auto writing = write_limit(sys, path, setting);
    const std::string wrong = co_await writing;
    if (!wrong.empty()) co_return wrong;
  }
  co_return std::string();
}

bool has_cgroup(const Container& container) {
  return container.state == ContainerState::Running || container.state == ContainerState::Paused;
}

// What the record would say, and what of it cannot be; then the files, then the record.
Co<std::string> update(Sys sys, Container container, UpdateBody asked) {
  const auto before = stored_config(sys, container);
  if (!before) co_return before.error().message;
  spec::ContainerConfig after = *before;
  const std::string refused = spec::update_config(after, asked.options);
  if (!refused.empty()) co_return refused;
  if (has_cgroup(container)) {
    const spec::PlanHost host = plan_host(sys.world(), container);
    auto writing =
        write_limits(sys, spec::plan_input(*before, host), spec::plan_input(after, host));
    const std::string wrong = co_await writing;
    if (!wrong.empty()) co_return wrong;
  }
  sys.step("api.update");
  sys.shared<DaemonState>().updates[container.number.value].push_back(asked.words);
  sys.emit(Note{"the record of " + container.name + " says: " + asked.flags, "updated"});
  co_return std::string();
}

spec::DaemonFacts daemon_facts(const World& world) {
  spec::DaemonFacts facts;
  facts.cpus = world.machine.cpus;
  facts.cgroup_v2 = world.machine.cgroup == CgroupVersion::V2;
  return facts;
}

}  // namespace

Co<int> handle_update(Sys sys, ApiRequestIn request) {
  sys.step("api.update");
  const UpdateBody asked = read_update_body(request.message.body);
  const std::string wrong = asked.readable
                                ? spec::check_update(asked.options, daemon_facts(sys.world()))
                                : std::string("bad request");
  if (!wrong.empty()) {
    auto refusing = answer_error(sys, request, 400, wrong);
    co_return co_await refusing;
  }
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const Container container = *found;
  sys.about(container.number);
  std::string refused;
  if (container.state == ContainerState::Dead) {
    refused = spec::say::marked_for_removal("update");
  } else {
    auto updating = update(sys, container, asked);
    refused = co_await updating;
  }
  if (!refused.empty()) {
    sys.step("api.update");
    auto refusing =
        answer_error(sys, request, 409, spec::say::cannot_update(container.id, refused));
    co_return co_await refusing;
  }
  const std::string body = json_text(Json{{"Warnings", Json::array()}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

namespace {

/// "…?signal=TERM": the value, or empty.
std::string signal_asked(const std::string& path) {
  static constexpr std::string_view kKey = "?signal=";
  const std::size_t at = path.find(kKey);
  return at == std::string::npos ? std::string() : path.substr(at + kKey.size());
}

}  // namespace

Co<int> handle_kill(Sys sys, ApiRequestIn request) {
  sys.step("api.kill");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const ContainerId number = found->number;
  sys.about(number);
  const std::string asked = signal_asked(request.message.path);
  std::string name = "SIGKILL";
  if (!asked.empty() && !spec::normalize_signal(asked, name)) {
    auto refusing = answer_error(sys, request, 400, spec::say::invalid_signal(asked));
    co_return co_await refusing;
  }
  const Task* init = sys.world().tasks.find(found->init);
  if (!has_cgroup(*found) || init == nullptr) {
    const std::string no = spec::say::cannot_kill_not_running(request.target, found->id);
    auto refusing = answer_error(sys, request, 409, no);
    co_return co_await refusing;
  }
  const int signal = abi::signal_of(name);
  if (signal == abi::sig::kKill) {  // answered when the end is known
    auto ending = kill_container(sys, number);
    co_await ending;
  } else {
    const std::int64_t pid = init->pid();
    auto cancelling = cancel_restart(sys, number);
    co_await cancelling;
    sys.step("container.kill");
    co_await sys.kill(pid, signal);
    auto telling = tell_container(sys, "kill", number, {{"signal", decimal(signal)}});
    co_await telling;
  }
  auto answering = answer(sys, request, 204, "");
  co_return co_await answering;
}

}  // namespace cutaway::sim

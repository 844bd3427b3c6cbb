// Removing containers, and folders.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "sim/docker/volumes.h"
#include "spec/docker_messages.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

Co<int> remove_folder(Sys sys, std::string folder) {
  const std::int64_t fd = co_await sys.open(folder, abi::o::kDirectory | abi::o::kCloexec);
  if (fd < 0) co_return 0;
  std::vector<std::string> entries;
  while (true) {
    const std::int64_t n = co_await sys.getdents(fd);
    if (n <= 0) break;
    for (const std::string& line : split(sys.reply().data, '\n')) {
      if (line.size() > 2) entries.push_back(line);
    }
  }
  co_await sys.close(fd);
  for (const std::string& entry : entries) {  // "d name", "- name"
    const std::string name = entry.substr(2);
    if (name == "." || name == "..") continue;
    const std::string path = folder + "/" + name;
    if (entry[0] == 'd') {
      auto inner = remove_folder(sys, path);
      co_await inner;
    } else {
      co_await sys.unlink(path);
    }
  }
  co_return static_cast<int>(co_await sys.rmdir(folder));
}

Co<int> remove_bundle(Sys sys, std::string bundle) {
  const std::size_t name = bundle.rfind('/') + 1;
  const std::string going = bundle.substr(0, name) + "." + bundle.substr(name);
  co_await sys.rename(bundle, going);
  auto removing = remove_folder(sys, going);
  co_return co_await removing;
}

Co<int> remove_container(Sys sys, ContainerId number, std::string reason) {
  const Container* found = sys.world().containers.find(number);
  if (found == nullptr) co_return -1;
  const std::string id = found->id;
  sys.step("container.remove");
  const std::string root(kDockerRoot);
  const std::string folders[] = {root + "/overlay2/" + id, root + "/overlay2/" + id + "-init",
                                 root + "/containers/" + id};
  for (const std::string& folder : folders) {
    auto removing = remove_folder(sys, folder);
    co_await removing;
  }
  auto telling = tell_container(sys, "destroy", number);
  co_await telling;
  sys.emit(ContainerRemoved{reason});
  co_return 0;
}

Co<int> handle_remove(Sys sys, ApiRequestIn request) {
  sys.step("container.remove");
  const std::string target = request.target.substr(0, request.target.find('?'));
  const Container* found = find_container(sys, target);
  if (found == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(target));
    co_return co_await refusing;
  }
  const ContainerId number = found->number;
  const std::vector<std::string> volumes = http_query(request.message.path, "v") == "1"
                                               ? anonymous_volumes_of(sys, *found)
                                               : std::vector<std::string>();
  const bool running =
      found->state == ContainerState::Running || found->state == ContainerState::Paused;
  const bool force = request.message.path.find("force=1") != std::string::npos;
  if (running && !force) {
    const std::string no = found->state == ContainerState::Paused
                               ? spec::say::cannot_remove_paused(found->name)
                               : spec::say::cannot_remove_running(found->name);
    auto refusing = answer_error(sys, request, 409, no);
    co_return co_await refusing;
  }
  sys.about(number);
  auto cancelling = cancel_restart(sys, number);
  co_await cancelling;
  if (running) {
    auto killing = kill_container(sys, number);
    co_await killing;
  }
  auto removing = remove_container(sys, number, "rm");
  co_await removing;
  auto dropping = remove_unused(sys, volumes);
  co_await dropping;
  auto answering = answer(sys, request, 204, "");
  co_return co_await answering;
}

}  // namespace cutaway::sim

// Looking at one container or image: its record as JSON (api/types/container of docker's source).
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

Co<int> handle_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.inspect");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_container(request.target));
    co_return co_await refusing;
  }
  sys.about(found->number);
  const auto config = stored_config(sys, *found);
  static constexpr const char* kStates[] = {"created", "running", "paused", "exited", "dead"};
  Json json{{"Id", found->id},
            {"Name", "/" + found->name},
            {"State", {{"Status", kStates[static_cast<std::size_t>(found->state)]}}},
            {"Config", {{"Tty", found->tty}, {"OpenStdin", config && config->open_stdin}}}};
  const std::string body = json.dump();
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

// rmi, and the prunes: removing images, and all that nobody uses.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

std::string removed_text(const HttpMessage& answer) {
  std::string text;
  const Json lines = *parse_json(answer.body);
  for (const Json& line : lines) {
    for (const auto& item : line.items())
      text += item.key() + ": " + item.value().get<std::string>() + "\n";
  }
  return text;
}

}  // namespace

Co<int> prune_at(Sys sys, std::string path, std::vector<std::string>* deleted,
                 std::int64_t* bytes) {
  auto asking = ask(sys, "api.prune", "POST", path, "");
  const HttpMessage answer = co_await asking;
  const auto json = parse_json(answer.body);
  if (answer.status != 200 || !json) co_return 1;
  for (const Json& line : (*json)["Deleted"]) deleted->push_back(line.get<std::string>());
  *bytes += json->value("SpaceReclaimed", std::int64_t{0});
  co_return 0;
}

Co<int> client_rmi(Sys sys, ClientCommand given) {
  int exit = 0;
  const bool force = given.command.get<spec::RmiOptions>().force;
  for (const std::string& name : given.command.names) {
    const std::string path = "/images/" + name + (force ? "?force=1" : "");
    auto asking = ask(sys, "api.remove", "DELETE", path, "");
    const HttpMessage answer = co_await asking;
    const bool ok = answer.status == 200;
    auto telling = ok ? print(sys, 1, removed_text(answer))
                      : refuse(sys, given.command, error_message(answer));
    co_await telling;
    if (!ok) exit = 1;
  }
  co_return exit;
}

Co<int> client_prune(Sys sys, ClientCommand given) {
  if (!given.command.get<spec::PruneOptions>().force) {
    auto asking = agrees(sys, spec::prune_question(given.command));
    if (!co_await asking) co_return 0;
  }
  const bool all = given.command.get<spec::PruneOptions>().all;
  const bool containers = given.command.verb != spec::Verb::ImagePrune;
  const bool images = given.command.verb != spec::Verb::ContainerPrune;
  spec::PruneReport report;
  if (containers) {
    auto pruning = prune_at(sys, "/containers/prune", &report.containers, &report.reclaimed_bytes);
    co_await pruning;
  }
  if (given.command.verb == spec::Verb::SystemPrune) {
    auto pruning = prune_at(sys, "/networks/prune", &report.networks, &report.reclaimed_bytes);
    co_await pruning;
  }
  if (given.command.get<spec::PruneOptions>().volumes) {
    auto pruning = prune_at(sys, "/volumes/prune", &report.volumes, &report.reclaimed_bytes);
    co_await pruning;
  }
  if (images) {
    const std::string path = all ? "/images/prune?all=1" : "/images/prune";
    auto pruning = prune_at(sys, path, &report.images, &report.reclaimed_bytes);
    co_await pruning;
  }
  auto printing = print(sys, 1, spec::prune_report(report));
  co_return co_await printing;
}

}  // namespace cutaway::sim

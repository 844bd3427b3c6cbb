// ps, logs, images: what the client makes of the daemon's answers.
#include <nlohmann/json.hpp>

#include "base/json.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "spec/docker_views.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

spec::ContainerRow container_row(const Json& container, std::int64_t now_s) {
  spec::ContainerState state;
  state.state = container.value("State", std::string());
  state.exit_code = container.value("ExitCode", 0);
  state.since_s =
      container.value(state.state == "running" || state.state == "paused" ? "Started" : "Finished",
                      std::int64_t{0}) /
      kSecond;
  spec::ContainerRow row;
  row.id = container.value("Id", std::string());
  row.image = container.value("Image", std::string());
  row.command = spec::command_text(container.value("Command", std::vector<std::string>()));
  row.created_s = container.value("Created", std::int64_t{0}) / kSecond;
  row.status = spec::status_text(state, now_s);
  row.name = container.value("Name", std::string());
  return row;
}

}  // namespace

Co<int> client_ps(Sys sys, ClientCommand given) {
  const auto options = given.command.get<spec::PsOptions>();
  auto asking =
      ask(sys, "api.list", "GET", options.all ? "/containers/json?all=1" : "/containers/json", "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  std::vector<spec::ContainerRow> rows;
  std::int64_t now_s = 0;
  if (body) {
    now_s = body->value("Now", std::int64_t{0}) / kSecond;
    const Json& containers = (*body)["Containers"];
    for (auto item = containers.rbegin(); item != containers.rend(); ++item) {  // newest first
      rows.push_back(container_row(*item, now_s));
    }
  }
  auto printing = print(sys, 1, spec::ps_table(rows, options, now_s));
  co_return co_await printing;
}

Co<int> client_logs(Sys sys, ClientCommand given) {
  const std::string name = given.command.names.at(0);
  auto asking = ask(sys, "api.logs", "GET", "/containers/" + name + "/logs?stdout=1&stderr=1", "");
  const HttpMessage answer = co_await asking;
  if (answer.status != 200) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  const auto body = parse_json(answer.body);
  auto out = print(sys, 1, body->value("stdout", std::string()));
  co_await out;
  auto err = print(sys, 2, body->value("stderr", std::string()));
  co_return co_await err;
}

Co<int> client_images(Sys sys, ClientCommand given) {
  auto asking = ask(sys, "api.images", "GET", "/images/json", "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  std::vector<spec::ImageRow> rows;
  if (body) {
    for (const Json& image : *body) {
      const auto reference = spec::parse_reference(image.value("Ref", std::string()));
      spec::ImageRow row;
      if (reference) row.repository = reference->familiar_name();
      if (reference) row.tag = reference->tag;
      row.id = image.value("Id", std::string());
      row.digest = image.value("Digest", std::string());
      row.size_bytes = image.value("Size", std::int64_t{0});
      rows.push_back(row);
    }
  }
  auto printing = print(
      sys, 1,
      spec::images_table(rows, given.command.get<spec::ImagesOptions>(), sys.now() / kSecond));
  co_return co_await printing;
}

}  // namespace cutaway::sim

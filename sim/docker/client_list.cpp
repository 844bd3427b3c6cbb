// ps, images: what the client makes of the daemon's answers.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_tables.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

spec::ListedContainer listed_container(const Json& container, std::int64_t now_s) {
  spec::ContainerState state;
  state.state = container.value("State", std::string());
  state.exit_code = container.value("ExitCode", 0);
  state.since_s =
      container.value(state.state == "running" || state.state == "paused" ? "Started" : "Finished",
                      std::int64_t{0}) /
      kSecond;
  spec::ListedContainer listed;
  listed.state = state.state;
  listed.created_ns = container.value("Created", std::int64_t{0});
  listed.labels = container.value("Labels", listed.labels);
  listed.mounts = container.value("Mounts", listed.mounts);
  listed.network = container.value("Network", std::string());
  spec::ContainerRow& row = listed.row;
  row.id = container.value("Id", std::string());
  row.image = container.value("Image", std::string());
  row.command = spec::command_text(container.value("Command", std::vector<std::string>()));
  row.created_s = container.value("Created", std::int64_t{0}) / kSecond;
  row.status = spec::status_text(state, now_s);
  row.name = container.value("Name", std::string());
  for (const Json& port : container.value("Ports", Json::array())) {
    spec::PortShown shown;
    shown.inside = port.value("PrivatePort", std::uint16_t{0});
    shown.outside = port.value("PublicPort", std::uint16_t{0});
    shown.ip = port.value("IP", std::string());
    shown.protocol = port.value("Type", std::string());
    row.ports.push_back(shown);
  }
  row.size_bytes = container.value("SizeRw", std::int64_t{0});
  row.size_with_image_bytes = container.value("SizeRootFs", std::int64_t{0});
  return listed;
}

std::string list_path(const spec::PsOptions& options) {
  std::string path = "/containers/json?";
  if (options.all) path += "all=1&";
  if (options.latest) path += "limit=1&";
  if (!options.latest && options.last > 0) path += "limit=" + decimal(options.last) + "&";
  if (options.size || options.format.find(".Size") != std::string::npos) path += "size=1&";
  if (!options.filters.empty()) path += "filters=" + http_escape(join(options.filters, "\n")) + "&";
  path.pop_back();
  return path;
}

}  // namespace

Co<bool> knows_filters(Sys sys, spec::Filters filters, std::vector<std::string> known) {
  const std::string unknown = filters.unknown(known);
  if (unknown.empty()) co_return true;
  auto refusing = print(sys, 2, "Error response from daemon: invalid filter '" + unknown + "'\n");
  co_await refusing;
  co_return false;
}

Co<int> print_list(Sys sys, Result<std::string> text) {
  auto printing = text ? print(sys, 1, *text) : print(sys, 2, text.error().message + "\n");
  co_await printing;
  co_return text ? 0 : 1;
}

Co<int> client_ps(Sys sys, ClientCommand given) {
  const auto options = given.command.get<spec::PsOptions>();
  auto asking = ask(sys, "api.list", "GET", list_path(options), "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  if (answer.status != 200 || !body) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  std::vector<spec::ListedContainer> listed;
  const std::int64_t now_s = body->value("Now", std::int64_t{0}) / kSecond;
  const Json& containers = (*body)["Containers"];
  for (auto item = containers.rbegin(); item != containers.rend(); ++item)  // newest first
    listed.push_back(listed_container(*item, now_s));
  auto printing = print_list(sys, spec::ps_text(listed, options, now_s));
  co_return co_await printing;
}

namespace {

spec::ImageRow image_row(const Json& image) {
  const auto reference = spec::parse_reference(image.value("Ref", std::string()));
  spec::ImageRow row;
  if (reference) row.repository = reference->familiar_name();
  if (reference) row.tag = reference->tag;
  row.id = image.value("Id", std::string());
  row.digest = image.value("Digest", std::string());
  row.size_bytes = image.value("Size", std::int64_t{0});
  return row;
}

}  // namespace

Co<int> client_images(Sys sys, ClientCommand given) {
  const auto options = given.command.get<spec::ImagesOptions>();
  std::vector<std::string> filters = options.filters;
  if (!given.command.names.empty()) filters.push_back("reference=" + given.command.names.front());
  const std::string query =
      filters.empty() ? std::string() : "?filters=" + http_escape(join(filters, "\n"));
  auto asking = ask(sys, "api.images", "GET", "/images/json" + query, "");
  const HttpMessage answer = co_await asking;
  const auto body = parse_json(answer.body);
  if (answer.status != 200 || !body) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  std::vector<spec::ImageRow> rows;
  for (const Json& image : *body) rows.push_back(image_row(image));
  auto printing = print_list(sys, spec::images_text(rows, options, sys.now() / kSecond));
  co_return co_await printing;
}

}  // namespace cutaway::sim

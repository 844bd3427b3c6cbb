// ps, images: what the client makes of the daemon's answers.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_lists.h"
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
  return row;
}

std::string joined(const Json& object) {
  std::vector<std::string> parts;
  for (const auto& item : object.items())
    parts.push_back(object.is_array() ? item.value().get<std::string>()
                                      : item.key() + "=" + item.value().get<std::string>());
  return join(parts, ",");
}

std::string created_text(std::int64_t ns) {
  const std::string time = spec::rfc3339(ns);
  return time.substr(0, 10) + " " + time.substr(11, 8) + " +0000 UTC";
}

const std::vector<spec::ListColumn>& container_columns() {
  static const std::vector<spec::ListColumn> kColumns = {
      {"ID", "CONTAINER ID"},  {"Names", "NAMES"},          {"Image", "IMAGE"},
      {"Command", "COMMAND"},  {"CreatedAt", "CREATED AT"}, {"RunningFor", "CREATED"},
      {"Ports", "PORTS"},      {"State", "STATE"},          {"Status", "STATUS"},
      {"Size", "SIZE"},        {"Labels", "LABELS"},        {"Mounts", "MOUNTS"},
      {"Networks", "NETWORKS"}};
  return kColumns;
}

// What a template of --format can name.
spec::OrderedJson container_fields(const Json& container, const spec::ContainerRow& row,
                                   const spec::PsOptions& options, std::int64_t now_s) {
  spec::OrderedJson fields;
  fields["Command"] = "\"" + row.command + "\"";
  fields["CreatedAt"] = created_text(container.value("Created", std::int64_t{0}));
  fields["ID"] = options.no_trunc ? row.id : spec::short_id(row.id);
  fields["Image"] = row.image;
  fields["Labels"] = joined(container.value("Labels", Json::object()));
  fields["Mounts"] = joined(container.value("Mounts", Json::array()));
  fields["Names"] = row.name;
  fields["Networks"] = container.value("Network", std::string());
  fields["Ports"] = spec::ports_text(row.ports);
  fields["RunningFor"] = spec::human_duration(now_s - row.created_s) + " ago";
  fields["Size"] = spec::human_size(row.size_bytes) + " (virtual " +
                   spec::human_size(row.size_with_image_bytes) + ")";
  fields["State"] = container.value("State", std::string());
  fields["Status"] = row.status;
  return fields;
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
  std::vector<spec::ContainerRow> rows;
  std::vector<spec::OrderedJson> fields;
  const std::int64_t now_s = body->value("Now", std::int64_t{0}) / kSecond;
  const Json& containers = (*body)["Containers"];
  for (auto item = containers.rbegin(); item != containers.rend(); ++item) {  // newest first
    rows.push_back(container_row(*item, now_s));
    fields.push_back(container_fields(*item, rows.back(), options, now_s));
  }
  const bool plain = options.format.empty() || options.format == "table";
  const spec::ListShown how{options.format, options.quiet, "ID"};
  auto printing = print_list(sys, plain ? Result<std::string>(spec::ps_table(rows, options, now_s))
                                        : spec::list_text(container_columns(), fields, how));
  co_return co_await printing;
}

namespace {

const std::vector<spec::ListColumn>& image_columns() {
  static const std::vector<spec::ListColumn> kColumns = {
      {"ID", "IMAGE ID"},   {"Repository", "REPOSITORY"}, {"Tag", "TAG"},
      {"Digest", "DIGEST"}, {"CreatedSince", "CREATED"},  {"CreatedAt", "CREATED AT"},
      {"Size", "SIZE"},     {"Containers", "CONTAINERS"}};
  return kColumns;
}

std::string or_none(const std::string& text) { return text.empty() ? "<none>" : text; }

spec::OrderedJson image_fields(const spec::ImageRow& row, const spec::ImagesOptions& options,
                               std::int64_t now_s) {
  spec::OrderedJson fields;
  fields["Containers"] = "N/A";
  fields["CreatedAt"] = created_text(row.created_s * kSecond);
  fields["CreatedSince"] = spec::human_duration(now_s - row.created_s) + " ago";
  fields["Digest"] = or_none(row.digest);
  fields["ID"] = options.no_trunc ? row.id : spec::short_id(row.id);
  fields["Repository"] = or_none(row.repository);
  fields["Size"] = spec::human_size(row.size_bytes);
  fields["Tag"] = or_none(row.tag);
  return fields;
}

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
  std::vector<spec::OrderedJson> fields;
  const std::int64_t now_s = sys.now() / kSecond;
  for (const Json& image : *body) {
    rows.push_back(image_row(image));
    fields.push_back(image_fields(rows.back(), options, now_s));
  }
  const bool plain = options.format.empty() || options.format == "table";
  const spec::ListShown how{options.format, options.quiet, "ID"};
  auto printing =
      print_list(sys, plain ? Result<std::string>(spec::images_table(rows, options, now_s))
                            : spec::list_text(image_columns(), fields, how));
  co_return co_await printing;
}

}  // namespace cutaway::sim

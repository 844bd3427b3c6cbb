// docker network …, docker port.
#include <algorithm>
#include <iterator>
#include <map>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_lists.h"
#include "spec/docker_networks.h"
#include "spec/docker_tables.h"
#include "spec/docker_views.h"

namespace cutaway::sim {

namespace {

// `network create` makes bridges only.
std::string create_body(const spec::Command& command) {
  return json_text(Json{{"Name", command.names.at(0)},
                        {"Subnet", flag_text(command, "subnet")},
                        {"Gateway", flag_text(command, "gateway")},
                        {"Internal", has_flag(command, "internal")},
                        {"Labels", labels_given(command)}});
}

Co<int> network_create(Sys sys, ClientCommand given) {
  auto asking = ask(sys, "api.network", "POST", "/networks/create", create_body(given.command));
  const HttpMessage answer = co_await asking;
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  const Json json = parse_json(answer.body).value_or(Json::object());
  auto printing = print(sys, 1, json.value("Id", std::string()) + "\n");
  co_return co_await printing;
}

bool is_builtin(const Json& network) {
  const std::string name = network.value("Name", std::string());
  return name == "bridge" || name == "host" || name == "none";
}

bool is_true(const std::string& value) { return value == "true" || value == "1"; }

std::string text_of(const Json& network, const char* field) {
  return network.value(field, std::string());
}

struct NetworkFilterRow {
  const char* name;
  bool (*fits)(const Json& network, const std::string& value);
};
constexpr NetworkFilterRow kNetworkFilters[] = {
    {"name", [](const Json& n,
                const std::string& v) { return text_of(n, "Name").find(v) != std::string::npos; }},
    {"id", [](const Json& n,
              const std::string& v) { return text_of(n, "Id").find(v) != std::string::npos; }},
    {"driver", [](const Json& n, const std::string& v) { return text_of(n, "Driver") == v; }},
    {"scope", [](const Json& n, const std::string& v) { return text_of(n, "Scope") == v; }},
    {"type", [](const Json& n, const std::string& v) { return is_builtin(n) == (v == "builtin"); }},
    {"dangling",
     [](const Json& n, const std::string& v) {
       return is_true(v) == (!is_builtin(n) && n.value("Containers", Json()).empty());
     }},
};

bool network_fits(const Json& network, const spec::Filters& filters) {
  const auto labels = network.value("Labels", std::map<std::string, std::string>());
  const bool labelled = filters.all(
      "label", [&](const std::string& value) { return spec::label_fits(labels, value); });
  return labelled && std::all_of(std::begin(kNetworkFilters), std::end(kNetworkFilters),
                                 [&](const NetworkFilterRow& row) {
                                   return filters.any(row.name, [&](const std::string& value) {
                                     return row.fits(network, value);
                                   });
                                 });
}

std::vector<std::string> filter_names() {
  std::vector<std::string> names = {"label"};
  for (const NetworkFilterRow& row : kNetworkFilters) names.emplace_back(row.name);
  return names;
}

const std::vector<spec::ListColumn>& network_columns() {
  static const std::vector<spec::ListColumn> kColumns = {{"ID", "NETWORK ID", true},
                                                         {"Name", "NAME", true},
                                                         {"Driver", "DRIVER", true},
                                                         {"Scope", "SCOPE", true}};
  return kColumns;
}

Co<int> network_ls(Sys sys, ClientCommand given) {
  const spec::Filters filters(flag_values(given.command, "filter"));
  auto knowing = knows_filters(sys, filters, filter_names());
  if (!co_await knowing) co_return 1;
  auto asking = ask(sys, "api.network", "GET", "/networks", "");
  const HttpMessage answer = co_await asking;
  const Json networks = parse_json(answer.body).value_or(Json::array());
  std::map<std::string, spec::OrderedJson> rows;  // by name
  for (const Json& network : networks) {
    if (!network_fits(network, filters)) continue;
    const std::string id = network.value("Id", std::string());
    const std::string name = network.value("Name", std::string());
    rows[name] = {{"ID", has_flag(given.command, "no-trunc") ? id : spec::short_id(id)},
                  {"Name", name},
                  {"Driver", network.value("Driver", std::string())},
                  {"Scope", network.value("Scope", std::string())}};
  }
  std::vector<spec::OrderedJson> sorted;
  sorted.reserve(rows.size());
  for (const auto& row : rows) sorted.push_back(row.second);
  const spec::ListShown how{flag_text(given.command, "format"), has_flag(given.command, "quiet"),
                            "ID"};
  auto printing = print_list(sys, spec::list_text(network_columns(), sorted, how));
  co_return co_await printing;
}

Co<int> network_inspect(Sys sys, ClientCommand given) {
  const NamedThings networks{"api.network", "/networks/"};
  auto inspecting = inspect_each(sys, given, networks);
  co_return co_await inspecting;
}

Co<int> network_rm(Sys sys, ClientCommand given) {
  const NamedThings networks{"api.network", "/networks/"};
  auto removing = remove_each(sys, given, networks, "");
  co_return co_await removing;
}

Co<int> network_prune(Sys sys, ClientCommand given) {
  if (!has_flag(given.command, "force")) {
    auto question = agrees(sys, std::string(spec::kNetworkPruneQuestion));
    if (!co_await question) co_return 0;
  }
  auto asking = ask(sys, "api.prune", "POST", "/networks/prune", "");
  const HttpMessage answer = co_await asking;
  const Json json = parse_json(answer.body).value_or(Json::object());
  std::string text;
  for (const Json& name : json.value("Deleted", Json::array()))
    text += name.get<std::string>() + "\n";
  auto printing = print(sys, 1, text.empty() ? text : "Deleted Networks:\n" + text + "\n");
  co_return co_await printing;
}

Co<int> change_membership(Sys sys, ClientCommand given, std::string verb) {
  const Json body = {{"Container", given.command.names.at(1)},
                     {"Aliases", flag_values(given.command, "alias")},
                     {"Address", flag_text(given.command, "ip")}};
  const std::string path = "/networks/" + given.command.names.at(0) + "/" + verb;
  auto asking = ask(sys, "api.network", "POST", path, json_text(body));
  const HttpMessage answer = co_await asking;
  if (answer.status == 200) co_return 0;
  auto refusing = refuse(sys, given.command, error_message(answer));
  co_return co_await refusing;
}
Co<int> network_connect(Sys sys, ClientCommand given) {
  auto changing = change_membership(sys, given, "connect");
  co_return co_await changing;
}
Co<int> network_disconnect(Sys sys, ClientCommand given) {
  auto changing = change_membership(sys, given, "disconnect");
  co_return co_await changing;
}

std::vector<spec::PortFacts> published(const HttpMessage& answer) {
  std::vector<spec::PortFacts> ports;
  const Json json = parse_json(answer.body).value_or(Json::object());
  if (!json.contains("NetworkSettings")) return ports;
  for (const auto& [key, bindings] : json["NetworkSettings"]["Ports"].items()) {
    const std::size_t slash = key.find('/');
    for (const Json& binding : bindings) {
      spec::PortFacts port;
      parse_decimal(key.substr(0, slash), port.port);
      port.protocol = key.substr(slash + 1);
      port.host_address = binding.value("HostIp", std::string());
      parse_decimal(binding.value("HostPort", std::string()), port.host_port);
      ports.push_back(port);
    }
  }
  return ports;
}

Co<int> port(Sys sys, ClientCommand given) {
  const std::vector<std::string>& names = given.command.names;
  auto inspecting = inspect_container(sys, names.at(0));
  const InspectedContainer found = co_await inspecting;
  if (found.id.empty()) {
    auto refusing = refuse(sys, given.command, error_message(found.answer));
    co_return co_await refusing;
  }
  std::string only = names.size() > 1 ? names[1] : std::string();
  if (!only.empty() && only.find('/') == std::string::npos) only += "/tcp";
  const std::string lines = spec::port_lines(published(found.answer), only);
  auto printing = print(sys, 1, lines);
  co_await printing;
  if (only.empty() || !lines.empty()) co_return 0;
  auto complaining =
      print(sys, 2, "no public port '" + only + "' published for " + names.at(0) + "\n");
  co_await complaining;
  co_return 1;
}

struct NetworkVerbRow {
  std::string_view name;
  Verb run;
};
constexpr NetworkVerbRow kNetworkVerbs[] = {
    {"network create", network_create},         {"network ls", network_ls},
    {"network inspect", network_inspect},       {"network rm", network_rm},
    {"network prune", network_prune},           {"network connect", network_connect},
    {"network disconnect", network_disconnect}, {"port", port}};

}  // namespace

Verb network_verb(std::string_view name) {
  for (const NetworkVerbRow& row : kNetworkVerbs) {
    if (row.name == name) return row.run;
  }
  return nullptr;
}

}  // namespace cutaway::sim

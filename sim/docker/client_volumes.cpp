// docker volume: what the client asks and prints.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "spec/docker_inspect.h"
#include "spec/docker_lists.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// "a=b", or "a" alone.
bool label_fits(const spec::OrderedJson& labels, const std::string& wanted) {
  const std::size_t equal = wanted.find('=');
  const std::string key = wanted.substr(0, equal);
  if (!labels.is_object() || !labels.contains(key)) return false;
  return equal == std::string::npos || labels[key] == wanted.substr(equal + 1);
}

bool volume_fits(const spec::OrderedJson& volume, const spec::Filters& filters) {
  const auto name = volume["Name"].get<std::string>();
  const auto named = [&](const std::string& part) { return name.find(part) != std::string::npos; };
  const auto dangling = [&](const std::string& value) {
    return (value == "true" || value == "1") != volume["InUse"].get<bool>();
  };
  const auto labelled = [&](const std::string& label) {
    return label_fits(volume["Labels"], label);
  };
  const auto driven = [&](const std::string& driver) {
    return volume["Driver"].get<std::string>() == driver;
  };
  return filters.any("name", named) && filters.any("dangling", dangling) &&
         filters.any("driver", driven) && filters.all("label", labelled);
}

spec::OrderedJson volume_row(const spec::OrderedJson& volume) {
  std::string labels;
  if (volume["Labels"].is_object()) {
    for (const auto& item : volume["Labels"].items())
      labels += (labels.empty() ? "" : ",") + item.key() + "=" + item.value().get<std::string>();
  }
  return {{"Driver", volume["Driver"]},
          {"Labels", labels},
          {"Mountpoint", volume["Mountpoint"]},
          {"Name", volume["Name"]},
          {"Scope", volume["Scope"]}};
}

const std::vector<spec::ListColumn>& volume_columns() {
  static const std::vector<spec::ListColumn> kColumns = {{"Driver", "DRIVER", true},
                                                         {"Name", "VOLUME NAME", true},
                                                         {"Mountpoint", "MOUNTPOINT", false},
                                                         {"Scope", "SCOPE", false},
                                                         {"Labels", "LABELS", false}};
  return kColumns;
}

}  // namespace

Co<int> client_volume_ls(Sys sys, ClientCommand given) {
  const spec::Filters filters(flag_values(given.command, "filter"));
  auto knowing = knows_filters(sys, filters, {"name", "dangling", "driver", "label"});
  if (!co_await knowing) co_return 1;
  auto asking = ask(sys, "api.volume", "GET", "/volumes", "");
  const HttpMessage answer = co_await asking;
  std::vector<spec::OrderedJson> rows;
  const auto volumes = spec::parse_ordered(answer.body);
  for (const auto& volume : volumes) {
    if (volume_fits(volume, filters)) rows.push_back(volume_row(volume));
  }
  const spec::ListShown how{flag_text(given.command, "format"), has_flag(given.command, "quiet"),
                            "Name"};
  auto printing = print_list(sys, spec::list_text(volume_columns(), rows, how));
  co_return co_await printing;
}

Co<int> client_volume_create(Sys sys, ClientCommand given) {
  const std::string name =
      given.command.names.empty() ? std::string() : given.command.names.front();
  const std::string body = json_text(Json{{"Name", name}, {"Labels", labels_given(given.command)}});
  auto asking = ask(sys, "api.volume", "POST", "/volumes/create", body);
  const HttpMessage answer = co_await asking;
  if (answer.status != 201) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  auto printing = print(sys, 1, parse_json(answer.body)->value("Name", std::string()) + "\n");
  co_return co_await printing;
}

Co<int> client_volume_inspect(Sys sys, ClientCommand given) {
  const NamedThings volumes{"api.volume", "/volumes/"};
  auto inspecting = inspect_each(sys, given, volumes);
  co_return co_await inspecting;
}

Co<int> client_volume_rm(Sys sys, ClientCommand given) {
  const std::string query = has_flag(given.command, "force") ? "?force=1" : "";
  const NamedThings volumes{"api.volume", "/volumes/"};
  auto removing = remove_each(sys, given, volumes, query);
  co_return co_await removing;
}

Co<int> client_volume_prune(Sys sys, ClientCommand given) {
  const bool all = has_flag(given.command, "all");
  if (!has_flag(given.command, "force")) {
    auto asking = agrees(sys, spec::volume_prune_question(all));
    if (!co_await asking) co_return 0;
  }
  spec::PruneReport report;
  auto pruning = prune_at(sys, all ? "/volumes/prune?all=1" : "/volumes/prune", &report.volumes,
                          &report.reclaimed_bytes);
  co_await pruning;
  auto printing = print(sys, 1, spec::prune_report(report));
  co_return co_await printing;
}

}  // namespace cutaway::sim

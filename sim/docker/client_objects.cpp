// Verbs about containers and images as objects: inspect, top, rename, tag, rmi, pause, prunes,
// diff; and about the daemon: version, info, system df.

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/client.h"
#include "sim/docker/client_parts.h"
#include "sim/docker/http.h"
#include "spec/docker_inspect.h"
#include "spec/docker_messages.h"
#include "spec/docker_views.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

// Each name asked for alone; what succeeded is printed.
Co<int> for_each_name(Sys sys, ClientCommand given, std::string step, std::string behind) {
  int exit = 0;
  for (const std::string& name : given.command.names) {
    auto asking = ask(sys, step, "POST", "/containers/" + name + behind, "");
    const HttpMessage answer = co_await asking;
    const bool ok = answer.status == 204;
    auto telling =
        ok ? print(sys, 1, name + "\n") : refuse(sys, given.command, error_message(answer));
    co_await telling;
    if (!ok) exit = 1;
  }
  co_return exit;
}

// One question; `shown` of its answer, or the daemon's no.
using Shown = std::string (*)(const HttpMessage& answer, const spec::Command& command);
struct Question {
  std::string step, method, path;
  Shown shown = nullptr;
};
Co<int> ask_and_show(Sys sys, ClientCommand given, Question question) {
  auto asking = ask(sys, question.step, question.method, question.path, "");
  const HttpMessage answer = co_await asking;
  if (answer.status >= 300) {
    auto refusing = refuse(sys, given.command, error_message(answer));
    co_return co_await refusing;
  }
  const std::string text =
      question.shown == nullptr ? std::string() : question.shown(answer, given.command);
  auto printing = print(sys, 1, text);
  co_return co_await printing;
}

std::string top_text(const HttpMessage& answer, const spec::Command&) {
  const Json json = *parse_json(answer.body);
  std::vector<std::vector<std::string>> lines = {json["Titles"].get<std::vector<std::string>>()};
  for (const Json& row : json["Processes"]) lines.push_back(row.get<std::vector<std::string>>());
  return spec::aligned(lines, 20);
}

std::string changes_text(const HttpMessage& answer, const spec::Command&) {
  std::string text;
  const Json changes = *parse_json(answer.body);
  for (const Json& change : changes) {
    const auto kind = change["Kind"].get<std::size_t>();
    text += std::string(1, "CAD"[kind]) + " " + change["Path"].get<std::string>() + "\n";
  }
  return text;
}

std::string disk_text(const HttpMessage& answer, const spec::Command&) {
  std::vector<spec::DiskRow> rows;
  const Json json = *parse_json(answer.body);
  for (const Json& row : json)
    rows.push_back({row[0].get<std::string>(), row[1].get<std::int64_t>(),
                    row[2].get<std::int64_t>(), row[3].get<std::int64_t>(),
                    row[4].get<std::int64_t>()});
  return spec::disk_table(rows);
}

// With --format a template over the answer, else the page.
std::string formatted(const spec::OrderedJson& json, const spec::Command& command,
                      const std::string& page) {
  const std::string format = flag_text(command, "format");
  if (format.empty()) return page;
  const auto text = spec::apply_template(format, json);
  return (text ? *text : text.error().message) + "\n";
}

std::string version_shown(const World& world, const HttpMessage& answer,
                          const spec::Command& command) {
  const auto server = spec::parse_ordered(answer.body);
  const std::string os = spec::go_os(world.machine.os);
  const std::string arch = spec::go_arch(world.machine.arch);
  spec::OrderedJson both;
  both["Client"] = {{"Version", std::string(spec::kDockerClientVersion)},
                    {"ApiVersion", "1.48"},
                    {"Os", os},
                    {"Arch", arch}};
  both["Server"] = server;
  return formatted(both, command, spec::version_text(server, os + "/" + arch));
}

std::string info_shown(const HttpMessage& answer, const spec::Command& command) {
  const auto info = spec::parse_ordered(answer.body);
  return formatted(info, command, spec::info_text(info));
}

Co<int> client_top(Sys sys, ClientCommand given) {
  auto asking = ask_and_show(
      sys, given,
      {"api.top", "GET", "/containers/" + given.command.names.at(0) + "/top", top_text});
  co_return co_await asking;
}

Co<int> client_diff(Sys sys, ClientCommand given) {
  auto asking =
      ask_and_show(sys, given,
                   {"api.changes", "GET", "/containers/" + given.command.names.at(0) + "/changes",
                    changes_text});
  co_return co_await asking;
}

Co<int> client_rename(Sys sys, ClientCommand given) {
  const std::vector<std::string>& names = given.command.names;
  auto asking = ask_and_show(
      sys, given,
      {"api.rename", "POST", "/containers/" + names.at(0) + "/rename?name=" + names.at(1)});
  co_return co_await asking;
}

Co<int> client_tag(Sys sys, ClientCommand given) {
  const std::vector<std::string>& names = given.command.names;
  const auto target = spec::parse_reference(names.at(1));
  if (!target) {
    const std::string no = "Error parsing reference: \"" + names.at(1) +
                           "\" is not a valid repository/tag: " + target.error().message + "\n";
    auto printing = print(sys, 2, no);
    co_await printing;
    co_return 1;
  }
  auto asking = ask_and_show(
      sys, given, {"api.tag", "POST", "/images/" + names.at(0) + "/tag?name=" + names.at(1)});
  co_return co_await asking;
}

Co<int> client_info(Sys sys, ClientCommand given) {
  auto asking = ask_and_show(sys, given, {"api.system", "GET", "/info", info_shown});
  co_return co_await asking;
}

Co<int> client_df(Sys sys, ClientCommand given) {
  auto asking = ask_and_show(sys, given, {"api.system", "GET", "/system/df", disk_text});
  co_return co_await asking;
}

struct OtherRow {
  std::string_view name;
  Verb run;
};
constexpr OtherRow kOthers[] = {{"top", client_top},
                                {"diff", client_diff},
                                {"rename", client_rename},
                                {"tag", client_tag},
                                {"events", client_events},
                                {"info", client_info},
                                {"system df", client_df},
                                {"cp", client_cp},
                                {"export", client_export},
                                {"import", client_import},
                                {"save", client_save},
                                {"load", client_load},
                                {"commit", client_commit},
                                {"history", client_history},
                                {"stats", client_stats},
                                {"login", client_login},
                                {"logout", client_logout},
                                {"push", client_push},
                                {"search", client_search},
                                {"volume ls", client_volume_ls},
                                {"volume create", client_volume_create},
                                {"volume inspect", client_volume_inspect},
                                {"volume rm", client_volume_rm},
                                {"volume prune", client_volume_prune}};

/// "docker container top" and "docker top" are one.
std::string plain_name(std::string_view path) {
  std::string name(path.substr(std::string_view("docker ").size()));
  for (const std::string_view group : {"container ", "image "}) {
    if (starts_with(name, group)) name.erase(0, group.size());
  }
  for (const std::string_view alias : {"list", "remove"}) {
    const std::string name_of = alias == "list" ? "ls" : "rm";
    if (name == "volume " + std::string(alias)) return "volume " + name_of;
  }
  for (const std::string_view shared : {"info", "events"}) {
    if (name == "system " + std::string(shared)) return std::string(shared);
  }
  return name;
}

// A container, else an image of that name; `type` asks for one of them only.
Co<HttpMessage> inspect_one(Sys sys, std::string name, std::string type) {
  HttpMessage answer;
  if (type != "image" && type != "volume") {
    auto asking = ask(sys, "api.inspect", "GET", "/containers/" + name + "/json", "");
    answer = co_await asking;
    if (answer.status == 200 || type == "container") co_return answer;
  }
  if (type != "volume") {
    auto asking = ask(sys, "api.inspect", "GET", "/images/" + name + "/json", "");
    answer = co_await asking;
    if (answer.status == 200 || type == "image") co_return answer;
  }
  auto asking = ask(sys, "api.inspect", "GET", "/volumes/" + name, "");
  answer = co_await asking;
  co_return answer;
}

}  // namespace

Verb other_verb(const spec::Command& command) {
  const std::string name = plain_name(command.path);
  for (const OtherRow& row : kOthers) {
    if (row.name == name) return row.run;
  }
  return network_verb(name);
}

Co<int> client_inspect(Sys sys, ClientCommand given) {
  constexpr int kUnreadable = 64;
  const auto options = given.command.get<spec::InspectOptions>();
  if (const auto problem = spec::unreadable_template(options.format)) {
    auto complaining = print(sys, 2, *problem + "\n");
    co_await complaining;
    co_return kUnreadable;
  }
  std::vector<spec::OrderedJson> objects;
  std::string wrong;
  for (const std::string& name : given.command.names) {
    auto asking = inspect_one(sys, name, options.type);
    const HttpMessage answer = co_await asking;
    if (answer.status == 200)
      objects.push_back(spec::parse_ordered(answer.body));
    else
      wrong += options.type.empty() ? spec::no_such_object(name)
                                    : "Error response from daemon: " + error_message(answer) + "\n";
  }
  auto printing = print_inspected(sys, options.format, objects, wrong);
  co_return co_await printing;
}

Co<int> client_pause(Sys sys, ClientCommand given) {
  auto asking = for_each_name(sys, given, "api.pause", "/pause");
  co_return co_await asking;
}
Co<int> client_unpause(Sys sys, ClientCommand given) {
  auto asking = for_each_name(sys, given, "api.unpause", "/unpause");
  co_return co_await asking;
}

Co<int> client_version(Sys sys, ClientCommand given) {
  auto asking = ask(sys, "api.system", "GET", "/version", "");
  const HttpMessage answer = co_await asking;
  const std::string text = version_shown(sys.world(), answer, given.command);
  auto printing = print(sys, 1, text);
  co_return co_await printing;
}

}  // namespace cutaway::sim

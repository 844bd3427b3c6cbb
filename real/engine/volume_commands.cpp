// docker volume: create, ls, inspect, rm.
#include <algorithm>

#include "base/text.h"
#include "real/engine/create.h"
#include "real/engine/engine.h"
#include "real/engine/inspect.h"
#include "real/engine/volumes.h"
#include "spec/docker_given.h"
#include "spec/docker_inspect.h"
#include "spec/docker_lists.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

const Volume* find(const std::vector<Volume>& all, const std::string& name) {
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Volume& each) { return each.name == name; });
  return found == all.end() ? nullptr : &*found;
}

// Fields in docker's order (api/types/volume).
spec::OrderedJson volume_json(const StateFolder& state, const Volume& volume) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  spec::OrderedJson json;
  json["CreatedAt"] = spec::rfc3339(volume.created_s * kSecond).substr(0, 19) + "Z";
  json["Driver"] = "local";
  json["Labels"] =
      volume.labels.empty() ? spec::OrderedJson(nullptr) : spec::OrderedJson(volume.labels);
  if (volume.anonymous) json["Labels"] = {{"com.docker.volume.anonymous", ""}};
  json["Mountpoint"] = spec::volume_folder(state.volumes(), volume.name);
  json["Name"] = volume.name;
  json["Options"] = nullptr;
  json["Scope"] = "local";
  return json;
}

}  // namespace

int do_volume_create(const Doing& doing) {
  Volume volume;
  volume.anonymous = doing.command.names.empty();
  volume.name = volume.anonymous ? random_id() : doing.command.names.front();
  if (!spec::say::valid_volume_name(volume.name))
    return doing.refuse(spec::say::invalid_volume_name(volume.name));
  for (const std::string& label : spec::flag_values(doing.command, "label")) {
    const std::size_t equal = label.find('=');
    volume.labels[label.substr(0, equal)] =
        equal == std::string::npos ? std::string() : label.substr(equal + 1);
  }
  const Status made = ensure_volume(doing.machine.state, volume);
  if (!made) return doing.refuse(made.error());
  doing.streams.out(volume.name + "\n");
  return 0;
}

int do_volume_ls(const Doing& doing) {
  static const std::vector<spec::ListColumn> kColumns = {{"Driver", "DRIVER", true},
                                                         {"Name", "VOLUME NAME", true},
                                                         {"Mountpoint", "MOUNTPOINT", false},
                                                         {"Scope", "SCOPE", false}};
  std::vector<spec::OrderedJson> rows;
  for (const Volume& volume : volumes(doing.machine.state)) {
    const spec::OrderedJson json = volume_json(doing.machine.state, volume);
    rows.push_back({{"Driver", json["Driver"]},
                    {"Name", json["Name"]},
                    {"Mountpoint", json["Mountpoint"]},
                    {"Scope", json["Scope"]}});
  }
  const spec::ListShown how{spec::flag_text(doing.command, "format"),
                            spec::has_flag(doing.command, "quiet"), "Name"};
  const auto text = spec::list_text(kColumns, rows, how);
  if (!text) return doing.refuse(text.error());
  doing.streams.out(*text);
  return 0;
}

int do_volume_inspect(const Doing& doing) {
  const std::vector<Volume> all = volumes(doing.machine.state);
  std::vector<spec::OrderedJson> objects;
  std::string wrong;
  for (const std::string& name : doing.command.names) {
    const Volume* volume = find(all, name);
    if (volume != nullptr)
      objects.push_back(volume_json(doing.machine.state, *volume));
    else
      wrong += "Error response from daemon: " + spec::say::no_such_volume(name) + "\n";
  }
  return print_inspected(doing, spec::flag_text(doing.command, "format"), objects, wrong);
}

int do_volume_rm(const Doing& doing) {
  int exit = 0;
  for (const std::string& name : doing.command.names) {
    const bool known = find(volumes(doing.machine.state), name) != nullptr;
    if (!known && spec::has_flag(doing.command, "force")) continue;
    const std::vector<std::string> users = volume_users(doing.machine.state, name);
    const Status removed =
        !known           ? Status(fail(ErrorCode::Failed, spec::say::no_such_volume(name)))
        : !users.empty() ? Status(fail(ErrorCode::Failed, spec::say::volume_in_use(name, users)))
                         : remove_volume(doing.machine.state, name);
    if (removed)
      doing.streams.out(name + "\n");
    else
      exit = doing.refuse(removed.error());
  }
  return exit;
}

}  // namespace cutaway::real

// Volumes as objects: list, create, inspect, remove, prune.

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/volumes.h"
#include "spec/docker_inspect.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

// Fields in docker's order (api/types/volume).
spec::OrderedJson volume_json(const std::string& name, const VolumeRecord& record) {
  spec::OrderedJson json;
  json["CreatedAt"] =
      spec::rfc3339(record.created / 1'000'000'000 * 1'000'000'000).substr(0, 19) + "Z";
  json["Driver"] = "local";
  json["Labels"] =
      record.labels.empty() ? spec::OrderedJson(nullptr) : spec::OrderedJson(record.labels);
  if (record.anonymous) json["Labels"] = {{"com.docker.volume.anonymous", ""}};
  json["Mountpoint"] = spec::volume_folder(std::string(kVolumes), name);
  json["Name"] = name;
  json["Options"] = nullptr;
  json["Scope"] = "local";
  return json;
}

const VolumeRecord* find_volume(Sys sys, const std::string& name) {
  const auto& volumes = sys.shared<DaemonState>().volumes;
  const auto found = volumes.find(name);
  return found == volumes.end() ? nullptr : &found->second;
}

std::string target_of(const ApiRequestIn& request) {
  return request.target.substr(0, request.target.find('?'));
}

}  // namespace

Co<int> handle_volumes(Sys sys, ApiRequestIn request) {
  sys.step("api.volume");
  spec::OrderedJson rows = spec::OrderedJson::array();
  for (const auto& [name, record] : sys.shared<DaemonState>().volumes) {
    spec::OrderedJson row = volume_json(name, record);
    row["InUse"] = !volume_users(sys, name).empty();
    rows.push_back(row);
  }
  const std::string body = json_text(rows);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_volume_create(Sys sys, ApiRequestIn request) {
  sys.step("api.volume");
  const auto body = parse_json(request.message.body);
  std::string name = body ? body->value("Name", std::string()) : std::string();
  const bool anonymous = name.empty();
  if (anonymous) name = random_id(sys);
  if (!spec::say::valid_volume_name(name)) {
    auto refusing = answer_error(sys, request, 400, spec::say::invalid_volume_name(name));
    co_return co_await refusing;
  }
  const auto labels = body ? body->value("Labels", std::map<std::string, std::string>())
                           : std::map<std::string, std::string>();
  auto ensuring = ensure_volume(sys, name, anonymous, labels);
  co_await ensuring;
  const std::string text = json_text(volume_json(name, *find_volume(sys, name)));
  auto answering = answer(sys, request, 201, text);
  co_return co_await answering;
}

Co<int> handle_volume_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.volume");
  const VolumeRecord* found = find_volume(sys, request.target);
  const std::string text =
      found == nullptr ? std::string() : json_text(volume_json(request.target, *found));
  auto answering = found == nullptr
                       ? answer_error(sys, request, 404, spec::say::no_such_volume(request.target))
                       : answer(sys, request, 200, text);
  co_return co_await answering;
}

Co<int> handle_volume_remove(Sys sys, ApiRequestIn request) {
  sys.step("volume.remove");
  const std::string name = target_of(request);
  const bool force = http_query(request.message.path, "force") == "1";
  if (find_volume(sys, name) == nullptr) {
    auto refusing = force ? answer(sys, request, 204, "")
                          : answer_error(sys, request, 404, spec::say::no_such_volume(name));
    co_return co_await refusing;
  }
  const std::vector<std::string> users = volume_users(sys, name);
  if (!users.empty()) {
    auto refusing = answer_error(sys, request, 409, spec::say::volume_in_use(name, users));
    co_return co_await refusing;
  }
  auto removing = remove_volume(sys, name);
  co_await removing;
  auto answering = answer(sys, request, 204, "");
  co_return co_await answering;
}

// Of volumes with a name only with all=1 (docker 23 and later).
Co<int> handle_prune_volumes(Sys sys, ApiRequestIn request) {
  sys.step("api.prune");
  const bool all = http_query(request.message.path, "all") == "1";
  std::vector<std::string> unused;
  for (const auto& [name, record] : sys.shared<DaemonState>().volumes) {
    if ((all || record.anonymous) && volume_users(sys, name).empty()) unused.push_back(name);
  }
  Json deleted = Json::array();
  std::int64_t bytes = 0;
  for (const std::string& name : unused) {
    bytes += folder_bytes(sys, spec::volume_folder(std::string(kVolumes), name));
    deleted.push_back(name);
    auto removing = remove_volume(sys, name);
    co_await removing;
  }
  const std::string body = json_text(Json{{"Deleted", deleted}, {"SpaceReclaimed", bytes}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

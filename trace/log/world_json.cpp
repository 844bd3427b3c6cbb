// The World as JSON (`cutaway world --json`) and back. Generic but for tasks, which are found by
// their pid, and containers, which are found by docker's id; what is computed for people is left
// alone by the reader.
#include <optional>
#include <utility>

#include "trace/log/fields_json.h"
#include "trace/log/jsonl.h"
#include "trace/log/world_json.h"
#include "trace/world/outside.h"

namespace cutaway {

namespace {

/// On v1 and hybrid machines: controller → path.
Json cgroup_paths(const World& world, const Task& task) {
  Json paths = Json::object();
  for (const CgroupId id : task.cgroups) {
    const Cgroup* cgroup = world.cgroups.find(id);
    const Hierarchy* hierarchy =
        cgroup == nullptr ? nullptr : world.hierarchies.find(cgroup->hierarchy);
    if (hierarchy == nullptr) continue;
    if (hierarchy->version == 2)
      paths["unified"] = text_json(cgroup->path);
    else
      for (const std::string& controller : hierarchy->controllers)
        paths[key_text(controller)] = text_json(cgroup->path);
  }
  return paths;
}

Json task_json(const World& world, const Task& task) {
  Json json = write_json(task);
  const Task* parent = world.tasks.find(task.parent);
  json["pid"] = task.pid();
  if (is_outside(world, task)) json["outside"] = true;
  json["ppid"] = parent == nullptr ? 0 : parent->pid();
  Json paths = cgroup_paths(world, task);
  const auto main = paths.contains("memory") ? paths.find("memory") : paths.find("unified");
  json["cgroup"] = main == paths.end() ? Json(nullptr) : *main;
  if (world.machine.cgroup != CgroupVersion::V2) json["cgroup_paths"] = std::move(paths);
  return json;
}

Json container_json(const World& world, const Container& container) {
  Json json = write_json(container);
  const Task* init = world.tasks.find(container.init);
  json["pid"] = init == nullptr ? 0 : init->pid();
  for (const char* time : {"started", "finished"}) {
    if (json[time] == -1) json[time] = nullptr;  // never
  }
  return json;
}

Json entry_json(const World& world, const Task& task) { return task_json(world, task); }
Json entry_json(const World& world, const Container& container) {
  return container_json(world, container);
}
template <class T>
Json entry_json(const World&, const T& value) {
  return write_json(value);
}

std::string entry_key(const Task& task) { return decimal(task.pid()); }
std::string entry_key(const Container& container) { return key_text(container.id); }
template <class T>
std::string entry_key(const T& value) {
  return decimal(table_key(value).value);
}
/// "#5" where two have the same key, which no kernel lets happen.
template <class T>
std::string free_key(const Json& object, const T& value) {
  const std::string key = entry_key(value);
  return object.contains(key) ? "#" + decimal(table_key(value).value) : key;
}

struct WorldWriter {
  const World& world;
  Json& object;

  template <class IdType, class T>
  void operator()(const char* name, const Table<IdType, T>& table) {
    Json entries = Json::object();
    table.each(
        [&](const T& value) { entries[free_key(entries, value)] = entry_json(world, value); });
    object[name] = std::move(entries);
  }
  template <class T>
  void operator()(const char* name, const T& field) {
    object[name] = write_json(field);
  }
};

bool has_key(const Container& container, std::string_view key) {
  return container.id == key || container.name == key;
}
template <class T>
bool has_key(const T& value, std::string_view key) {
  return entry_key(value) == key;
}

/// Only the entry that a pointer asks for is turned into JSON: predicates ask after every event.
struct PartWriter {
  const World& world;
  const std::vector<std::string>& path;
  std::size_t used = 0;
  std::optional<Json> found;

  template <class IdType, class T>
  void operator()(const char* name, const Table<IdType, T>& table) {
    if (path[0] != name) return;
    if (path.size() == 1) return whole(name, table);
    const T* value = table.first([this](const T& each) { return has_key(each, path[1]); });
    used = 2;
    if (value != nullptr) found = entry_json(world, *value);
  }
  template <class T>
  void operator()(const char* name, const T& field) {
    if (path[0] == name) whole(name, field);
  }
  template <class T>
  void whole(const char* name, const T& field) {
    Json object = Json::object();
    WorldWriter{world, object}(name, field);
    found = std::move(object[name]);
    used = 1;
  }
};

std::vector<std::string> pointer_tokens(std::string_view pointer) {
  std::vector<std::string> tokens = split(pointer, '/');
  tokens.erase(tokens.begin());
  for (std::string& token : tokens) {
    std::string plain;
    for (std::size_t i = 0; i < token.size(); ++i) {
      const bool escape = token[i] == '~' && i + 1 < token.size();
      plain += escape ? (token[++i] == '1' ? '/' : '~') : token[i];
    }
    token = plain;
  }
  return tokens;
}

/// One step of a pointer within a value that is there.
const Json* below(const Json& json, const std::string& token) {
  if (json.is_object()) {
    const auto found = json.find(token);
    return found == json.end() ? nullptr : &*found;
  }
  std::uint64_t index = 0;
  if (!json.is_array() || !parse_unsigned(token, 10, index) || index >= json.size()) return nullptr;
  return &json[static_cast<std::size_t>(index)];
}

struct WorldReader {
  const Json& object;
  JsonProblem& problem;
  bool ok = true;

  template <class T>
  void operator()(const char* name, T& field) {
    if (!ok) return;
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) return;
    ok = read_json(*found, field, problem) || problem.below(name);
  }
};

}  // namespace

Json world_to_json(const World& world) {
  Json object = Json::object();
  visit_fields(world, WorldWriter{world, object});
  return object;
}

std::optional<Json> world_part(const World& world, std::string_view pointer) {
  if (pointer.empty()) return world_to_json(world);
  if (pointer.front() != '/') return std::nullopt;
  const std::vector<std::string> path = pointer_tokens(pointer);
  PartWriter part{world, path, 0, std::nullopt};
  visit_fields(world, part);
  if (!part.found) return std::nullopt;
  const Json* at = &*part.found;
  for (std::size_t i = part.used; i < path.size() && at != nullptr; ++i) at = below(*at, path[i]);
  return at == nullptr ? std::nullopt : std::optional<Json>(*at);
}

bool read_world(const Json& json, World& world, JsonProblem& problem) {
  if (!json.is_object()) return problem.expected("an object");
  WorldReader reader{json, problem};
  visit_fields(world, reader);
  return reader.ok;
}

Result<World> world_from_json(const Json& json) {
  World world;
  JsonProblem problem;
  if (!read_world(json, world, problem))
    return fail(ErrorCode::Usage, problem.pointer + ": " + problem.message);
  return world;
}

}  // namespace cutaway

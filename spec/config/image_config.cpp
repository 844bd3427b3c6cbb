// ImageConfig as OCI writes it. The bytes are what is hashed, so they depend on nothing but the
// values.

#include "base/json_text.h"
#include "base/json_value.h"
#include "spec/config.h"

namespace cutaway::spec {

namespace {

// A set, as Go's map[string]struct{} is written.
Json set_json(const std::vector<std::string>& names) {
  Json set = Json::object();
  for (const std::string& name : names) set[name] = Json::object();
  return set;
}

template <class T>
void put(Json& object, const char* key, const T& value, Json json) {
  if (!value.empty()) object[key] = std::move(json);
}

/// Reads members that may be missing or null; the first one of a wrong type is remembered.
class Reader {
 public:
  Reader(const Json& object, std::string_view where) : object_(object), where_(where) {}

  void text(const char* key, std::string& value) {
    const Json* member = find(key);
    if (member == nullptr) return;
    if (member->is_string())
      value = member->get<std::string>();
    else
      wrong(key, "a string");
  }
  void list(const char* key, std::vector<std::string>& values) {
    const Json* member = find(key);
    if (member == nullptr) return;
    bool good = member->is_array();
    for (const Json& one : *member) {
      good = good && one.is_string();
      if (good) values.push_back(one.get<std::string>());
    }
    if (!good) wrong(key, "a list of strings");
  }
  void set(const char* key, std::vector<std::string>& names) {
    const Json* member = find(key);
    if (member == nullptr) return;
    if (!member->is_object()) return wrong(key, "an object");
    for (const auto& [name, value] : member->items()) names.push_back(name);
  }
  void map(const char* key, std::map<std::string, std::string>& values) {
    const Json* member = find(key);
    if (member == nullptr) return;
    bool good = member->is_object();
    for (const auto& [name, value] : member->items()) {
      good = good && value.is_string();
      if (good) values[name] = value.get<std::string>();
    }
    if (!good) wrong(key, "an object of strings");
  }
  /// An object below, or an empty one.
  const Json& object(const char* key) {
    static const Json kEmpty = Json::object();
    const Json* member = find(key);
    if (member == nullptr) return kEmpty;
    if (member->is_object()) return *member;
    wrong(key, "an object");
    return kEmpty;
  }
  const std::string& error() const { return error_; }

 private:
  const Json* find(const char* key) const {
    const auto member = object_.find(key);
    return member == object_.end() || member->is_null() ? nullptr : &*member;
  }
  void wrong(const char* key, std::string_view expected) {
    if (error_.empty())
      error_ = "image config: " + std::string(where_) + key + " is not " + std::string(expected);
  }

  const Json& object_;
  std::string_view where_;
  std::string error_;
};

// Entries that made no layer are left out.
void read_history(const Json& document, std::vector<HistoryEntry>& history) {
  const auto found = document.find("history");
  if (found == document.end() || !found->is_array()) return;
  for (const Json& entry : *found) {
    if (entry.is_object() && !entry.value("empty_layer", false))
      history.push_back(
          {entry.value("created_by", std::string()), entry.value("comment", std::string())});
  }
}

}  // namespace

std::string image_config_json(const ImageConfig& image) {
  Json config = Json::object();
  put(config, "Cmd", image.cmd, image.cmd);
  put(config, "Entrypoint", image.entrypoint, image.entrypoint);
  put(config, "Env", image.env, image.env);
  put(config, "ExposedPorts", image.exposed_ports, set_json(image.exposed_ports));
  put(config, "Labels", image.labels, image.labels);
  put(config, "StopSignal", image.stop_signal, image.stop_signal);
  put(config, "User", image.user, image.user);
  put(config, "Volumes", image.volumes, set_json(image.volumes));
  put(config, "WorkingDir", image.working_dir, image.working_dir);
  Json document{{"architecture", image.architecture}, {"config", config}, {"os", image.os}};
  document["rootfs"] = {{"type", "layers"}, {"diff_ids", image.diff_ids}};
  put(document, "created", image.created, image.created);
  Json history = Json::array();
  for (const HistoryEntry& entry : image.history) {
    history.push_back({{"created_by", entry.created_by}});
    if (!entry.comment.empty()) history.back()["comment"] = entry.comment;
  }
  put(document, "author", image.author, image.author);
  put(document, "history", image.history, history);
  return json_text(document);
}

Result<ImageConfig> image_config_from_json(std::string_view text) {
  TRY_ASSIGN(const Json document, parse_json(text));
  if (!document.is_object()) return fail(ErrorCode::Failed, "image config: not an object");
  ImageConfig image;
  Reader top(document, "");
  top.text("architecture", image.architecture);
  top.text("os", image.os);
  top.text("created", image.created);
  top.text("author", image.author);
  read_history(document, image.history);
  Reader config(top.object("config"), "config.");
  config.list("Cmd", image.cmd);
  config.list("Entrypoint", image.entrypoint);
  config.list("Env", image.env);
  config.set("ExposedPorts", image.exposed_ports);
  config.map("Labels", image.labels);
  config.text("StopSignal", image.stop_signal);
  config.text("User", image.user);
  config.set("Volumes", image.volumes);
  config.text("WorkingDir", image.working_dir);
  Reader rootfs(top.object("rootfs"), "rootfs.");
  rootfs.list("diff_ids", image.diff_ids);
  for (const Reader* reader : {&top, &config, &rootfs}) {
    if (!reader->error().empty()) return fail(ErrorCode::Failed, reader->error());
  }
  return image;
}

}  // namespace cutaway::spec

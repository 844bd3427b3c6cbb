// PlanInput as the bundle's config.json.
#include <algorithm>
#include <type_traits>

#include "base/json_value.h"
#include "spec/plan/plan.h"

namespace cutaway::spec {

Json plan_input_to_json(const PlanInput& input) {
  Json binds = Json::array();
  for (const BindMount& item : input.binds) {
    binds.push_back(
        {{"source", item.source}, {"target", item.target}, {"read_only", item.read_only}});
  }
  Json mounts = Json::array();
  for (const UserMount& item : input.mounts) {
    mounts.push_back({{"type", item.type},
                      {"source", item.source},
                      {"target", item.target},
                      {"flags", item.flags},
                      {"data", item.data},
                      {"file", item.file}});
  }
  const Json user = input.plain_user
                        ? Json{{"uid", input.plain_user->uid}, {"gid", input.plain_user->gid}}
                        : Json();
  return Json{{"container_id", input.container_id},
              {"rootfs", input.rootfs},
              {"root_is_mount", input.root_is_mount},
              {"init_mounts", input.init_mounts},
              {"plain_user", user},
              {"argv", input.argv},
              {"env", input.env},
              {"workdir", input.workdir},
              {"uid", input.uid},
              {"gid", input.gid},
              {"groups", input.groups},
              {"hostname", input.hostname},
              {"tty", input.tty},
              {"cgroup_version", input.cgroup_version},
              {"cgroup_mounts", input.cgroup_mounts},
              {"cgroup_path", input.cgroup_path},
              {"memory_bytes", input.memory_bytes},
              {"memory_swap_bytes", input.memory_swap_bytes},
              {"memory_reservation_bytes", input.memory_reservation_bytes},
              {"cpu_quota_us", input.cpu_quota_us},
              {"cpu_period_us", input.cpu_period_us},
              {"cpu_shares", input.cpu_shares},
              {"cpuset_cpus", input.cpuset_cpus},
              {"pids", input.pids},
              {"capabilities", input.capabilities},
              {"no_new_privileges", input.no_new_privileges},
              {"seccomp", input.seccomp},
              {"privileged", input.privileged},
              {"own_network", input.own_network},
              {"network_path", input.network_path},
              {"read_only_root", input.read_only_root},
              {"binds", binds},
              {"mounts", mounts},
              {"shared", input.shared}};
}

namespace {

/// A value of the kind that T is written as.
template <class T>
struct Written {
  static bool as(const Json& value) {
    return std::is_unsigned_v<T> ? value.is_number_unsigned() : value.is_number_integer();
  }
};
template <>
struct Written<bool> {
  static bool as(const Json& value) { return value.is_boolean(); }
};
template <>
struct Written<std::string> {
  static bool as(const Json& value) { return value.is_string(); }
};
template <class Item>
struct Written<std::vector<Item>> {
  static bool as(const Json& value) {
    return value.is_array() && std::all_of(value.begin(), value.end(), Written<Item>::as);
  }
};
template <class Item>
struct Written<std::map<std::string, Item>> {
  static bool as(const Json& value) {
    return value.is_object() && std::all_of(value.begin(), value.end(), Written<Item>::as);
  }
};

template <class T>
bool read(const Json& json, const char* key, T& value) {
  const auto found = json.find(key);
  if (found == json.end() || !Written<T>::as(*found)) return false;
  value = found->template get<T>();
  return true;
}

bool read_binds(const Json& json, std::vector<BindMount>& binds) {
  const auto found = json.find("binds");
  if (found == json.end() || !found->is_array()) return false;
  for (const Json& item : *found) {
    BindMount bind;
    if (!item.is_object() || !read(item, "source", bind.source) ||
        !read(item, "target", bind.target) || !read(item, "read_only", bind.read_only)) {
      return false;
    }
    binds.push_back(bind);
  }
  return true;
}

bool read_mounts(const Json& json, std::vector<UserMount>& mounts) {
  const auto found = json.find("mounts");
  if (found == json.end() || !found->is_array()) return false;
  for (const Json& item : *found) {
    UserMount mount;
    if (!item.is_object() || !read(item, "type", mount.type) ||
        !read(item, "source", mount.source) || !read(item, "target", mount.target) ||
        !read(item, "flags", mount.flags) || !read(item, "data", mount.data) ||
        !read(item, "file", mount.file)) {
      return false;
    }
    mounts.push_back(mount);
  }
  return true;
}

bool read_plain_user(const Json& json, std::optional<PlainUser>& user) {
  const auto found = json.find("plain_user");
  if (found == json.end()) return false;
  if (found->is_null()) return true;
  PlainUser read_user;
  if (!found->is_object() || !read(*found, "uid", read_user.uid) ||
      !read(*found, "gid", read_user.gid))
    return false;
  user = read_user;
  return true;
}

bool read_limits(const Json& json, PlanInput& input) {
  return read(json, "memory_bytes", input.memory_bytes) &&
         read(json, "memory_swap_bytes", input.memory_swap_bytes) &&
         read(json, "memory_reservation_bytes", input.memory_reservation_bytes) &&
         read(json, "cpu_quota_us", input.cpu_quota_us) &&
         read(json, "cpu_period_us", input.cpu_period_us) &&
         read(json, "cpu_shares", input.cpu_shares) &&
         read(json, "cpuset_cpus", input.cpuset_cpus) && read(json, "pids", input.pids);
}

}  // namespace

Result<PlanInput> plan_input_from_json(const Json& json) {
  PlanInput input;
  const bool whole =
      json.is_object() && read(json, "container_id", input.container_id) &&
      read(json, "rootfs", input.rootfs) && read(json, "root_is_mount", input.root_is_mount) &&
      read(json, "init_mounts", input.init_mounts) && read_plain_user(json, input.plain_user) &&
      read(json, "argv", input.argv) && read(json, "env", input.env) &&
      read(json, "workdir", input.workdir) && read(json, "uid", input.uid) &&
      read(json, "gid", input.gid) && read(json, "groups", input.groups) &&
      read(json, "hostname", input.hostname) && read(json, "tty", input.tty) &&
      read(json, "cgroup_version", input.cgroup_version) &&
      read(json, "cgroup_mounts", input.cgroup_mounts) &&
      read(json, "cgroup_path", input.cgroup_path) && read_limits(json, input) &&
      read(json, "capabilities", input.capabilities) &&
      read(json, "no_new_privileges", input.no_new_privileges) &&
      read(json, "seccomp", input.seccomp) && read(json, "privileged", input.privileged) &&
      read(json, "own_network", input.own_network) &&
      read(json, "network_path", input.network_path) &&
      read(json, "read_only_root", input.read_only_root) && read_binds(json, input.binds) &&
      read_mounts(json, input.mounts) && read(json, "shared", input.shared);
  if (!whole)
    return fail(ErrorCode::Failed, "config.json: a field is missing or of the wrong type");
  return input;
}

}  // namespace cutaway::spec

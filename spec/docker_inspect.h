// Front door: what `docker inspect` prints: the record of a container or image as JSON in docker's
// order of fields, and Go templates over it (--format), as far as people use them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_value.h"
#include "base/result.h"
#include "spec/config.h"
#include "trace/event/header.h"

// Made once, in ordered_json.cpp, as base/json_value.h has it.
extern template class nlohmann::basic_json<nlohmann::ordered_map>;
extern template class nlohmann::detail::serializer<nlohmann::ordered_json>;

namespace cutaway::spec {

/// Keys stay in the order in which they were put in, as Go prints the fields of a struct.
using OrderedJson = nlohmann::ordered_json;
/// Reads what a machine wrote; `discarded` when it is no JSON.
OrderedJson parse_ordered(std::string_view text);

/// What the daemon knows of a container besides its config.
// NOLINTNEXTLINE(bugprone-exception-escape): moving a Json does not throw
struct ContainerFacts {
  std::string state;  ///< created running paused restarting exited dead
  std::string image_id;
  std::string created, started, finished;  ///< RFC 3339; empty: never
  std::string error;
  std::int64_t pid = 0, exit_code = 0, restart_count = 0;
  bool oom_killed = false;
  std::string root;                ///< docker's folder: "/var/lib/docker"
  std::vector<std::string> lower;  ///< folders of the image's layers, topmost first
  std::vector<std::string> exec_ids;
  OrderedJson network_settings;  ///< docker_networks.h; null: of a side without networks
};
OrderedJson inspect_container(const ContainerConfig& config, const ContainerFacts& facts);

struct ImageFacts {
  std::string id, digest;          ///< "sha256:…" of config and manifest
  std::vector<std::string> names;  ///< familiar, with their tags
  std::int64_t size_bytes = 0;
};
OrderedJson inspect_image(const ImageConfig& config, const ImageFacts& facts);

/// "2025-01-31T12:00:00.000000001Z" of ns since 1970; docker's zero time for a negative one.
std::string rfc3339(std::int64_t ns);

/// A Go template (text/template) over JSON: {{.A.B}}, {{json .A}}, {{index .A "k" 0}}, {{len .A}},
/// {{join .A ","}}, {{upper .A}}, {{lower .A}}, {{println .A}}, {{if …}} {{else}} {{end}},
/// {{range …}} {{end}}, pipes. The Error's message is docker's ("template parsing error: …").
/// Its code: Usage for one that cannot be read, Failed for one that does not fit the object.
Result<std::string> apply_template(std::string_view format, const OrderedJson& object);
/// docker's message when a --format cannot be read; it looks before it asks, and ends with 64.
std::optional<std::string> unreadable_template(std::string_view format);

/// `docker version` and `docker info`: the daemon's answers (GET /version, GET /info) as docker
/// prints them.
/// A system and an architecture as Go, and so docker, names them: "darwin", "amd64".
std::string go_os(HostOs os);
std::string go_arch(std::string_view uname_machine);

/// `client`: what its client is built for ("darwin/arm64").
std::string version_text(const OrderedJson& server, const std::string& client);
std::string info_text(const OrderedJson& info);

/// `inspect` of several: with a format a line each, else one JSON array.
Result<std::string> inspect_text(std::string_view format, const std::vector<OrderedJson>& objects);

}  // namespace cutaway::spec

// The compound values of `run` and `create`: volumes, mounts, ports, restart policies. As the
// client takes them apart; each returns docker's complaint, or empty.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/docker_line.h"

namespace cutaway::spec {

/// One -v. A source that begins with "." or "~/" is made absolute with `cwd`.
std::string parse_volume(std::string_view text, std::string_view cwd, VolumeBind& volume);
/// One --mount.
std::string parse_mount(std::string_view text, MountRequest& mount);
/// One -p; a range gives several.
std::string parse_publish(std::string_view text, std::vector<PortRequest>& ports);
/// One --expose.
std::string parse_expose(std::string_view text, std::vector<PortRequest>& ports);
std::string parse_restart(std::string_view text, RestartPolicy& policy);
/// "net_admin" → "CAP_NET_ADMIN", sorted, each once.
std::vector<std::string> normalize_capabilities(const std::vector<std::string>& names);
/// A=1, B=2, A=3 → A=3, B=2; a bare name takes the client's value, if it has one.
std::vector<std::string> resolve_env(const std::vector<std::string>& given,
                                     const ClientContext& context);
/// The network's name of "mynet" or "name=mynet,alias=db"; aliases are added to `aliases`.
std::string network_name(std::string_view text, std::vector<std::string>& aliases);

}  // namespace cutaway::spec

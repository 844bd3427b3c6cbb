// What there is: ps and images, with their filters.
#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/images.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/live.h"
#include "spec/docker_lists.h"
#include "spec/docker_messages.h"
#include "spec/docker_tables.h"
#include "spec/reference.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {

namespace {

/// A container beside what its record says when it is read.
struct ListedContainer {
  const Container* container = nullptr;
  spec::ContainerConfig config;
  std::string state;
};

bool mount_fits(const spec::ContainerConfig& config, const std::string& wanted) {
  return std::any_of(config.mounts.begin(), config.mounts.end(),
                     [&](const spec::ConfigMount& mount) {
                       return mount.source == wanted || mount.target == wanted;
                     });
}

// By name or id, or an image that the container's image stands on (all its layers are below).
bool ancestor_fits(Sys sys, const Container& container, const std::string& wanted) {
  const auto* found = find_image(sys, wanted);
  if (found == nullptr) return false;
  const Image& image = found->second;
  if (image.id == container.image_id) return true;
  return image.layers.size() <= container.layers.size() &&
         std::equal(image.layers.begin(), image.layers.end(), container.layers.begin());
}

// One row for each filter that `ps` knows.
using Fits = bool (*)(Sys sys, const ListedContainer& listed, const std::string& value);
struct ContainerFilterRow {
  const char* name;
  Fits fits;
};
constexpr ContainerFilterRow kContainerFilters[] = {
    {"id", [](Sys, const ListedContainer& l,
              const std::string& v) { return starts_with(l.container->id, v); }},
    {"name", [](Sys, const ListedContainer& l,
                const std::string& v) { return spec::name_fits(l.container->name, v); }},
    {"status", [](Sys, const ListedContainer& l, const std::string& v) { return l.state == v; }},
    {"exited",
     [](Sys, const ListedContainer& l, const std::string& v) {
       return l.state == "exited" && decimal(l.container->exit_code) == v;
     }},
    {"ancestor", [](Sys sys, const ListedContainer& l,
                    const std::string& v) { return ancestor_fits(sys, *l.container, v); }},
    {"volume",
     [](Sys, const ListedContainer& l, const std::string& v) { return mount_fits(l.config, v); }},
    {"network",
     [](Sys, const ListedContainer& l, const std::string& v) { return l.config.network == v; }},
    {"before",
     [](Sys sys, const ListedContainer& l, const std::string& v) {
       const Container* other = find_container(sys, v);
       return other != nullptr && l.container->number < other->number;
     }},
    {"since",
     [](Sys sys, const ListedContainer& l, const std::string& v) {
       const Container* other = find_container(sys, v);
       return other != nullptr && other->number < l.container->number;
     }},
};

std::string wrong_filter(const spec::Filters& filters) {
  std::vector<std::string> known = {"label"};
  for (const ContainerFilterRow& row : kContainerFilters) known.emplace_back(row.name);
  const std::string unknown = filters.unknown(known);
  if (!unknown.empty()) return "invalid filter '" + unknown + "'";
  return spec::wrong_status(filters.of("status"));
}

bool container_fits(Sys sys, const ListedContainer& listed, const spec::Filters& filters) {
  const bool labelled = filters.all(
      "label", [&](const std::string& v) { return spec::label_fits(listed.config.labels, v); });
  return labelled && std::all_of(std::begin(kContainerFilters), std::end(kContainerFilters),
                                 [&](const ContainerFilterRow& row) {
                                   return filters.any(row.name, [&](const std::string& v) {
                                     return row.fits(sys, listed, v);
                                   });
                                 });
}

Json mounts_json(const spec::ContainerConfig& config) {
  Json mounts = Json::array();
  for (const spec::ConfigMount& mount : config.mounts) {
    if (mount.type != "tmpfs") mounts.push_back(mount.source);
  }
  return mounts;
}

Json ports_json(const Container& container) {
  Json ports = Json::array();
  for (const ContainerPort& port : container.ports)
    ports.push_back({{"PrivatePort", port.port},
                     {"PublicPort", port.host_port},
                     {"IP", port.host_address},
                     {"Type", port.protocol}});
  return ports;
}

Json container_json(Sys sys, const ListedContainer& listed, bool size) {
  const Container& container = *listed.container;
  const bool shows =
      container.state == ContainerState::Running || container.state == ContainerState::Paused;
  Json json = {{"Ports", shows ? ports_json(container) : Json::array()},
               {"Id", container.id},
               {"Name", container.name},
               {"Image", container.image},
               {"Command", container.argv},
               {"State", listed.state},
               {"ExitCode", container.exit_code},
               {"Created", container.created},
               {"Started", container.started},
               {"Finished", container.finished},
               {"Labels", listed.config.labels},
               {"Mounts", mounts_json(listed.config)},
               {"Network", listed.config.network}};
  if (!size) return json;
  std::int64_t image = 0;
  for (const std::string& digest : container.layers) {
    const auto layer = sys.world().layers->find(digest);
    if (layer != sys.world().layers->end()) image += layer->second.size;
  }
  const std::int64_t own = folder_bytes(sys, container.upper);
  json["SizeRw"] = own;
  json["SizeRootFs"] = own + image;
  return json;
}

ListedContainer listed_of(Sys sys, const Container& container) {
  ListedContainer listed{&container, {}, state_of(sys, container)};
  if (const auto config = stored_config(sys, container)) listed.config = *config;
  return listed;
}

}  // namespace

std::string state_of(Sys sys, const Container& container) {
  static constexpr const char* kNames[] = {"created", "running", "paused", "exited", "dead"};
  const LiveContainer* live = sys.shared<DaemonState>().live.find(container.number);
  if (live != nullptr && live->restarting) return "restarting";
  return kNames[static_cast<std::size_t>(container.state)];
}

Co<int> handle_list(Sys sys, ApiRequestIn request) {
  sys.step("api.list");
  const std::string& path = request.message.path;
  const spec::Filters filters(split_filters(http_query(path, "filters")));
  const std::string wrong = wrong_filter(filters);
  if (!wrong.empty()) {
    auto refusing = answer_error(sys, request, 400, wrong);
    co_return co_await refusing;
  }
  std::int64_t limit = -1;
  parse_decimal(http_query(path, "limit"), limit);
  const bool all =
      http_query(path, "all") == "1" || limit > 0 || filters.has("status") || filters.has("exited");
  const bool size = http_query(path, "size") == "1";
  Json rows = Json::array();
  sys.world().containers.each([&](const Container& container) {
    const ListedContainer listed = listed_of(sys, container);
    const bool up =
        listed.state == "running" || listed.state == "paused" || listed.state == "restarting";
    if ((all || up) && container_fits(sys, listed, filters))
      rows.push_back(container_json(sys, listed, size));
  });
  while (limit > 0 && std::ssize(rows) > limit) rows.erase(0);
  const std::string body = json_text(Json{{"Now", sys.now()}, {"Containers", rows}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

std::vector<std::string> split_filters(const std::string& text) {
  return text.empty() ? std::vector<std::string>() : split(text, '\n');
}

namespace {

constexpr const char* kImageFilters[] = {"dangling", "reference", "label"};

bool image_fits(const std::string& ref, const Image& image, const spec::Filters& filters) {
  const auto config = spec::image_config_from_json(image.config);
  const auto labels = config ? config->labels : std::map<std::string, std::string>();
  return filters.any("dangling", [&](const std::string& value) {
    return (value == "true" || value == "1") == is_nameless(ref);
  }) && filters.any("reference", [&](const std::string& value) {
    return !is_nameless(ref) && spec::reference_fits(ref, value);
  }) && filters.all("label", [&](const std::string& value) {
    return spec::label_fits(labels, value);
  });
}

}  // namespace

Co<int> handle_images(Sys sys, ApiRequestIn request) {
  sys.step("api.images");
  const spec::Filters filters(split_filters(http_query(request.message.path, "filters")));
  const std::string unknown = filters.unknown({std::begin(kImageFilters), std::end(kImageFilters)});
  if (!unknown.empty()) {
    auto refusing = answer_error(sys, request, 400, "invalid filter '" + unknown + "'");
    co_return co_await refusing;
  }
  Json rows = Json::array();
  for (const auto& [ref, image] : *sys.world().images) {
    if (!image_fits(ref, image, filters)) continue;
    rows.push_back({{"Ref", is_nameless(ref) ? std::string() : ref},
                    {"Id", image.id},
                    {"Digest", image.digest},
                    {"Size", image.size}});
  }
  const std::string body = json_text(rows);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

// The API's networks: create, list, look, remove, connect and disconnect.
#include <algorithm>

#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/network.h"
#include "spec/docker_messages.h"
#include "spec/docker_networks.h"
#include "trace/world/lookup.h"
#include "trace/world/net_path.h"

namespace cutaway::sim {

namespace {

std::vector<spec::NetworkMember> network_members(const World& world, const Network& network,
                                                 bool everybody) {
  std::vector<spec::NetworkMember> members;
  world.containers.each([&](const Container& container) {
    for (const Endpoint& endpoint : container.endpoints) {
      if (endpoint.network != network.name || (endpoint.id.empty() && !everybody)) continue;
      const std::string address = endpoint.address.empty()
                                      ? std::string()
                                      : endpoint.address + "/" + decimal(endpoint.prefix);
      members.push_back({container.id, container.name, endpoint.id, endpoint.mac, address});
    }
  });
  return members;
}

spec::NetworkFacts network_facts(const World& world, const Network& network) {
  spec::NetworkFacts facts;
  facts.name = network.name;
  facts.id = network.id;
  facts.created = spec::rfc3339(network.created);
  facts.driver = network.driver;
  facts.subnet = network.subnet;
  facts.gateway = network.gateway;
  facts.internal = network.internal;
  facts.labels = network.labels;
  facts.members = network_members(world, network, false);
  return facts;
}

bool overlap(const Subnet& a, const Subnet& b) { return a.holds(b.base) || b.holds(a.base); }

bool is_free(const World& world, const Subnet& wanted) {
  for (const auto& entry : world.engine->networks) {
    Subnet other;
    if (parse_subnet(entry.second.subnet, other) && overlap(wanted, other)) return false;
  }
  return true;
}

// docker's default address pools begin with 172.17.0.0/16 to 172.31.0.0/16.
std::string free_subnet(const World& world) {
  constexpr std::uint32_t first = 17, last = 31;
  for (std::uint32_t second = first; second <= last; ++second) {
    const std::string text = "172." + decimal(second) + ".0.0/16";
    Subnet subnet;
    if (parse_subnet(text, subnet) && is_free(world, subnet)) return text;
  }
  return {};
}

// The daemon's no about a wished network, or empty; fills in what was not said.
std::string complete(const World& world, Network& network) {
  if (find_network(world, network.name) != nullptr) return spec::say::network_exists(network.name);
  if (network.subnet.empty()) network.subnet = free_subnet(world);
  Subnet subnet;
  if (!parse_subnet(network.subnet, subnet) || subnet.bits > 30)
    return spec::say::invalid_subnet(network.subnet);
  if (!is_free(world, subnet)) return spec::say::pool_overlaps();
  if (network.gateway.empty()) network.gateway = address_text((subnet.base & subnet.mask()) + 1);
  return {};
}

Network wished(Sys sys, const std::string& body) {
  const Json json = parse_json(body).value_or(Json::object());
  Network network;
  network.name = json.value("Name", std::string());
  network.driver = "bridge";
  network.subnet = json.value("Subnet", std::string());
  network.gateway = json.value("Gateway", std::string());
  network.internal = json.value("Internal", false);
  network.created = sys.now();
  network.id = random_id(sys);
  network.bridge = "br-" + network.id.substr(0, 12);
  network.labels = json.value("Labels", std::map<std::string, std::string>());
  return network;
}

// Why it cannot be removed; empty: it can.
std::string why_network_kept(const World& world, const Network& network) {
  if (is_predefined(network)) return spec::say::network_predefined(network.name);
  const auto members = network_members(world, network, false);
  return members.empty() ? std::string() : spec::say::network_in_use(network.name, members);
}

Co<int> remove_network(Sys sys, Network network) {
  sys.step("net.remove");
  auto removing = remove_bridge(sys, network);
  co_await removing;
  sys.emit(NetworkRemoved{network.name});
  const DaemonEvent event{
      0, "network", "destroy", network.id, {{"name", network.name}, {"type", network.driver}}};
  auto telling = tell_event(sys, event);
  co_return co_await telling;
}

struct Joining {
  int status = 200;
  std::string wrong;
  ContainerId container;
  Network network;
  Endpoint endpoint;
};

// Both ends of a connect or disconnect.
Joining both_ends(Sys sys, const ApiRequestIn& request) {
  Joining joining;
  const Json json = parse_json(request.message.body).value_or(Json::object());
  const Network* network = find_network(sys.world(), request.target);
  const std::string name = json.value("Container", std::string());
  const Container* container = find_container(sys, name);
  if (network == nullptr) return {404, spec::say::no_such_network(request.target), {}, {}, {}};
  if (container == nullptr) return {404, spec::say::no_such_container(name), {}, {}, {}};
  joining.container = container->number;
  joining.network = *network;
  joining.endpoint.network = network->name;
  joining.endpoint.aliases = json.value("Aliases", std::vector<std::string>());
  joining.endpoint.asked_address = json.value("Address", std::string());
  return joining;
}

const Endpoint* endpoint_on(const Container& container, const std::string& network) {
  for (const Endpoint& endpoint : container.endpoints) {
    if (endpoint.network == network) return &endpoint;
  }
  return nullptr;
}

Co<int> answer_joining(Sys sys, ApiRequestIn request, Joining joining) {
  auto answering = joining.wrong.empty()
                       ? answer(sys, request, 200, "")
                       : answer_error(sys, request, joining.status, joining.wrong);
  co_return co_await answering;
}

Co<std::string> join_network(Sys sys, Joining joining) {
  const Container container = sys.world().containers.at(joining.container);
  if (!has_bridge(joining.network)) co_return spec::say::cannot_join_host();
  if (endpoint_on(container, joining.network.name) != nullptr)
    co_return spec::say::already_on_network(container.name, joining.network.name);
  const Task* init = sys.world().tasks.find(container.init);
  if (!runs(container) || init == nullptr) {
    sys.emit(NetworkConnected{joining.endpoint});
    co_return std::string();
  }
  const Endpoint ours = placed(sys, joining.network, joining.endpoint);
  const std::int64_t pid = init->pid();
  sys.emit(NetworkConnected{ours});
  sys.step("net.connect");
  auto plugging = plug_in(sys, joining.container, ours, pid, container.endpoints.empty());
  const std::string wrong = co_await plugging;
  auto telling = tell_network(sys, "connect", ours.network, joining.container);
  co_await telling;
  co_return wrong;
}

}  // namespace

Co<int> handle_network_create(Sys sys, ApiRequestIn request) {
  sys.step("net.create");
  Network network = wished(sys, request.message.body);
  const std::string wrong = complete(sys.world(), network);
  if (!wrong.empty()) {
    const bool exists = find_network(sys.world(), network.name) != nullptr;
    auto refusing = answer_error(sys, request, exists ? 409 : 403, wrong);
    co_return co_await refusing;
  }
  auto making = make_bridge(sys, network);
  co_await making;
  sys.emit(NetworkCreated{network});
  const DaemonEvent event{
      0, "network", "create", network.id, {{"name", network.name}, {"type", network.driver}}};
  auto telling = tell_event(sys, event);
  co_await telling;
  const std::string body = json_text(Json{{"Id", network.id}, {"Warning", ""}});
  auto answering = answer(sys, request, 201, body);
  co_return co_await answering;
}

Co<int> handle_network_list(Sys sys, ApiRequestIn request) {
  sys.step("api.network");
  spec::OrderedJson rows = spec::OrderedJson::array();
  for (const auto& entry : sys.world().engine->networks)
    rows.push_back(spec::inspect_network(network_facts(sys.world(), entry.second)));
  const std::string body = json_text(rows);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_network_inspect(Sys sys, ApiRequestIn request) {
  sys.step("api.network");
  const Network* network = find_network(sys.world(), request.target);
  if (network == nullptr) {
    auto refusing = answer_error(sys, request, 404, spec::say::no_such_network(request.target));
    co_return co_await refusing;
  }
  const std::string body = json_text(spec::inspect_network(network_facts(sys.world(), *network)));
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_network_remove(Sys sys, ApiRequestIn request) {
  sys.step("net.remove");
  const Network* found = find_network(sys.world(), request.target);
  const std::string no = found == nullptr ? spec::say::no_such_network(request.target)
                                          : why_network_kept(sys.world(), *found);
  if (!no.empty()) {
    auto refusing = answer_error(sys, request, found == nullptr ? 404 : 403, no);
    co_return co_await refusing;
  }
  auto removing = remove_network(sys, Network(*found));
  co_await removing;
  auto answering = answer(sys, request, 204, "");
  co_return co_await answering;
}

// Networks of one's own on which no container is, running or not.
Co<int> handle_network_prune(Sys sys, ApiRequestIn request) {
  sys.step("api.prune");
  std::vector<Network> idle;
  for (const auto& entry : sys.world().engine->networks) {
    const Network& network = entry.second;
    if (!is_predefined(network) && network_members(sys.world(), network, true).empty())
      idle.push_back(network);
  }
  Json deleted = Json::array();
  for (const Network& network : idle) {
    deleted.push_back(network.name);
    auto removing = remove_network(sys, network);
    co_await removing;
  }
  const std::string body = json_text(Json{{"Deleted", deleted}, {"SpaceReclaimed", 0}});
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_network_connect(Sys sys, ApiRequestIn request) {
  sys.step("api.network");
  Joining joining = both_ends(sys, request);
  if (joining.wrong.empty()) {
    sys.about(joining.container);
    auto connecting = join_network(sys, joining);
    joining.wrong = co_await connecting;
    joining.status = 403;
  }
  auto answering = answer_joining(sys, request, joining);
  co_return co_await answering;
}

Co<int> handle_network_disconnect(Sys sys, ApiRequestIn request) {
  sys.step("api.network");
  Joining joining = both_ends(sys, request);
  const Container* container = sys.world().containers.find(joining.container);
  const Endpoint* endpoint =
      container == nullptr ? nullptr : endpoint_on(*container, joining.network.name);
  if (container != nullptr && endpoint == nullptr) {
    joining.wrong = spec::say::not_on_network(container->id, joining.network.name);
    joining.status = 403;
  }
  if (endpoint != nullptr) {
    sys.about(joining.container);
    sys.step("net.release");
    auto unplugging = unplug(sys, joining.container, Endpoint(*endpoint), false);
    co_await unplugging;
  }
  auto answering = answer_joining(sys, request, joining);
  co_return co_await answering;
}

}  // namespace cutaway::sim

// The engine's records: images, layers, containers, requests, the hub's shelf.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "base/fields.h"
#include "base/shared_list.h"
#include "trace/ids.h"
#include "trace/world/filesystem.h"

namespace cutaway {

/// An image in the cache, under one of its names ("busybox:latest").
struct Image {
  std::string id;                   ///< "sha256:…" of its config
  std::string digest;               ///< "sha256:…" of its manifest
  std::vector<std::string> layers;  ///< digests, lowest first
  std::string config;               ///< the OCI config as JSON text
  std::int64_t size = 0;            ///< bytes of all layers' files
  FIELDS(id, digest, layers, config, size)
};

/// A layer in the store; shared by all images that have it.
struct Layer {
  std::string digest;
  std::int64_t bytes = 0, of = 0;  ///< fetched so far, of
  bool verified = false;
  std::string path;       ///< where its files lie on the host; empty before unpacking
  std::int64_t size = 0;  ///< bytes of its files
  FIELDS(digest, bytes, of, verified, path, size)
};

/// A container's place on a network. Without an address while the container does not run.
struct Endpoint {
  std::string network;                ///< its name
  std::string id;                     ///< 64 hex digits
  std::string address, gateway, mac;  ///< "172.17.0.2", "172.17.0.1"
  std::int32_t prefix = 0;            ///< 16 of 172.17.0.2/16
  std::string asked_address;          ///< --ip
  std::vector<std::string> aliases;   ///< other names that resolve to it on this network
  std::string host_link;              ///< the veth's end on the host
  FIELDS(network, id, address, gateway, mac, prefix, asked_address, aliases, host_link)
};
/// A port of a container: exposed, and with `host_port` published while it runs.
struct ContainerPort {
  std::int64_t port = 0;
  std::string protocol;  ///< "tcp", "udp"
  std::string host_address;
  std::int64_t host_port = 0;
  FIELDS(port, protocol, host_address, host_port)
};
/// One of docker's networks.
struct Network {
  std::string id, name;
  std::string driver;           ///< "bridge", "host", "null"
  std::string subnet, gateway;  ///< "172.18.0.0/16", "172.18.0.1"
  std::string bridge;           ///< the interface on the host
  bool internal = false;
  std::int64_t created = 0;
  std::map<std::string, std::string> labels;
  FIELDS(id, name, driver, subnet, gateway, bridge, internal, created, labels)
};

enum class ContainerState : std::uint8_t { Created, Running, Paused, Exited, Dead };

/// A container's record. It exists before and after any of its processes.
struct Container {
  ContainerId number;  ///< our identity; `id` is docker's
  std::string id;      ///< 64 hex digits
  std::string name;
  std::string image, image_id;
  ContainerState state = ContainerState::Created;
  std::int32_t exit_code = 0;
  bool oom_killed = false;
  std::string error;
  std::int64_t created = 0;                  ///< ns of the trace's clock
  std::int64_t started = -1, finished = -1;  ///< −1: never
  TaskId init;
  std::vector<CgroupId> cgroups;
  std::string config;  ///< the resolved container config as JSON text
  std::string hostname;
  std::vector<std::string> argv;
  std::vector<std::string> layers;  ///< digests, lowest first
  std::string upper;                ///< the writable layer's folder on the host
  bool tty = false, auto_remove = false;
  std::int32_t slot = 0;  ///< colour, pattern and letter: the lowest free at creation
  std::vector<Segment> log_stdout, log_stderr;
  std::vector<Endpoint> endpoints;
  std::vector<ContainerPort> ports;
  FIELDS(number, id, name, image, image_id, state, exit_code, oom_killed, error, created, started,
         finished, init, cgroups, config, hostname, argv, layers, upper, tty, auto_remove, slot,
         log_stdout, log_stderr, endpoints, ports)
};

/// A request to the daemon; `status` 0 while it is not answered.
struct ApiCall {
  RequestId id;
  std::string method, path;
  std::int32_t status = 0;
  FIELDS(id, method, path, status)
};

struct CommandRecord {
  std::string line;
  bool done = false;
  std::int32_t exit = 0;
  TaskId client;  ///< who runs it; may be none
  FIELDS(line, done, exit, client)
};

/// The rest of the engine's state, small.
struct EngineState {
  SharedList<CommandRecord> commands;
  std::vector<ApiCall> requests;       ///< of the command that runs; cleared when one is typed
  std::vector<std::string> hub_shelf;  ///< names of what the hub offers, sorted
  std::int32_t hub_asked = 0;          ///< how often the hub was asked
  std::string last_lookup;             ///< ref last looked up in the cache
  bool last_hit = false;
  std::map<std::string, Network> networks;  ///< by name
  FIELDS(commands, requests, hub_shelf, hub_asked, last_lookup, last_hit, networks)
};

}  // namespace cutaway

// What the engine (docker's client, daemon, image store, hub) does, and what the trace says of
// itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/fields.h"
#include "trace/ids.h"
#include "trace/world/engine.h"

namespace cutaway {

struct CliTyped {
  std::string line;
  std::vector<std::string> argv;
  FIELDS(line, argv)
};
struct CliDone {
  std::int32_t exit = 0;
  FIELDS(exit)
};
/// What docker's client printed to its terminal. Told where the client's own calls are not in the
/// trace: on the real side, where one program is client and daemon.
struct CliPrinted {
  std::string channel;  ///< "stdout" or "stderr"
  BlobId data;
  std::int64_t bytes = 0;
  FIELDS(channel, data, bytes)
};
struct ApiRequested {
  RequestId id;
  std::string method, path;
  FIELDS(id, method, path)
};
struct ApiAnswered {
  RequestId id;
  std::int32_t status = 0;
  FIELDS(id, status)
};

/// Where a look-up looked: "cache" (local images) or "hub".
struct ImageLookedUp {
  std::string ref;
  std::string where;
  bool hit = false;
  FIELDS(ref, where, hit)
};
struct ImageResolved {
  std::string ref, digest;
  FIELDS(ref, digest)
};
/// The image stands in the cache under this name.
struct ImageTagged {
  std::string ref;
  Image image;
  FIELDS(ref, image)
};
struct ImageRemoved {
  std::string ref;
  FIELDS(ref)
};
struct LayerFetched {
  std::string digest;
  std::int64_t bytes = 0, of = 0;
  FIELDS(digest, bytes, of)
};
struct LayerVerified {
  std::string digest;
  bool ok = false;
  FIELDS(digest, ok)
};
struct LayerUnpacked {
  std::string digest, path;  ///< the folder on the host that holds its files now
  std::int64_t size = 0;     ///< bytes of its files
  FIELDS(digest, path, size)
};
struct LayerMounted {
  std::string digest, container;
  FIELDS(digest, container)
};

struct ContainerCreated {
  Container container;  ///< the record; nothing runs
  FIELDS(container)
};
struct ContainerStarted {
  TaskId init;
  std::vector<CgroupId> cgroups;
  FIELDS(init, cgroups)
};
struct ContainerRenamed {
  std::string name;
  FIELDS(name)
};
struct ContainerPaused {
  NO_FIELDS
};
struct ContainerUnpaused {
  NO_FIELDS
};
struct ContainerExited {
  std::int32_t code = 0;
  std::int32_t signal = 0;
  bool oom = false;
  std::string error;  ///< why a start failed; the container then is still Created
  FIELDS(code, signal, oom, error)
};
struct ContainerOom {
  NO_FIELDS
};
struct ContainerRemoved {
  std::string reason;
  FIELDS(reason)
};
/// A line of output reached the container's log.
struct ContainerLogged {
  std::string channel;  ///< "stdout" or "stderr"
  BlobId data;
  std::int64_t bytes = 0;
  FIELDS(channel, data, bytes)
};

struct NetworkCreated {
  Network network;
  FIELDS(network)
};
struct NetworkRemoved {
  std::string name;
  FIELDS(name)
};
/// The stamp's container is on this network now, as the endpoint says.
struct NetworkConnected {
  Endpoint endpoint;
  FIELDS(endpoint)
};
/// It has no address there any more; with `stays` it will get one when it starts again.
struct NetworkDisconnected {
  std::string network;
  bool stays = false;
  FIELDS(network, stays)
};
/// The ports of the stamp's container as they are now.
struct ContainerPortsSet {
  std::vector<ContainerPort> ports;
  FIELDS(ports)
};

struct Loss {
  std::int64_t count = 0, from = 0, to = 0;
  std::string why;
  FIELDS(count, from, to, why)
};
struct Note {
  std::string text, note_class;
  FIELDS(text, note_class)
};

}  // namespace cutaway

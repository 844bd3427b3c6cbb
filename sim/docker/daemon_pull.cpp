// Pulling: the daemon (not the client) asks the hub for manifest, config and layers, checks each
// digest, unpacks layers it has not got, and gives the image its name.
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/registry/hub.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

struct Fetched {
  int status = 0;    ///< 0: no connection
  std::string body;  ///< without the zeros that stand for a program's code
  std::int64_t size = 0;
};

// One answer of the hub, read in pieces; `layer` names the layer whose progress is told, or is
// empty.
Co<Fetched> read_answer(Sys sys, std::int64_t fd, std::string layer, std::int64_t layer_size) {
  Fetched fetched;
  std::string text;
  std::int64_t arrived = 0;
  std::int64_t head = 0;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, 262144);
    if (n <= 0) break;
    arrived += n;
    text += sys.reply().data;
    if (head == 0 && text.find("\r\n\r\n") != std::string::npos) {
      const HttpMessage message = http_parse(text);
      fetched.status = message.status;
      head = static_cast<std::int64_t>(text.find("\r\n\r\n")) + 4;
      std::int64_t length = 0;
      const std::size_t at = text.find("Content-Length: ") + 16;
      parse_decimal(text.substr(at, text.find("\r\n", at) - at), length);
      fetched.size = length;
    }
    if (head == 0) continue;
    if (!layer.empty() && fetched.status == 200) {
      sys.emit(LayerFetched{layer, arrived - head, layer_size});
    }
    if (arrived - head >= fetched.size) break;
  }
  if (head > 0) fetched.body = text.substr(static_cast<std::size_t>(head));
  co_return fetched;
}

// GET over one connection to the hub.
Co<Fetched> hub_get(Sys sys, std::int64_t fd, std::string path, std::string layer,
                    std::int64_t layer_size) {
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: registry-1.docker.io\r\n\r\n";
  auto writing = write_all(sys, fd, request);
  co_await writing;
  auto reading = read_answer(sys, fd, layer, layer_size);
  co_return co_await reading;
}

Co<std::int64_t> connect_hub(Sys sys) {
  const std::string family = "AF_INET";
  const std::string type = "SOCK_STREAM";
  const std::string address(Hub::kAddress);
  const std::int64_t fd = co_await sys.socket(family, type);
  if (fd < 0) co_return fd;
  const std::int64_t connected = co_await sys.connect(fd, address);
  if (connected < 0) {
    co_await sys.close(fd);
    co_return connected;
  }
  co_return fd;
}

// One file of a layer, below `folder`.
Co<int> unpack_file(Sys sys, std::string folder, std::string path, ImageFile file) {
  if (ends_with(path, "/")) {
    const std::string empty_folder = folder + path.substr(0, path.size() - 1);
    auto making = make_folders(sys, empty_folder, file.mode);
    co_return co_await making;
  }
  const std::string place = folder + path;
  const std::string parent = place.substr(0, place.rfind('/'));
  if (parent.size() > folder.size()) {
    auto making = make_folders(sys, parent, 0755);
    const int made = co_await making;
    if (made < 0) co_return made;
  }
  if (!file.link.empty()) {
    co_return static_cast<int>(co_await sys.symlink(file.link, place));
  }
  const std::uint64_t flags = abi::o::kWronly | abi::o::kCreat | abi::o::kExcl | abi::o::kCloexec;
  const std::int64_t fd = co_await sys.open(place, flags, file.mode);
  if (fd < 0) co_return static_cast<int>(fd);
  auto writing = write_all(sys, fd, file.content);
  co_await writing;
  // A simulated binary is a short text; the file is as long as the real one (a hole behind the
  // text).
  if (file.size > static_cast<std::int64_t>(file.content.size())) {
    const std::vector<Arg> args = {Arg::integer(fd), Arg::integer(file.size)};
    co_await sys.call(abi::Sys::ftruncate, args);
  }
  co_await sys.close(fd);
  co_return 0;
}

Co<int> unpack(Sys sys, std::string digest, std::string archive) {
  sys.step("layer.unpack");
  std::vector<std::pair<std::string, ImageFile>> files;
  if (!unpack_layer(archive, files)) co_return -1;
  const std::string folder = layer_folder(digest) + "/diff";
  auto making = make_folders(sys, folder, 0755);
  co_await making;
  std::int64_t size = 0;
  for (const auto& [path, file] : files) {
    auto one = unpack_file(sys, folder, path, file);
    const int done = co_await one;
    if (done < 0) co_return done;
    size += file.size;
  }
  sys.emit(LayerUnpacked{digest, folder, size});
  co_return 0;
}

// One line of progress, as the daemon streams them.
Co<int> tell(Sys sys, std::int64_t fd, std::string id, std::string status) {
  Json line = {{"status", status}};
  if (!id.empty()) line["id"] = id;
  const std::string text = line.dump() + "\n";
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return 0;
}

Co<int> tell_error(Sys sys, std::int64_t fd, std::string message) {
  const std::string text = Json{{"error", message}}.dump() + "\n";
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return 1;
}

// A layer that is not here yet: fetched, checked, unpacked. 0, or the word for what went wrong.
Co<std::string> fetch_layer(Sys sys, std::int64_t hub, std::int64_t client, std::string repository,
                            std::string digest, std::int64_t size) {
  const std::string id = digest.substr(7, 12);
  sys.step("layer.fetch");
  auto starting = tell(sys, client, id, "Pulling fs layer");
  co_await starting;
  auto getting = hub_get(sys, hub, "/v2/" + repository + "/blobs/" + digest, digest, size);
  const Fetched layer = co_await getting;
  const bool ok = layer.status == 200 && sha256_digest(layer.body) == digest;
  sys.emit(LayerVerified{digest, ok});
  if (!ok) co_return spec::say::digest_mismatch(digest);
  auto complete = tell(sys, client, id, "Download complete");
  co_await complete;
  auto unpacking = unpack(sys, digest, layer.body);
  const int unpacked = co_await unpacking;
  if (unpacked < 0) co_return std::string("failed to register layer: " + digest);
  auto done = tell(sys, client, id, "Pull complete");
  co_await done;
  co_return std::string();
}

struct Pull {
  spec::Reference reference;
  Image image;
  std::string error;
};

// Manifest and config; then each layer that the store has not got.
Co<Pull> pull_from(Sys sys, std::int64_t hub, std::int64_t client, spec::Reference reference) {
  Pull pull;
  pull.reference = reference;
  auto telling = tell(sys, client, reference.tag, "Pulling from " + reference.repository);
  sys.step("hub.resolve");
  auto asking =
      hub_get(sys, hub, "/v2/" + reference.repository + "/manifests/" + reference.tag, "", 0);
  const Fetched manifest_answer = co_await asking;
  sys.emit(ImageLookedUp{reference.familiar(), "hub", manifest_answer.status == 200});
  if (manifest_answer.status != 200) {
    pull.error = spec::say::pull_access_denied(reference.familiar_name());
    co_return pull;
  }
  const auto manifest = parse_json(manifest_answer.body);
  if (!manifest) {
    pull.error = "missing or empty manifest";
    co_return pull;
  }
  co_await telling;
  pull.image.digest = sha256_digest(manifest_answer.body);
  sys.emit(ImageResolved{reference.familiar(), pull.image.digest});
  pull.image.id = (*manifest)["config"]["digest"].get<std::string>();
  auto getting =
      hub_get(sys, hub, "/v2/" + reference.repository + "/blobs/" + pull.image.id, "", 0);
  const Fetched config = co_await getting;
  if (config.status != 200 || sha256_digest(config.body) != pull.image.id) {
    pull.error = "image config verification failed for digest " + pull.image.id;
    co_return pull;
  }
  pull.image.config = config.body;
  for (const Json& layer : (*manifest)["layers"]) {
    const auto digest = layer["digest"].get<std::string>();
    pull.image.layers.push_back(digest);
    const auto known = sys.world().layers->find(digest);
    if (known != sys.world().layers->end() && !known->second.path.empty()) {
      auto exists = tell(sys, client, digest.substr(7, 12), "Already exists");
      co_await exists;
      continue;
    }
    auto fetching = fetch_layer(sys, hub, client, reference.repository, digest,
                                layer["size"].get<std::int64_t>());
    pull.error = co_await fetching;
    if (!pull.error.empty()) co_return pull;
  }
  co_return pull;
}

std::string query(const std::string& path, const std::string& name) {
  const std::size_t at = path.find(name + "=");
  if (at == std::string::npos) return {};
  const std::size_t from = at + name.size() + 1;
  return path.substr(from, path.find('&', from) - from);
}

}  // namespace

Co<int> handle_pull(Sys sys, ApiRequestIn request) {
  sys.step("hub.resolve");
  const std::string wanted = query(request.message.path, "fromImage");
  const auto reference = spec::parse_reference(wanted);
  if (!reference) {
    auto refusing = answer_error(sys, request, 400, reference.error().message);
    co_return co_await refusing;
  }
  const std::string head = http_stream_head(200);
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 200});
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  auto connecting = connect_hub(sys);
  const std::int64_t hub = co_await connecting;
  if (hub < 0) {
    auto failing = tell_error(sys, request.fd, spec::say::hub_unreachable("registry-1.docker.io"));
    co_return co_await failing;
  }
  auto pulling = pull_from(sys, hub, request.fd, *reference);
  Pull pull = co_await pulling;
  co_await sys.close(hub);
  if (!pull.error.empty()) {
    auto failing = tell_error(sys, request.fd, pull.error);
    co_return co_await failing;
  }
  sys.step("image.tag");
  const std::string name = pull.reference.familiar();
  const auto old = sys.world().images->find(name);
  const bool same = old != sys.world().images->end() && old->second.digest == pull.image.digest;
  for (const std::string& digest : pull.image.layers) {
    const auto layer = sys.world().layers->find(digest);
    if (layer != sys.world().layers->end()) pull.image.size += layer->second.size;
  }
  sys.emit(ImageTagged{name, pull.image});
  const DaemonEvent event{0, "image", "pull", name, {{"name", pull.reference.familiar_name()}}};
  auto telling = tell_event(sys, event);
  co_await telling;
  const std::string last =
      same ? "Status: Image is up to date for " : "Status: Downloaded newer image for ";
  auto digest_line = tell(sys, request.fd, "", "Digest: " + pull.image.digest);
  co_await digest_line;
  auto status_line = tell(sys, request.fd, "", last + name);
  co_await status_line;
  co_return 0;
}

}  // namespace cutaway::sim

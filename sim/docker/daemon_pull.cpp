// Pulling: the daemon (not the client) asks the hub for manifest, config and layers, checks each
// digest, unpacks layers it has not got, and gives the image its name.

#include "base/digest.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/hub_client.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/pull_lines.h"
#include "spec/docker_messages.h"
#include "spec/reference.h"

namespace cutaway::sim {

Co<int> tell_line(Sys sys, std::int64_t fd, std::string id, std::string status) {
  Json line = {{"status", status}};
  if (!id.empty()) line["id"] = id;
  const std::string text = json_text(line) + "\n";
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return 0;
}

Co<int> tell_error(Sys sys, std::int64_t fd, std::string message) {
  const std::string text = json_text(Json{{"error", message}}) + "\n";
  auto writing = write_all(sys, fd, text);
  co_await writing;
  co_return 1;
}

namespace {

constexpr int kTries = 5;

/// Where a pull takes from, and whom it tells; `hub` is another connection after one broke.
struct PullEnds {
  std::int64_t hub = -1, client = -1;
};

// What a layer's answer lacks is asked for anew, over another connection (docker's xfer: five
// times, each time five seconds later).
Co<Fetched> fetch_whole(Sys sys, PullEnds* ends, HubRequest request, std::string id) {
  auto asking = ask_hub(sys, ends->hub, request);
  Fetched all = co_await asking;
  for (int tries = 1; all.status == 200 && all.arrived < all.size && tries < kTries; ++tries) {
    for (int seconds = 5 * tries; seconds > 0; --seconds) {
      const std::string waits =
          "Retrying in " + decimal(seconds) + " second" + std::string(seconds == 1 ? "" : "s");
      auto telling = tell_line(sys, ends->client, id, waits);
      co_await telling;
      co_await sys.nanosleep(kSecond);
    }
    co_await sys.close(ends->hub);
    auto connecting = connect_hub(sys);
    ends->hub = co_await connecting;
    if (ends->hub < 0) break;
    request.from = all.arrived;
    auto again = ask_hub(sys, ends->hub, request);
    const Fetched rest = co_await again;
    all.body += rest.status / 100 == 2 ? rest.body : std::string();
    all.arrived += rest.status / 100 == 2 ? rest.arrived : 0;
  }
  co_return all;
}

std::string why_not_unpacked(const std::string& digest, int error) {
  if (error == -static_cast<int>(abi::Errno::kENOSPC))
    return spec::say::layer_disk_full(layer_folder(digest) + "/diff");
  return "failed to register layer: " +
         std::string(abi::errno_text(static_cast<abi::Errno>(-error)));
}

// A layer that is not here yet: fetched, checked, unpacked. Empty, or what went wrong.
Co<std::string> fetch_layer(Sys sys, PullEnds* ends, std::string repository, std::string digest,
                            std::int64_t size, std::vector<std::string> lower) {
  const std::string id = digest.substr(7, 12);
  sys.step("layer.fetch");
  auto starting = tell_line(sys, ends->client, id, "Pulling fs layer");
  co_await starting;
  HubRequest request;
  request.path = "/v2/" + repository + "/blobs/" + digest;
  request.layer = digest;
  request.layer_size = size;
  auto getting = fetch_whole(sys, ends, request, id);
  const Fetched layer = co_await getting;
  if (layer.status == 429) co_return spec::say::too_many_requests();
  if (layer.status != 200) co_return spec::say::hub_error("docker.io", layer.status, "Not Found");
  if (layer.arrived < layer.size) co_return spec::say::layer_cut();
  const bool ok = sha256_digest(layer.body) == digest;
  sys.emit(LayerVerified{digest, ok});
  if (!ok) co_return spec::say::digest_mismatch(digest);
  auto complete = tell_line(sys, ends->client, id, "Download complete");
  co_await complete;
  auto unpacking = add_layer(sys, digest, layer.body, lower);
  const int unpacked = co_await unpacking;
  if (unpacked < 0) co_return why_not_unpacked(digest, unpacked);
  auto done = tell_line(sys, ends->client, id, "Pull complete");
  co_await done;
  co_return std::string();
}

struct Pull {
  spec::Reference reference;
  Image image;
  std::string error;
};

// What docker says of a manifest that did not come.
std::string why_no_manifest(const spec::Reference& reference, int status) {
  if (status == 404) return spec::say::manifest_unknown(reference);
  if (status == 429) return spec::say::too_many_requests();
  return spec::say::pull_access_denied(reference.familiar_name());
}

// Each layer that the store has not got.
Co<std::string> pull_layers(Sys sys, PullEnds* ends, Pull* pull, Json layers) {
  for (const Json& layer : layers) {
    const auto digest = layer["digest"].get<std::string>();
    const std::vector<std::string> lower = pull->image.layers;
    pull->image.layers.push_back(digest);
    if (has_layer(sys, digest)) {
      auto exists = tell_line(sys, ends->client, digest.substr(7, 12), "Already exists");
      co_await exists;
      continue;
    }
    auto fetching = fetch_layer(sys, ends, pull->reference.repository, digest,
                                layer["size"].get<std::int64_t>(), lower);
    const std::string wrong = co_await fetching;
    if (!wrong.empty()) co_return wrong;
  }
  co_return std::string();
}

// Manifest and config; then the layers.
Co<Pull> pull_from(Sys sys, PullEnds* ends, spec::Reference reference) {
  Pull pull;
  pull.reference = reference;
  auto telling =
      tell_line(sys, ends->client, reference.tag, "Pulling from " + reference.repository);
  sys.step("hub.resolve");
  HubRequest request;
  request.path = "/v2/" + reference.repository + "/manifests/" + reference.tag;
  auto asking = ask_hub(sys, ends->hub, request);
  const Fetched manifest_answer = co_await asking;
  sys.emit(ImageLookedUp{reference.familiar(), "hub", manifest_answer.status == 200});
  if (manifest_answer.status != 200) {
    pull.error = why_no_manifest(reference, manifest_answer.status);
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
  request.path = "/v2/" + reference.repository + "/blobs/" + pull.image.id;
  auto getting = ask_hub(sys, ends->hub, request);
  const Fetched config = co_await getting;
  if (config.status != 200 || sha256_digest(config.body) != pull.image.id) {
    pull.error = "image config verification failed for digest " + pull.image.id;
    co_return pull;
  }
  pull.image.config = config.body;
  const Json layers = (*manifest)["layers"];
  auto pulling = pull_layers(sys, ends, &pull, layers);
  pull.error = co_await pulling;
  co_return pull;
}

Co<int> tell_pulled(Sys sys, std::int64_t client, Pull pull, bool same) {
  const std::string name = pull.reference.familiar();
  const std::string last =
      same ? "Status: Image is up to date for " : "Status: Downloaded newer image for ";
  auto digest_line = tell_line(sys, client, "", "Digest: " + pull.image.digest);
  co_await digest_line;
  auto status_line = tell_line(sys, client, "", last + name);
  co_return co_await status_line;
}

}  // namespace

Co<int> handle_pull(Sys sys, ApiRequestIn request) {
  sys.step("hub.resolve");
  const auto reference = spec::parse_reference(http_query(request.message.path, "fromImage"));
  if (!reference) {
    auto refusing = answer_error(sys, request, 400, reference.error().message);
    co_return co_await refusing;
  }
  const std::string head = http_stream_head(200);
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 200});
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  auto connecting = connect_hub(sys);
  PullEnds ends;
  ends.hub = co_await connecting;
  ends.client = request.fd;
  if (ends.hub < 0) {
    auto failing = tell_error(sys, request.fd, spec::say::hub_unreachable("registry-1.docker.io"));
    co_return co_await failing;
  }
  auto pulling = pull_from(sys, &ends, *reference);
  Pull pull = co_await pulling;
  if (ends.hub >= 0) co_await sys.close(ends.hub);
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
  auto naming = name_image(sys, name, pull.image);
  co_await naming;
  const DaemonEvent event{0, "image", "pull", name, {{"name", pull.reference.familiar_name()}}};
  auto telling = tell_event(sys, event);
  co_await telling;
  auto ending = tell_pulled(sys, request.fd, pull, same);
  co_return co_await ending;
}

}  // namespace cutaway::sim

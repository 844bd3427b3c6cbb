// Pushing: the daemon asks the hub about each layer, and sends those that it lacks; config and
// manifest come last, so that no name ever leads to half an image. And login, search.

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

namespace {

struct Push {
  std::int64_t hub = -1, client = -1;
  std::string authorization, repository;
};

Co<Fetched> ask_about(Sys sys, Push push, std::string method, std::string what, std::string body) {
  HubRequest request;
  request.method = method;
  request.path = "/v2/" + push.repository + "/" + what;
  request.authorization = push.authorization;
  request.body = body;
  auto asking = ask_hub(sys, push.hub, request);
  co_return co_await asking;
}

// Empty, or why the hub did not take it.
std::string why_refused(int status) {
  return status == 401 || status == 403 ? spec::say::push_denied()
                                        : spec::say::hub_error("docker.io", status, "");
}

Co<std::string> push_layer(Sys sys, Push push, std::string digest) {
  const std::string id = digest.substr(7, 12);
  auto looking = ask_about(sys, push, "HEAD", "blobs/" + digest, "");
  const Fetched known = co_await looking;
  if (known.status == 200) {
    auto telling = tell_line(sys, push.client, id, "Layer already exists");
    co_await telling;
    co_return std::string();
  }
  const std::string archive = layer_archive(sys, digest);
  auto putting = ask_about(sys, push, "PUT", "blobs/" + digest, archive);
  const Fetched put = co_await putting;
  if (put.status != 201) co_return why_refused(put.status);
  auto telling = tell_line(sys, push.client, id, "Pushed");
  co_await telling;
  co_return std::string();
}

Json descriptor(std::string_view type, const std::string& digest, std::size_t size) {
  return {{"mediaType", type}, {"digest", digest}, {"size", size}};
}

std::string manifest_of(Sys sys, const Image& image) {
  Json layers = Json::array();
  for (const std::string& digest : image.layers)
    layers.push_back(descriptor("application/vnd.oci.image.layer.v1.tar", digest,
                                layer_archive(sys, digest).size()));
  return json_text(Json{{"schemaVersion", 2},
                        {"mediaType", "application/vnd.oci.image.manifest.v1+json"},
                        {"config", descriptor("application/vnd.oci.image.config.v1+json", image.id,
                                              image.config.size())},
                        {"layers", layers}});
}

// All of it, the name last. Empty, or docker's words for what went wrong.
Co<std::string> push_image(Sys sys, Push push, Image image, std::string tag) {
  sys.step("layer.push");
  for (auto digest = image.layers.rbegin(); digest != image.layers.rend(); ++digest) {
    auto preparing = tell_line(sys, push.client, digest->substr(7, 12), "Preparing");
    co_await preparing;
  }
  for (const std::string& digest : image.layers) {
    auto pushing = push_layer(sys, push, digest);
    const std::string wrong = co_await pushing;
    if (!wrong.empty()) co_return wrong;
  }
  auto configuring = ask_about(sys, push, "PUT", "blobs/" + image.id, image.config);
  const Fetched config = co_await configuring;
  if (config.status != 201) co_return why_refused(config.status);
  const std::string manifest = manifest_of(sys, image);
  auto naming = ask_about(sys, push, "PUT", "manifests/" + tag, manifest);
  const Fetched named = co_await naming;
  if (named.status != 201) co_return why_refused(named.status);
  auto telling = tell_line(sys, push.client, "",
                           tag + ": digest: " + sha256_digest(manifest) +
                               " size: " + decimal(static_cast<std::int64_t>(manifest.size())));
  co_await telling;
  co_return std::string();
}

}  // namespace

Co<int> handle_push(Sys sys, ApiRequestIn request) {
  sys.step("layer.push");
  const auto reference = spec::parse_reference(request.target);
  const auto body = parse_json(request.message.body);
  if (!reference || !body) {
    auto refusing = answer_error(sys, request, 400, "invalid reference format");
    co_return co_await refusing;
  }
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 200});
  const std::string head = http_stream_head(200);
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  const std::string where = "docker.io/" + reference->repository;
  auto saying = tell_line(sys, request.fd, "", "The push refers to repository [" + where + "]");
  co_await saying;
  const auto found = sys.world().images->find(reference->familiar());
  std::string wrong;
  Push push{-1, request.fd, body->value("Auth", std::string()), reference->repository};
  if (found == sys.world().images->end()) {
    wrong = spec::say::no_image_to_push(reference->familiar_name());
  } else {
    const Image image = found->second;
    auto connecting = connect_hub(sys);
    push.hub = co_await connecting;
    wrong = spec::say::hub_unreachable("docker.io");
    if (push.hub >= 0) {
      auto pushing = push_image(sys, push, image, reference->tag);
      wrong = co_await pushing;
      co_await sys.close(push.hub);
    }
  }
  if (wrong.empty()) co_return 0;
  auto failing = tell_error(sys, request.fd, wrong);
  co_return co_await failing;
}

Co<int> handle_auth(Sys sys, ApiRequestIn request) {
  sys.step("hub.resolve");
  const auto body = parse_json(request.message.body);
  HubRequest asked;
  asked.path = "/v2/";
  asked.authorization = body ? body->value("Auth", std::string()) : std::string();
  auto asking = ask_hub_once(sys, asked);
  const Fetched said = co_await asking;
  std::string wrong;
  if (said.status == 0)
    wrong = spec::say::hub_unreachable("docker.io");
  else if (said.status != 200)
    wrong = spec::say::wrong_password();
  auto answering = wrong.empty() ? answer(sys, request, 200, R"({"Status":"Login Succeeded"})")
                                 : answer_error(sys, request, 401, wrong);
  co_return co_await answering;
}

Co<int> handle_search(Sys sys, ApiRequestIn request) {
  sys.step("hub.resolve");
  HubRequest asked;
  asked.path = "/v1/search?q=" + http_query(request.message.path, "term");
  auto asking = ask_hub_once(sys, asked);
  const Fetched said = co_await asking;
  auto answering = said.status == 200
                       ? answer(sys, request, 200, said.body)
                       : answer_error(sys, request, 500, spec::say::hub_unreachable("docker.io"));
  co_return co_await answering;
}

}  // namespace cutaway::sim

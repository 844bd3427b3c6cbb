#include "viz/text/engine_told.h"

#include <algorithm>

#include "base/text.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

struct VerbRow {
  std::string_view method, begins, ends, verb;
};
/// The first row that fits.
constexpr VerbRow kVerbs[] = {
    {"", "/_ping", "", "ping"},
    {"POST", "/containers/", "/create", "create"},
    {"POST", "/images/", "/create", "pull"},
    {"GET", "/containers/", "/containers/json", "list"},
    {"GET", "/images/", "/json", "images"},
    {"GET", "/containers/", "/json", "inspect"},
    {"DELETE", "/containers/", "", "remove"},
    {"DELETE", "/images/", "", "remove"},
};

/// "/v1.47/containers/x/attach?stream=1" → "/containers/x/attach"
std::string_view bare_path(std::string_view path) {
  path = path.substr(0, path.find('?'));
  if (starts_with(path, "/v1.")) path.remove_prefix(std::min(path.find('/', 1), path.size()));
  return path;
}

bool in_an_image(const World& world, const std::string& digest) {
  for (const auto& [name, image] : *world.images) {
    const auto& layers = image.layers;
    if (std::find(layers.begin(), layers.end(), digest) != layers.end()) return true;
  }
  return false;
}

const ApiCall* first_request(const World& world, std::string_view verb) {
  for (const ApiCall& call : world.engine->requests) {
    if (request_verb(call) == verb) return &call;
  }
  return nullptr;
}

const ApiCall* first_question(const World& world) {
  for (const ApiCall& call : world.engine->requests) {
    if (request_verb(call) != "ping") return &call;
  }
  return nullptr;
}

std::string with_image(const std::string& verb, const World& world) {
  const std::string image = wanted_image(world);
  return image.empty() ? verb : verb + " " + image;
}

/// All layers of the wanted image, once it stands in the cache.
Fetching fetched_image(const World& world) {
  Fetching fetched;
  const auto image = world.images->find(world.engine->last_lookup);
  if (image == world.images->end()) return fetched;
  for (const std::string& digest : image->second.layers) {
    const auto layer = world.layers->find(digest);
    if (layer == world.layers->end()) continue;
    fetched.layers.push_back(&layer->second);
    fetched.here += layer->second.bytes;
    fetched.all += layer->second.of;
  }
  return fetched;
}

}  // namespace

std::string request_verb(const ApiCall& call) {
  const std::string_view path = bare_path(call.path);
  for (const VerbRow& row : kVerbs) {
    const bool method = row.method.empty() || row.method == call.method;
    if (method && starts_with(path, row.begins) && ends_with(path, row.ends)) {
      return std::string(row.verb);
    }
  }
  const std::size_t slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string status_words(const ApiCall& call) {
  if (call.status == 0) return {};
  const bool image = request_verb(call) == "create" || request_verb(call) == "pull";
  std::string_view said;
  if (call.status == 404)
    said = image ? "no such image" : "no such container";
  else if (call.status == 409)
    said = "conflict";
  else if (call.status == 400)
    said = "cannot be done";
  else if (call.status >= 500)
    said = "server error";
  else if (call.status == 304)
    said = "already so";
  else if (call.status == 201)
    said = "created";
  else
    said = "done";
  return decimal(call.status) + " " + std::string(said);
}

std::string wanted_image(const World& world) { return image_name(world.engine->last_lookup); }

std::string layer_name(std::string_view digest) {
  const std::size_t colon = digest.find(':');
  if (colon != std::string_view::npos) digest.remove_prefix(colon + 1);
  return std::string(digest.substr(0, 12));
}

Fetching fetching(const World& world) {
  Fetching found;
  for (const auto& [digest, layer] : *world.layers) {
    if (in_an_image(world, digest)) continue;
    found.layers.push_back(&layer);
    found.here += layer.bytes;
    found.all += layer.of;
  }
  return found;
}

std::vector<EnginePoint> engine_points(const World& world, const Story& story) {
  using Kind = EnginePoint::Kind;
  using State = EnginePoint::State;
  std::vector<EnginePoint> points;
  const auto add = [&points](Kind kind, std::string value, State state = State::Done) {
    points.push_back({kind, static_cast<int>(points.size()) + 1, std::move(value), state});
  };
  const ApiCall* asked = first_question(world);
  if (asked == nullptr) return points;
  const std::string verb = request_verb(*asked);
  add(Kind::Ask, verb == "create" ? with_image(verb, world) : verb);
  const bool refused = asked->status >= 400;
  const bool missing = refused || !world.engine->last_hit;
  if (story.looked && missing) {
    add(Kind::Look, refused ? "not here: " + decimal(asked->status) : "not here", State::Bad);
  } else if (story.looked) {
    add(Kind::Look, wanted_image(world) + " is here");
  }
  const bool again = first_request(world, "pull") != nullptr && verb != "pull";
  if (again) add(Kind::AskAgain, with_image("pull", world));
  if (!story.hub_asked) return points;
  const ApiCall* pull = first_request(world, "pull");
  if (pull != nullptr && pull->status >= 400) {
    add(Kind::Fetch, "not there: " + decimal(pull->status), State::Bad);
    return points;
  }
  const bool comes = !fetching(world).layers.empty() || !fetched_image(world).layers.empty();
  add(Kind::Fetch, "server to hub", comes ? State::Done : State::Now);
  Fetching coming = fetching(world);
  const bool now = !coming.layers.empty();
  if (!now) coming = fetched_image(world);
  if (coming.layers.empty()) return points;
  const bool whole = coming.whole();
  add(Kind::Layers, whole ? size_words(coming.all) : size_of_words(coming.here, coming.all),
      whole ? State::Done : State::Now);
  return points;
}

}  // namespace cutaway::viz

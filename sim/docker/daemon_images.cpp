// Images made here, and images as archives: commit, save, load, import, history.

#include "base/digest.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/archive.h"
#include "sim/docker/daemon.h"
#include "sim/docker/images.h"
#include "sim/docker/layer_store.h"
#include "sim/docker/live.h"
#include "spec/docker_messages.h"
#include "spec/docker_views.h"
#include "spec/reference.h"

namespace cutaway::sim {

namespace {

// What a container says about itself becomes the image's own words.
spec::ImageConfig config_of_container(const spec::ImageConfig& image,
                                      const spec::ContainerConfig& container) {
  spec::ImageConfig config = image;
  config.cmd = container.cmd;
  config.entrypoint = container.entrypoint;
  config.env.clear();
  for (const std::string& variable : container.env) {
    if (!starts_with(variable, "HOSTNAME=") && !starts_with(variable, "TERM="))
      config.env.push_back(variable);
  }
  config.working_dir = container.workdir == "/" ? "" : container.workdir;
  config.user = container.user;
  config.labels = container.labels;
  return config;
}

// A name for it, or none.
Co<int> name_or_keep(Sys sys, std::string repository, Image image) {
  const auto reference = spec::parse_reference(repository);
  const std::string name =
      repository.empty() || !reference ? nameless(image.id) : reference->familiar();
  auto naming = name_image(sys, name, image);
  co_return co_await naming;
}

// The digest of the layer that was added; empty: it could not be.
Co<std::string> add_new_layer(Sys sys, std::string archive, std::vector<std::string> lower) {
  const std::string digest = sha256_digest(archive);
  if (has_layer(sys, digest)) co_return digest;
  auto adding = add_layer(sys, digest, archive, lower);
  const int added = co_await adding;
  co_return added < 0 ? std::string() : digest;
}

// The config that the new image starts from, with the request's changes; or docker's complaint.
Result<spec::ImageConfig> config_to_commit(Sys sys, const Container& container,
                                           const Json& request) {
  TRY_ASSIGN(const Json record, parse_json(container.config));
  TRY_ASSIGN(const spec::ImageConfig image,
             spec::image_config_from_json(record.value("Image", std::string())));
  TRY_ASSIGN(const spec::ContainerConfig config, stored_config(sys, container));
  spec::ImageConfig made = config_of_container(image, config);
  for (const auto& line : request.value("Changes", std::vector<std::string>())) {
    const std::string wrong = spec::apply_instruction(made, line);
    if (!wrong.empty()) return fail(ErrorCode::Failed, wrong);
  }
  made.history.resize(container.layers.size());
  made.history.push_back(
      {spec::command_text(container.argv), request.value("Comment", std::string())});
  made.author = request.value("Author", std::string());
  return made;
}

}  // namespace

Co<int> handle_commit(Sys sys, ApiRequestIn request) {
  sys.step("image.commit");
  const Container* found = find_container(sys, request.target);
  const auto body = parse_json(request.message.body);
  if (found == nullptr || !body) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const Container container = *found;
  sys.about(container.number);
  auto config = config_to_commit(sys, container, *body);
  if (!config) {
    auto refusing = answer_error(sys, request, 400, config.error().message);
    co_return co_await refusing;
  }
  auto packing = pack_tree(sys, container.upper, "", true);
  const std::string archive = co_await packing + tar_end();
  auto adding = add_new_layer(sys, archive, container.layers);
  const std::string digest = co_await adding;
  std::vector<std::string> layers = container.layers;
  layers.push_back(digest);
  config->diff_ids.push_back(digest);
  sys.step("image.commit");
  const Image image = image_of(sys, spec::image_config_json(*config), layers);
  auto naming = name_or_keep(sys, body->value("Repo", std::string()), image);
  co_await naming;
  auto telling = tell_container(sys, "commit", container.number);
  co_await telling;
  const std::string text = json_text(Json{{"Id", image.id}});
  auto answering = answer(sys, request, 201, text);
  co_return co_await answering;
}

namespace {

std::string blob_name(const std::string& digest) { return "blobs/sha256/" + digest.substr(7); }

TarMember file_member(const std::string& name, const std::string& content) {
  TarMember member;
  member.name = name;
  member.content = content;
  member.size = static_cast<std::int64_t>(content.size());
  return member;
}

// What `save` writes of one image; blobs that stand in the archive already are not repeated.
struct SavedImages {
  std::map<std::string, std::string> blobs;  ///< by name in the archive
  Json manifest = Json::array();
};

void add_saved(Sys sys, const Image& image, SavedImages& saved) {
  Json layers = Json::array();
  for (const std::string& digest : image.layers) {
    saved.blobs[blob_name(digest)] = layer_archive(sys, digest);
    layers.push_back(blob_name(digest));
  }
  saved.blobs[blob_name(image.id)] = image.config;
  saved.manifest.push_back(
      {{"Config", blob_name(image.id)}, {"RepoTags", names_of(sys, image.id)}, {"Layers", layers}});
}

}  // namespace

Co<int> handle_save(Sys sys, ApiRequestIn request) {
  sys.step("image.save");
  SavedImages saved;
  for (const std::string& name : split(http_query(request.message.path, "names"), '\n')) {
    const auto* found = find_image(sys, name);
    if (found == nullptr) {
      auto refusing = refuse_image(sys, request, name);
      co_return co_await refusing;
    }
    add_saved(sys, found->second, saved);
  }
  std::string archive;
  for (const auto& blob : saved.blobs) archive += tar_member(file_member(blob.first, blob.second));
  archive += tar_member(file_member("manifest.json", json_text(saved.manifest)));
  archive += tar_member(file_member("oci-layout", R"({"imageLayoutVersion":"1.0.0"})"));
  archive += tar_end();
  auto answering = answer(sys, request, 200, archive);
  co_return co_await answering;
}

namespace {

using Blobs = std::map<std::string, std::string>;

// One image of an archive: layers that are not here yet, then its names. What the client prints, or
// empty when something is missing or false.
Co<std::string> load_one(Sys sys, const Blobs* blobs, Json entry) {
  const auto config = blobs->find(entry.value("Config", std::string()));
  if (config == blobs->end()) co_return std::string();
  std::vector<std::string> layers;
  for (const Json& path : entry["Layers"]) {
    const auto layer = blobs->find(path.get<std::string>());
    if (layer == blobs->end()) co_return std::string();
    const std::string archive = layer->second;
    auto adding = add_new_layer(sys, archive, layers);
    const std::string digest = co_await adding;
    if (digest.empty()) co_return std::string();
    layers.push_back(digest);
  }
  sys.step("image.load");
  const Image image = image_of(sys, config->second, layers);
  std::vector<std::string> names;
  if (entry.contains("RepoTags") && entry["RepoTags"].is_array())
    names = entry["RepoTags"].get<std::vector<std::string>>();
  std::vector<std::string> said;
  for (const std::string& name : names) {
    auto naming = name_or_keep(sys, name, image);
    co_await naming;
    said.push_back("Loaded image: " + name);
  }
  if (!names.empty()) co_return join(said, "\n");
  auto keeping = name_or_keep(sys, "", image);
  co_await keeping;
  co_return "Loaded image ID: " + image.id;
}

}  // namespace

Co<int> handle_load(Sys sys, ApiRequestIn request) {
  sys.step("image.load");
  std::vector<TarMember> members;
  Blobs blobs;
  const bool whole = read_tar(request.message.body, members);
  for (TarMember& member : members) blobs[member.name] = std::move(member.content);
  const auto manifest = parse_json(blobs["manifest.json"]);
  Json lines = Json::array();
  bool good = whole && manifest && manifest->is_array();
  for (std::size_t i = 0; good && i < manifest->size(); ++i) {
    const Json entry = (*manifest)[i];
    auto loading = load_one(sys, &blobs, entry);
    const std::string said = co_await loading;
    good = !said.empty();
    if (good) lines.push_back(said);
  }
  if (!good) {
    auto refusing = answer_error(sys, request, 500,
                                 whole ? "open manifest.json: no such file or directory"
                                       : "archive/tar: invalid tar header");
    co_return co_await refusing;
  }
  const std::string body = json_text(lines);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

Co<int> handle_import(Sys sys, ApiRequestIn request) {
  sys.step("image.load");
  const std::string archive = request.message.body;
  auto adding = add_new_layer(sys, archive, {});
  const std::string digest = co_await adding;
  if (digest.empty()) {
    auto refusing = answer_error(sys, request, 500, "archive/tar: invalid tar header");
    co_return co_await refusing;
  }
  spec::ImageConfig config;
  config.history.resize(1);
  config.diff_ids = {digest};
  sys.step("image.load");
  const Image image = image_of(sys, spec::image_config_json(config), {digest});
  auto naming = name_or_keep(sys, http_query(request.message.path, "repo"), image);
  co_await naming;
  const std::string body = json_text(Json{{"Id", image.id}});
  auto answering = answer(sys, request, 201, body);
  co_return co_await answering;
}

Co<int> handle_history(Sys sys, ApiRequestIn request) {
  sys.step("api.images");
  const auto* found = find_image(sys, request.target);
  const auto config = config_of_image(found);
  if (!config) {
    auto refusing = refuse_image(sys, request, request.target);
    co_return co_await refusing;
  }
  Json rows = Json::array();
  const std::vector<std::string>& layers = found->second.layers;
  for (std::size_t i = layers.size(); i-- > 0;) {
    const auto layer = sys.world().layers->find(layers[i]);
    const bool top = i + 1 == layers.size();
    const auto entry = i < config->history.size() ? config->history[i] : spec::HistoryEntry();
    rows.push_back({{"Id", top ? found->second.id : std::string()},
                    {"CreatedBy", entry.created_by},
                    {"Comment", entry.comment},
                    {"Size", layer == sys.world().layers->end() ? 0 : layer->second.size}});
  }
  const std::string body = json_text(rows);
  auto answering = answer(sys, request, 200, body);
  co_return co_await answering;
}

}  // namespace cutaway::sim

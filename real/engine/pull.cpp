// pull: from the hub (an image layout) to the store, with docker's words.
#include <set>
#include <utility>

#include "real/engine/engine.h"
#include "spec/docker_messages.h"
#include "spec/docker_views.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

/// Docker's lines of progress, and the same as events.
class PullTeller {
 public:
  PullTeller(const Doing& doing, const spec::Reference& reference, int channel, bool quiet)
      : doing_(doing),
        reference_(reference),
        channel_(channel),
        quiet_(quiet),
        printer_(doing.streams.out_is_terminal, doing.streams.columns) {}

  void operator()(const PullProgress& progress) {
    switch (progress.phase) {
      case PullPhase::Resolved:
        print(spec::pull::pulling_from(reference_.tag, reference_.repository));
        tell("hub.resolve", ImageLookedUp{reference_.familiar(), "hub", true});
        tell("hub.resolve", ImageResolved{reference_.familiar(), progress.digest});
        return;
      case PullPhase::Exists:
        print(spec::pull::layer(progress.digest, "Already exists"));
        return;
      case PullPhase::Fetching:
        if (layers_.count(progress.digest) == 0) return;  // manifest and config are not told of
        if (std::exchange(fetching_, progress.digest) != progress.digest)
          print(spec::pull::layer(progress.digest, "Pulling fs layer"));
        print(spec::pull::downloading(progress.digest, progress.done, progress.total));
        tell("layer.fetch", LayerFetched{progress.digest, progress.done, progress.total});
        return;
      case PullPhase::Verified:
        if (layers_.count(progress.digest) == 0) return;
        tell("layer.fetch", LayerVerified{progress.digest, true});
        return;
      case PullPhase::Unpacking:
        print(spec::pull::layer(progress.digest, "Download complete"));
        return;
      case PullPhase::Unpacked:
        print(spec::pull::layer(progress.digest, "Pull complete"));
        unpacked(progress);
        return;
    }
  }
  void print(const spec::PullMessage& message) {
    const std::string text = printer_.print(message);
    if (!quiet_ && !text.empty()) doing_.streams.write(channel_, text);
  }
  void set_layers(const Manifest& manifest) {
    for (const Descriptor& layer : manifest.layers) layers_.insert(layer.digest);
  }

 private:
  void unpacked(const PullProgress& progress) {
    const std::string folder =
        doing_.machine.state.root() + "/layers/" + progress.digest.substr(7) + "/diff";
    tell("layer.unpack", LayerUnpacked{progress.digest, folder, progress.total});
  }
  void tell(std::string_view step, Body body) const {
    if (doing_.machine.story != nullptr)
      doing_.machine.story->tell(step, ContainerId{}, std::move(body));
  }

  const Doing& doing_;
  const spec::Reference& reference_;
  int channel_;
  bool quiet_;
  spec::PullPrinter printer_;
  std::set<std::string> layers_;
  std::string fetching_;  ///< the layer at hand
};

// The hub's shelves that can be opened; an Error when one cannot.
Result<std::vector<Layout>> open_hubs(const Machine& machine) {
  std::vector<Layout> hubs;
  for (const std::string& folder : machine.hubs) {
    auto hub = Layout::open(folder);
    if (!hub) return fail(ErrorCode::Failed, spec::say::hub_unreachable("registry-1.docker.io"));
    hubs.push_back(std::move(*hub));
  }
  return hubs;
}

// What the first hub that has the image offers.
Result<Manifest> find_manifest(const std::vector<Layout>& hubs, const std::string& ref) {
  for (const Layout& hub : hubs) {
    const auto entry = hub.find(ref);
    if (!entry) continue;
    TRY_ASSIGN(const Fd blob, hub.open_blob(entry->manifest));
    TRY_ASSIGN(const std::string text, read_blob(blob.get(), entry->manifest));
    return parse_manifest(ref, text);
  }
  return fail(ErrorCode::Failed, ref + " is not on the hub");
}

}  // namespace

Image world_image(const StoredImage& stored, const std::string& config) {
  Image image;
  image.id = stored.id;
  image.digest = stored.manifest;
  for (const StoredLayer& layer : stored.layers) image.layers.push_back(layer.digest);
  image.config = config;
  image.size = stored.size();
  return image;
}

Status pull_image(const Doing& doing, const std::string& name, int channel, bool quiet) {
  TRY_ASSIGN(const spec::Reference reference, spec::parse_reference(name));
  TRY_ASSIGN(const std::vector<Layout> hubs, open_hubs(doing.machine));
  about_to(doing.machine.story, "hub.resolve");
  const auto offered = find_manifest(hubs, reference.familiar());
  if (!offered) {
    if (doing.machine.story != nullptr)
      doing.machine.story->tell("hub.resolve", ContainerId{},
                                ImageLookedUp{reference.familiar(), "hub", false});
    return fail(ErrorCode::Failed, spec::say::pull_access_denied(reference.familiar_name()));
  }
  const auto before = doing.machine.images.find(reference.familiar());
  PullTeller teller(doing, reference, channel, quiet);
  teller.set_layers(*offered);
  about_to(doing.machine.story, "layer.fetch");
  TRY_ASSIGN(const StoredImage image,
             doing.machine.images.pull(hubs, reference.familiar(), std::ref(teller)));
  if (doing.machine.story != nullptr) {
    TRY_ASSIGN(const spec::ImageConfig config, doing.machine.images.config(image));
    doing.machine.story->tell(
        "image.tag", ContainerId{},
        ImageTagged{reference.familiar(), world_image(image, spec::image_config_json(config))});
  }
  teller.print(spec::pull::digest(image.manifest));
  const bool same = before && before->manifest == image.manifest;
  teller.print(same ? spec::pull::up_to_date(reference.familiar())
                    : spec::pull::downloaded_newer(reference.familiar()));
  return {};
}

int do_pull(const Doing& doing) {
  const auto reference = spec::parse_reference(doing.command.image);
  if (!reference) return doing.refuse(reference.error());
  const bool quiet = doing.command.get<spec::PullOptions>().quiet;
  if (!quiet && doing.command.image.find_first_of(":@") == std::string::npos)
    doing.streams.out(spec::using_default_tag());
  const Status pulled = pull_image(doing, reference->familiar(), 1, quiet);
  if (!pulled) return doing.refuse(pulled.error());
  doing.streams.out(reference->canonical() + "\n");
  return 0;
}

}  // namespace cutaway::real

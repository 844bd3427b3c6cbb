// The images of this machine, below one state folder (mode 0700):
//
//   blobs/sha256/<hex>   manifests, configs, layers, as they were fetched; written beside, their
//                        length and digest compared, then renamed: what stands here is right
//   layers/<hex>/diff    a layer unpacked for overlayfs, by its diff id; layer.json beside it
//   images.json          which images there are and what they are called
//   holds/<holder>.json  an image that something (a container) stands on, whatever it is called
//   tmp/                 what is being made; whoever has the lock may clear it
//   images.lock          flock(2): one process at a time changes anything here
//
// Blobs and layers that no image and no hold names are removed (sweep), so that after a failure, or
// a process that was killed, the next change leaves nothing over.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "real/image/image_table.h"
#include "real/image/layout.h"
#include "real/image/unpack.h"
#include "spec/config.h"

namespace cutaway::real {

enum class PullPhase {
  Resolved,   ///< digest: the manifest's
  Exists,     ///< a layer that is here already
  Fetching,   ///< done of total bytes
  Verified,   ///< a blob has the length and the digest that were announced
  Unpacking,  ///< a layer
  Unpacked,   ///< total: bytes of its files
};
struct PullProgress {
  PullPhase phase = PullPhase::Resolved;
  std::string digest;  ///< of the manifest, the config or the layer's blob
  std::int64_t done = 0, total = 0;
};
using OnPull = std::function<void(const PullProgress&)>;

struct Removed {
  std::vector<std::string> untagged;  ///< "busybox:latest"
  std::vector<std::string> deleted;   ///< ids of images, diff ids of layers
};

class ImageStore {
 public:
  /// Makes the folder if need be. One that others could write to is refused.
  static Result<ImageStore> open(const std::string& state);

  /// From the first hub that has it: resolve, fetch, verify, unpack, name.
  Result<StoredImage> pull(const std::vector<Layout>& hubs, const std::string& ref,
                           const OnPull& on_pull);

  Result<std::vector<StoredImage>> list() const;
  /// By name, by "sha256:…", or by the beginning of an id.
  Result<StoredImage> find(const std::string& name) const;
  Result<spec::ImageConfig> config(const StoredImage& image) const;
  /// …/diff of each layer that shows, bottom first.
  std::vector<std::string> layer_folders(const StoredImage& image) const;
  /// For a machine without overlayfs: all layers in one new folder, deletions applied.
  Status flatten(const StoredImage& image, const std::string& folder) const;

  Status tag(const std::string& name, const std::string& ref);
  /// By name: that name; by id: all its names. Without a name and a hold the image goes.
  Result<Removed> remove(const std::string& name);

  /// find, and from then on its blobs and layers stay until release(holder).
  Result<StoredImage> hold(const std::string& name, const std::string& holder);
  /// What this holder holds.
  Result<StoredImage> held(const std::string& holder) const;
  Status release(const std::string& holder);
  Result<std::vector<std::string>> holders(const StoredImage& image) const;

  UnpackLimits limits;

 private:
  explicit ImageStore(std::string state) : state_(std::move(state)) {}

  std::string blob_path(const std::string& digest) const;
  Result<ImageTable> load() const;
  Status save(const ImageTable& table) const;
  Result<std::vector<std::pair<std::string, StoredImage>>> load_holds() const;
  Result<std::vector<std::string>> sweep() const;  ///< diff ids of layers that went

  Result<StoredImage> pull_locked(const std::vector<Layout>& hubs, const std::string& ref,
                                  const OnPull& on_pull) const;
  Status fetch(const Layout& hub, const Descriptor& blob, const OnPull& on_pull) const;
  Status copy_blob(int from, const Descriptor& blob, const std::string& temporary,
                   const OnPull& on_pull) const;
  Result<std::string> read_document(const Descriptor& blob) const;
  Result<StoredLayer> fetch_layer(const Layout& hub, const Descriptor& blob,
                                  const std::string& diff_id, const OnPull& on_pull) const;
  Status unpack(StoredLayer& layer) const;
  Result<Unpacked> unpack_into(const StoredLayer& layer, const std::string& folder,
                               Deletions deletions) const;

  std::string state_;
};

}  // namespace cutaway::real

// The half of the store that brings images in. Nothing is named before it is whole and checked.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#include "base/digest.h"
#include "base/json_value.h"
#include "base/text.h"
#include "real/image/store.h"
#include "real/image/store_lock.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

constexpr std::size_t kCopiedAtOnce = 1 << 16;

// The kernel's names of machines, and Go's, which images use.
struct MachineRow {
  std::string_view kernel, image;
};
constexpr MachineRow kMachines[] = {
    {"x86_64", "amd64"}, {"aarch64", "arm64"}, {"riscv64", "riscv64"}};

Status check_platform(const spec::ImageConfig& config, const std::string& ref) {
  utsname system{};
  ::uname(&system);
  std::string_view here = system.machine;
  for (const MachineRow& row : kMachines) {
    if (row.kernel == here) here = row.image;
  }
  if (config.os == "linux" && config.architecture == here) return {};
  return fail(ErrorCode::Cannot, "run " + ref + ": it is for " + config.os + "/" +
                                     config.architecture + ", this machine is linux/" +
                                     std::string(here));
}

Status check_layers(const spec::ImageConfig& config, const Manifest& manifest) {
  const std::string name = "config " + manifest.config.digest;
  if (config.diff_ids.size() != manifest.layers.size())
    return fail(ErrorCode::Failed, name + ": it knows " + std::to_string(config.diff_ids.size()) +
                                       " layers, the manifest " +
                                       std::to_string(manifest.layers.size()));
  for (const std::string& diff_id : config.diff_ids) {
    if (!good_digest(diff_id))
      return fail(ErrorCode::Failed, name + ": '" + diff_id + "' is no sha256 digest");
  }
  return {};
}

// What a container sees as "/", whatever the umask is.
Status make_root(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0755) != 0) return os_fail("mkdir", folder, errno);
  if (::chmod(folder.c_str(), 0755) != 0) return os_fail("chmod", folder, errno);
  return {};
}

// Of a layer that was unpacked before.
Status read_about(const std::string& file, StoredLayer& layer) {
  TRY_ASSIGN(const std::string text, read_text(file));
  const auto about = parse_json(text);
  const bool good = about && about->is_object() &&
                    about->value("bytes", Json()).is_number_unsigned() &&
                    about->value("hides_lower", Json()).is_boolean();
  if (!good) return fail(ErrorCode::Failed, file + ": damaged", "remove its folder and pull again");
  layer.unpacked = (*about)["bytes"].get<std::int64_t>();
  layer.hides_lower = (*about)["hides_lower"].get<bool>();
  return {};
}

UnpackOptions options_of(Deletions deletions, const UnpackLimits& limits) {
  UnpackOptions options;
  options.deletions = deletions;
  options.limits = limits;
  options.as_root = !is_rootless();
  if (!options.as_root) options.opaque_attribute = "user.overlay.opaque";
  return options;
}

}  // namespace

Result<StoredImage> ImageStore::pull(const std::vector<Layout>& hubs, const std::string& ref,
                                     const OnPull& on_pull) {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_EX));
  TRY(sweep());
  auto image = pull_locked(hubs, ref, on_pull);
  if (!image) TRY(sweep());
  return image;
}

Result<StoredImage> ImageStore::pull_locked(const std::vector<Layout>& hubs, const std::string& ref,
                                            const OnPull& on_pull) const {
  TRY_ASSIGN(const spec::Reference wanted, spec::parse_reference(ref));
  Result<IndexEntry> entry = fail(ErrorCode::Failed, wanted.familiar() + " is not on the hub");
  const Layout* hub = nullptr;
  for (const Layout& one : hubs) {
    if (entry) break;
    hub = &one;
    entry = one.find(ref);
  }
  if (!entry) return fail(entry.error());
  on_pull({PullPhase::Resolved, entry->manifest.digest, 0, 0});
  TRY(fetch(*hub, entry->manifest, on_pull));
  TRY_ASSIGN(const std::string text, read_document(entry->manifest));
  TRY_ASSIGN(const Manifest manifest, parse_manifest("manifest " + entry->manifest.digest, text));
  TRY(fetch(*hub, manifest.config, on_pull));
  TRY_ASSIGN(const std::string about, read_document(manifest.config));
  TRY_ASSIGN(const spec::ImageConfig config, spec::image_config_from_json(about));
  TRY(check_platform(config, ref));
  TRY(check_layers(config, manifest));

  StoredImage image;
  image.id = manifest.config.digest;
  image.config_size = manifest.config.size;
  image.manifest = entry->manifest.digest;
  image.created = config.created;
  for (std::size_t i = 0; i < manifest.layers.size(); ++i) {
    TRY_ASSIGN(StoredLayer layer,
               fetch_layer(*hub, manifest.layers[i], config.diff_ids[i], on_pull));
    image.layers.push_back(std::move(layer));
  }
  TRY_ASSIGN(ImageTable table, load());
  table.images[image.id] = image;
  table.tags[wanted.canonical()] = {image.id, image.manifest};
  TRY(save(table));
  return table.with_refs(image);
}

// What stands in blobs/ was checked when it came in.
Status ImageStore::fetch(const Layout& hub, const Descriptor& blob, const OnPull& on_pull) const {
  const std::string place = blob_path(blob.digest);
  if (exists(place)) {
    TRY_ASSIGN(const Fd there, open_file(place, O_RDONLY | O_NOFOLLOW));
    TRY_ASSIGN(const std::int64_t size, regular_size(there.get(), place));
    if (size != blob.size)
      return fail(
          blob_error(blob, decimal(blob.size) + " bytes were announced, it has " + decimal(size)));
    return {};
  }
  TRY_ASSIGN(const Fd from, hub.open_blob(blob));
  const std::string temporary = state_ + "/tmp/" + digest_hex(blob.digest);
  TRY(copy_blob(from.get(), blob, temporary, on_pull));
  if (std::rename(temporary.c_str(), place.c_str()) != 0) return os_fail("rename", place, errno);
  on_pull({PullPhase::Verified, blob.digest, blob.size, blob.size});
  return {};
}

Status ImageStore::copy_blob(int from, const Descriptor& blob, const std::string& temporary,
                             const OnPull& on_pull) const {
  TRY_ASSIGN(const Fd to, open_file(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0600));
  Sha256 sum;
  std::vector<char> piece(kCopiedAtOnce);
  std::int64_t done = 0;
  while (true) {
    const ssize_t got = ::read(from, piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return os_fail("read", "blob " + blob.digest, errno);
    if (got == 0) break;
    done += got;
    if (done > blob.size) break;  // somebody writes to it
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(got));
    sum.update(bytes);
    TRY(write_all(to.get(), bytes, temporary));
    on_pull({PullPhase::Fetching, blob.digest, done, blob.size});
  }
  if (done != blob.size)
    return fail(blob_error(blob, "its length is not the announced " + decimal(blob.size)));
  const std::string digest = "sha256:" + sum.hex();
  if (digest != blob.digest) return fail(blob_error(blob, "its digest is " + digest));
  return {};
}

Result<std::string> ImageStore::read_document(const Descriptor& blob) const {
  TRY_ASSIGN(const Fd fd, open_file(blob_path(blob.digest), O_RDONLY | O_NOFOLLOW));
  return read_blob(fd.get(), blob);
}

Result<StoredLayer> ImageStore::fetch_layer(const Layout& hub, const Descriptor& blob,
                                            const std::string& diff_id,
                                            const OnPull& on_pull) const {
  StoredLayer layer{blob.media_type, blob.digest, blob.size, diff_id, 0, false};
  const std::string about = state_ + "/layers/" + digest_hex(diff_id) + "/layer.json";
  const bool unpacked = exists(about);
  if (unpacked && exists(blob_path(blob.digest)))
    on_pull({PullPhase::Exists, blob.digest, blob.size, blob.size});
  TRY(fetch(hub, blob, on_pull));
  if (unpacked) {
    TRY(read_about(about, layer));
    return layer;
  }
  on_pull({PullPhase::Unpacking, blob.digest, 0, blob.size});
  TRY(unpack(layer));
  on_pull({PullPhase::Unpacked, blob.digest, blob.size, layer.unpacked});
  return layer;
}

Result<Unpacked> ImageStore::unpack_into(const StoredLayer& layer, const std::string& folder,
                                         Deletions deletions) const {
  TRY_ASSIGN(const Fd blob, open_file(blob_path(layer.digest), O_RDONLY | O_NOFOLLOW));
  TRY_ASSIGN(const Fd root, open_file(folder, O_PATH | O_DIRECTORY | O_NOFOLLOW));
  const LayerSource source{blob.get(), packing_of(layer.media_type).value_or(Packing::Plain),
                           layer.diff_id, "layer " + layer.digest};
  return unpack_layer(source, root.get(), options_of(deletions, limits));
}

Status ImageStore::unpack(StoredLayer& layer) const {
  const std::string hex = digest_hex(layer.diff_id);
  const std::string beside = state_ + "/tmp/layer-" + hex;
  TRY(make_folders(beside));
  TRY(make_root(beside + "/diff"));
  TRY_ASSIGN(const Unpacked unpacked, unpack_into(layer, beside + "/diff", Deletions::Overlay));
  layer.unpacked = unpacked.bytes;
  layer.hides_lower = unpacked.hides_lower;
  const Json about = {{"diff_id", layer.diff_id},
                      {"bytes", unpacked.bytes},
                      {"members", unpacked.members},
                      {"hides_lower", unpacked.hides_lower}};
  TRY(replace_file(beside + "/layer.json", about.dump()));
  const std::string place = state_ + "/layers/" + hex;
  TRY(remove_tree(place));
  if (std::rename(beside.c_str(), place.c_str()) != 0) return os_fail("rename", place, errno);
  return {};
}

Status ImageStore::flatten(const StoredImage& image, const std::string& folder) const {
  const std::string beside = folder + ".new";
  TRY(remove_tree(beside));
  TRY(make_root(beside));
  for (const StoredLayer& layer : image.layers) {
    const auto done = unpack_into(layer, beside, Deletions::Apply);
    if (!done) {
      TRY(remove_tree(beside));
      return fail(done.error());
    }
  }
  if (std::rename(beside.c_str(), folder.c_str()) != 0) return os_fail("rename", folder, errno);
  return {};
}

}  // namespace cutaway::real

#include "real/image/store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <set>

#include "base/json_value.h"
#include "base/text.h"
#include "real/image/store_lock.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

constexpr const char* kStoreFolders[] = {"/blobs/sha256", "/layers", "/tmp", "/holds"};

// Whoever could write here could give us any root file system to run.
Status check_private(const std::string& state) {
  struct stat status {};
  if (::stat(state.c_str(), &status) != 0) return os_fail("stat", state, errno);
  if (!S_ISDIR(status.st_mode)) return fail(ErrorCode::Failed, state + ": no folder");
  if (status.st_uid != ::geteuid())
    return fail(ErrorCode::Failed, state + ": the state folder belongs to somebody else");
  if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return fail(ErrorCode::Failed, state + ": others may write to the state folder",
                "chmod 0700 " + state);
  return {};
}

// Holders are ids of containers; the name becomes a file's.
bool good_holder(std::string_view holder) {
  return !holder.empty() && holder.size() <= 128 &&
         holder.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") ==
             std::string_view::npos;
}

}  // namespace

Result<StoreLock> StoreLock::take(const std::string& state, int how) {
  StoreLock lock;
  TRY_ASSIGN(lock.fd_, open_file(state + "/images.lock", O_RDWR | O_CREAT | O_NOFOLLOW, 0600));
  while (::flock(lock.fd_.get(), how) != 0) {
    if (errno != EINTR) return os_fail("lock", state + "/images.lock", errno);
  }
  return lock;
}

Result<ImageStore> ImageStore::open(const std::string& state) {
  TRY(make_folders(state));
  TRY(check_private(state));
  for (const char* folder : kStoreFolders) TRY(make_folders(state + folder));
  return ImageStore(state);
}

std::string ImageStore::blob_path(const std::string& digest) const {
  return state_ + "/blobs/sha256/" + digest_hex(digest);
}

Result<ImageTable> ImageStore::load() const {
  const std::string file = state_ + "/images.json";
  if (!exists(file)) return ImageTable();
  TRY_ASSIGN(const std::string text, read_text(file));
  return table_from(file, text);
}

Status ImageStore::save(const ImageTable& table) const {
  return replace_file(state_ + "/images.json", table_text(table));
}

Result<std::vector<std::pair<std::string, StoredImage>>> ImageStore::load_holds() const {
  TRY_ASSIGN(const std::vector<std::string> names, names_in(state_ + "/holds"));
  std::vector<std::pair<std::string, StoredImage>> holds;
  for (const std::string& name : names) {
    if (!ends_with(name, ".json")) continue;
    const std::string file = state_ + "/holds/" + name;
    TRY_ASSIGN(const std::string text, read_text(file));
    TRY_ASSIGN(const Json value, parse_json(text));
    TRY_ASSIGN(StoredImage image, stored_image_from(file, value));
    holds.emplace_back(name.substr(0, name.size() - 5), std::move(image));
  }
  return holds;
}

// Mark and sweep. With the lock held nobody is making anything, so tmp/ holds leavings only.
Result<std::vector<std::string>> ImageStore::sweep() const {
  TRY_ASSIGN(const ImageTable table, load());
  TRY_ASSIGN(const auto holds, load_holds());
  std::set<std::string> blobs, layers;
  const auto mark = [&blobs, &layers](const StoredImage& image) {
    blobs.insert(digest_hex(image.id));
    blobs.insert(digest_hex(image.manifest));
    for (const StoredLayer& layer : image.layers) {
      blobs.insert(digest_hex(layer.digest));
      layers.insert(digest_hex(layer.diff_id));
    }
  };
  for (const auto& [id, image] : table.images) mark(image);
  for (const auto& [name, tag] : table.tags) blobs.insert(digest_hex(tag.manifest));
  for (const auto& [holder, image] : holds) mark(image);
  TRY_ASSIGN(const auto all_blobs, names_in(state_ + "/blobs/sha256"));
  for (const std::string& name : all_blobs) {
    if (blobs.count(name) == 0) TRY(remove_tree(state_ + "/blobs/sha256/" + name));
  }
  std::vector<std::string> gone;
  TRY_ASSIGN(const auto all_layers, names_in(state_ + "/layers"));
  for (const std::string& name : all_layers) {
    if (layers.count(name) != 0) continue;
    TRY(remove_tree(state_ + "/layers/" + name));
    gone.push_back("sha256:" + name);
  }
  TRY_ASSIGN(const auto leavings, names_in(state_ + "/tmp"));
  for (const std::string& name : leavings) TRY(remove_tree(state_ + "/tmp/" + name));
  return gone;
}

Result<std::vector<StoredImage>> ImageStore::list() const {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_SH));
  TRY_ASSIGN(const ImageTable table, load());
  std::vector<StoredImage> images;
  for (const auto& [id, image] : table.images) images.push_back(table.with_refs(image));
  return images;
}

Result<StoredImage> ImageStore::find(const std::string& name) const {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_SH));
  TRY_ASSIGN(const ImageTable table, load());
  return table.find(name);
}

Result<spec::ImageConfig> ImageStore::config(const StoredImage& image) const {
  TRY_ASSIGN(const std::string text, read_document({"", image.id, image.config_size}));
  return spec::image_config_from_json(text);
}

std::vector<std::string> ImageStore::layer_folders(const StoredImage& image) const {
  std::vector<std::string> folders;
  for (const StoredLayer& layer : image.layers) {
    if (layer.hides_lower) folders.clear();
    folders.push_back(state_ + "/layers/" + digest_hex(layer.diff_id) + "/diff");
  }
  return folders;
}

Status ImageStore::tag(const std::string& name, const std::string& ref) {
  TRY_ASSIGN(const spec::Reference to, spec::parse_reference(ref));
  if (!to.digest.empty())
    return fail(ErrorCode::Failed, "refusing to create a tag with a digest reference");
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_EX));
  TRY_ASSIGN(ImageTable table, load());
  TRY_ASSIGN(const StoredImage image, table.find(name));
  table.tags[to.canonical()] = {image.id, image.manifest};
  return save(table);
}

Result<Removed> ImageStore::remove(const std::string& name) {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_EX));
  TRY_ASSIGN(ImageTable table, load());
  TRY_ASSIGN(const StoredImage image, table.find(name));
  const std::string only = table.tag_of(name);
  Removed removed;
  bool named = false;
  for (auto tag = table.tags.begin(); tag != table.tags.end();) {
    const bool its = tag->second.id == image.id;
    const bool goes = its && (only.empty() || tag->first == only);
    named = named || (its && !goes);
    if (goes) {
      const auto reference = spec::parse_reference(tag->first);
      removed.untagged.push_back(reference ? reference->familiar() : tag->first);
    }
    tag = goes ? table.tags.erase(tag) : std::next(tag);
  }
  if (!named) {
    table.images.erase(image.id);
    removed.deleted.push_back(image.id);
  }
  // First the table: killed in between, blobs are left over, never an image without its layers.
  TRY(save(table));
  TRY_ASSIGN(const std::vector<std::string> layers, sweep());
  removed.deleted.insert(removed.deleted.end(), layers.begin(), layers.end());
  return removed;
}

Result<StoredImage> ImageStore::hold(const std::string& name, const std::string& holder) {
  if (!good_holder(holder)) return fail(ErrorCode::Failed, "'" + holder + "' cannot hold an image");
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_EX));
  TRY_ASSIGN(const ImageTable table, load());
  TRY_ASSIGN(StoredImage image, table.find(name));
  TRY(replace_file(state_ + "/holds/" + holder + ".json", stored_image_json(image).dump()));
  return image;
}

Result<StoredImage> ImageStore::held(const std::string& holder) const {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_SH));
  TRY_ASSIGN(const auto holds, load_holds());
  for (const auto& [name, image] : holds) {
    if (name == holder) return image;
  }
  return fail(ErrorCode::Failed, "'" + holder + "' holds no image");
}

Status ImageStore::release(const std::string& holder) {
  if (!good_holder(holder)) return fail(ErrorCode::Failed, "'" + holder + "' holds no image");
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_EX));
  TRY(remove_tree(state_ + "/holds/" + holder + ".json"));
  TRY(sweep());
  return {};
}

Result<std::vector<std::string>> ImageStore::holders(const StoredImage& image) const {
  TRY_ASSIGN(const StoreLock lock, StoreLock::take(state_, LOCK_SH));
  TRY_ASSIGN(const auto holds, load_holds());
  std::vector<std::string> names;
  for (const auto& [holder, held] : holds) {
    if (held.id == image.id) names.push_back(holder);
  }
  return names;
}

}  // namespace cutaway::real

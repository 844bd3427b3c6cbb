#include "trace/log/blob_store.h"

#include "base/check.h"

namespace cutaway {

namespace {

/// FNV-1a, 64 bits (Fowler, Noll, Vo): enough to spread contents; equality is checked, not trusted.
std::uint64_t hash(std::string_view bytes) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (const char c : bytes) sum = (sum ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return sum;
}

}  // namespace

BlobId BlobStore::put(std::string_view bytes) {
  if (bytes.empty()) return {};
  BlobId id{hash_ == nullptr ? hash(bytes) : hash_(bytes)};
  // Contents with the same hash get the ids that follow it.
  for (;; ++id.value) {
    const auto found = id ? blobs_.find(id.value) : blobs_.end();
    if (id && found == blobs_.end()) break;
    if (id && found->second == bytes) return id;
  }
  keep(id, bytes);
  return id;
}

bool BlobStore::restore(BlobId id, std::string_view bytes) {
  if (!id || bytes.empty()) return false;
  if (contains(id)) return get(id) == bytes;
  keep(id, bytes);
  return true;
}

std::string_view BlobStore::get(BlobId id) const {
  const auto found = blobs_.find(id.value);
  return found == blobs_.end() ? std::string_view() : std::string_view(found->second);
}

bool BlobStore::contains(BlobId id) const { return blobs_.find(id.value) != blobs_.end(); }

BlobId BlobStore::id_at(std::size_t index) const {
  CHECK(index < order_.size());
  return order_[index];
}

void BlobStore::cut_back(std::size_t count) {
  while (order_.size() > count) {
    const auto last = blobs_.find(order_.back().value);
    bytes_ -= last->second.size();
    blobs_.erase(last);
    order_.pop_back();
  }
}

void BlobStore::keep(BlobId id, std::string_view bytes) {
  blobs_.emplace(id.value, bytes);
  order_.push_back(id);
  bytes_ += bytes.size();
}

}  // namespace cutaway

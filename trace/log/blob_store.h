// Contents by their hash: equal bytes are kept once, events and Worlds hold ids.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "trace/ids.h"

namespace cutaway {

class BlobStore {
 public:
  using Hash = std::uint64_t (*)(std::string_view);

  BlobStore() = default;
  /// With another hash; tests take a bad one.
  explicit BlobStore(Hash hash) : hash_(hash) {}

  /// The id of these bytes, which are kept. The empty content has id 0.
  BlobId put(std::string_view bytes);
  /// Keeps bytes under the id that they had in the trace that is being read. False: it stands for
  /// other bytes.
  bool restore(BlobId id, std::string_view bytes);
  /// The bytes; empty when unknown (a trace read from JSON holds only contents of up to
  /// kCaptureBytes).
  std::string_view get(BlobId id) const;
  bool contains(BlobId id) const;
  std::size_t size() const { return blobs_.size(); }
  std::size_t bytes() const { return bytes_; }

  /// Forgets all but the first `count`.
  void cut_back(std::size_t count);
  /// Ids in the order in which they came.
  BlobId id_at(std::size_t index) const;
  /// Calls f(id, bytes) in the order in which they came.
  template <class F>
  void each(F&& f) const {
    for (const BlobId id : order_) f(id, get(id));
  }

 private:
  void keep(BlobId id, std::string_view bytes);

  std::unordered_map<std::uint64_t, std::string> blobs_;
  std::vector<BlobId> order_;
  std::size_t bytes_ = 0;
  Hash hash_ = nullptr;
};

}  // namespace cutaway

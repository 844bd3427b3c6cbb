// The tar archive inside a layer's blob: taken out of its compression piece by piece, counted and
// hashed on the way. An image's config names layers by the digest of this stream (the diff id).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/digest.h"
#include "base/result.h"
#include "real/image/archive.h"
#include "real/image/descriptor.h"
#include "real/image/unpack.h"

namespace cutaway::real {

class LayerStream {
 public:
  /// Reads `layer.blob` from where it stands.
  static Result<std::unique_ptr<LayerStream>> open(const LayerSource& layer,
                                                   const UnpackLimits& limits);

  /// The next piece; empty at the end. It stays until the next call.
  Result<std::string_view> next();
  /// What went wrong in next(), for a caller that heard of it through libarchive.
  const std::optional<Error>& error() const { return error_; }
  /// Reads to the end and compares the digest of all of it.
  Status finish();

 private:
  LayerStream(const LayerSource& layer, const UnpackLimits& limits);
  Result<std::string_view> refuse(const std::string& what);

  LayerSource layer_;
  UnpackLimits limits_;
  Archive raw_;
  std::int64_t packed_ = 0, unpacked_ = 0;
  bool ended_ = false;
  Sha256 sum_;
  std::vector<char> buffer_;
  std::optional<Error> error_;
};

}  // namespace cutaway::real

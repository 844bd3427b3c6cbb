#include "real/image/layer_stream.h"

#include "base/text.h"
#include "real/image/layout.h"

namespace cutaway::real {

namespace {

constexpr std::size_t kReadPiece = 1 << 16;

using AddFilter = int (*)(archive*);
constexpr AddFilter kArchiveFilters[] = {archive_read_support_filter_none,
                                         archive_read_support_filter_gzip,
                                         archive_read_support_filter_zstd};  // by Packing

}  // namespace

LayerStream::LayerStream(const LayerSource& layer, const UnpackLimits& limits)
    : layer_(layer), limits_(limits), raw_(archive_read_new()), buffer_(kReadPiece) {}

Result<std::unique_ptr<LayerStream>> LayerStream::open(const LayerSource& layer,
                                                       const UnpackLimits& limits) {
  std::unique_ptr<LayerStream> stream(new LayerStream(layer, limits));
  TRY_ASSIGN(stream->packed_, regular_size(layer.blob, layer.name));
  archive* raw = stream->raw_.get();
  // No format: libarchive hands out what the filter gives, as one nameless file.
  archive_read_support_format_raw(raw);
  archive_read_support_format_empty(raw);
  kArchiveFilters[static_cast<std::size_t>(layer.packing)](raw);
  archive_entry* entry = nullptr;
  if (archive_read_open_fd(raw, layer.blob, kReadPiece) != ARCHIVE_OK)
    return archive_fail(raw, layer.name);
  const int header = archive_read_next_header(raw, &entry);
  if (header != ARCHIVE_OK && header != ARCHIVE_EOF) return archive_fail(raw, layer.name);
  stream->ended_ = header == ARCHIVE_EOF;
  return stream;
}

Result<std::string_view> LayerStream::refuse(const std::string& what) {
  error_ = Error{ErrorCode::Failed, layer_.name + ": " + what, {}};
  return fail(*error_);
}

Result<std::string_view> LayerStream::next() {
  if (ended_) return std::string_view();
  const la_ssize_t got = archive_read_data(raw_.get(), buffer_.data(), buffer_.size());
  if (got < 0) {
    const char* words = archive_error_string(raw_.get());
    return refuse(words != nullptr ? words : "its compression is not understood");
  }
  ended_ = got == 0;
  const std::string_view piece(buffer_.data(), static_cast<std::size_t>(got));
  unpacked_ += got;
  if (unpacked_ > limits_.archive_bytes)
    return refuse("its archive is longer than " + decimal(limits_.archive_bytes) + " bytes");
  if (unpacked_ > limits_.ratio_free_bytes && unpacked_ / limits_.ratio > packed_)
    return refuse("its archive is more than " + decimal(limits_.ratio) +
                  " times as long as what was fetched");
  sum_.update(piece);
  return piece;
}

Status LayerStream::finish() {
  while (!ended_) TRY(next());
  const std::string digest = "sha256:" + sum_.hex();
  if (digest != layer_.diff_id)
    return fail(ErrorCode::Failed, layer_.name + ": its archive has the digest " + digest +
                                       ", the config says " + layer_.diff_id);
  return {};
}

}  // namespace cutaway::real

// See bytes.h.
#include "sim/kernel/bytes.h"

#include <algorithm>

#include "trace/world/lookup.h"

namespace cutaway::sim {

std::string bytes_of(const BlobStore& blobs, BlobId id, std::int64_t from, std::int64_t count) {
  if (count <= 0) return {};
  const std::string_view all = id ? blobs.get(id) : std::string_view();
  const auto start = std::min(static_cast<std::size_t>(from), all.size());
  std::string bytes(all.substr(start, static_cast<std::size_t>(count)));
  bytes.resize(static_cast<std::size_t>(count), '\0');
  return bytes;
}

std::string_view stored_bytes(const BlobStore& blobs, const Inode& inode) {
  const std::string_view all = inode.content ? blobs.get(inode.content) : std::string_view();
  return all.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(0, inode.size)));
}

std::string front_of(const BlobStore& blobs, const Pipe& pipe, std::int64_t count) {
  std::string bytes;
  for (const Segment& segment : pipe.segments) {
    const std::int64_t missing = count - static_cast<std::int64_t>(bytes.size());
    if (missing <= 0) break;
    bytes += bytes_of(blobs, segment.data, segment.from, std::min(missing, segment.length));
  }
  return bytes;
}

std::string spliced(std::string old, std::int64_t offset, std::string_view bytes) {
  const auto at = static_cast<std::size_t>(offset);
  if (old.size() < at + bytes.size()) old.resize(at + bytes.size(), '\0');
  old.replace(at, bytes.size(), bytes);
  return old;
}

namespace {

Descriptor opened_for(const Ask& ask, std::int64_t fd, std::uint64_t unwanted_access) {
  Descriptor found;
  found.file = file_of(ask.world, ask.task, fd);
  const bool bad = found.file == nullptr || (found.file->flags & abi::o::kPath) != 0 ||
                   (found.file->flags & abi::o::kAccmode) == unwanted_access;
  if (bad) found.err = abi::Errno::kEBADF;
  return found;
}

}  // namespace

Descriptor readable(const Ask& ask, std::int64_t fd) {
  return opened_for(ask, fd, abi::o::kWronly);
}
Descriptor writable(const Ask& ask, std::int64_t fd) { return opened_for(ask, fd, 0); }

const OpenFile* io_file(const Ask& ask, std::int64_t fd) {
  const OpenFile* file = file_of(ask.world, ask.task, fd);
  return file == nullptr || (file->flags & abi::o::kPath) != 0 ? nullptr : file;
}

bool is_seekable(const OpenFile& file) {
  return file.kind == FileKind::Inode || file.kind == FileKind::Virtual ||
         file.kind == FileKind::Null || file.kind == FileKind::Other;
}

Arg captured(std::string_view bytes) {
  Arg arg = Arg::bytes(std::string(bytes.substr(0, kCaptureBytes)));
  arg.length = bytes.size();
  return arg;
}

}  // namespace cutaway::sim

#include "real/image/layout.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "base/digest.h"
#include "base/json_value.h"
#include "base/text.h"
#include "real/sys/files.h"
#include "spec/reference.h"

namespace cutaway::real {

namespace {

// O_NONBLOCK: a named pipe in the place of a file would make open wait for ever.
Result<Fd> open_inside(int root, const std::string& path) {
  return open_in_root(root, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW);
}

Result<std::string> read_inside(int root, const std::string& path) {
  TRY_ASSIGN(const Fd fd, open_inside(root, path));
  TRY(regular_size(fd.get(), path));
  return read_all(fd.get(), path, static_cast<std::size_t>(kDocumentMax));
}

Status check_marker(int root, const std::string& folder) {
  TRY_ASSIGN(const std::string text, read_inside(root, "oci-layout"));
  const auto marker = parse_json(text);
  const bool good =
      marker && marker->is_object() && marker->value("imageLayoutVersion", Json()) == Json("1.0.0");
  if (!good) return fail(ErrorCode::Failed, folder + ": no OCI image layout of version 1.0.0");
  return {};
}

bool names(const spec::Reference& wanted, const IndexEntry& entry) {
  const auto offered = spec::parse_reference(entry.ref);
  if (!offered || offered->name() != wanted.name()) return false;
  return wanted.digest.empty() ? offered->tag == wanted.tag
                               : entry.manifest.digest == wanted.digest;
}

}  // namespace

Result<Layout> Layout::open(const std::string& folder) {
  Layout layout;
  layout.folder_ = folder;
  TRY_ASSIGN(layout.root_, open_file(folder, O_PATH | O_DIRECTORY));
  TRY(check_marker(layout.root_.get(), folder));
  TRY_ASSIGN(const std::string text, read_inside(layout.root_.get(), "index.json"));
  TRY_ASSIGN(layout.entries_, parse_index(folder + "/index.json", text));
  return layout;
}

Result<IndexEntry> Layout::find(const std::string& ref) const {
  TRY_ASSIGN(const spec::Reference wanted, spec::parse_reference(ref));
  for (const IndexEntry& entry : entries_) {
    if (names(wanted, entry)) return entry;
  }
  return fail(ErrorCode::Failed, wanted.familiar() + " is not on the hub");
}

Result<Fd> Layout::open_blob(const Descriptor& blob) const {
  if (!good_digest(blob.digest)) return fail(blob_error(blob, "this is no sha256 digest"));
  auto fd = open_inside(root_.get(), "blobs/sha256/" + digest_hex(blob.digest));
  if (!fd) return fail(blob_error(blob, fd.error().message));
  TRY_ASSIGN(const std::int64_t size, regular_size(fd->get(), "blob " + blob.digest));
  if (size != blob.size)
    return fail(blob_error(
        blob, "it has " + decimal(size) + " bytes, " + decimal(blob.size) + " were announced"));
  return std::move(*fd);
}

Result<std::int64_t> regular_size(int fd, const std::string& name) {
  struct stat status {};
  if (::fstat(fd, &status) != 0) return os_fail("stat", name, errno);
  if (!S_ISREG(status.st_mode)) return fail(ErrorCode::Failed, name + ": no regular file");
  return static_cast<std::int64_t>(status.st_size);
}

Result<std::string> read_blob(int fd, const Descriptor& blob) {
  TRY_ASSIGN(std::string bytes, read_all(fd, blob.digest, static_cast<std::size_t>(kDocumentMax)));
  if (static_cast<std::int64_t>(bytes.size()) != blob.size)
    return fail(blob_error(blob, "it has " + std::to_string(bytes.size()) + " bytes, " +
                                     decimal(blob.size) + " were announced"));
  const std::string digest = sha256_digest(bytes);
  if (digest != blob.digest) return fail(blob_error(blob, "its digest is " + digest));
  return bytes;
}

Error blob_error(const Descriptor& blob, const std::string& what) {
  return {ErrorCode::Failed, "blob " + blob.digest + ": " + what, {}};
}

}  // namespace cutaway::real

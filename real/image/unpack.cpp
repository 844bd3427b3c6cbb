#include "real/image/unpack.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cerrno>
#include <limits>

#include "base/text.h"
#include "real/image/archive.h"
#include "real/image/layer_stream.h"
#include "real/image/layer_writer.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

constexpr std::string_view kWhiteout = ".wh.";
constexpr std::string_view kOpaque = ".wh..wh..opq";
constexpr std::string_view kAufsOwn = ".wh..wh.";  // aufs' own bookkeeping, in old images
constexpr std::string_view kCapability = "security.capability";

class Unpacker {
 public:
  Unpacker(const LayerSource& layer, int folder, const UnpackOptions& options)
      : layer_(layer), options_(options), writer_(folder, options), tar_(archive_read_new()) {}

  Result<Unpacked> run();

 private:
  using Make = Status (Unpacker::*)(archive_entry*, const std::string&);
  struct TypeRow {
    unsigned type;
    Make make;
  };
  static const TypeRow kTypes[];

  Status member(archive_entry* entry);
  Status whiteout(const std::string& folder, std::string_view name);
  Status make_folder(archive_entry* entry, const std::string& path);
  Status make_file(archive_entry* entry, const std::string& path);
  Status make_link(archive_entry* entry, const std::string& path);
  Status make_fifo(archive_entry* entry, const std::string& path);
  Status make_hard_link(archive_entry* entry, const std::string& path);
  Status copy_data(int fd, const std::string& path, std::int64_t size);
  Result<Attributes> attributes_of(archive_entry* entry, const std::string& path) const;
  tl::unexpected<Error> refuse(const std::string& path, const std::string& what) const {
    return fail(ErrorCode::Failed, "/" + path + ": " + what);
  }
  Error in_layer(const Error& error) const;
  static la_ssize_t more(archive* tar, void* unpacker, const void** bytes);

  const LayerSource& layer_;
  const UnpackOptions& options_;
  LayerWriter writer_;
  std::unique_ptr<LayerStream> stream_;
  Archive tar_;
  Unpacked done_;
};

const Unpacker::TypeRow Unpacker::kTypes[] = {
    {AE_IFREG, &Unpacker::make_file},
    {AE_IFDIR, &Unpacker::make_folder},
    {AE_IFLNK, &Unpacker::make_link},
    {AE_IFIFO, &Unpacker::make_fifo},
};

// libarchive asks for the next piece of the archive.
la_ssize_t Unpacker::more(archive* tar, void* unpacker, const void** bytes) {
  const auto piece = static_cast<Unpacker*>(unpacker)->stream_->next();
  if (!piece) {
    archive_set_error(tar, EIO, "%s", piece.error().message.c_str());
    return -1;
  }
  *bytes = piece->data();
  return static_cast<la_ssize_t>(piece->size());
}

Error Unpacker::in_layer(const Error& error) const {
  if (stream_->error()) return *stream_->error();
  return {error.code, layer_.name + ": " + error.message, error.hint};
}

Result<Unpacked> Unpacker::run() {
  TRY_ASSIGN(stream_, LayerStream::open(layer_, options_.limits));
  archive* tar = tar_.get();
  archive_read_support_format_tar(tar);
  archive_read_support_format_empty(tar);
  if (archive_read_open(tar, this, nullptr, more, nullptr) != ARCHIVE_OK)
    return fail(in_layer(archive_fail(tar, "archive").value()));
  archive_entry* entry = nullptr;
  int header = ARCHIVE_OK;
  // A warning means that something in the header was not understood: what would we make of it?
  while ((header = archive_read_next_header(tar, &entry)) == ARCHIVE_OK) {
    const Status made = member(entry);
    if (!made) return fail(in_layer(made.error()));
  }
  if (header != ARCHIVE_EOF) return fail(in_layer(archive_fail(tar, "archive").value()));
  const Status finished = writer_.finish();
  if (!finished) return fail(in_layer(finished.error()));
  TRY(stream_->finish());
  return done_;
}

Status Unpacker::member(archive_entry* entry) {
  if (++done_.members > options_.limits.members)
    return fail(ErrorCode::Failed, "more than " + decimal(options_.limits.members) + " members");
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr) return fail(ErrorCode::Failed, "a member's name is no text");
  TRY_ASSIGN(const std::string path, member_path(name, options_.limits.depth));
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
  const std::string last = slash == std::string::npos ? path : path.substr(slash + 1);
  if (("/" + folder).find("/" + std::string(kWhiteout)) != std::string::npos)
    return refuse(path, "it lies below a deletion mark");
  if (starts_with(last, kWhiteout)) return whiteout(folder, last);
  if (archive_entry_hardlink(entry) != nullptr) return make_hard_link(entry, path);
  for (const TypeRow& row : kTypes) {
    if (archive_entry_filetype(entry) == row.type) return (this->*row.make)(entry, path);
  }
  return refuse(path, "a device node; images get none here (a container has its own /dev)");
}

Status Unpacker::whiteout(const std::string& folder, std::string_view name) {
  if (name == kOpaque) {
    done_.hides_lower = done_.hides_lower || folder.empty();
    return writer_.hide_all_below(folder);
  }
  if (starts_with(name, kAufsOwn)) return {};
  const std::string hidden(name.substr(kWhiteout.size()));
  if (hidden.empty() || hidden == "." || hidden == "..")
    return refuse(folder, "a deletion mark for '" + hidden + "'");
  return writer_.hide(folder.empty() ? hidden : folder + "/" + hidden);
}

Result<Attributes> Unpacker::attributes_of(archive_entry* entry, const std::string& path) const {
  // The last number is "leave it as it is" to chown(2).
  constexpr la_int64_t kIdMax = std::numeric_limits<uid_t>::max() - 1;
  const la_int64_t uid = archive_entry_uid(entry);
  const la_int64_t gid = archive_entry_gid(entry);
  if (uid < 0 || uid > kIdMax || gid < 0 || gid > kIdMax)
    return refuse(path, "its owner has a number that no owner can have");
  Attributes attributes{
      archive_entry_perm(entry), static_cast<uid_t>(uid), static_cast<gid_t>(gid), {}};
  if (archive_entry_mtime_is_set(entry) != 0)
    attributes.modified = timespec{archive_entry_mtime(entry), archive_entry_mtime_nsec(entry)};
  return attributes;
}

Status Unpacker::make_folder(archive_entry* entry, const std::string& path) {
  TRY_ASSIGN(const Attributes attributes, attributes_of(entry, path));
  return writer_.folder(path, attributes);
}

Status Unpacker::make_link(archive_entry* entry, const std::string& path) {
  const char* target = archive_entry_symlink(entry);
  if (target == nullptr || *target == '\0') return refuse(path, "a link to nothing");
  TRY_ASSIGN(const Attributes attributes, attributes_of(entry, path));
  return writer_.symbolic_link(path, target, attributes);
}

Status Unpacker::make_fifo(archive_entry* entry, const std::string& path) {
  TRY_ASSIGN(const Attributes attributes, attributes_of(entry, path));
  return writer_.fifo(path, attributes);
}

Status Unpacker::make_hard_link(archive_entry* entry, const std::string& path) {
  TRY_ASSIGN(const std::string target,
             member_path(archive_entry_hardlink(entry), options_.limits.depth));
  return writer_.hard_link(path, target);
}

// File capabilities are kept, as docker keeps them; other extended attributes are not: trusted.*
// would speak to overlayfs in our name.
Status set_capability(archive_entry* entry, int fd, const std::string& path) {
  archive_entry_xattr_reset(entry);
  const char* name = nullptr;
  const void* value = nullptr;
  std::size_t size = 0;
  while (archive_entry_xattr_next(entry, &name, &value, &size) == ARCHIVE_OK) {
    if (name == nullptr || name != kCapability) continue;
    if (::fsetxattr(fd, name, value, size, 0) != 0)
      return os_fail("set security.capability of", "/" + path, errno);
  }
  return {};
}

Status Unpacker::make_file(archive_entry* entry, const std::string& path) {
  TRY_ASSIGN(const Attributes attributes, attributes_of(entry, path));
  const std::int64_t size = archive_entry_size(entry);
  if (size < 0 || size > options_.limits.bytes - done_.bytes)
    return refuse(path, "files of more than " + decimal(options_.limits.bytes) + " bytes in all");
  done_.bytes += size;
  TRY_ASSIGN(const Fd fd, writer_.file(path));
  TRY(copy_data(fd.get(), path, size));
  TRY(writer_.finish_file(fd.get(), path, attributes));
  // After the owner: chown clears it.
  return options_.as_root ? set_capability(entry, fd.get(), path) : Status{};
}

Status Unpacker::copy_data(int fd, const std::string& path, std::int64_t size) {
  const void* bytes = nullptr;
  std::size_t length = 0;
  la_int64_t offset = 0;
  int got = ARCHIVE_OK;
  while ((got = archive_read_data_block(tar_.get(), &bytes, &length, &offset)) == ARCHIVE_OK) {
    if (offset < 0 || offset > size || static_cast<std::int64_t>(length) > size - offset)
      return refuse(path, "more data than its header says");
    if (::lseek(fd, offset, SEEK_SET) < 0) return os_fail("seek", "/" + path, errno);
    TRY(write_all(fd, {static_cast<const char*>(bytes), length}, "/" + path));
  }
  if (got != ARCHIVE_EOF) return archive_fail(tar_.get(), "/" + path);
  // A sparse file may end with a hole.
  if (::ftruncate(fd, size) != 0) return os_fail("truncate", "/" + path, errno);
  return {};
}

}  // namespace

Result<Unpacked> unpack_layer(const LayerSource& layer, int folder, const UnpackOptions& options) {
  const Utf8Locale utf8;
  return Unpacker(layer, folder, options).run();
}

}  // namespace cutaway::real

#include "archives.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/digest.h"
#include "real/image/archive.h"
#include "real/sys/files.h"

namespace cutaway::test {

namespace {

constexpr unsigned kTypes[] = {AE_IFREG, AE_IFDIR, AE_IFLNK, AE_IFREG,
                               AE_IFIFO, AE_IFCHR, AE_IFBLK, AE_IFSOCK};

la_ssize_t append(archive*, void* text, const void* bytes, std::size_t length) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), length);
  return static_cast<la_ssize_t>(length);
}

real::Entry entry_of(const Member& member) {
  real::Entry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), member.name.c_str());
  archive_entry_set_filetype(entry.get(), kTypes[static_cast<std::size_t>(member.kind)]);
  archive_entry_set_perm(entry.get(), member.mode);
  archive_entry_set_uid(entry.get(), member.uid);
  archive_entry_set_gid(entry.get(), member.gid);
  archive_entry_set_mtime(entry.get(), member.mtime, 0);
  if (member.kind == MemberKind::File)
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(member.text.size()));
  if (member.kind == MemberKind::Link) archive_entry_set_symlink(entry.get(), member.text.c_str());
  if (member.kind == MemberKind::HardLink)
    archive_entry_set_hardlink(entry.get(), member.text.c_str());
  if (member.kind == MemberKind::Char || member.kind == MemberKind::Block) {
    archive_entry_set_rdevmajor(entry.get(), 1);
    archive_entry_set_rdevminor(entry.get(), 3);
  }
  if (!member.xattr.empty())
    archive_entry_xattr_add_entry(entry.get(), member.xattr.c_str(), member.xattr_text.data(),
                                  member.xattr_text.size());
  return entry;
}

}  // namespace

Member file(std::string name, std::string text, unsigned mode) {
  return {std::move(name), MemberKind::File, std::move(text), mode, 0, 0, 0, {}, {}};
}
Member folder(std::string name, unsigned mode) {
  return {std::move(name), MemberKind::Folder, {}, mode, 0, 0, 0, {}, {}};
}
Member link(std::string name, std::string target) {
  return {std::move(name), MemberKind::Link, std::move(target), 0777, 0, 0, 0, {}, {}};
}
Member hard_link(std::string name, std::string target) {
  return {std::move(name), MemberKind::HardLink, std::move(target), 0644, 0, 0, 0, {}, {}};
}
Member node(std::string name, MemberKind kind) {
  return {std::move(name), kind, {}, 0666, 0, 0, 0, {}, {}};
}

std::string tar(const std::vector<Member>& members) {
  const real::Utf8Locale utf8;
  std::string bytes;
  const real::Archive out(archive_write_new());
  archive_write_set_format_pax_restricted(out.get());
  archive_write_open(out.get(), &bytes, nullptr, append, nullptr);
  for (const Member& member : members) {
    const real::Entry entry = entry_of(member);
    EXPECT_EQ(archive_write_header(out.get(), entry.get()), ARCHIVE_OK)
        << member.name << ": " << archive_error_string(out.get());
    if (member.kind == MemberKind::File)
      archive_write_data(out.get(), member.text.data(), member.text.size());
  }
  archive_write_close(out.get());
  return bytes;
}

real::UnpackOptions options(real::Deletions deletions) {
  real::UnpackOptions how;
  how.deletions = deletions;
  how.as_root = ::geteuid() == 0;
  if (!how.as_root) how.opaque_attribute = "user.overlay.opaque";
  return how;
}

Result<real::Unpacked> unpack(const std::string& archive, const std::string& folder,
                              const real::UnpackOptions& how, real::Packing packing,
                              std::string diff_id) {
  const real::Fd blob(::memfd_create("layer", MFD_CLOEXEC));
  TRY(real::write_all(blob.get(), archive, "memory"));
  ::lseek(blob.get(), 0, SEEK_SET);
  TRY(real::make_folders(folder, 0755));
  TRY_ASSIGN(const real::Fd root, real::open_file(folder, O_PATH | O_DIRECTORY));
  if (diff_id.empty()) diff_id = sha256_digest(archive);
  return real::unpack_layer({blob.get(), packing, diff_id, "layer"}, root.get(), how);
}

std::string words(const Result<real::Unpacked>& result) {
  return result ? std::string() : result.error().message;
}

}  // namespace cutaway::test

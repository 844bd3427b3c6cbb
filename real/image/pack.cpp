// A layer as a tar archive (CONTRACT §5, Files): keys are the members' names, missing parents are
// root's with mode 0755.
#include <sys/stat.h>

#include "base/os/files.h"
#include "base/text.h"
#include "real/image/archive.h"
#include "real/image/build.h"

namespace cutaway::real {

namespace {

using spec::FileSpec;

la_ssize_t append_bytes(archive*, void* text, const void* bytes, std::size_t length) {
  static_cast<std::string*>(text)->append(static_cast<const char*>(bytes), length);
  return static_cast<la_ssize_t>(length);
}

// By the member's name ("bin/", "bin/sh"): sorted, a folder stands before what is in it.
Result<spec::FileSet> members_of(const spec::FileSet& files) {
  spec::FileSet members;
  for (const auto& [path, file] : files) {
    std::string name = path.substr(1);
    if (file.kind == FileSpec::Kind::Directory && !ends_with(name, "/")) name += '/';
    members[name] = file;
    for (std::size_t slash = name.find('/'); slash != std::string::npos && slash + 1 < name.size();
         slash = name.find('/', slash + 1)) {
      FileSpec folder;
      folder.kind = FileSpec::Kind::Directory;
      folder.mode = 0755;
      members.emplace(name.substr(0, slash + 1), folder);
    }
  }
  for (const auto& [name, file] : members) {
    if (!ends_with(name, "/") && members.count(name + "/") != 0)
      return fail(ErrorCode::Usage, "/" + name + " is a file and a folder in one layer");
  }
  return members;
}

Result<std::string> content_of(const std::string& name, const FileSpec& file,
                               const ProgramFiles& programs) {
  if (file.kind == FileSpec::Kind::Litmus)
    return fail(ErrorCode::NotYet, "programs of litmus calls on the real side (/" + name + ")");
  if (file.kind != FileSpec::Kind::Program) return file.bytes;
  const auto program = programs.find(file.program);
  if (program == programs.end())
    return fail(ErrorCode::Usage,
                "/" + name + ": there is no program '" + file.program + "' for the real side");
  return os::read_file(program->second);
}

constexpr unsigned kFileTypes[] = {AE_IFREG, AE_IFREG, AE_IFREG, AE_IFLNK, AE_IFDIR};

Status add_member(archive* tar, const std::string& name, const FileSpec& file,
                  const ProgramFiles& programs) {
  TRY_ASSIGN(const std::string content, content_of(name, file, programs));
  const Entry entry(archive_entry_new());
  archive_entry_set_pathname(entry.get(), name.c_str());
  archive_entry_set_filetype(entry.get(), kFileTypes[static_cast<std::size_t>(file.kind)]);
  archive_entry_set_perm(entry.get(), file.mode);
  archive_entry_set_uid(entry.get(), file.uid);
  archive_entry_set_gid(entry.get(), file.gid);
  archive_entry_set_mtime(entry.get(), 0, 0);
  archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
  if (file.kind == FileSpec::Kind::Link) archive_entry_set_symlink(entry.get(), file.link.c_str());
  if (archive_write_header(tar, entry.get()) != ARCHIVE_OK)
    return archive_fail(tar, "archive /" + name);
  const la_ssize_t put = archive_write_data(tar, content.data(), content.size());
  if (put != static_cast<la_ssize_t>(content.size())) return archive_fail(tar, "archive /" + name);
  return {};
}

}  // namespace

Result<std::string> pack_layer(const spec::FileSet& files, const ProgramFiles& programs) {
  TRY_ASSIGN(const spec::FileSet members, members_of(files));
  const Utf8Locale utf8;
  std::string bytes;
  const Archive tar(archive_write_new());
  archive_write_set_format_pax_restricted(tar.get());
  if (archive_write_open(tar.get(), &bytes, nullptr, append_bytes, nullptr) != ARCHIVE_OK)
    return archive_fail(tar.get(), "archive");
  for (const auto& [name, file] : members) TRY(add_member(tar.get(), name, file, programs));
  if (archive_write_close(tar.get()) != ARCHIVE_OK) return archive_fail(tar.get(), "archive");
  return bytes;
}

Result<std::string> gzip(const std::string& bytes) {
  std::string packed;
  const Archive raw(archive_write_new());
  archive_write_set_format_raw(raw.get());
  archive_write_add_filter_gzip(raw.get());
  // gzip's header holds the time unless told otherwise.
  archive_write_set_filter_option(raw.get(), "gzip", "timestamp", nullptr);
  archive_write_set_bytes_in_last_block(raw.get(), 1);
  const Entry entry(archive_entry_new());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  const bool good =
      archive_write_open(raw.get(), &packed, nullptr, append_bytes, nullptr) == ARCHIVE_OK &&
      archive_write_header(raw.get(), entry.get()) == ARCHIVE_OK &&
      archive_write_data(raw.get(), bytes.data(), bytes.size()) ==
          static_cast<la_ssize_t>(bytes.size()) &&
      archive_write_close(raw.get()) == ARCHIVE_OK;
  if (!good) return archive_fail(raw.get(), "gzip");
  return packed;
}

}  // namespace cutaway::real

#include "real/litmus/files_inside.h"

#include <fcntl.h>

#include <cerrno>

#include "real/image/build.h"
#include "real/image/hub.h"
#include "real/litmus/launcher.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

using abi::Sys;
using Kind = spec::FileSpec::Kind;

constexpr std::size_t kPiece = 64U << 10U;

Result<std::string> bytes_of(const spec::FileSpec& file) {
  if (file.kind == Kind::Litmus) return executor_bytes();
  if (file.kind != Kind::Program) return file.bytes;
  TRY_ASSIGN(const ProgramFiles programs, hub_programs());
  const auto found = programs.find(file.program);
  if (found == programs.end())
    return fail(ErrorCode::Cannot,
                "make the file \"" + file.program + "\": it is a stand-in of the simulator");
  return read_text(found->second);
}

Status make_parents(CallsInside& inside, const std::string& path) {
  for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    const auto made = inside.call(Sys::mkdir, {std::string_view(path).substr(0, at), 0755});
    static_cast<void>(made);  // it is there already, or what comes next fails
  }
  return {};
}

Status write_bytes(CallsInside& inside, const std::string& path, std::string_view bytes) {
  TRY_ASSIGN(const std::int64_t fd,
             inside.call(Sys::open, {std::string_view(path), O_CREAT | O_WRONLY | O_TRUNC, 0600}));
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kPiece);
    TRY_ASSIGN(const std::int64_t put,
               inside.call(Sys::write, {fd, piece, static_cast<std::int64_t>(piece.size())}));
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  TRY(inside.call(Sys::close, {fd}));
  return {};
}

Status put_file(CallsInside& inside, const std::string& path, const spec::FileSpec& file) {
  if (path == "/") return {};
  TRY(make_parents(inside, path));
  if (file.kind == Kind::Link) {
    TRY(inside.call(Sys::symlink, {std::string_view(file.link), std::string_view(path)}));
    return {};
  }
  if (file.kind == Kind::Directory) {
    TRY(inside.call(Sys::mkdir, {std::string_view(path), 0755}));
  } else {
    TRY_ASSIGN(const std::string bytes, bytes_of(file));
    TRY(write_bytes(inside, path, bytes));
  }
  // In this order: a new owner takes set-user-ID bits away (chown(2)).
  TRY(inside.call(Sys::chown, {std::string_view(path), file.uid, file.gid}));
  TRY(inside.call(Sys::chmod, {std::string_view(path), file.mode}));
  return {};
}

}  // namespace

Status put_files(CallsInside& inside, const spec::FileSet& files) {
  for (const auto& [name, file] : files) {
    // A folder's name ends with '/', as in an archive.
    const bool slash = name.size() > 1 && name.back() == '/';
    TRY(put_file(inside, slash ? name.substr(0, name.size() - 1) : name, file));
  }
  return {};
}

}  // namespace cutaway::real

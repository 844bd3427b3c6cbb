#include "real/litmus/files_inside.h"

#include <fcntl.h>

#include <functional>
#include <set>

#include "real/image/build.h"
#include "real/image/hub.h"
#include "real/litmus/launcher.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

using abi::Sys;

constexpr std::size_t kWritePiece = 64U << 10U;

Result<std::string> bytes_of(const spec::FileSpec& file) {
  if (file.kind == spec::FileSpec::Kind::Litmus) return executor_bytes();
  if (file.kind != spec::FileSpec::Kind::Program) return file.bytes;
  TRY_ASSIGN(const ProgramFiles programs, hub_programs());
  const auto found = programs.find(file.program);
  if (found == programs.end())
    return fail(ErrorCode::Cannot,
                "make the file \"" + file.program + "\": it is a stand-in of the simulator");
  return read_text(found->second);
}

/// Names that are there.
using Made = std::set<std::string, std::less<>>;

void make_parents(CallsInside& inside, const std::string& path, Made& made) {
  for (std::size_t at = path.find('/', 1); at != std::string::npos; at = path.find('/', at + 1)) {
    const std::string folder = path.substr(0, at);
    if (made.insert(folder).second) inside.then(Sys::mkdir, {folder, 0755});
  }
}

/// Descriptors 0, 1 and 2 are taken: the file gets 3.
void write_bytes(CallsInside& inside, const std::string& path, std::string_view bytes) {
  constexpr int kFd = 3;
  inside.then(Sys::open, {path, O_CREAT | O_WRONLY | O_TRUNC, 0600});
  while (!bytes.empty()) {
    const std::string_view piece = bytes.substr(0, kWritePiece);
    inside.then(Sys::write, {kFd, piece, piece.size()});
    bytes.remove_prefix(piece.size());
  }
  inside.then(Sys::close, {kFd});
}

Status put_file(CallsInside& inside, const std::string& path, const spec::FileSpec& file,
                Made& made) {
  if (path == "/") return {};
  make_parents(inside, path, made);
  if (file.kind == spec::FileSpec::Kind::Link) {
    inside.then(Sys::symlink, {file.link, path});
    return {};
  }
  if (file.kind == spec::FileSpec::Kind::Directory) {
    if (made.insert(path).second) inside.then(Sys::mkdir, {path, 0755});
  } else {
    TRY_ASSIGN(const std::string bytes, bytes_of(file));
    write_bytes(inside, path, bytes);
  }
  // In this order: a new owner takes set-user-ID bits away (chown(2)).
  inside.then(Sys::chown, {path, file.uid, file.gid});
  inside.then(Sys::chmod, {path, file.mode});
  return {};
}

}  // namespace

Status put_files(CallsInside& inside, const spec::FileSet& files) {
  Made made = {"/proc", "/dev"};
  for (const auto& [name, file] : files) {
    // A folder's name ends with '/', as in an archive.
    const bool slash = name.size() > 1 && name.back() == '/';
    TRY(put_file(inside, slash ? name.substr(0, name.size() - 1) : name, file, made));
  }
  return inside.run();
}

}  // namespace cutaway::real

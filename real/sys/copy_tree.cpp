#include "real/sys/copy_tree.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <memory>
#include <string>
#include <vector>

#include "real/sys/files.h"

namespace cutaway::real {

namespace {

Result<std::vector<std::string>> names_of(int folder) {
  struct Close {
    void operator()(DIR* listing) const { ::closedir(listing); }
  };
  const std::unique_ptr<DIR, Close> listing(::fdopendir(::fcntl(folder, F_DUPFD_CLOEXEC, 0)));
  if (!listing) return os_fail("read folder", "", errno);
  ::rewinddir(listing.get());
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") names.push_back(name);
  }
  return names;
}

// The owner first: a change of it takes set-user-ID away (chown(2)).
Status copy_rights(int to, const std::string& name, const struct stat& like) {
  if (::fchown(to, like.st_uid, like.st_gid) != 0) return os_fail("chown", name, errno);
  if (::fchmod(to, like.st_mode & 07777U) != 0) return os_fail("chmod", name, errno);
  return {};
}

Status copy_file(int from, int to, const std::string& name) {
  const Fd source(::openat(from, name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  struct stat like {};
  if (!source || ::fstat(source.get(), &like) != 0) return os_fail("open", name, errno);
  const Fd copy(::openat(to, name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!copy) return os_fail("make", name, errno);
  constexpr std::size_t kPiece = std::size_t{1} << 30U;
  ssize_t put = 0;
  do {
    put = ::sendfile(copy.get(), source.get(), nullptr, kPiece);
  } while (put > 0 || (put < 0 && errno == EINTR));
  if (put < 0) return os_fail("copy", name, errno);
  return copy_rights(copy.get(), name, like);
}

Status copy_link(int from, int to, const std::string& name) {
  std::array<char, PATH_MAX> leads{};
  const ssize_t size = ::readlinkat(from, name.c_str(), leads.data(), leads.size() - 1);
  if (size < 0) return os_fail("readlink", name, errno);
  struct stat like {};
  if (::symlinkat(leads.data(), to, name.c_str()) != 0 ||
      ::fstatat(from, name.c_str(), &like, AT_SYMLINK_NOFOLLOW) != 0 ||
      ::fchownat(to, name.c_str(), like.st_uid, like.st_gid, AT_SYMLINK_NOFOLLOW) != 0)
    return os_fail("symlink", name, errno);
  return {};
}

Status copy_folder(int from, int to, const std::string& name) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  const Fd source(::openat(from, name.c_str(), kFlags));
  if (!source) return os_fail("open", name, errno);
  if (::mkdirat(to, name.c_str(), 0700) != 0) return os_fail("mkdir", name, errno);
  const Fd copy(::openat(to, name.c_str(), kFlags));
  if (!copy) return os_fail("open", name, errno);
  return copy_tree(source.get(), copy.get());
}

struct KindRow {
  mode_t kind;
  Status (*copy)(int from, int to, const std::string& name);
};
constexpr KindRow kKinds[] = {{S_IFREG, copy_file}, {S_IFLNK, copy_link}, {S_IFDIR, copy_folder}};

}  // namespace

Status copy_tree(int from, int to) {
  struct stat folder {};
  if (::fstat(from, &folder) != 0) return os_fail("stat", "a folder", errno);
  TRY_ASSIGN(const std::vector<std::string> names, names_of(from));
  for (const std::string& name : names) {
    struct stat status {};
    if (::fstatat(from, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
      return os_fail("stat", name, errno);
    if (status.st_dev != folder.st_dev && S_ISDIR(status.st_mode)) continue;
    for (const KindRow& row : kKinds) {
      if (row.kind == (status.st_mode & S_IFMT)) TRY(row.copy(from, to, name));
    }
  }
  return copy_rights(to, ".", folder);
}

}  // namespace cutaway::real

#include "real/sys/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <ctime>
#include <memory>

#include "base/os/attempt.h"

namespace cutaway::real {

Error os_error(std::string_view call, std::string_view on, int error) {
  std::string message(call);
  if (!on.empty()) message += " " + std::string(on);
  return {ErrorCode::Failed, message + ": " + os::error_words(error), {}};
}
tl::unexpected<Error> os_fail(std::string_view call, std::string_view on, int error) {
  return tl::unexpected<Error>(os_error(call, on, error));
}

Result<Fd> open_file(const std::string& path, int flags, mode_t mode) {
  Fd fd(::open(path.c_str(), flags | O_CLOEXEC, mode));
  if (!fd) return os_fail("open", path, errno);
  return fd;
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return os_fail("pipe", "", errno);
  return Pipe{Fd(ends[0]), Fd(ends[1])};
}

Result<Fd> open_in_root(int root, const std::string& path, int flags, mode_t mode) {
  open_how how{};
  how.flags = static_cast<std::uint64_t>(flags | O_CLOEXEC);
  how.mode = (flags & O_CREAT) != 0 ? mode : 0;
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  Fd fd(static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how)));
  if (!fd) return os_fail("open", path, errno);
  return fd;
}

Result<std::string> read_all(int fd, std::string_view name, std::size_t most) {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return os_fail("read", name, errno);
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > most) return os_fail("read", name, EFBIG);
  }
}

Result<std::string> read_text(const std::string& path) {
  auto fd = open_file(path, O_RDONLY);
  if (!fd) return fail(fd.error());
  return read_all(fd->get(), path);
}

Status write_all(int fd, std::string_view bytes, std::string_view name) {
  while (!bytes.empty()) {
    const ssize_t put = ::write(fd, bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return os_fail("write", name, errno);
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

Status replace_file(const std::string& path, std::string_view bytes, mode_t mode) {
  const std::string beside = path + ".new";
  TRY_ASSIGN(const Fd fd, open_file(beside, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, mode));
  const Status written = write_all(fd.get(), bytes, beside);
  if (!written) {
    ::unlink(beside.c_str());
    return written;
  }
  if (::rename(beside.c_str(), path.c_str()) != 0) return os_fail("rename", path, errno);
  return {};
}

Status make_folders(const std::string& path, mode_t mode) {
  // Mostly all but the last is there.
  if (::mkdir(path.c_str(), mode) == 0 || errno == EEXIST) return {};
  const std::size_t slash = path.rfind('/');
  if (errno != ENOENT || slash == std::string::npos || slash == 0)
    return os_fail("mkdir", path, errno);
  TRY(make_folders(path.substr(0, slash), mode));
  if (::mkdir(path.c_str(), mode) != 0 && errno != EEXIST) return os_fail("mkdir", path, errno);
  return {};
}

namespace {

Status empty_folder(int above, const std::string& name, dev_t device);

// A file, or a folder with all that is in it. What somebody else has removed meanwhile is gone:
// that is what was asked for. `device`: what is mounted below stays.
Status remove_any(int above, const std::string& name, bool is_folder, dev_t device) {
  constexpr int kTries = 100;  // for as long as somebody else puts something in again
  for (int tries = 0; tries < kTries; ++tries) {
    if (::unlinkat(above, name.c_str(), is_folder ? AT_REMOVEDIR : 0) == 0 || errno == ENOENT)
      return {};
    const bool full = is_folder && (errno == ENOTEMPTY || errno == EEXIST);
    if (!full && (is_folder || errno != EISDIR)) break;
    is_folder = true;
    if (full) TRY(empty_folder(above, name, device));
  }
  return os_fail("remove", name, errno);
}

Status empty_folder(int above, const std::string& name, dev_t device) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Fd fd(::openat(above, name.c_str(), kFlags));
  // Whoever is not root is held up by modes, also of folders of their own.
  if (!fd && errno == EACCES && ::fchmodat(above, name.c_str(), S_IRWXU, 0) == 0)
    fd = Fd(::openat(above, name.c_str(), kFlags));
  if (!fd) return errno == ENOENT ? Status{} : os_fail("open", name, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return os_fail("stat", name, errno);
  if (status.st_dev != device) return os_fail("remove", name, EXDEV);
  if ((status.st_mode & S_IRWXU) != S_IRWXU) ::fchmod(fd.get(), S_IRWXU);
  struct Close {
    void operator()(DIR* listing) const { ::closedir(listing); }
  };
  const std::unique_ptr<DIR, Close> listing(::fdopendir(fd.get()));
  if (!listing) return os_fail("read folder", name, errno);
  const int here = fd.release();  // closed with the listing
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string child = entry->d_name;
    if (child == "." || child == "..") continue;
    TRY(remove_any(here, child, entry->d_type == DT_DIR, device));
  }
  return {};
}

}  // namespace

Status remove_tree_at(int folder, const std::string& name) {
  struct stat status {};
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return {};
    return os_fail("stat", name, errno);
  }
  return remove_any(folder, name, S_ISDIR(status.st_mode), status.st_dev);
}

Status remove_tree(const std::string& path) { return remove_tree_at(AT_FDCWD, path); }

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

std::int64_t monotonic_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

}  // namespace cutaway::real

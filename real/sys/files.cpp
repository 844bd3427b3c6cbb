#include "real/sys/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <cerrno>
#include <ctime>

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
  for (std::size_t slash = path.find('/', 1);; slash = path.find('/', slash + 1)) {
    const std::string part = path.substr(0, slash);
    if (::mkdir(part.c_str(), mode) != 0 && errno != EEXIST) return os_fail("mkdir", part, errno);
    if (slash == std::string::npos) return {};
  }
}

namespace {

Status remove_below(int folder, const std::string& name, dev_t device) {
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
  Fd fd(::openat(folder, name.c_str(), kFlags));
  // Whoever is not root is held up by modes, also of folders of their own.
  if (!fd && errno == EACCES && ::fchmodat(folder, name.c_str(), S_IRWXU, 0) == 0)
    fd = Fd(::openat(folder, name.c_str(), kFlags));
  if (!fd) return os_fail("open", name, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return os_fail("stat", name, errno);
  if (status.st_dev != device) return os_fail("remove", name, EXDEV);
  if ((status.st_mode & S_IRWXU) != S_IRWXU) ::fchmod(fd.get(), S_IRWXU);
  DIR* listing = ::fdopendir(::dup(fd.get()));
  if (listing == nullptr) return os_fail("read folder", name, errno);
  Status done;
  while (const dirent* entry = done ? ::readdir(listing) : nullptr) {
    const std::string child = entry->d_name;
    if (child == "." || child == "..") continue;
    if (::unlinkat(fd.get(), child.c_str(), 0) == 0) continue;
    if (errno != EISDIR && errno != EPERM) {
      done = os_fail("remove", child, errno);
      continue;
    }
    done = remove_below(fd.get(), child, device);
    if (done && ::unlinkat(fd.get(), child.c_str(), AT_REMOVEDIR) != 0)
      done = os_fail("remove", child, errno);
  }
  ::closedir(listing);
  return done;
}

}  // namespace

Status remove_tree_at(int folder, const std::string& name) {
  struct stat status {};
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno == ENOENT) return {};
    return os_fail("stat", name, errno);
  }
  const bool is_folder = S_ISDIR(status.st_mode);
  if (is_folder) TRY(remove_below(folder, name, status.st_dev));
  if (::unlinkat(folder, name.c_str(), is_folder ? AT_REMOVEDIR : 0) != 0)
    return os_fail("remove", name, errno);
  return {};
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

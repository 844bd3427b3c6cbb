#include "base/os/files.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace cutaway::os {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ > 2) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Error failure(const std::string& what, const std::string& path) {
  return Error{ErrorCode::Usage, "cannot " + what + " " + path + ": " + std::strerror(errno), {}};
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::string& path) {
  const Descriptor file(path == "-" ? 0 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return fail(failure("read", path));
  std::string bytes;
  char buffer[65536];
  while (true) {
    const ssize_t n = ::read(file.get(), buffer, sizeof buffer);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return fail(failure("read", path));
    if (n == 0) return bytes;
    bytes.append(buffer, static_cast<std::size_t>(n));
  }
}

Status write_file(const std::string& path, std::string_view bytes) {
  if (path == "-") {
    if (!write_out(bytes)) return fail(failure("write", "standard output"));
    return {};
  }
  const std::string part = path + ".part";
  {
    const Descriptor file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
    if (file.get() < 0) return fail(failure("write", path));
    if (!write_all(file.get(), bytes)) {
      const Error error = failure("write", path);
      ::unlink(part.c_str());
      return fail(error);
    }
  }
  if (::rename(part.c_str(), path.c_str()) != 0) {
    const Error error = failure("write", path);
    ::unlink(part.c_str());
    return fail(error);
  }
  return {};
}

bool file_exists(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0;
}

bool write_out(std::string_view text) { return write_all(1, text); }
bool write_err(std::string_view text) { return write_all(2, text); }

bool stdin_is_terminal() { return ::isatty(0) == 1; }
bool stdout_is_terminal() { return ::isatty(1) == 1; }

int terminal_columns() {
  winsize size{};
  if (::ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const char* columns = std::getenv("COLUMNS");
  const int given = columns == nullptr ? 0 : std::atoi(columns);
  return given > 0 ? given : 80;
}

}  // namespace cutaway::os

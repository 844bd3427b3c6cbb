#include "real/runtime/helper/files.h"

#include <linux/fcntl.h>

#include "real/runtime/helper/kernel.h"

namespace cutaway::helper {

namespace {

constexpr long kRead = 0, kWrite = 1, kClose = 3, kOpenat = 257;
using Path = Line<4096>;

}  // namespace

long read_file(const char* folder, const char* name, char* into, std::size_t most) {
  Path path;
  path.add(folder).add(name);
  const long fd = kernel(kOpenat, AT_FDCWD, address(path.text), O_RDONLY | O_CLOEXEC, 0);
  if (fd < 0) return fd;
  std::size_t size = 0;
  while (size < most) {
    const long got = kernel(kRead, fd, address(into + size), static_cast<long>(most - size));
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
  }
  kernel(kClose, fd);
  return static_cast<long>(size);
}

long write_file(const char* folder, const char* name, const char* text, std::size_t size) {
  Path path;
  path.add(folder).add(name);
  const long fd =
      kernel(kOpenat, AT_FDCWD, address(path.text), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0) return fd;
  const long put = kernel(kWrite, fd, address(text), static_cast<long>(size));
  kernel(kClose, fd);
  return put < 0 ? put : 0;
}

}  // namespace cutaway::helper

// Files of this machine, by descriptor: what base/os/files.h is too simple for. An error says what
// was tried, on what, and what the kernel answered.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "real/sys/fd.h"

namespace cutaway::real {

/// "mount /x/proc: EPERM (Operation not permitted)". `error`: an errno.
Error os_error(std::string_view call, std::string_view on, int error);
tl::unexpected<Error> os_fail(std::string_view call, std::string_view on, int error);

/// Always with O_CLOEXEC.
Result<Fd> open_file(const std::string& path, int flags, mode_t mode = 0);
struct Pipe {
  Fd read, write;
};
/// Both ends with O_CLOEXEC.
Result<Pipe> make_pipe();
/// openat2(2) with RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS: nothing in `path` leads out of `root`.
Result<Fd> open_in_root(int root, const std::string& path, int flags, mode_t mode = 0);

/// All that is left to read; at most `most` bytes, more is an error.
Result<std::string> read_all(int fd, std::string_view name, std::size_t most = 64U << 20U);
Result<std::string> read_text(const std::string& path);
Status write_all(int fd, std::string_view bytes, std::string_view name);
/// Whole or not at all: a new file beside it, renamed over it. Mode 0600 unless said.
Status replace_file(const std::string& path, std::string_view bytes, mode_t mode = 0600);
/// mkdir -p; what is made gets `mode`.
Status make_folders(const std::string& path, mode_t mode = 0700);
/// Removes a folder and all below it, without following links and without leaving its file system
/// (a mount point below it is an error).
Status remove_tree(const std::string& path);
/// The same for what is called `name` in `folder`; nothing there is fine.
Status remove_tree_at(int folder, const std::string& name);
bool exists(const std::string& path);

/// ns of CLOCK_MONOTONIC.
std::int64_t monotonic_ns();

}  // namespace cutaway::real

#include "real/live_socket.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstring>

#include "base/text.h"
#include "real/engine/state.h"
#include "real/sys/fd.h"
#include "real/sys/files.h"
#include "real/sys/folder.h"

namespace cutaway::real {

namespace {

std::string folder_of(const std::string& state) {
  return (state.empty() ? default_state_folder() : state) + "/live";
}

/// Where an entry leads: itself, or the target of the link.
std::string target_of(const std::string& entry) {
  char target[PATH_MAX];
  const ssize_t size = ::readlink(entry.c_str(), target, sizeof target);
  return size > 0 ? std::string(target, static_cast<std::size_t>(size)) : entry;
}

bool is_socket(const std::string& path) {
  struct stat found {};
  return ::lstat(path.c_str(), &found) == 0 && S_ISSOCK(found.st_mode);
}

bool somebody_listens(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Result<LiveSocket> LiveSocket::make(const std::string& state, const std::string& path) {
  const std::string folder = folder_of(state);
  TRY(make_folders(folder, 0700));
  LiveSocket socket;
  socket.entry_ = folder + "/" + decimal(::getpid()) + ".sock";
  socket.path_ = path.empty() ? socket.entry_ : path;
  if (path.empty()) return socket;
  if (exists(path) && !is_socket(path)) {
    socket.entry_.clear();
    return fail(ErrorCode::Usage, "--live " + path + ": a file is there that is no socket");
  }
  char whole[PATH_MAX];
  const std::size_t slash = path.rfind('/');
  const std::string above = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (::realpath(above.c_str(), whole) == nullptr) return os_fail("listen at", path, errno);
  const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  const std::string target = std::string(whole) + "/" + name;
  ::unlink(socket.entry_.c_str());
  if (::symlink(target.c_str(), socket.entry_.c_str()) != 0)
    return os_fail("make a link", socket.entry_, errno);
  return socket;
}

LiveSocket::~LiveSocket() {
  if (entry_.empty()) return;
  ::unlink(entry_.c_str());
  ::rmdir(entry_.substr(0, entry_.rfind('/')).c_str());  // unless other runs are watched
}

std::string newest_live_socket(const std::string& state) {
  std::string newest;
  timespec when{};
  for (const std::string& name : names_if_any(folder_of(state))) {
    const std::string entry = folder_of(state) + "/" + name;
    struct stat found {};
    if (::lstat(entry.c_str(), &found) != 0) continue;
    const timespec at = found.st_mtim;
    const bool later =
        at.tv_sec != when.tv_sec ? at.tv_sec > when.tv_sec : at.tv_nsec > when.tv_nsec;
    if (!later) continue;
    newest = target_of(entry);
    when = at;
  }
  return newest;
}

void remove_left_sockets(const std::string& state_root) {
  for (const std::string& name : names_if_any(state_root + "/live")) {
    const std::string target = target_of(state_root + "/live/" + name);
    if (is_socket(target) && !somebody_listens(target)) ::unlink(target.c_str());
  }
}

}  // namespace cutaway::real

#include "real/live_server.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/text.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

/// New events are looked for as often; they reach the picture well within 50 ms.
constexpr int kTickMs = 8;
/// A watcher that does not read gets no more than this ahead; the run does not wait for it.
constexpr std::size_t kAheadMax = std::size_t{8} << 20U;
constexpr std::size_t kLiveLineMax = 4096;
constexpr gid_t kSameGroup = static_cast<gid_t>(-1);

bool fill_address(const std::string& path, sockaddr_un& address) {
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) return false;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return true;
}

/// A socket's file that a killed server left behind: nobody answers there.
bool is_left_behind(const std::string& path, const sockaddr_un& address) {
  struct stat found {};
  if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) return false;
  const Fd probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return ::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 &&
         errno == ECONNREFUSED;
}

/// Who is at the other end (unix(7), SO_PEERCRED): as of its connect.
bool comes_from(int fd, unsigned owner) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == owner || peer.uid == 0;
}

}  // namespace

Result<std::unique_ptr<LiveServer>> LiveServer::open(LiveServerOptions options) {
  std::unique_ptr<LiveServer> server(new LiveServer(std::move(options)));
  if (server->options_.watcher >= 0) server->add(Fd(server->options_.watcher));
  if (!server->options_.path.empty()) TRY(server->listen());
  server->thread_ = std::thread([raw = server.get()] { raw->serve(); });
  return server;
}

LiveServer::~LiveServer() {
  over_ = true;
  if (thread_.joinable()) thread_.join();
  if (listening_) ::unlink(options_.path.c_str());
}

Status LiveServer::listen() {
  const std::string& path = options_.path;
  sockaddr_un address{};
  if (!fill_address(path, address))
    return fail(ErrorCode::Usage,
                "--live " + path + ": the name of a socket has at most 107 bytes");
  if (is_left_behind(path, address)) ::unlink(path.c_str());
  if (exists(path)) return os_fail("listen at", path, EADDRINUSE);
  Fd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // It gets its name when all is ready: whoever sees the file can connect, and nobody else.
  const std::string making = path + ".new";
  if (!fill_address(making, address)) return os_fail("listen at", path, ENAMETOOLONG);
  ::unlink(making.c_str());
  if (::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return os_fail("listen at", path, errno);
  const bool ready =
      ::chmod(making.c_str(), 0600) == 0 &&
      (options_.owner == ::geteuid() || ::chown(making.c_str(), options_.owner, kSameGroup) == 0) &&
      ::listen(fd.get(), 8) == 0 && ::rename(making.c_str(), path.c_str()) == 0;
  if (!ready) {
    const int error = errno;
    ::unlink(making.c_str());
    return os_fail("listen at", path, error);
  }
  listening_ = std::move(fd);
  return {};
}

void LiveServer::finish() {
  whole_ = true;
  if (thread_.joinable()) thread_.join();
}

void LiveServer::serve() {
  while (!over_) {
    const bool whole = whole_;
    wait_for_something();
    for (Watcher& watcher : watchers_) {
      write_news(watcher, whole);
      if (!hear(watcher) || !send(watcher)) watcher.fd.reset();
    }
    std::erase_if(watchers_, [](const Watcher& each) { return !each.fd; });
    const int had = count_.exchange(static_cast<int>(watchers_.size()));
    if (had > 0 && watchers_.empty()) options_.alone();
    const bool all_have_it =
        std::all_of(watchers_.begin(), watchers_.end(),
                    [](const Watcher& each) { return each.closed && each.out.empty(); });
    if (whole && all_have_it) return;
  }
}

void LiveServer::wait_for_something() {
  std::vector<pollfd> fds;
  if (listening_) fds.push_back({listening_.get(), POLLIN, 0});
  for (const Watcher& watcher : watchers_) fds.push_back({watcher.fd.get(), POLLIN, 0});
  // What a watcher says is taken at once; the trace is looked at once a tick.
  if (::poll(fds.data(), fds.size(), kTickMs) <= 0) return;
  if (listening_ && (fds[0].revents & POLLIN) != 0) accept_one();
}

void LiveServer::accept_one() {
  Fd fd(::accept4(listening_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (fd && comes_from(fd.get(), options_.owner)) add(std::move(fd));
}

void LiveServer::add(Fd fd) {
  ::fcntl(fd.get(), F_SETFL, ::fcntl(fd.get(), F_GETFL) | O_NONBLOCK);
  watchers_.push_back({std::move(fd), {}, {}, {}, false});
  count_ = static_cast<int>(watchers_.size());
}

void LiveServer::write_news(Watcher& watcher, bool whole) {
  if (watcher.closed || watcher.out.size() > kAheadMax) return;
  options_.look([&](const Trace& trace) {
    watcher.out += whole ? watcher.writer.finish(trace) : watcher.writer.flush(trace);
  });
  watcher.closed = whole;
}

bool LiveServer::send(Watcher& watcher) {
  while (!watcher.out.empty()) {
    const ssize_t sent =
        ::send(watcher.fd.get(), watcher.out.data(), watcher.out.size(), MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN || errno == EINTR;
    watcher.out.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

bool LiveServer::hear(Watcher& watcher) {
  char bytes[kLiveLineMax];
  const ssize_t count = ::recv(watcher.fd.get(), bytes, sizeof bytes, 0);
  if (count == 0) return false;
  if (count < 0) return errno == EAGAIN || errno == EINTR;
  watcher.in.append(bytes, static_cast<std::size_t>(count));
  std::size_t end = 0;
  while ((end = watcher.in.find('\n')) != std::string::npos) {
    options_.said(std::string_view(watcher.in).substr(0, end));
    watcher.in.erase(0, end + 1);
  }
  return watcher.in.size() <= kLiveLineMax;
}

}  // namespace cutaway::real

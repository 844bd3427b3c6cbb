#include "app/live/live_feed.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/live/change_line.h"

namespace cutaway::app {

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10U;
constexpr std::size_t kPiecesAtOnce = 64;  // then a frame is drawn

std::string_view word_of(viz::LiveAsk what) {
  switch (what) {
    case viz::LiveAsk::GoOn:
      return kGoOn;
    case viz::LiveAsk::OneStep:
      return kOneStep;
    case viz::LiveAsk::Hold:
      return kHold;
  }
  return {};
}

}  // namespace

Result<std::unique_ptr<LiveFeed>> LiveFeed::connect(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path)
    return fail(ErrorCode::Usage,
                "--live " + path + ": the name of a socket has at most 107 bytes");
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  auto feed = std::make_unique<LiveFeed>(fd);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    const bool nobody = errno == ECONNREFUSED || errno == ENOENT;
    return fail(
        ErrorCode::Failed, "--live " + path + ": " + std::strerror(errno),
        nobody ? "no run is there to be watched: cutaway real --live " + path + " INPUT" : "");
  }
  return feed;
}

LiveFeed::~LiveFeed() { ::close(fd_); }

Status LiveFeed::begin(Trace& trace) {
  const auto begun = [&trace] { return !trace.head().engine->commands.empty(); };
  while (!begun() && !over_) {
    pollfd one = {fd_, POLLIN, 0};
    if (::poll(&one, 1, -1) < 0 && errno != EINTR) break;
    grow(trace);
  }
  if (begun()) return {};
  return fail(ErrorCode::Failed,
              damage_.empty() ? "the run ended before it began to be told" : damage_);
}

bool LiveFeed::grow(Trace& trace) {
  std::string bytes(kPiece, '\0');
  std::size_t events = 0;
  for (std::size_t i = 0; i < kPiecesAtOnce && !over_; ++i) {
    const ssize_t count = ::recv(fd_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) break;
    if (count <= 0) {
      over_ = true;
      if (!feed_.closed()) damage_ = "the agent is gone";
      break;
    }
    const auto came =
        feed_.take(std::string_view(bytes).substr(0, static_cast<std::size_t>(count)), trace);
    if (!came) damage_ = came.error().message;
    over_ = !came || feed_.closed();
    if (came) events += *came;
  }
  return events > 0;
}

void LiveFeed::say(const std::string& line) {
  // Some bytes, which always find room; an agent that is gone is seen by grow().
  (void)!::send(fd_, line.data(), line.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

void LiveFeed::ask(viz::LiveAsk what) { say(std::string(word_of(what)) + "\n"); }

void LiveFeed::change(const viz::ChangeAsk& what) { say(change_line(what) + "\n"); }

}  // namespace cutaway::app

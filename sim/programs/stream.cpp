#include "sim/programs/stream.h"

#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

constexpr std::size_t kPiece = 4096;

}  // namespace

Co<In> open_in(Sys sys, std::string path) {
  In in;
  in.path = path;
  if (path.compare(0, 6, "/proc/") == 0) in.piece = 1024;
  if (path == "-") co_return in;
  const std::int64_t fd = co_await sys.open(path, 0);
  in.fd = fd;
  if (fd < 0) in.err = static_cast<int>(-fd);
  co_return in;
}

Co<int> close_in(Sys sys, In in) {
  if (in.fd > 0) co_await sys.close(in.fd);
  co_return 0;
}

Co<bool> fill(Sys sys, In* in) {
  if (in->ended) co_return false;
  if (!in->looked) {
    in->looked = true;
    co_await sys.fstat(in->fd);
  }
  std::int64_t got = co_await sys.read(in->fd, in->piece);
  while (got == -static_cast<std::int64_t>(abi::Errno::kEINTR))
    got = co_await sys.read(in->fd, in->piece);
  if (got < 0) in->err = static_cast<int>(-got);
  if (got <= 0) {
    in->ended = true;
    co_return false;
  }
  in->buffer += sys.reply().data;
  co_return true;
}

Co<TakenLine> next_line(Sys sys, In* in) {
  TakenLine line;
  std::size_t from = 0;
  while (true) {
    const std::size_t end = in->buffer.find('\n', from);
    if (end != std::string::npos) {
      line.got = true;
      line.text = in->buffer.substr(0, end);
      in->buffer.erase(0, end + 1);
      co_return line;
    }
    from = in->buffer.size();
    auto filling = fill(sys, in);
    const bool more = co_await filling;
    if (more) continue;
    line.got = !in->buffer.empty();
    line.whole = false;
    line.text = std::move(in->buffer);
    in->buffer.clear();
    co_return line;
  }
}

Co<std::string> read_all(Sys sys, In* in) {
  while (true) {
    auto filling = fill(sys, in);
    const bool more = co_await filling;
    if (!more) co_return std::move(in->buffer);
  }
}

Co<int> emit(Sys sys, Out* out, std::string text) {
  if (text.empty()) co_return out->err;
  if (!out->looked) {
    out->looked = true;
    auto asking = stdout_is_terminal(sys);
    out->terminal = co_await asking;
  }
  out->buffer += text;
  while (out->buffer.size() >= kPiece && out->err == 0) {
    auto writing = put(sys, 1, out->buffer.substr(0, kPiece));
    out->err = co_await writing;
    out->buffer.erase(0, kPiece);
  }
  if (out->terminal && out->buffer.find('\n') != std::string::npos) {
    const std::size_t end = out->buffer.rfind('\n') + 1;
    auto writing = put(sys, 1, out->buffer.substr(0, end));
    out->err = co_await writing;
    out->buffer.erase(0, end);
  }
  co_return out->err;
}

Co<int> flush(Sys sys, Out* out) {
  if (!out->buffer.empty()) {
    auto writing = put(sys, 1, out->buffer);
    out->err = co_await writing;
    out->buffer.clear();
  }
  co_return out->err;
}

Co<int> cannot_open(Sys sys, std::string applet, In in) {
  auto telling = put(sys, 2, cannot(applet, "", in.path, -std::int64_t{in.err}));
  co_return co_await telling;
}

}  // namespace cutaway::sim

// Applets that pass text on: head, tail.
#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// "10", "2k", "1m": a count; with `sign` a + in front.
bool count_of(std::string text, std::int64_t& count) {
  std::int64_t unit = 1;
  if (!text.empty() && (text.back() == 'k' || text.back() == 'm' || text.back() == 'b')) {
    unit = text.back() == 'k' ? 1024 : text.back() == 'm' ? 1024 * 1024 : 512;
    text.pop_back();
  }
  if (!parse_decimal(text, count)) return false;
  count *= unit;
  return true;
}

/// -5 is -n 5.
std::vector<std::string> with_old_count(std::vector<std::string> argv) {
  if (argv.size() < 2 || argv[1].size() < 2 || argv[1][0] != '-') return argv;
  if (argv[1].find_first_not_of("0123456789", 1) != std::string::npos) return argv;
  argv[1] = "-n" + argv[1].substr(1);
  return argv;
}

struct Head {
  std::int64_t count = 10;
  bool bytes = false;
};

Co<int> head_one(Sys sys, In* in, Head head, Out* out) {
  std::int64_t left = head.count;
  while (left > 0) {
    if (!head.bytes) {
      auto reading = next_line(sys, in);
      const TakenLine line = co_await reading;
      if (!line.got) break;
      auto emitting = emit(sys, out, line.text + (line.whole ? "\n" : ""));
      co_await emitting;
      --left;
      continue;
    }
    if (in->buffer.empty()) {
      auto filling = fill(sys, in);
      const bool more = co_await filling;
      if (!more) break;
    }
    const std::string piece = in->buffer.substr(0, static_cast<std::size_t>(left));
    in->buffer.erase(0, piece.size());
    left -= static_cast<std::int64_t>(piece.size());
    auto emitting = emit(sys, out, piece);
    co_await emitting;
  }
  // exit(3) gives back what stdin had too much of, where that can be.
  if (in->fd == 0 && !in->buffer.empty())
    co_await sys.lseek(0, -static_cast<std::int64_t>(in->buffer.size()), 1);
  co_return 0;
}

}  // namespace

Co<int> applet_head(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, with_old_count(state.argv), "n:c:qv", "[OPTIONS] [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  Head head;
  head.bytes = options.has('c');
  const std::string count = options.value(head.bytes ? 'c' : 'n', "10");
  if (!count_of(count, head.count)) {
    auto telling = put(sys, 2, "head: invalid number '" + count + "'\n");
    co_await telling;
    co_return 1;
  }
  const std::vector<std::string> paths = inputs(options);
  const bool titles = options.has('v') || (paths.size() > 1 && !options.has('q'));
  int exit = 0;
  Out out;
  bool first = true;
  for (const std::string& path : paths) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      auto telling = cannot_open(sys, "head", in);
      co_await telling;
      exit = 1;
      first = false;
      continue;
    }
    const std::string shown = path == "-" ? "standard input" : path;
    if (titles) {
      auto titling = emit(sys, &out, std::string(first ? "" : "\n") + "==> " + shown + " <==\n");
      co_await titling;
    }
    first = false;
    auto heading = head_one(sys, &in, head, &out);
    co_await heading;
    auto closing = close_in(sys, in);
    co_await closing;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

namespace {

/// Where the last `count` lines (or bytes) of a text begin; from the start with `from_start`.
std::size_t tail_begin(const std::string& text, std::int64_t count, bool bytes, bool from_start) {
  const auto number = static_cast<std::size_t>(std::max<std::int64_t>(0, count));
  if (bytes) {
    if (from_start) return std::min(text.size(), number > 0 ? number - 1 : 0);
    return text.size() - std::min(text.size(), number);
  }
  if (from_start) {
    std::size_t at = 0;
    for (std::size_t line = 1; line < number && at < text.size(); ++line) {
      const std::size_t end = text.find('\n', at);
      at = end == std::string::npos ? text.size() : end + 1;
    }
    return at;
  }
  if (number == 0) return text.size();
  std::size_t at = text.size();
  if (at > 0 && text[at - 1] == '\n') --at;
  for (std::size_t line = 0; line < number; ++line) {
    const std::size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
    if (before == std::string::npos) return 0;
    at = before;
  }
  return at + 1;
}

struct Followed {
  std::int64_t fd = 0;
  std::string path;
};

Co<std::string> read_tail(Sys sys, std::int64_t fd, bool seeks) {
  if (seeks) {
    const std::int64_t end = co_await sys.lseek(fd, 0, 2);
    if (end >= 0) co_await sys.lseek(fd, 0, 0);
  }
  auto reading = slurp(sys, fd, 8192);
  std::string text = co_await reading;
  if (seeks) co_await sys.read(fd, 8192);  // once more than needed, as busybox does
  co_return text;
}

/// tail -f: looks once a second whether there is more.
Co<int> follow(Sys sys, std::vector<Followed> files) {
  constexpr std::int64_t second = 1'000'000'000;
  while (true) {
    co_await sys.nanosleep(second);
    for (const Followed& file : files) {
      while (co_await sys.read(file.fd, 8192) > 0) {
        auto writing = put(sys, 1, sys.reply().data);
        const int failed = co_await writing;
        if (failed != 0) co_return 1;
      }
    }
  }
}

}  // namespace

Co<int> applet_tail(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, with_old_count(state.argv), "fFn:c:qvs:", "[OPTIONS] [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const bool bytes = options.has('c');
  std::string number = options.value(bytes ? 'c' : 'n', "10");
  const bool from_start = !number.empty() && number[0] == '+';
  if (from_start || (!number.empty() && number[0] == '-')) number.erase(0, 1);
  std::int64_t count = 0;
  if (!count_of(number, count)) {
    auto telling = put(sys, 2, "tail: invalid number '" + number + "'\n");
    co_await telling;
    co_return 1;
  }
  const std::vector<std::string> paths = inputs(options);
  std::vector<Followed> files;
  int exit = 0;
  for (const std::string& path : paths) {
    std::int64_t fd = 0;
    if (path != "-") fd = co_await sys.open(path, 0);
    if (fd < 0) {
      auto telling = put(sys, 2, cannot("tail", "can't open", path, fd));
      co_await telling;
      exit = 1;
      continue;
    }
    if (paths.size() > 1 && !options.has('q')) {
      auto titling = put(sys, 1, std::string(files.empty() ? "" : "\n") + "==> " + path + " <==\n");
      co_await titling;
    }
    auto reading = read_tail(sys, fd, !from_start);
    const std::string text = co_await reading;
    const std::string end = text.substr(tail_begin(text, count, bytes, from_start));
    auto writing = put(sys, 1, end);
    co_await writing;
    files.push_back({fd, path});
  }
  if (files.empty()) {
    auto telling = put(sys, 2, "tail: no files\n");
    co_await telling;
    co_return 1;
  }
  if ((options.has('f') || options.has('F'))) {
    auto following = follow(sys, files);
    co_return co_await following;
  }
  co_return exit;
}

}  // namespace cutaway::sim

// docker logs: the json-file log, line by line, as far as it was asked for; with follow until the
// container has ended.
#include <algorithm>

#include "base/json_value.h"
#include "base/text.h"
#include "sim/docker/daemon.h"
#include "sim/docker/live.h"
#include "spec/docker_inspect.h"
#include "spec/docker_messages.h"

namespace cutaway::sim {

namespace {

struct LogLine {
  int channel = 1;
  std::int64_t t = 0;
  std::string text;  ///< with its newline, if it has one
};

struct LogWish {
  bool follow = false, times = false, out = false, err = false;
  std::int64_t tail = -1;  ///< −1: all
  std::int64_t since = -1, until = -1;
};

LogWish read_wish(const std::string& path) {
  LogWish wish;
  wish.follow = http_query(path, "follow") == "1";
  wish.times = http_query(path, "timestamps") == "1";
  wish.out = http_query(path, "stdout") == "1";
  wish.err = http_query(path, "stderr") == "1";
  parse_decimal(http_query(path, "tail"), wish.tail);
  parse_decimal(http_query(path, "since"), wish.since);
  parse_decimal(http_query(path, "until"), wish.until);
  return wish;
}

// What was written in pieces becomes lines again, each with the time of its end; what has no end
// yet is given out at the very end.
class LineMaker {
 public:
  void take(const std::string& record, std::vector<LogLine>& lines) {
    const auto json = parse_json(record);
    if (!json || !json->is_object()) return;
    const int channel = json->value("stream", std::string()) == "stderr" ? 2 : 1;
    const auto t = json->value("t", std::int64_t{0});
    std::string& open = open_[channel - 1];
    open += json->value("log", std::string());
    for (std::size_t end = open.find('\n'); end != std::string::npos; end = open.find('\n')) {
      lines.push_back({channel, t, open.substr(0, end + 1)});
      open.erase(0, end + 1);
    }
    last_ = t;
  }
  void finish(std::vector<LogLine>& lines) {
    for (int channel = 1; channel <= 2; ++channel) {
      std::string& open = open_[channel - 1];
      if (!open.empty()) lines.push_back({channel, last_, open});
      open.clear();
    }
  }

 private:
  std::string open_[2];
  std::int64_t last_ = 0;
};

bool wanted(const LogLine& line, const LogWish& wish) {
  const bool channel = line.channel == 1 ? wish.out : wish.err;
  return channel && line.t >= wish.since && (wish.until < 0 || line.t <= wish.until);
}

void keep_tail(std::vector<LogLine>& lines, const LogWish& wish) {
  lines.erase(std::remove_if(lines.begin(), lines.end(),
                             [&](const LogLine& line) { return !wanted(line, wish); }),
              lines.end());
  const std::int64_t above = std::ssize(lines) - wish.tail;
  if (wish.tail < 0 || above <= 0) return;
  lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(above));
}

// One reader of a log: where it stands in the file, and what is unfinished.
struct LogReader {
  std::int64_t fd = -1;
  std::string pending;
  LineMaker maker;
};

Co<int> read_more(Sys sys, LogReader* reader, std::vector<LogLine>* lines) {
  while (co_await sys.read(reader->fd, 65536) > 0) reader->pending += sys.reply().data;
  for (std::size_t end = reader->pending.find('\n'); end != std::string::npos;
       end = reader->pending.find('\n')) {
    reader->maker.take(reader->pending.substr(0, end), *lines);
    reader->pending.erase(0, end + 1);
  }
  co_return 0;
}

Co<int> send_lines(Sys sys, std::int64_t fd, std::vector<LogLine> lines, LogWish wish, bool tty) {
  for (const LogLine& line : lines) {
    const std::string text = (wish.times ? spec::rfc3339(line.t) + " " : "") + line.text;
    const std::string framed = tty ? text : frame(line.channel, text);
    auto writing = write_all(sys, fd, framed);
    co_await writing;
  }
  co_return 0;
}

bool still_runs(Sys sys, ContainerId number) {
  const Container* container = sys.world().containers.find(number);
  return container != nullptr && (container->state == ContainerState::Running ||
                                  container->state == ContainerState::Paused);
}

// New lines as they come, until the container has ended and all is told.
Co<int> follow(Sys sys, std::int64_t to, LogReader* reader, LogWish wish, Container container) {
  const std::string word = futex_word(container.number);
  wish.tail = -1;
  ++sys.shared<DaemonState>().live[container.number.value].log_readers;
  bool goes_on = true;
  while (goes_on) {
    goes_on = still_runs(sys, container.number);
    std::vector<LogLine> lines;
    auto reading = read_more(sys, reader, &lines);
    co_await reading;
    keep_tail(lines, wish);
    auto sending = send_lines(sys, to, lines, wish, container.tty);
    co_await sending;
    if (goes_on && lines.empty()) co_await sys.futex_wait(word);
  }
  --sys.shared<DaemonState>().live[container.number.value].log_readers;
  co_return 0;
}

Co<int> send_log(Sys sys, std::int64_t to, LogWish wish, Container container) {
  const std::string path = log_path(container);
  LogReader reader;
  reader.fd = co_await sys.open(path, abi::o::kCloexec);
  std::vector<LogLine> lines;
  if (reader.fd >= 0) {
    auto reading = read_more(sys, &reader, &lines);
    co_await reading;
  }
  if (!wish.follow) reader.maker.finish(lines);
  keep_tail(lines, wish);
  auto sending = send_lines(sys, to, lines, wish, container.tty);
  co_await sending;
  if (wish.follow && reader.fd >= 0) {
    auto following = follow(sys, to, &reader, wish, container);
    co_await following;
    lines.clear();
    reader.maker.finish(lines);
    auto ending = send_lines(sys, to, lines, wish, container.tty);
    co_await ending;
  }
  if (reader.fd >= 0) co_await sys.close(reader.fd);
  co_return 0;
}

}  // namespace

Co<int> handle_logs(Sys sys, ApiRequestIn request) {
  sys.step("api.logs");
  const Container* found = find_container(sys, request.target);
  if (found == nullptr) {
    auto refusing = refuse_container(sys, request);
    co_return co_await refusing;
  }
  const Container container = *found;
  sys.emit(ApiAnswered{RequestId(static_cast<std::uint32_t>(request.message.request)), 200});
  const std::string head = http_stream_head(200);
  auto heading = write_all(sys, request.fd, head);
  co_await heading;
  const LogWish wish = read_wish(request.message.path);
  auto sending = send_log(sys, request.fd, wish, container);
  co_return co_await sending;
}

}  // namespace cutaway::sim

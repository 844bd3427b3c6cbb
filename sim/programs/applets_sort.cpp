// sort and uniq.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// -k FROM[,TO] with letters: fields from 1 on.
struct Key {
  std::size_t from = 0, to = 0;  ///< 0: the whole line, to its end
  bool numeric = false, reverse = false, fold = false;
};

struct Order {
  std::vector<Key> keys;
  char between = 0;
};

/// Fields are apart by -t, or begin at each change from blank to something else.
std::string key_part(const std::string& line, const Key& key, char between) {
  if (key.from == 0) return line;
  std::size_t at = 0;
  std::size_t begin = line.size();
  std::size_t end = line.size();
  for (std::size_t number = 1; at <= line.size(); ++number) {
    if (number == key.from) begin = at;
    std::size_t stop = at;
    if (between != 0) {
      stop = std::min(line.find(between, at), line.size());
    } else {
      while (stop < line.size() && line[stop] == ' ') ++stop;
      while (stop < line.size() && line[stop] != ' ') ++stop;
    }
    if (number == key.to) end = stop;
    if (stop >= line.size()) break;
    at = between != 0 ? stop + 1 : stop;
  }
  return begin < end ? line.substr(begin, end - begin) : std::string();
}

/// A number at the front, with a fraction: in thousandths, saturated.
std::int64_t number_at(const std::string& text) {
  std::size_t at = text.find_first_not_of(" \t");
  if (at == std::string::npos) return 0;
  const bool negative = text[at] == '-';
  if (negative) ++at;
  std::int64_t value = 0;
  constexpr std::int64_t most = std::int64_t{1} << 50;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    value = std::min(most, value * 10 + (text[at] - '0'));
  value *= 1000;
  if (at < text.size() && text[at] == '.') {
    std::int64_t unit = 100;
    for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      value += unit * (text[at] - '0');
  }
  return negative ? -value : value;
}

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return text;
}

int compare_key(const std::string& a, const std::string& b, const Key& key, char between) {
  std::string left = key_part(a, key, between);
  std::string right = key_part(b, key, between);
  int order = 0;
  if (key.numeric) {
    const std::int64_t x = number_at(left);
    const std::int64_t y = number_at(right);
    order = x < y ? -1 : x > y ? 1 : 0;
  } else {
    if (key.fold) left = folded(left);
    if (key.fold) right = folded(right);
    order = left.compare(right);
  }
  return key.reverse ? -order : order;
}

int compare_lines(const std::string& a, const std::string& b, const Order& order) {
  for (const Key& key : order.keys) {
    const int result = compare_key(a, b, key, order.between);
    if (result != 0) return result;
  }
  return 0;
}

Key key_of(const std::string& word, const Key& global) {
  Key key;
  std::int64_t number = 0;
  const std::size_t comma = word.find(',');
  const std::string from = word.substr(0, comma);
  const std::string to = comma == std::string::npos ? "" : word.substr(comma + 1);
  if (parse_decimal(from.substr(0, from.find_first_not_of("0123456789")), number))
    key.from = static_cast<std::size_t>(number);
  if (parse_decimal(to.substr(0, to.find_first_not_of("0123456789")), number))
    key.to = static_cast<std::size_t>(number);
  const bool own = word.find_first_of("nrf") != std::string::npos;
  key.numeric = own ? word.find('n') != std::string::npos : global.numeric;
  key.reverse = own ? word.find('r') != std::string::npos : global.reverse;
  key.fold = own ? word.find('f') != std::string::npos : global.fold;
  return key;
}

Order order_of(Options& options) {
  Order order;
  Key global;
  global.numeric = options.has('n') || options.has('g') || options.has('h');
  global.reverse = options.has('r');
  global.fold = options.has('f');
  for (const std::string& word : options.given['k']) order.keys.push_back(key_of(word, global));
  if (order.keys.empty()) order.keys.push_back(global);
  if (options.has('t')) order.between = options.value('t', " ")[0];
  return order;
}

}  // namespace

Co<int> applet_sort(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "nughMrudfbsczimSTo:k:*t:",
                   "[-nrughMcszbdfiokt] [-o FILE] [-k START[.OFS][OPTS][,END[.OFS][OPTS]] "
                   "[-t CHAR] [FILE]...",
                   &options);
  const bool fine = co_await taking;
  if (!fine) co_return 2;
  if (options.rest.empty()) options.rest.push_back("-");
  std::vector<std::string> lines;
  for (const std::string& path : options.rest) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      auto telling = cannot_open(sys, "sort", in);
      co_await telling;
      co_return 2;
    }
    while (true) {
      auto reading = next_line(sys, &in);
      TakenLine line = co_await reading;
      if (!line.got) break;
      lines.push_back(std::move(line.text));
    }
    auto closing = close_in(sys, in);
    co_await closing;
  }
  const Order order = order_of(options);
  const bool last_resort = !options.has('s') && !options.has('u');
  const bool reverse = options.has('r');
  std::stable_sort(lines.begin(), lines.end(), [&](const std::string& a, const std::string& b) {
    const int result = compare_lines(a, b, order);
    if (result != 0 || !last_resort) return result < 0;
    return reverse ? b < a : a < b;
  });
  if (options.has('u')) {
    const auto same = [&](const std::string& a, const std::string& b) {
      return compare_lines(a, b, order) == 0;
    };
    lines.erase(std::unique(lines.begin(), lines.end(), same), lines.end());
  }
  if (options.has('o')) {
    const std::string path = options.value('o');
    const std::int64_t fd =
        co_await sys.open(path, abi::o::kWronly | abi::o::kCreat | abi::o::kTrunc, 0666);
    co_await sys.dup2(fd, 1);
  }
  Out out;
  for (const std::string& line : lines) {
    auto emitting = emit(sys, &out, line + "\n");
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

namespace {

std::string uniq_line(const Options& options, const std::string& line, std::int64_t times) {
  if (options.has('d') && times < 2) return {};
  if (options.has('u') && times > 1) return {};
  std::string count = decimal(times);
  if (count.size() < 7) count = std::string(7 - count.size(), ' ') + count;
  return (options.has('c') ? count + " " : "") + line + "\n";
}

}  // namespace

Co<int> applet_uniq(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "cduf:s:w:zi", "[-cduiz] [-f,s,w N] [FILE [OUTFILE]]",
                             &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (!options.rest.empty() && options.rest[0] != "-") {
    co_await sys.close(0);
    const std::string path = options.rest[0];
    const std::int64_t fd = co_await sys.open(path, 0);
    if (fd < 0) {
      auto telling = complain(sys, "uniq", "can't open", path, fd);
      co_return co_await telling;
    }
  }
  In in;
  Out out;
  std::string current;
  std::int64_t times = 0;
  while (true) {
    auto reading = next_line(sys, &in);
    const TakenLine line = co_await reading;
    const bool same =
        line.got && times > 0 &&
        (options.has('i') ? folded(line.text) == folded(current) : line.text == current);
    if (same) {
      ++times;
      continue;
    }
    if (times > 0) {
      auto emitting = emit(sys, &out, uniq_line(options, current, times));
      co_await emitting;
    }
    if (!line.got) break;
    current = line.text;
    times = 1;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

}  // namespace cutaway::sim

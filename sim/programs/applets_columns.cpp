// cut and tr.
#include <algorithm>
#include <utility>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/pattern.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// 1,3-5,7-: ranges of positions from 1 on.
using Ranges = std::vector<std::pair<std::int64_t, std::int64_t>>;
constexpr std::int64_t kEnd = std::int64_t{1} << 60;

bool read_ranges(const std::string& text, Ranges& ranges) {
  for (const std::string& piece : split(text, ',')) {
    const std::size_t dash = piece.find('-');
    const std::string low = piece.substr(0, dash);
    std::int64_t from = 1;
    std::int64_t to = kEnd;
    if (!low.empty() && (!parse_decimal(low, from) || from < 1)) return false;
    if (dash == std::string::npos)
      to = from;
    else if (dash + 1 < piece.size() && !parse_decimal(piece.substr(dash + 1), to))
      return false;
    if (piece.empty() || piece == "-") return false;
    ranges.emplace_back(from, to);
  }
  return true;
}

bool within(const Ranges& ranges, std::int64_t position) {
  return std::any_of(ranges.begin(), ranges.end(), [position](const auto& range) {
    return range.first <= position && position <= range.second;
  });
}

std::string cut_line(const std::string& line, const Options& options, const Ranges& ranges,
                     char between) {
  std::string text;
  if (!options.has('f')) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (within(ranges, static_cast<std::int64_t>(i) + 1)) text += line[i];
    }
    return text;
  }
  if (line.find(between) == std::string::npos) return line;
  std::int64_t position = 0;
  bool any = false;
  for (const std::string& field : split(line, between)) {
    if (!within(ranges, ++position)) continue;
    if (any) text += between;
    text += field;
    any = true;
  }
  return text;
}

}  // namespace

Co<int> applet_cut(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "b:c:f:d:sn",
                             "{-b|c LIST | -f[d SEP] [-s]} [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const char by = options.has('f') ? 'f' : options.has('c') ? 'c' : 'b';
  Ranges ranges;
  std::string wrong;
  if (!options.has(by))
    wrong = "expected a list of bytes, characters, or fields";
  else if (!read_ranges(options.value(by), ranges))
    wrong = "invalid byte or field list";
  if (!wrong.empty()) {
    auto telling = put(sys, 2, "cut: " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  const char between = options.value('d', "\t")[0];
  if (options.rest.empty()) options.rest.push_back("-");
  Out out;
  int exit = 0;
  for (const std::string& path : options.rest) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      auto telling = cannot_open(sys, "cut", in);
      co_await telling;
      exit = 1;
      continue;
    }
    while (true) {
      auto reading = next_line(sys, &in);
      const TakenLine line = co_await reading;
      if (!line.got) break;
      const bool skipped = options.has('s') && line.text.find(between) == std::string::npos;
      if (skipped) continue;
      auto emitting = emit(sys, &out, cut_line(line.text, options, ranges, between) + "\n");
      co_await emitting;
    }
    auto closing = close_in(sys, in);
    co_await closing;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

namespace {

/// a-z, [:upper:], \n …: all the characters meant.
std::string expanded_set(const std::string& set) {
  static constexpr std::string_view kLetters = "abfnrtv\\";
  static constexpr std::string_view kBytes = "\a\b\f\n\r\t\v\\";
  std::string plain;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const std::size_t close = set.compare(i, 2, "[:") == 0 ? set.find(":]", i) : std::string::npos;
    if (close != std::string::npos) {
      const std::string name = set.substr(i + 2, close - i - 2);
      for (int c = 0; c < 256; ++c) {
        if (in_class(name, static_cast<char>(c))) plain += static_cast<char>(c);
      }
      i = close + 1;
      continue;
    }
    char c = set[i];
    if (c == '\\' && i + 1 < set.size()) {
      const std::size_t known = kLetters.find(set[i + 1]);
      if (known != std::string_view::npos) {
        c = kBytes[known];
        ++i;
      } else if (set[i + 1] == '0') {
        c = '\0';
        ++i;
      }
    }
    if (i + 2 < set.size() && set[i + 1] == '-') {
      for (int each = static_cast<unsigned char>(c); each <= static_cast<unsigned char>(set[i + 2]);
           ++each)
        plain += static_cast<char>(each);
      i += 2;
      continue;
    }
    plain += c;
  }
  return plain;
}

std::string complement(const std::string& set) {
  std::string others;
  for (int c = 0; c < 256; ++c) {
    if (set.find(static_cast<char>(c)) == std::string::npos) others += static_cast<char>(c);
  }
  return others;
}

struct Translation {
  std::string from, to, squeezed;
  bool deletes = false;
};

std::string translated(const std::string& text, const Translation& how, int& last) {
  std::string result;
  for (char c : text) {
    const std::size_t at = how.from.find(c);
    if (at != std::string::npos && how.deletes) continue;
    if (at != std::string::npos && !how.to.empty()) c = how.to[std::min(at, how.to.size() - 1)];
    const bool squeezed = how.squeezed.find(c) != std::string::npos;
    if (squeezed && last == static_cast<unsigned char>(c)) continue;
    result += c;
    last = static_cast<unsigned char>(c);
  }
  return result;
}

}  // namespace

Co<int> applet_tr(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+Ccds", "[-cds] STRING1 [STRING2]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty() || (options.rest.size() < 2 && !options.has('d') && !options.has('s'))) {
    auto telling = misused(sys, "tr", "[-cds] STRING1 [STRING2]");
    co_return co_await telling;
  }
  Translation how;
  how.from = expanded_set(options.rest[0]);
  if (options.has('c') || options.has('C')) how.from = complement(how.from);
  how.deletes = options.has('d');
  const std::string second = options.rest.size() > 1 ? expanded_set(options.rest[1]) : "";
  if (!how.deletes) how.to = second;
  if (options.has('s')) how.squeezed = second.empty() ? how.from : second;
  int last = -1;
  while (co_await sys.read(0, 8192) > 0) {
    auto writing = put(sys, 1, translated(sys.reply().data, how, last));
    const int failed = co_await writing;
    if (failed != 0) co_return 1;
  }
  co_return 0;
}

}  // namespace cutaway::sim

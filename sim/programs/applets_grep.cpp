// grep: lines that match. Status 0 with one, 1 without, 2 when something went wrong.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/regex.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct Grep {
  std::vector<Regex> patterns;
  bool invert = false, count = false, quiet = false, names_only = false, numbers = false;
  bool only = false, titles = false, silent = false;
  std::int64_t most = -1;
};

bool matches(const Grep& grep, const std::string& line, Match& match) {
  for (const Regex& pattern : grep.patterns) {
    if (pattern.search(line, 0, match)) return true;
  }
  return false;
}

/// The matching pieces of a line (-o).
std::string pieces(const Grep& grep, const std::string& line, const std::string& title) {
  std::string text;
  for (const Regex& pattern : grep.patterns) {
    Match match;
    for (std::size_t at = 0; at <= line.size() && pattern.search(line, at, match);) {
      if (match.end() > match.begin())
        text += title + line.substr(match.begin(), match.end() - match.begin()) + "\n";
      at = match.end() > match.begin() ? match.end() : match.end() + 1;
    }
  }
  return text;
}

/// How many lines of the file were taken.
Co<std::int64_t> search(Sys sys, In* in, Grep grep, std::string shown, Out* out) {
  std::int64_t found = 0;
  std::int64_t number = 0;
  while (grep.most < 0 || found < grep.most) {
    auto reading = next_line(sys, in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    ++number;
    Match match;
    if (matches(grep, line.text, match) == grep.invert) continue;
    ++found;
    if (grep.quiet || grep.names_only) break;
    if (grep.count) continue;
    const std::string title =
        (grep.titles ? shown + ":" : "") + (grep.numbers ? decimal(number) + ":" : "");
    const std::string text = grep.only ? pieces(grep, line.text, title) : title + line.text + "\n";
    auto emitting = emit(sys, out, text);
    co_await emitting;
  }
  std::string after;
  if (grep.count) after = (grep.titles ? shown + ":" : "") + decimal(found) + "\n";
  if (grep.names_only && found > 0) after = shown + "\n";
  if (!grep.quiet) {
    auto emitting = emit(sys, out, after);
    co_await emitting;
  }
  co_return found;
}

/// -r: all files below.
Co<std::vector<std::string>> files_below(Sys sys, std::string path) {
  std::vector<std::string> files;
  const std::int64_t found = co_await sys.stat(path);
  if (found < 0 || (sys.reply().stat.mode & abi::mode::kType) != abi::mode::kDirectory) {
    files.push_back(path);
    co_return files;
  }
  auto listing = names_in_folder(sys, path);
  const std::vector<std::string> names = co_await listing;
  for (const std::string& name : names) {
    auto deeper = files_below(sys, path + "/" + name);
    const std::vector<std::string> more = co_await deeper;
    files.insert(files.end(), more.begin(), more.end());
  }
  co_return files;
}

Grep grep_of(const std::string& called, Options& options, std::string& wrong) {
  Grep grep;
  unsigned flags = 0;
  if (options.has('E') || called == "egrep") flags |= Regex::kExtended;
  if (options.has('F') || called == "fgrep") flags |= Regex::kFixed;
  if (options.has('i')) flags |= Regex::kIgnoreCase;
  if (options.has('x')) flags |= Regex::kWholeLine;
  if (options.has('w')) flags |= Regex::kWord;
  std::vector<std::string> texts = options.given['e'];
  if (texts.empty() && !options.rest.empty()) {
    texts.push_back(options.rest[0]);
    options.rest.erase(options.rest.begin());
  }
  for (const std::string& text : texts) {
    for (const std::string& line : split(text, '\n')) {
      grep.patterns.emplace_back(line, flags);
      if (!grep.patterns.back().error().empty()) wrong = "bad regex '" + line + "'";
    }
  }
  grep.invert = options.has('v');
  grep.count = options.has('c');
  grep.quiet = options.has('q');
  grep.names_only = options.has('l');
  grep.numbers = options.has('n');
  grep.only = options.has('o');
  grep.silent = options.has('s');
  parse_decimal(options.value('m', "-1"), grep.most);
  return grep;
}

/// All files; grep's status.
Co<int> search_all(Sys sys, std::string applet, Grep grep, std::vector<std::string> paths) {
  Out out;
  std::int64_t found = 0;
  bool failed = false;
  for (const std::string& path : paths) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      failed = true;
      auto telling = cannot_open(sys, applet, in);
      if (!grep.silent) co_await telling;
      continue;
    }
    auto searching = search(sys, &in, grep, path == "-" ? "(standard input)" : path, &out);
    found += co_await searching;
    auto closing = close_in(sys, in);
    co_await closing;
    if (grep.quiet && found > 0) co_return 0;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return failed ? 2 : found > 0 ? 0 : 1;
}

}  // namespace

Co<int> applet_grep(Sys sys, State state) {
  constexpr std::string_view usage =
      "[-HhnlLoqvsrRiwFEz] [-m N] [-A|B|C N] { PATTERN | -e PATTERN... | -f FILE... } [FILE]...";
  Options options;
  auto taking = take_options(sys, state.argv, "lqvscFiHhe:nowxErRm:", usage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 2;
  std::string wrong;
  Grep grep = grep_of(state.argv[0], options, wrong);
  if (grep.patterns.empty() || !wrong.empty()) {
    const std::string text =
        wrong.empty() ? usage_text(state.argv[0], usage) : state.argv[0] + ": " + wrong + "\n";
    auto telling = put(sys, 2, text);
    co_await telling;
    co_return 2;
  }
  std::vector<std::string> paths = options.rest;
  const bool recursive = options.has('r') || options.has('R');
  if (paths.empty()) paths.push_back(recursive ? "." : "-");
  grep.titles = (paths.size() > 1 || recursive || options.has('H')) && !options.has('h');
  if (recursive) {
    std::vector<std::string> all;
    for (const std::string& path : paths) {
      auto listing = files_below(sys, path);
      const std::vector<std::string> files = co_await listing;
      all.insert(all.end(), files.begin(), files.end());
    }
    paths = all;
  }
  auto searching = search_all(sys, state.argv[0], grep, paths);
  co_return co_await searching;
}

}  // namespace cutaway::sim

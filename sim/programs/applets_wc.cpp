// wc: lines, words, bytes.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct TextCounts {
  std::int64_t lines = 0, words = 0, bytes = 0, longest = 0;
};

TextCounts counts_of(const std::string& text) {
  TextCounts counts;
  counts.bytes = static_cast<std::int64_t>(text.size());
  bool in_word = false;
  std::int64_t width = 0;
  for (const char c : text) {
    counts.lines += c == '\n' ? 1 : 0;
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    counts.words += !blank && !in_word ? 1 : 0;
    in_word = !blank;
    width = c == '\n' ? 0 : width + 1;
    counts.longest = std::max(counts.longest, width);
  }
  return counts;
}

/// One figure of one file has no width; else each has nine columns.
std::string counts_in_columns(const TextCounts& counts, const Options& options) {
  std::vector<std::int64_t> values;
  const bool all = options.given.empty();
  if (all || options.has('l')) values.push_back(counts.lines);
  if (all || options.has('w')) values.push_back(counts.words);
  if (options.has('m')) values.push_back(counts.bytes);
  if (all || options.has('c')) values.push_back(counts.bytes);
  if (options.has('L')) values.push_back(counts.longest);
  std::string text;
  for (const std::int64_t value : values) {
    const std::string shown = decimal(value);
    const bool alone = values.size() == 1 && options.rest.size() < 2;
    const std::size_t width = !alone && shown.size() < 9 ? 9 - shown.size() : 0;
    text += (text.empty() ? "" : " ") + std::string(width, ' ') + shown;
  }
  return text;
}

}  // namespace

Co<int> applet_wc(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "clwmL", "[-cmlwL] [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  TextCounts total;
  Out out;
  int exit = 0;
  for (const std::string& path : inputs(options)) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    if (in.err != 0) {
      auto telling = cannot_open(sys, "wc", in);
      co_await telling;
      exit = 1;
      continue;
    }
    auto reading = read_all(sys, &in);
    const TextCounts counts = counts_of(co_await reading);
    auto closing = close_in(sys, in);
    co_await closing;
    total.lines += counts.lines;
    total.words += counts.words;
    total.bytes += counts.bytes;
    total.longest = std::max(total.longest, counts.longest);
    const std::string name = options.rest.empty() ? "" : " " + path;
    auto emitting = emit(sys, &out, counts_in_columns(counts, options) + name + "\n");
    co_await emitting;
  }
  if (options.rest.size() > 1) {
    auto emitting = emit(sys, &out, counts_in_columns(total, options) + " total\n");
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

}  // namespace cutaway::sim

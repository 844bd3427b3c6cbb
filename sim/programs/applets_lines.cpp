// Applets for lines: tee, seq, yes, rev.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/options.h"
#include "sim/programs/pattern.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

Co<int> applet_tee(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "ai", "[-ai] [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  int exit = 0;
  std::vector<std::int64_t> outputs = {1};
  const std::uint64_t mode = options.has('a') ? abi::o::kAppend : abi::o::kTrunc;
  for (const std::string& path : options.rest) {
    const std::int64_t fd = co_await sys.open(path, abi::o::kWronly | abi::o::kCreat | mode, 0666);
    if (fd >= 0) {
      outputs.push_back(fd);
      continue;
    }
    auto telling = put(sys, 2, cannot("tee", "", path, fd));
    co_await telling;
    exit = 1;
  }
  while (co_await sys.read(0, 1024) > 0) {
    const std::string piece = sys.reply().data;
    for (const std::int64_t fd : outputs) {
      auto writing = put(sys, fd, piece);
      const int failed = co_await writing;
      if (failed != 0) exit = 1;
    }
  }
  co_return exit;
}

Co<int> applet_seq(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+ws:", "[-w] [-s SEP] [FIRST [INC]] LAST", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::vector<std::int64_t> numbers;
  for (const std::string& word : options.rest) {
    std::int64_t number = 0;
    if (!parse_decimal(word, number)) {
      auto telling = misused(sys, "seq", "[-w] [-s SEP] [FIRST [INC]] LAST");
      co_return co_await telling;
    }
    numbers.push_back(number);
  }
  if (numbers.empty() || numbers.size() > 3) {
    auto telling = misused(sys, "seq", "[-w] [-s SEP] [FIRST [INC]] LAST");
    co_return co_await telling;
  }
  const std::int64_t first = numbers.size() > 1 ? numbers.front() : 1;
  const std::int64_t step = numbers.size() > 2 ? numbers[1] : 1;
  const std::int64_t last = numbers.back();
  const std::size_t width =
      options.has('w') ? std::max(decimal(first).size(), decimal(last).size()) : 0;
  const std::string between = options.value('s', "\n");
  Out out;
  bool any = false;
  for (std::int64_t value = first; step == 0 || (step > 0 ? value <= last : value >= last);
       value += step) {
    std::string shown = decimal(value);
    if (shown.size() < width) shown = std::string(width - shown.size(), '0') + shown;
    auto emitting = emit(sys, &out, (any ? between : "") + shown);
    const int failed = co_await emitting;
    if (failed != 0) co_return 1;
    any = true;
  }
  if (any) {
    auto ending = emit(sys, &out, "\n");
    co_await ending;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

Co<int> applet_yes(Sys sys, State state) {
  std::vector<std::string> words(state.argv.begin() + 1, state.argv.end());
  const std::string line = (words.empty() ? "y" : join(words, " ")) + "\n";
  Out out;
  while (true) {
    auto emitting = emit(sys, &out, line);
    const int failed = co_await emitting;
    if (failed == 0) continue;
    co_return 1;
  }
}

Co<int> applet_rev(Sys sys, State state) {
  std::vector<std::string> paths(state.argv.begin() + 1, state.argv.end());
  if (paths.empty()) paths.push_back("-");
  Out out;
  for (const std::string& path : paths) {
    auto opening = open_in(sys, path);
    In in = co_await opening;
    while (in.err == 0) {
      auto reading = next_line(sys, &in);
      TakenLine line = co_await reading;
      if (!line.got) break;
      std::reverse(line.text.begin(), line.text.end());
      auto emitting = emit(sys, &out, line.text + (line.whole ? "\n" : ""));
      co_await emitting;
    }
    auto closing = close_in(sys, in);
    co_await closing;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

}  // namespace cutaway::sim

// xargs: words of stdin become arguments.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// Words at blanks, with '…', "…" and \ (or at NULs with -0).
std::vector<std::string> words_of(const std::string& text, bool zeros) {
  std::vector<std::string> words;
  if (zeros) {
    words = split(text, '\0');
    if (!words.empty() && words.back().empty()) words.pop_back();
    return words;
  }
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::string> more;
    split_shell_words(line, more);
    words.insert(words.end(), more.begin(), more.end());
  }
  return words;
}

using Words = std::vector<std::string>;

/// -I: the command once for each line, which replaces the sign.
std::vector<Words> one_a_line(const Options& options, const Words& command,
                              const std::string& text) {
  std::vector<Words> batches;
  const std::string sign = options.value('I');
  for (const std::string& line : split(text, '\n')) {
    if (line.empty()) continue;
    Words words = command;
    for (std::string& word : words) {
      for (std::size_t at = word.find(sign); at != std::string::npos;
           at = word.find(sign, at + line.size()))
        word.replace(at, sign.size(), line);
    }
    batches.push_back(std::move(words));
  }
  return batches;
}

/// The command with the words behind it, at most -n of them each time; without words once, unless
/// -r.
std::vector<Words> as_many_as_fit(const Options& options, const Words& command,
                                  const std::string& text) {
  std::int64_t most = 1 << 30;
  parse_decimal(options.value('n', decimal(most)), most);
  const Words words = words_of(text, options.has('0'));
  std::vector<Words> batches;
  std::size_t at = 0;
  do {
    Words batch = command;
    const std::size_t end = std::min(words.size(), at + static_cast<std::size_t>(most));
    batch.insert(batch.end(), words.begin() + static_cast<std::ptrdiff_t>(at),
                 words.begin() + static_cast<std::ptrdiff_t>(end));
    at = end;
    if (!words.empty() || !options.has('r')) batches.push_back(std::move(batch));
  } while (at < words.size());
  return batches;
}

int xargs_status(int status) {
  if (status == 255) return 124;
  if (status == 126 || status == 127) return status;
  if (status > 128) return 125;
  return status == 0 ? 0 : 123;
}

}  // namespace

Co<int> applet_xargs(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "+0rtpn:s:I:P:e:E:x", "[OPTIONS] [PROG ARGS]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto limiting = ask_stack_limit(sys);
  co_await limiting;
  In in;
  auto reading = read_all(sys, &in);
  const std::string text = co_await reading;
  std::vector<std::string> command = options.rest;
  if (command.empty()) command.push_back("echo");
  const std::vector<Words> batches = options.has('I') ? one_a_line(options, command, text)
                                                      : as_many_as_fit(options, command, text);
  int exit = 0;
  for (const std::vector<std::string>& batch : batches) {
    if (options.has('t')) {
      auto telling = put(sys, 2, join(batch, " ") + "\n");
      co_await telling;
    }
    auto running = run_child(sys, "xargs", batch, state.env);
    const int status = co_await running;
    exit = std::max(exit, xargs_status(status));
    if (status == 255) break;
  }
  co_return exit;
}

}  // namespace cutaway::sim

// Applets for bytes: dd, sha256sum, base64.
#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

/// "512", "4k", "1M", "2w": bytes; −1 for none.
std::int64_t size_of(std::string text) {
  struct Row {
    std::string_view suffix;
    std::int64_t unit;
  };
  static constexpr Row kRows[] = {{"kB", 1000}, {"MB", 1000000}, {"K", 1024},
                                  {"k", 1024},  {"M", 1 << 20},  {"G", 1 << 30},
                                  {"c", 1},     {"w", 2},        {"b", 512}};
  std::int64_t unit = 1;
  for (const Row& row : kRows) {
    if (!ends_with(text, row.suffix)) continue;
    unit = row.unit;
    text.resize(text.size() - row.suffix.size());
    break;
  }
  std::int64_t value = 0;
  return parse_decimal(text, value) && value >= 0 ? value * unit : -1;
}

struct Dd {
  std::string from, to, wrong;
  std::int64_t in_size = 512, out_size = 512, count = -1, skip = 0, seek = 0;
  bool truncates = true, quiet = false, sync = false;
  std::int64_t in_whole = 0, in_part = 0, out_whole = 0, out_part = 0, bytes = 0;
};

Dd dd_words(const std::vector<std::string>& argv) {
  Dd dd;
  for (std::size_t i = 1; i < argv.size(); ++i) {
    const std::size_t equals = argv[i].find('=');
    const std::string name = argv[i].substr(0, equals);
    const std::string value = equals == std::string::npos ? "" : argv[i].substr(equals + 1);
    const std::int64_t number = size_of(value);
    const bool counts = name == "bs" || name == "ibs" || name == "obs" || name == "count" ||
                        name == "skip" || name == "seek";
    if (counts && number < 0) dd.wrong = "invalid number '" + value + "'";
    if (name == "if")
      dd.from = value;
    else if (name == "of")
      dd.to = value;
    else if (name == "bs")
      dd.in_size = dd.out_size = number;
    else if (name == "ibs")
      dd.in_size = number;
    else if (name == "obs")
      dd.out_size = number;
    else if (name == "count")
      dd.count = number;
    else if (name == "skip")
      dd.skip = number;
    else if (name == "seek")
      dd.seek = number;
    else if (name == "conv")
      dd.truncates = value.find("notrunc") == std::string::npos;
    else if (name == "status")
      dd.quiet = value == "none";
    else
      dd.wrong = "invalid argument '" + argv[i] + "'";
    if (name == "conv") dd.sync = value.find("sync") != std::string::npos;
  }
  return dd;
}

Co<int> take_place(Sys sys, std::string path, std::uint64_t flags, std::int64_t fd) {
  const std::int64_t opened = co_await sys.open(path, flags, 0666);
  if (opened < 0) {
    auto telling = complain(sys, "dd", "can't open", path, opened);
    co_return co_await telling;
  }
  co_await sys.dup2(opened, fd);
  co_await sys.close(opened);
  co_return 0;
}

Co<int> move_blocks(Sys sys, Dd* dd) {
  while (dd->count < 0 || dd->in_whole + dd->in_part < dd->count) {
    const std::int64_t got = co_await sys.read(0, static_cast<std::uint64_t>(dd->in_size));
    if (got == 0) break;
    if (got < 0) {
      auto telling = complain(sys, "dd", "", dd->from.empty() ? "(stdin)" : dd->from, got);
      co_return co_await telling;
    }
    (got == dd->in_size ? dd->in_whole : dd->in_part) += 1;
    const std::string piece = sys.reply().data;
    const std::int64_t written = co_await sys.write(1, piece);
    if (written < 0) {
      auto telling = complain(sys, "dd", "error writing", dd->to, written);
      co_return co_await telling;
    }
    (written == dd->out_size ? dd->out_whole : dd->out_part) += 1;
    dd->bytes += written;
  }
  co_return 0;
}

}  // namespace

Co<int> applet_dd(Sys sys, State state) {
  Dd dd = dd_words(state.argv);
  if (!dd.wrong.empty()) {
    auto telling = put(sys, 2, "dd: " + dd.wrong + "\n");
    co_await telling;
    co_return 1;
  }
  co_await sys.sigaction(10, "handler");  // SIGUSR1: tell how far it is
  if (!dd.from.empty()) {
    auto opening = take_place(sys, dd.from, 0, 0);
    const int failed = co_await opening;
    if (failed != 0) co_return 1;
  }
  if (!dd.to.empty()) {
    const std::uint64_t cut = dd.truncates && dd.seek == 0 ? abi::o::kTrunc : 0;
    auto opening = take_place(sys, dd.to, abi::o::kWronly | abi::o::kCreat | cut, 1);
    const int failed = co_await opening;
    if (failed != 0) co_return 1;
  }
  if (dd.skip > 0) {
    const std::int64_t moved = co_await sys.lseek(0, dd.skip * dd.in_size, 1);
    for (std::int64_t i = 0; moved < 0 && i < dd.skip; ++i)
      co_await sys.read(0, static_cast<std::uint64_t>(dd.in_size));
  }
  if (dd.seek > 0) co_await sys.lseek(1, dd.seek * dd.out_size, 1);
  auto moving = move_blocks(sys, &dd);
  const int failed = co_await moving;
  if (dd.sync) {
    const std::vector<Arg> args = {Arg::integer(1)};
    co_await sys.call(abi::Sys::fsync, args);
  }
  co_await sys.close(0);
  co_await sys.close(1);
  if (!dd.quiet) {
    auto telling = put(sys, 2,
                       decimal(dd.in_whole) + "+" + decimal(dd.in_part) + " records in\n" +
                           decimal(dd.out_whole) + "+" + decimal(dd.out_part) + " records out\n");
    co_await telling;
  }
  co_return failed;
}

Co<int> applet_sha256sum(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "scwb", "[-c[sw]] [FILE]...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty()) options.rest.push_back("-");
  Out out;
  int exit = 0;
  for (const std::string& path : options.rest) {
    std::int64_t fd = 0;
    if (path != "-") fd = co_await sys.open(path, 0);
    if (fd < 0) {
      auto telling = put(sys, 2, cannot("sha256sum", "can't open", path, fd));
      co_await telling;
      exit = 1;
      continue;
    }
    auto reading = slurp(sys, fd, 4096);
    const std::string text = co_await reading;
    if (fd != 0) co_await sys.close(fd);
    if (!options.has('c')) {
      auto emitting = emit(sys, &out, sha256_hex(text) + "  " + path + "\n");
      co_await emitting;
      continue;
    }
    std::int64_t wrong = 0;
    std::int64_t checked = 0;
    for (const std::string& line : split(text, '\n')) {
      const std::size_t blank = line.find("  ");
      if (blank == std::string::npos) continue;
      auto checking = slurp_path(sys, line.substr(blank + 2));
      const Slurped file = co_await checking;
      const bool same = file.err == 0 && sha256_hex(file.text) == line.substr(0, blank);
      ++checked;
      if (!same) ++wrong;
      auto emitting = emit(sys, &out, line.substr(blank + 2) + (same ? ": OK\n" : ": FAILED\n"));
      co_await emitting;
    }
    if (wrong > 0) {
      exit = 1;
      auto telling = put(sys, 2,
                         "sha256sum: WARNING: " + decimal(wrong) + " of " + decimal(checked) +
                             " computed checksums did NOT match\n");
      co_await telling;
    }
  }
  auto flushing = flush(sys, &out);
  co_await flushing;
  co_return exit;
}

Co<int> applet_base64(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "dw:", "[-d] [-w COL] [FILE]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto opening = open_in(sys, options.rest.empty() ? "-" : options.rest[0]);
  In in = co_await opening;
  if (in.err != 0) {
    auto telling = cannot_open(sys, "base64", in);
    co_await telling;
    co_return 1;
  }
  auto reading = read_all(sys, &in);
  const std::string text = co_await reading;
  std::string result;
  if (options.has('d')) {
    std::string joined;
    for (const char c : text) {
      if (c != '\n' && c != ' ') joined += c;
    }
    base64_decode(joined, result);
  } else {
    const std::string whole = base64_encode(text);
    std::int64_t width = 76;
    parse_decimal(options.value('w', "76"), width);
    for (std::size_t at = 0; at < whole.size();) {
      const std::size_t count = width <= 0 ? whole.size() : static_cast<std::size_t>(width);
      result += whole.substr(at, count) + (width <= 0 ? "" : "\n");
      at += count;
    }
  }
  auto writing = print(sys, result);
  co_return co_await writing;
}

}  // namespace cutaway::sim

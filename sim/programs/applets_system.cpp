// Applets that tell about the machine: date, uname, free, uptime, tty, sync, hostname.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

constexpr std::string_view kDays[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                      "Thursday", "Friday", "Saturday"};
constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

std::string two(std::int64_t value) { return (value < 10 ? "0" : "") + decimal(value); }

/// strftime(3), its commonest letters.
std::string formatted_date(std::string_view format, std::int64_t seconds) {
  const Date date = date_of(seconds);
  const std::string day(kDays[date.weekday]);
  const std::string month(kMonths[date.month - 1]);
  struct Row {
    char letter;
    std::string text;
  };
  const std::string clock = two(date.hour) + ":" + two(date.minute) + ":" + two(date.second);
  const std::int64_t noon = date.hour % 12 == 0 ? 12 : date.hour % 12;
  const Row rows[] = {
      {'Y', decimal(date.year)},
      {'m', two(date.month)},
      {'d', two(date.day)},
      {'e', padded_left(decimal(date.day), 2)},
      {'H', two(date.hour)},
      {'M', two(date.minute)},
      {'S', two(date.second)},
      {'s', decimal(seconds)},
      {'a', day.substr(0, 3)},
      {'A', day},
      {'b', month.substr(0, 3)},
      {'B', month},
      {'T', clock},
      {'R', two(date.hour) + ":" + two(date.minute)},
      {'F', decimal(date.year) + "-" + two(date.month) + "-" + two(date.day)},
      {'Z', "UTC"},
      {'z', "+0000"},
      {'y', two(date.year % 100)},
      {'I', two(noon)},
      {'p', date.hour < 12 ? "AM" : "PM"},
      {'n', "\n"},
      {'t', "\t"},
      {'%', "%"},
      {'N', "000000000"},
      {'u', decimal(date.weekday == 0 ? 7 : date.weekday)},
      {'w', decimal(date.weekday)},
      {'j', decimal(1000 + date.day_of_year).substr(1)},
      {'D', two(date.month) + "/" + two(date.day) + "/" + two(date.year % 100)},
  };
  std::string text;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      text += format[i];
      continue;
    }
    ++i;
    for (const Row& row : rows) {
      if (row.letter == format[i]) text += row.text;
    }
  }
  return text;
}

Co<std::int64_t> clock_seconds(Sys sys) {
  const std::vector<Arg> args = {Arg::integer(0), Arg{}};
  co_await sys.call(abi::Sys::clock_gettime, args);
  co_return sys.reply().out.at(0);
}

}  // namespace

Co<int> applet_date(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "Rd:r:uD:s:I", "[OPTIONS] [+FMT] [TIME]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto asking = clock_seconds(sys);  // on Linux read in the vDSO, without a call
  std::int64_t seconds = co_await asking;
  std::string day = options.value('d');
  if (starts_with(day, "@")) day.erase(0, 1);
  if (options.has('d') && !parse_decimal(day, seconds)) {
    auto telling = put(sys, 2, "date: invalid date '" + options.value('d') + "'\n");
    co_await telling;
    co_return 1;
  }
  auto zone = ask_time_zone(sys);
  co_await zone;
  std::string format = "%a %b %e %H:%M:%S %Z %Y";
  if (options.has('R')) format = "%a, %d %b %Y %H:%M:%S +0000";
  if (options.has('I')) format = "%F";
  if (!options.rest.empty() && starts_with(options.rest[0], "+"))
    format = options.rest[0].substr(1);
  auto writing = print(sys, formatted_date(format, seconds) + "\n");
  co_return co_await writing;
}

Co<int> applet_uname(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "snrvmpioa", "[-amnrspvio]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  co_await sys.uname();
  const std::vector<std::string> texts = sys.reply().texts;
  const std::string node = sys.reply().data;
  const bool all = options.has('a');
  struct Row {
    char letter;
    std::string text;
    bool in_all;
  };
  const Row rows[] = {{'s', texts.at(0), true}, {'n', node, true},        {'r', texts.at(2), true},
                      {'v', texts.at(3), true}, {'m', texts.at(4), true}, {'p', "unknown", false},
                      {'i', "unknown", false},  {'o', "GNU/Linux", true}};
  std::string text;
  for (const Row& row : rows) {
    const bool wanted = options.has(row.letter) || (all && row.in_all) ||
                        (options.given.empty() && row.letter == 's');
    if (wanted) text += (text.empty() ? "" : " ") + row.text;
  }
  auto writing = print(sys, text + "\n");
  co_return co_await writing;
}

namespace {

/// "MemTotal:  2097152 kB" of /proc/meminfo.
std::int64_t memory_field(const std::string& meminfo, std::string_view name) {
  for (const std::string& line : split(meminfo, '\n')) {
    if (!starts_with(line, name)) continue;
    const std::string rest(trim(std::string_view(line).substr(name.size())));
    std::int64_t value = 0;
    parse_decimal(rest.substr(0, rest.find(' ')), value);
    return value;
  }
  return 0;
}

/// Its lines up to the last one that free needs.
Co<std::string> memory_lines(Sys sys) {
  auto opening = open_in(sys, "/proc/meminfo");
  In in = co_await opening;
  std::string text;
  while (in.err == 0) {
    auto reading = next_line(sys, &in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    text += line.text + "\n";
    if (starts_with(line.text, "SReclaimable:")) break;
  }
  auto closing = close_in(sys, in);
  co_await closing;
  co_return text;
}

}  // namespace

Co<int> applet_free(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "bkmgh", "[-bkmg]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  Out out;
  auto heading = emit(sys, &out,
                      "              total        used        free      shared  "
                      "buff/cache   available\n");
  co_await heading;
  const std::vector<Arg> args = {Arg{}};
  co_await sys.call(abi::Sys::sysinfo, args);
  auto reading = memory_lines(sys);
  const std::string meminfo = co_await reading;
  const std::int64_t total = memory_field(meminfo, "MemTotal:");
  const std::int64_t unused = memory_field(meminfo, "MemFree:");
  const std::int64_t available = memory_field(meminfo, "MemAvailable:");
  const std::int64_t cache = memory_field(meminfo, "Buffers:") + memory_field(meminfo, "Cached:");
  const std::int64_t shared = memory_field(meminfo, "Shmem:");
  const auto shown = [&](std::int64_t kilobytes) {
    std::int64_t value = kilobytes;
    if (options.has('b')) value *= 1024;
    if (options.has('m')) value /= 1024;
    if (options.has('g')) value /= std::int64_t{1024} * 1024;
    return padded_left(options.has('h') ? human_size(kilobytes * 1024) : decimal(value), 11);
  };
  std::string text = "Mem:    ";
  for (const std::int64_t value : {total, total - unused - cache, unused, shared, cache, available})
    text += (value == total && ends_with(text, "    ") ? "" : " ") + shown(value);
  text += "\nSwap:   " + shown(0) + " " + shown(0) + " " + shown(0) + "\n";
  auto emitting = emit(sys, &out, text);
  co_await emitting;
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

Co<int> applet_uptime(Sys sys, State) {
  const std::vector<Arg> args = {Arg{}};
  co_await sys.call(abi::Sys::sysinfo, args);
  const std::int64_t up = sys.reply().out.at(0);
  auto asking = clock_seconds(sys);
  const std::int64_t seconds = co_await asking;
  auto zone = ask_time_zone(sys);
  co_await zone;
  std::string text = " " + formatted_date("%T", seconds) + " up ";
  if (up >= 86400) text += decimal(up / 86400) + " day" + (up >= 172800 ? "s" : "") + ", ";
  if (up >= 3600)
    text += padded_left(decimal(up / 3600 % 24), 2) + ":" + two(up / 60 % 60);
  else
    text += decimal(up / 60) + " min";
  text += ",  load average: 0.00, 0.00, 0.00\n";
  auto writing = print(sys, text);
  co_return co_await writing;
}

Co<int> applet_tty(Sys sys, State state) {
  const bool silent = state.argv.size() > 1 && state.argv[1] == "-s";
  const bool terminal = co_await sys.ioctl(0, 0x5401, 0) >= 0;  // TCGETS
  std::string name = "not a tty";
  if (terminal) {
    const std::int64_t length = co_await sys.readlink("/proc/self/fd/0");
    if (length > 0) name = sys.reply().data;
  }
  if (!silent) {
    auto writing = print(sys, name + "\n");
    co_await writing;
  }
  co_return terminal ? 0 : 1;
}

Co<int> applet_sync(Sys sys, State) {
  const std::vector<Arg> none;
  co_await sys.call(abi::Sys::sync, none);
  co_return 0;
}

}  // namespace cutaway::sim

#include "sim/programs/folders.h"

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

std::string base_of(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path == "/" ? path : path.substr(path.rfind('/') + 1);
}

std::string mode_text(std::uint32_t mode) {
  static constexpr std::string_view kTypes = "?pc?d?b?-?l?s???";
  std::string text(1, kTypes[mode >> 12U & 15U]);
  static constexpr std::string_view kBits = "rwxrwxrwx";
  for (std::size_t i = 0; i < 9; ++i) text += (mode >> (8 - i) & 1U) != 0 ? kBits[i] : '-';
  if ((mode & abi::mode::kSetuid) != 0) text[3] = text[3] == 'x' ? 's' : 'S';
  if ((mode & abi::mode::kSetgid) != 0) text[6] = text[6] == 'x' ? 's' : 'S';
  if ((mode & abi::mode::kSticky) != 0) text[9] = text[9] == 'x' ? 't' : 'T';
  return text;
}

bool is_folder(const Stat& stat) { return (stat.mode & abi::mode::kType) == abi::mode::kDirectory; }
bool is_link(const Stat& stat) { return (stat.mode & abi::mode::kType) == abi::mode::kLink; }

std::string type_text(const Stat& stat) {
  struct Row {
    std::uint32_t type;
    std::string_view text;
  };
  static constexpr Row kRows[] = {
      {abi::mode::kDirectory, "directory"},
      {abi::mode::kLink, "symbolic link"},
      {abi::mode::kFifo, "fifo"},
      {abi::mode::kSocket, "socket"},
      {abi::mode::kChar, "character special file"},
      {abi::mode::kBlock, "block special file"},
  };
  for (const Row& row : kRows) {
    if (row.type == (stat.mode & abi::mode::kType)) return std::string(row.text);
  }
  return stat.size == 0 ? "regular empty file" : "regular file";
}

std::string padded_left(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}
std::string padded_right(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : text + std::string(width - text.size(), ' ');
}

std::string human_size(std::int64_t bytes) {
  static constexpr std::string_view kUnits = " KMGTPE";
  if (bytes < 1024) return decimal(bytes);
  std::size_t unit = 0;
  std::int64_t tenths = bytes * 10;
  while (tenths >= 10240 && unit + 1 < kUnits.size()) {
    tenths = (tenths + 512) / 1024;
    ++unit;
  }
  return decimal(tenths / 10) + "." + decimal(tenths % 10) + std::string(1, kUnits[unit]);
}

bool NameTable::known(std::int64_t number) const {
  const auto found = names.find(number);
  return found != names.end() && !found->second.empty();
}

namespace {

Co<std::string> look_up(Sys sys, std::string path, std::int64_t number) {
  auto opening = open_in(sys, path);
  In in = co_await opening;
  std::string name;
  while (in.err == 0 && name.empty()) {
    auto reading = next_line(sys, &in);
    const TakenLine line = co_await reading;
    if (!line.got) break;
    const std::vector<std::string> fields = split(line.text, ':');
    std::int64_t id = 0;
    if (fields.size() > 2 && parse_decimal(fields[2], id) && id == number) name = fields[0];
  }
  auto closing = close_in(sys, in);
  co_await closing;
  co_return name;
}

}  // namespace

Co<std::string> name_for(Sys sys, NameTable* table, std::int64_t number) {
  if (table->names.count(number) == 0) {
    auto looking = look_up(sys, table->path, number);
    table->names[number] = co_await looking;
  }
  const std::string name = table->names[number];
  co_return name.empty() ? decimal(number) : name;
}

Co<int> ask_time_zone(Sys sys) {
  const std::string path = "/etc/localtime";
  const std::int64_t fd = co_await sys.open(path, abi::o::kCloexec);
  if (fd >= 0) co_await sys.close(fd);
  co_return 0;
}

// Days are counted from 1970-01-01 (a Thursday); years in eras of 400 (Howard Hinnant's way).
Date date_of(std::int64_t seconds) {
  constexpr std::int64_t day = 86400;
  Date date;
  const std::int64_t days = seconds / day;
  const std::int64_t rest = seconds % day;
  date.hour = rest / 3600;
  date.minute = rest / 60 % 60;
  date.second = rest % 60;
  date.weekday = (4 + days) % 7;
  const std::int64_t shifted = days + 719468;  // from 0000-03-01
  const std::int64_t era = shifted / 146097;
  const std::int64_t of_era = shifted % 146097;
  const std::int64_t year_of_era =
      (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t month = (5 * of_year + 2) / 153;
  date.day = of_year - (153 * month + 2) / 5 + 1;
  date.month = month < 10 ? month + 3 : month - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2 ? 1 : 0);
  const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
  constexpr std::int64_t before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  date.day_of_year = before[date.month - 1] + date.day + (leap && date.month > 2 ? 1 : 0);
  return date;
}

std::vector<std::string> entry_names(const std::string& entries) {
  std::vector<std::string> names;
  for (const std::string& line : split(entries, '\n')) {
    const std::string name = line.size() > 2 ? line.substr(2) : "";
    if (!name.empty() && name != "." && name != "..") names.push_back(name);
  }
  return names;
}

Co<std::vector<std::string>> names_in_folder(Sys sys, std::string path) {
  std::vector<std::string> names;
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  if (fd < 0) co_return names;
  co_await sys.fstat(fd);
  while (co_await sys.getdents(fd) > 0) {
    for (const std::string& name : entry_names(sys.reply().data)) names.push_back(name);
  }
  co_await sys.close(fd);
  co_return names;
}

}  // namespace cutaway::sim

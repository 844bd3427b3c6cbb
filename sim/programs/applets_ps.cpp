// ps and top: what /proc says of each process, column by column.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"
#include "sim/programs/stream.h"

namespace cutaway::sim {

namespace {

struct Process {
  std::int64_t pid = 0;
  Stat folder;
  std::string comm;
  std::vector<std::string> fields;  ///< of /proc/PID/stat, from the state on

  std::string field(std::size_t n) const { return n < fields.size() ? fields[n] : "0"; }
  std::int64_t number(std::size_t n) const {
    std::int64_t value = 0;
    parse_decimal(field(n), value);
    return value;
  }
};
// Places in `fields` (proc(5), /proc/PID/stat counts from 3 there).
constexpr std::size_t kState = 0, kParentPid = 1, kGroup = 2, kSession = 3, kNice = 16,
                      kVirtualSize = 20, kResident = 21, kUser = 11, kSystem = 12;

struct Names {
  NameTable users{"/etc/passwd"}, groups{"/etc/group"};
};

Co<std::vector<std::int64_t>> pids_in_proc(Sys sys) {
  std::vector<std::int64_t> pids;
  auto listing = names_in_folder(sys, "/proc");
  for (const std::string& name : co_await listing) {
    std::int64_t pid = 0;
    if (parse_decimal(name, pid)) pids.push_back(pid);
  }
  std::sort(pids.begin(), pids.end());
  co_return pids;
}

/// What one read gives: a line of /proc comes whole.
Co<std::string> first_read(Sys sys, std::string path, std::uint64_t room) {
  const std::int64_t fd = co_await sys.open(path, 0);
  if (fd < 0) co_return std::string();
  std::string text;
  if (co_await sys.read(fd, room) > 0) text = sys.reply().data;
  co_await sys.close(fd);
  co_return text;
}

/// All that fits, to the end (full_read).
Co<std::string> whole(Sys sys, std::string path, std::uint64_t room) {
  const std::int64_t fd = co_await sys.open(path, 0);
  if (fd < 0) co_return std::string();
  std::string text;
  std::int64_t got = 1;
  while (got > 0 && text.size() < room) {
    got = co_await sys.read(fd, room - text.size());
    if (got > 0) text += sys.reply().data;
  }
  co_await sys.close(fd);
  co_return text;
}

/// "{comm} args" when the program calls itself otherwise, "[comm]" when it has no arguments.
std::string command_text(std::string cmdline, const std::string& comm) {
  if (cmdline.empty()) return "[" + comm + "]";
  while (!cmdline.empty() && cmdline.back() == '\0') cmdline.pop_back();
  std::string first = cmdline.substr(0, cmdline.find('\0'));
  if (!first.empty() && first[0] == '-') first.erase(0, 1);
  first = first.substr(first.rfind('/') + 1);
  for (char& c : cmdline) {
    if (static_cast<unsigned char>(c) < ' ') c = ' ';
  }
  const bool same = first.substr(0, 15) == comm;
  return same ? cmdline : "{" + comm + "} " + cmdline;
}

std::string proc_folder(const Process& process) { return "/proc/" + decimal(process.pid) + "/"; }

/// False when it has ended meanwhile.
Co<bool> read_process(Sys sys, std::int64_t pid, Process* process) {
  process->pid = pid;
  const std::string folder = proc_folder(*process);
  const std::int64_t there = co_await sys.stat(folder);
  process->folder = sys.reply().stat;
  if (there < 0) co_return false;
  auto reading = first_read(sys, folder + "stat", 1023);
  const std::string stat = co_await reading;
  const std::size_t open = stat.find('(');
  const std::size_t close = stat.rfind(')');
  if (open == std::string::npos || close == std::string::npos) co_return false;
  process->comm = stat.substr(open + 1, close - open - 1);
  process->fields = split(trim(stat.substr(close + 2)), ' ');
  co_return true;
}

Co<std::string> arguments_of(Sys sys, const Process* process) {
  auto reading = whole(sys, proc_folder(*process) + "cmdline", 2048);
  co_return command_text(co_await reading, process->comm);
}

struct Column {
  std::string_view name, title;
  std::size_t width;
};
constexpr Column kProcessColumns[] = {
    {"user", "USER", 8},      {"group", "GROUP", 8}, {"comm", "COMMAND", 16},
    {"args", "COMMAND", 256}, {"pid", "PID", 5},     {"ppid", "PPID", 5},
    {"pgid", "PGID", 5},      {"nice", "NI", 5},     {"rgroup", "RGROUP", 8},
    {"ruser", "RUSER", 8},    {"tty", "TT", 6},      {"vsz", "VSZ", 5},
    {"sid", "SID", 5},        {"stat", "STAT", 4},   {"rss", "RSS", 4},
};
struct Chosen {
  const Column* column;
  std::string title;
};

std::string supported() {
  std::string text;
  for (const Column& column : kProcessColumns)
    text += (text.empty() ? "" : ",") + std::string(column.name);
  return text;
}

/// pid,args=WHAT: false for an unknown name, which `wrong` then says.
bool choose(const std::string& list, std::vector<Chosen>& chosen, std::string& wrong) {
  for (const std::string& word : split(list, ',')) {
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    const auto* column = std::find_if(std::begin(kProcessColumns), std::end(kProcessColumns),
                                      [&](const Column& each) { return each.name == name; });
    if (column == std::end(kProcessColumns)) {
      wrong = "bad -o argument '" + name + "', supported arguments: " + supported();
      return false;
    }
    chosen.push_back({column, equals == std::string::npos ? std::string(column->title)
                                                          : word.substr(equals + 1)});
  }
  return true;
}

std::string kilobytes_text(std::int64_t value) {
  return value >= 100000 ? decimal(value / 1024) + "m" : decimal(value);
}

Co<std::string> cell(Sys sys, const Process* process, std::string_view name, Names* names) {
  if (name == "user" || name == "ruser") {
    auto asking = name_for(sys, &names->users, process->folder.uid);
    co_return co_await asking;
  }
  if (name == "group" || name == "rgroup") {
    auto asking = name_for(sys, &names->groups, process->folder.gid);
    co_return co_await asking;
  }
  if (name == "comm") co_return process->comm;
  if (name == "args") {
    auto asking = arguments_of(sys, process);
    co_return co_await asking;
  }
  if (name == "pid") co_return decimal(process->pid);
  if (name == "ppid") co_return process->field(kParentPid);
  if (name == "pgid") co_return process->field(kGroup);
  if (name == "sid") co_return process->field(kSession);
  if (name == "nice") co_return process->field(kNice);
  if (name == "tty") co_return std::string("?");
  if (name == "vsz") co_return kilobytes_text(process->number(kVirtualSize) / 1024);
  if (name == "rss") co_return kilobytes_text(process->number(kResident) * 4);
  std::string state = process->field(kState);
  if (process->number(kResident) == 0 && state != "Z") state += "W";
  co_return state;
}

bool to_the_right(std::string_view name) {
  return name == "pid" || name == "ppid" || name == "pgid" || name == "sid" || name == "nice";
}

std::string in_place(const std::string& text, const Column& column, bool last) {
  if (to_the_right(column.name)) return padded_left(text, column.width);
  return last ? text : padded_right(text.substr(0, column.width), column.width);
}

}  // namespace

Co<int> applet_ps(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "o:aAdefl", "[-o COL1,COL2=HEADER] [-T]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::vector<Chosen> chosen;
  std::string wrong;
  const std::string list = options.has('o') ? join(options.given['o'], ",") : "pid,user,args";
  if (!choose(list, chosen, wrong)) {
    auto telling = put(sys, 2, "ps: " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  const bool terminal = co_await sys.ioctl(1, 0x5401, 0) >= 0;  // TCGETS
  if (terminal) co_await sys.ioctl(0, 0x5413, 0);               // TIOCGWINSZ
  Out out;
  std::string line;
  for (const Chosen& each : chosen) {
    const bool last = &each == &chosen.back();
    line += last ? each.title : padded_right(each.title, each.column->width) + " ";
  }
  auto heading = emit(sys, &out, line + "\n");
  co_await heading;
  auto listing = pids_in_proc(sys);
  const std::vector<std::int64_t> pids = co_await listing;
  Names names;
  for (const std::int64_t pid : pids) {
    Process process;
    auto reading = read_process(sys, pid, &process);
    const bool lives = co_await reading;
    if (!lives) continue;
    line.clear();
    for (const Chosen& each : chosen) {
      const bool last = &each == &chosen.back();
      auto asking = cell(sys, &process, each.column->name, &names);
      line += in_place(co_await asking, *each.column, last) + (last ? "" : " ");
    }
    auto emitting = emit(sys, &out, line + "\n");
    co_await emitting;
  }
  auto flushing = flush(sys, &out);
  co_return co_await flushing;
}

namespace {

struct ProcessRow {
  Process process;
  std::string user, args;
  std::int64_t ticks = 0;
};

Co<std::vector<ProcessRow>> read_rows(Sys sys, Names* names) {
  std::vector<ProcessRow> rows;
  auto listing = pids_in_proc(sys);
  for (const std::int64_t pid : co_await listing) {
    ProcessRow row;
    auto reading = read_process(sys, pid, &row.process);
    const bool lives = co_await reading;
    if (!lives) continue;
    auto asking = name_for(sys, &names->users, row.process.folder.uid);
    row.user = co_await asking;
    auto asking_args = arguments_of(sys, &row.process);
    row.args = co_await asking_args;
    row.ticks = row.process.number(kUser) + row.process.number(kSystem);
    rows.push_back(row);
  }
  std::stable_sort(rows.begin(), rows.end(),
                   [](const ProcessRow& a, const ProcessRow& b) { return a.ticks > b.ticks; });
  co_return rows;
}

std::string top_row(const ProcessRow& row, std::int64_t memory) {
  const std::int64_t size = row.process.number(kVirtualSize) / 1024;
  const std::int64_t percent = memory == 0 ? 0 : size * 100 / memory;
  return padded_left(decimal(row.process.pid), 5) + " " +
         padded_left(row.process.field(kParentPid), 5) + " " +
         padded_right(row.user.substr(0, 8), 8) + " " + padded_right(row.process.field(kState), 4) +
         padded_left(kilobytes_text(size), 6) + " " + padded_left(decimal(percent), 4) + "% " +
         padded_left(decimal(0), 3) + "% " + row.args + "\n";
}

}  // namespace

// -b: one picture after the other, as text. -n N: so many.
Co<int> applet_top(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "d:n:bHm", "[-bmH] [-n COUNT] [-d SECONDS]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::int64_t count = -1;
  parse_decimal(options.value('n', "-1"), count);
  const std::int64_t period = duration_ns(options.value('d', "5"));
  Names names;
  for (std::int64_t shown = 0; count < 0 || shown < count; ++shown) {
    if (shown > 0) co_await sys.nanosleep(period);
    auto reading_memory = slurp_path(sys, "/proc/meminfo");
    const Slurped meminfo = co_await reading_memory;
    std::int64_t total = 0;
    std::int64_t unused = 0;
    for (const std::string& line : split(meminfo.text, '\n')) {
      const std::string value(trim(line.substr(std::min(line.size(), line.find(':') + 1))));
      if (starts_with(line, "MemTotal:")) parse_decimal(value.substr(0, value.find(' ')), total);
      if (starts_with(line, "MemFree:")) parse_decimal(value.substr(0, value.find(' ')), unused);
    }
    auto reading = read_rows(sys, &names);
    const std::vector<ProcessRow> rows = co_await reading;
    std::string text = options.has('b') ? "" : "\x1b[H\x1b[J";
    text += "Mem: " + decimal(total - unused) + "K used, " + decimal(unused) + "K free\n";
    text += "  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND\n";
    for (const ProcessRow& row : rows) text += top_row(row, total);
    auto writing = put(sys, 1, text);
    const int failed = co_await writing;
    if (failed != 0) co_return 1;
  }
  co_return 0;
}

}  // namespace cutaway::sim

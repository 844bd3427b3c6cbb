// Applets about processes: ps reads /proc, as the real one does; kill sends signals.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

namespace {

std::string padded_left(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : std::string(width - text.size(), ' ') + text;
}
std::string padded_right(const std::string& text, std::size_t width) {
  return text.size() >= width ? text : text + std::string(width - text.size(), ' ');
}

// Field of /proc/PID/status ("Uid:\t0\t0\t0\t0"): its first value.
std::string status_field(const std::string& status, std::string_view name) {
  for (const std::string& line : split(status, '\n')) {
    if (!starts_with(line, name)) continue;
    const std::string rest(trim(std::string_view(line).substr(name.size())));
    return rest.substr(0, rest.find_first_of("\t "));
  }
  return {};
}

// utime + stime of /proc/PID/stat, in hundredths of a second: "0:00".
std::string time_text(const std::string& stat) {
  const std::size_t behind_comm = stat.rfind(')');
  const std::vector<std::string> fields =
      split(behind_comm == std::string::npos ? "" : stat.substr(behind_comm + 2), ' ');
  std::int64_t user = 0;
  std::int64_t system = 0;
  if (fields.size() > 12) {
    parse_decimal(fields[11], user);
    parse_decimal(fields[12], system);
  }
  const std::int64_t seconds = (user + system) / 100;
  const std::string rest = decimal(seconds % 60);
  return decimal(seconds / 60) + ":" + (rest.size() < 2 ? "0" + rest : rest);
}

// What stands under COMMAND: the command line, or "{comm} …" and "[comm]" as busybox writes them.
std::string command_text(std::string cmdline, const std::string& status) {
  const std::string comm = status_field(status, "Name:");
  if (cmdline.empty()) return "[" + comm + "]";
  for (char& c : cmdline) {
    if (c == '\0') c = ' ';
  }
  return std::string(trim(cmdline));
}

std::string user_name(const std::string& passwd, const std::string& uid) {
  for (const std::string& line : split(passwd, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() > 2 && fields[2] == uid) return fields[0];
  }
  return uid;
}

Co<std::vector<std::int64_t>> pids_in_proc(Sys sys) {
  std::vector<std::int64_t> pids;
  const std::string path = "/proc";
  const std::int64_t fd =
      co_await sys.open(path, abi::o::kDirectory | abi::o::kCloexec | abi::o::kNonblock);
  while (fd >= 0) {
    const std::int64_t n = co_await sys.getdents(fd);
    if (n <= 0) break;
    for (const std::string& line : split(sys.reply().data, '\n')) {
      std::int64_t pid = 0;
      if (line.size() > 2 && parse_decimal(line.substr(2), pid)) pids.push_back(pid);
    }
  }
  if (fd >= 0) co_await sys.close(fd);
  std::sort(pids.begin(), pids.end());
  co_return pids;
}

}  // namespace

Co<int> applet_ps(Sys sys, State) {
  auto passwd_read = slurp_path(sys, "/etc/passwd");
  const Slurped passwd = co_await passwd_read;
  auto listing = pids_in_proc(sys);
  const std::vector<std::int64_t> pids = co_await listing;
  std::string text = "PID   USER     TIME  COMMAND\n";
  for (const std::int64_t pid : pids) {
    const std::string folder = "/proc/" + decimal(pid);
    auto stat_read = slurp_path(sys, folder + "/stat");
    const Slurped stat = co_await stat_read;
    auto status_read = slurp_path(sys, folder + "/status");
    const Slurped status = co_await status_read;
    auto cmdline_read = slurp_path(sys, folder + "/cmdline");
    const Slurped cmdline = co_await cmdline_read;
    if (stat.err != 0) continue;  // it ended meanwhile
    text += padded_left(decimal(pid), 5) + " " +
            padded_right(user_name(passwd.text, status_field(status.text, "Uid:")), 8);
    text += " " + padded_left(time_text(stat.text), 5) + " " +
            command_text(cmdline.text, status.text) + "\n";
  }
  auto writing = put(sys, 1, text);
  co_return co_await writing;
}

Co<int> applet_kill(Sys sys, State state) {
  int signal = abi::sig::kTerm;
  std::size_t at = 1;
  if (state.argv.size() > 1 && state.argv[1].size() > 1 && state.argv[1][0] == '-') {
    std::string name = state.argv[1].substr(1);
    if (name == "s" && state.argv.size() > 2) {
      name = state.argv[2];
      ++at;
    }
    ++at;
    std::int64_t number = 0;
    signal = parse_decimal(name, number)
                 ? static_cast<int>(number)
                 : abi::signal_of(starts_with(name, "SIG") ? name : "SIG" + name);
    if (signal <= 0 && name != "0") {
      auto telling = put(sys, 2, "sh: bad signal name '" + name + "'\n");
      co_await telling;
      co_return 1;
    }
  }
  int exit = 0;
  for (; at < state.argv.size(); ++at) {
    std::int64_t pid = 0;
    const bool is_number = parse_decimal(state.argv[at], pid);
    const std::int64_t sent = is_number ? co_await sys.kill(pid, signal)
                                        : -static_cast<std::int64_t>(abi::Errno::kEINVAL);
    if (sent >= 0) continue;
    const std::string why = is_number
                                ? "can't kill pid " + decimal(pid) + ": " +
                                      std::string(abi::errno_text(static_cast<abi::Errno>(-sent)))
                                : "invalid number '" + state.argv[at] + "'";
    auto telling = put(sys, 2, "sh: " + why + "\n");
    co_await telling;
    exit = 1;
  }
  co_return exit;
}

}  // namespace cutaway::sim

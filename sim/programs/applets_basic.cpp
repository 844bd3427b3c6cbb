// Applets that print or wait.
#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

Co<int> put(Sys sys, std::int64_t fd, std::string text) {
  while (!text.empty()) {
    const std::int64_t n = co_await sys.write(fd, text);
    if (n == -static_cast<std::int64_t>(abi::Errno::kEINTR)) continue;  // safe_write
    if (n <= 0) co_return 1;
    text.erase(0, static_cast<std::size_t>(n));
  }
  co_return 0;
}

Co<std::int64_t> ask_number(Sys sys, abi::Sys which) {
  const std::vector<Arg> none;
  co_return co_await sys.call(which, none);
}

Co<std::string> slurp(Sys sys, std::int64_t fd, std::uint64_t count) {
  std::string text;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, count);
    if (n == -static_cast<std::int64_t>(abi::Errno::kEINTR)) continue;  // safe_read
    if (n <= 0) co_return text;
    text += sys.reply().data;
  }
}

Co<Slurped> slurp_path(Sys sys, std::string path) {
  Slurped result;
  std::int64_t fd = 0;
  if (path != "-") fd = co_await sys.open(path, 0);
  if (fd < 0) {
    result.err = static_cast<int>(-fd);
    co_return result;
  }
  auto reading = slurp(sys, fd);
  result.text = co_await reading;
  if (fd != 0) co_await sys.close(fd);
  co_return result;
}

std::string cannot(std::string_view applet, std::string_view what, std::string_view path,
                   std::int64_t negative_errno) {
  const auto err = static_cast<abi::Errno>(-negative_errno);
  std::string text(applet);
  text += ": ";
  text += what.empty() ? std::string(path) : std::string(what) + " '" + std::string(path) + "'";
  text += ": ";
  text += abi::errno_text(err);
  return text + "\n";
}

std::string reason_of(std::int64_t negative_errno) {
  return std::string(abi::errno_text(static_cast<abi::Errno>(-negative_errno)));
}

Co<int> fail_with(Sys sys, std::string text) {
  auto telling = put(sys, 2, text);
  co_await telling;
  co_return 1;
}

Co<int> complain(Sys sys, std::string applet, std::string what, std::string path,
                 std::int64_t negative_errno) {
  auto telling = put(sys, 2, cannot(applet, what, path, negative_errno));
  co_await telling;
  co_return 1;
}

Co<int> print(Sys sys, std::string text) {
  auto asking = stdout_is_terminal(sys);
  co_await asking;
  auto writing = put(sys, 1, text);
  co_return co_await writing;
}

Co<bool> stdout_is_terminal(Sys sys) {
  co_await sys.fstat(1);
  // Only a character device can be one, and a pty always is (glibc, _IO_file_doallocate).
  if ((sys.reply().stat.mode & abi::mode::kType) != abi::mode::kChar) co_return false;
  if (sys.reply().stat.major >= 136 && sys.reply().stat.major <= 143) co_return true;  // a pty
  const std::int64_t answer = co_await sys.ioctl(1, 0x5401, 0);                        // TCGETS
  co_return answer >= 0;
}

namespace {

// What sendfile(2) cannot move (a pipe, a terminal) goes through a buffer.
Co<int> copy_by_buffer(Sys sys, std::int64_t fd) {
  constexpr std::int64_t size = 65536;
  const std::vector<Arg> wanted = {Arg::integer(0),    Arg::integer(size), Arg::integer(3),
                                   Arg::integer(0x22), Arg::integer(-1),   Arg::integer(0)};
  const std::int64_t buffer = co_await sys.call(abi::Sys::mmap, wanted);
  int exit = 0;
  while (true) {
    const std::int64_t n = co_await sys.read(fd, size);
    if (n < 0) {
      auto telling = put(
          sys, 2,
          "cat: read error: " + std::string(abi::errno_text(static_cast<abi::Errno>(-n))) + "\n");
      co_await telling;
      exit = 1;
    }
    if (n <= 0) break;
    auto writing = put(sys, 1, sys.reply().data);
    const int failed = co_await writing;
    if (failed != 0) co_return 1;
  }
  const std::vector<Arg> freed = {Arg::integer(buffer), Arg::integer(size)};
  co_await sys.call(abi::Sys::munmap, freed);
  co_return exit;
}

Co<int> copy_to_stdout(Sys sys, std::int64_t fd) {
  const std::vector<Arg> args = {Arg::integer(1), Arg::integer(fd), Arg{},
                                 Arg::integer(std::int64_t{16} << 20)};
  while (true) {
    const std::int64_t n = co_await sys.call(abi::Sys::sendfile, args);
    if (n == 0) co_return 0;
    if (n > 0) continue;
    auto copying = copy_by_buffer(sys, fd);
    co_return co_await copying;
  }
}

}  // namespace

Co<int> applet_cat(Sys sys, State state) {
  int exit = 0;
  std::vector<std::string> paths(state.argv.begin() + 1, state.argv.end());
  if (paths.empty()) paths.push_back("-");
  for (const std::string& path : paths) {
    std::int64_t fd = 0;
    if (path != "-") fd = co_await sys.open(path, 0);
    if (fd < 0) {
      auto telling = put(sys, 2, cannot("cat", "can't open", path, fd));
      co_await telling;
      exit = 1;
      continue;
    }
    auto copying = copy_to_stdout(sys, fd);
    const int failed = co_await copying;
    if (failed != 0) exit = 1;
    if (fd != 0) co_await sys.close(fd);
  }
  co_return exit;
}

// The name that it has is asked for in any case.
Co<int> applet_hostname(Sys sys, State state) {
  co_await sys.uname();
  const std::string known = sys.reply().data;
  if (state.argv.size() > 1) {
    const std::string name = state.argv[1];
    const std::int64_t set = co_await sys.sethostname(name);
    if (set >= 0) co_return 0;
    auto telling = put(sys, 2,
                       "hostname: sethostname: " +
                           std::string(abi::errno_text(static_cast<abi::Errno>(-set))) + "\n");
    co_await telling;
    co_return 1;
  }
  auto writing = print(sys, known + "\n");
  co_return co_await writing;
}

// "2", "0.5", "3m", "inf": nanoseconds, −1 if it is none.
std::int64_t duration_ns(std::string text) {
  if (text == "inf" || text == "infinity") return std::int64_t{1} << 60;
  std::int64_t unit = 1'000'000'000;
  if (!text.empty() && std::string_view("smhd").find(text.back()) != std::string_view::npos) {
    const char last = text.back();
    unit *= last == 'm' ? 60 : last == 'h' ? 3600 : last == 'd' ? 86400 : 1;
    text.pop_back();
  }
  const std::size_t dot = text.find('.');
  std::int64_t whole = 0;
  if (!text.substr(0, dot).empty() && !parse_decimal(text.substr(0, dot), whole)) return -1;
  std::int64_t ns = whole * unit;
  std::int64_t place = unit / 10;
  for (std::size_t i = dot == std::string::npos ? text.size() : dot + 1; i < text.size();
       ++i, place /= 10) {
    if (text[i] < '0' || text[i] > '9') return -1;
    ns += place * (text[i] - '0');
  }
  return text.empty() || ns < 0 ? -1 : ns;
}

Co<int> applet_sleep(Sys sys, State state) {
  std::int64_t total = 0;
  for (std::size_t i = 1; i < state.argv.size(); ++i) {
    const std::int64_t ns = duration_ns(state.argv[i]);
    if (ns < 0) {
      auto telling = put(sys, 2, "sleep: invalid number '" + state.argv[i] + "'\n");
      co_await telling;
      co_return 1;
    }
    total += ns;
  }
  if (state.argv.size() < 2) {
    auto telling = misused(sys, "sleep", "[N]...");
    co_return co_await telling;
  }
  co_await sys.nanosleep(total);
  co_return 0;
}

Co<int> applet_true(Sys, State) { co_return 0; }
Co<int> applet_false(Sys, State) { co_return 1; }

Co<int> applet_pwd(Sys sys, State) {
  co_await sys.getcwd();
  auto writing = print(sys, sys.reply().data + "\n");
  co_return co_await writing;
}

}  // namespace cutaway::sim

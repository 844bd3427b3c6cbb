// mkdir, rmdir, touch, mknod, mkfifo, truncate.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/commands.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

namespace {

Co<std::uint32_t> current_mask(Sys sys) {
  const std::vector<Arg> nothing = {Arg::integer(0)};
  const std::int64_t mask = co_await sys.call(abi::Sys::umask, nothing);
  const std::vector<Arg> back = {Arg::integer(mask)};
  co_await sys.call(abi::Sys::umask, back);
  co_return static_cast<std::uint32_t>(mask);
}

}  // namespace

Co<int> applet_mkdir(Sys sys, State state) {
  Options options;
  const std::vector<LongOption> longs = {{"parents", 'p'}, {"mode", 'm', true}};
  auto taking =
      take_options(sys, state.argv, "m:pvZ", "[-m MODE] [-p] DIRECTORY...", &options, longs);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const bool parents = options.has('p');
  std::uint32_t mode = 0777;
  if (options.has('m')) change_mode(options.value('m'), 0, true, mode);
  int exit = 0;
  for (const std::string& path : options.rest) {
    if (parents) {
      auto asking = current_mask(sys);
      co_await asking;
    }
    for (std::size_t slash = parents ? path.find('/', 1) : std::string::npos;
         slash != std::string::npos; slash = path.find('/', slash + 1)) {
      const std::string folder = path.substr(0, slash + 1);
      if (folder.size() < path.size()) co_await sys.mkdir(folder, 0777);
    }
    const std::int64_t made = co_await sys.mkdir(path, options.has('m') ? mode : 0777U);
    const bool there = parents && made == -static_cast<std::int64_t>(abi::Errno::kEEXIST);
    if (made >= 0 || there) {
      if (made >= 0 && options.has('m')) co_await sys.chmod(path, mode);
      continue;
    }
    auto telling = complain(sys, "mkdir", "can't create directory", path, made);
    exit = co_await telling;
  }
  co_return exit;
}

Co<int> applet_rmdir(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "p", "[-p] DIRECTORY...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  int exit = 0;
  for (std::string path : options.rest) {
    while (true) {
      const std::int64_t done = co_await sys.rmdir(path);
      if (done < 0) {
        auto telling = complain(sys, "rmdir", "", "'" + path + "'", done);
        exit = co_await telling;
        break;
      }
      const std::size_t slash = path.rfind('/');
      if (!options.has('p') || slash == std::string::npos || slash == 0) break;
      path.resize(slash);
    }
  }
  co_return exit;
}

Co<int> applet_touch(Sys sys, State state) {
  Options options;
  const std::vector<LongOption> longs = {{"no-create", 'c'}};
  auto taking = take_options(sys, state.argv, "chamt:d:r:",
                             "[-cham] [-d DATE] [-t DATE] [-r FILE] "
                             "FILE...",
                             &options, longs);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty()) {
    auto telling = misused(sys, "touch", "[-cham] [-d DATE] [-t DATE] [-r FILE] FILE...");
    co_return co_await telling;
  }
  int exit = 0;
  for (const std::string& path : options.rest) {
    const std::vector<Arg> args = {Arg::integer(abi::at::kFdcwd), Arg::bytes(path), Arg{},
                                   Arg::integer(0)};
    const std::int64_t touched = co_await sys.call(abi::Sys::utimensat, args);
    if (touched >= 0) continue;
    const bool missing = touched == -static_cast<std::int64_t>(abi::Errno::kENOENT);
    if (missing && options.has('c')) continue;
    std::int64_t fd = touched;
    if (missing) fd = co_await sys.open(path, abi::o::kRdwr | abi::o::kCreat, 0666);
    if (fd >= 0) {
      co_await sys.close(fd);
      continue;
    }
    auto telling = complain(sys, "touch", "", path, fd);
    exit = co_await telling;
  }
  co_return exit;
}

namespace {

Co<int> make_node(Sys sys, std::string applet, std::string path, std::uint32_t mode,
                  std::int64_t device) {
  const std::vector<Arg> args = {Arg::integer(abi::at::kFdcwd), Arg::bytes(path),
                                 Arg::integer(mode), Arg::integer(device)};
  const std::int64_t made = co_await sys.call(abi::Sys::mknodat, args);
  if (made >= 0) co_return 0;
  auto telling = complain(sys, applet, "", path, made);
  co_return co_await telling;
}

}  // namespace

Co<int> applet_mknod(Sys sys, State state) {
  constexpr std::string_view usage = "[-m MODE] NAME TYPE [MAJOR MINOR]";
  Options options;
  auto taking = take_options(sys, state.argv, "m:", usage, &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const std::vector<std::string>& words = options.rest;
  const std::string type = words.size() > 1 ? words[1] : "";
  std::int64_t major = 0;
  std::int64_t minor = 0;
  const bool numbers =
      words.size() == 4 && parse_decimal(words[2], major) && parse_decimal(words[3], minor);
  const bool device = type == "b" || type == "c" || type == "u";
  if ((device && !numbers) || (type == "p" && words.size() != 2) || (!device && type != "p")) {
    auto telling = misused(sys, "mknod", std::string(usage));
    co_return co_await telling;
  }
  std::uint32_t mode = 0666;
  if (options.has('m')) change_mode(options.value('m'), 0, false, mode);
  mode |= type == "p" ? abi::mode::kFifo : type == "b" ? abi::mode::kBlock : abi::mode::kChar;
  const std::int64_t number =
      device_number(static_cast<std::uint32_t>(major), static_cast<std::uint32_t>(minor));
  auto making = make_node(sys, "mknod", words[0], mode, number);
  co_return co_await making;
}

Co<int> applet_mkfifo(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "m:", "[-m MODE] NAME", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::uint32_t mode = 0666;
  if (options.has('m')) change_mode(options.value('m'), 0, false, mode);
  int exit = 0;
  for (const std::string& path : options.rest) {
    auto making = make_node(sys, "mkfifo", path, mode | abi::mode::kFifo, 0);
    const int failed = co_await making;
    if (failed != 0) exit = failed;
  }
  co_return exit;
}

Co<int> applet_truncate(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "cs:", "[-c] -s SIZE FILE...", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::string text = options.value('s');
  std::int64_t unit = 1;
  if (!text.empty() && std::string_view("kKmMgG").find(text.back()) != std::string::npos) {
    const char last = text.back();
    unit = last == 'k' || last == 'K' ? 1024 : last == 'm' || last == 'M' ? 1 << 20 : 1 << 30;
    text.pop_back();
  }
  std::int64_t size = 0;
  if (!parse_decimal(text, size) || options.rest.empty()) {
    auto telling = misused(sys, "truncate", "[-c] -s SIZE FILE...");
    co_return co_await telling;
  }
  int exit = 0;
  for (const std::string& path : options.rest) {
    const std::uint64_t create = options.has('c') ? 0 : abi::o::kCreat;
    const std::int64_t fd =
        co_await sys.open(path, abi::o::kWronly | create | abi::o::kNonblock, 0666);
    if (fd < 0) {
      auto telling = complain(sys, "truncate", "", path, fd);
      exit = co_await telling;
      continue;
    }
    const std::vector<Arg> args = {Arg::integer(fd), Arg::integer(size * unit)};
    co_await sys.call(abi::Sys::ftruncate, args);
    co_await sys.close(fd);
  }
  co_return exit;
}

}  // namespace cutaway::sim

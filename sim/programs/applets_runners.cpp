// Programs that start another: env, su, timeout, time, watch.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

Co<int> applet_env(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "+iu:0", "[-iu0] [-] [name=value]... [PROG ARGS]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  std::vector<std::string> env = state.env;
  std::size_t at = 0;
  const bool dash = !options.rest.empty() && options.rest[0] == "-";
  if (dash) ++at;
  if (options.has('i') || dash) env.clear();
  const auto drop = [&env](const std::string& name) {
    std::vector<std::string> kept;
    for (const std::string& entry : env) {
      if (!starts_with(entry, name + "=")) kept.push_back(entry);
    }
    env = kept;
  };
  for (const std::string& name : options.given['u']) drop(name);
  for (; at < options.rest.size() && options.rest[at].find('=') != std::string::npos; ++at) {
    drop(options.rest[at].substr(0, options.rest[at].find('=')));
    env.push_back(options.rest[at]);
  }
  const std::vector<std::string> words(options.rest.begin() + static_cast<std::ptrdiff_t>(at),
                                       options.rest.end());
  if (!words.empty()) {
    auto becoming = become(sys, "env", words, env);
    co_return co_await becoming;
  }
  std::string text;
  for (const std::string& entry : env)
    text += entry + (options.has('0') ? std::string(1, '\0') : "\n");
  if (text.empty()) co_return 0;
  auto writing = print(sys, text);
  co_return co_await writing;
}

namespace {

struct Alarm {
  std::int64_t ns = 0, pid = 0;
  int signal = 0;
};

/// The grandchild of timeout: sleeps, and ends its victim if that still lives.
Program watcher_main(Sys sys, State state) {
  const Alarm watcher = std::any_cast<Alarm>(state.more);
  co_await sys.setsid();
  for (const std::int64_t fd : {0, 1, 2}) co_await sys.dup2(3, fd);
  co_await sys.close(3);
  co_await sys.nanosleep(watcher.ns);
  co_await sys.kill(watcher.pid, watcher.signal);
  co_return 0;
}
Program daemon_main(Sys sys, State state) {
  const std::string path = "/dev/null";
  co_await sys.open(path, abi::o::kRdwr);
  co_await sys.clone(abi::sig::kChld, watcher_main, state);
  co_return 0;
}

}  // namespace

Co<int> applet_timeout(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "+s:k:", "[-s SIG] [-k KILL_SECS] SECS PROG ARGS", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const std::int64_t ns = options.rest.empty() ? -1 : duration_ns(options.rest[0]);
  if (ns < 0 || options.rest.size() < 2) {
    auto telling = misused(sys, "timeout", "[-s SIG] [-k KILL_SECS] SECS PROG ARGS");
    co_return co_await telling;
  }
  Alarm watcher;
  watcher.ns = ns;
  const std::string name = options.value('s', "TERM");
  watcher.signal = abi::signal_of(starts_with(name, "SIG") ? name : "SIG" + name);
  // The program keeps this pid; a grandchild watches it.
  watcher.pid = co_await sys.getpid();
  State child;
  child.more = watcher;
  const std::int64_t pid = co_await sys.clone(abi::sig::kChld, daemon_main, child);
  co_await sys.wait4(pid, 0);
  const std::vector<std::string> words(options.rest.begin() + 1, options.rest.end());
  auto becoming = become(sys, "timeout", words, state.env);
  co_return co_await becoming;
}

Co<int> applet_time(Sys sys, State state) {
  const std::vector<std::string> words(state.argv.begin() + 1, state.argv.end());
  if (words.empty()) co_return 0;
  const std::int64_t before = sys.now();
  auto running = run_child(sys, "time", words, state.env);
  const int status = co_await running;
  const std::int64_t hundredths = (sys.now() - before) / 10'000'000;
  const std::vector<Arg> args = {Arg{}};
  co_await sys.call(abi::Sys::times, args);
  const std::string real = decimal(hundredths / 6000) + "m " + decimal(hundredths / 100 % 60) +
                           "." + decimal(100 + hundredths % 100).substr(1) + "s";
  auto telling = put(sys, 2, "real\t" + real + "\nuser\t0m 0.00s\nsys\t0m 0.00s\n");
  co_await telling;
  co_return status;
}

Co<int> applet_watch(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+dtn:", "[-n SEC] [-t] PROG ARGS", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const std::int64_t period = duration_ns(options.value('n', "2"));
  if (options.rest.empty() || period < 0) {
    auto telling = misused(sys, "watch", "[-n SEC] [-t] PROG ARGS");
    co_return co_await telling;
  }
  const std::string command = join(options.rest, " ");
  while (true) {
    std::string title = "\x1b[H\x1b[J";
    if (!options.has('t'))
      title += "Every " + decimal(period / 1'000'000'000) + "." +
               decimal(period / 100'000'000 % 10) + "s: " + command + "\n\n";
    auto writing = put(sys, 1, title);
    const int failed = co_await writing;
    if (failed != 0) co_return 1;
    auto running = run_child(sys, "watch", {"sh", "-c", command}, state.env);
    co_await running;
    co_await sys.nanosleep(period);
  }
}

namespace {

struct Account {
  bool known = false;
  std::int64_t uid = 0, gid = 0;
  std::string name, home, shell;
};

Account account_of(const std::string& passwd, const std::string& name) {
  Account account;
  account.name = name;
  for (const std::string& line : split(passwd, '\n')) {
    const std::vector<std::string> fields = split(line, ':');
    if (fields.size() < 7 || fields[0] != name) continue;
    account.known = parse_decimal(fields[2], account.uid) && parse_decimal(fields[3], account.gid);
    account.home = fields[5];
    account.shell = fields[6];
  }
  return account;
}

}  // namespace

// Root may become anybody; others would be asked for a password, which nobody here has.
Co<int> applet_su(Sys sys, State state) {
  Options options;
  auto taking =
      take_options(sys, state.argv, "mplc:s:", "[-lmp] [-s SH] [-] [USER [FILE ARGS]]", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (!options.rest.empty() && options.rest[0] == "-") options.rest.erase(options.rest.begin());
  auto asking = ask_number(sys, abi::Sys::getuid);
  const std::int64_t self = co_await asking;
  const std::string name = options.rest.empty() ? "root" : options.rest[0];
  auto reading = slurp_path(sys, "/etc/passwd");
  const Slurped passwd = co_await reading;
  const Account account = account_of(passwd.text, name);
  std::string wrong;
  if (!account.known) wrong = "unknown user " + name;
  if (self != 0) wrong = "must be suid to work properly";
  if (!wrong.empty()) {
    auto telling = put(sys, 2, "su: " + wrong + "\n");
    co_await telling;
    co_return 1;
  }
  Arg groups;
  groups.tag = ArgTag::List;
  groups.items = {Arg::integer(account.gid)};
  const std::vector<Arg> group_args = {Arg::integer(1), groups};
  co_await sys.call(abi::Sys::setgroups, group_args);
  const std::vector<Arg> gid = {Arg::integer(account.gid)};
  co_await sys.call(abi::Sys::setgid, gid);
  const std::vector<Arg> uid = {Arg::integer(account.uid)};
  co_await sys.call(abi::Sys::setuid, uid);
  std::vector<std::string> env;
  for (const std::string& entry : state.env) {
    const bool replaced = starts_with(entry, "HOME=") || starts_with(entry, "SHELL=") ||
                          starts_with(entry, "USER=") || starts_with(entry, "LOGNAME=");
    if (!replaced || options.has('m') || options.has('p')) env.push_back(entry);
  }
  const std::string shell = options.value('s', account.shell);
  for (const std::string& entry :
       {"HOME=" + account.home, "SHELL=" + shell, "USER=" + name, "LOGNAME=" + name})
    env.push_back(entry);
  std::vector<std::string> words = {shell.substr(shell.rfind('/') + 1)};
  if (options.has('c')) words.insert(words.end(), {"-c", options.value('c')});
  for (std::size_t i = 1; i < options.rest.size(); ++i) words.push_back(options.rest[i]);
  const std::int64_t failed = co_await sys.execve(shell, words, env);
  auto telling = put(sys, 2, cannot("su", "can't execute", shell, failed));
  co_await telling;
  co_return 127;
}

}  // namespace cutaway::sim

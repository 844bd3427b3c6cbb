// Programs that change the world they run in before they start another: unshare, nsenter, chroot,
// setsid, su, env, timeout, time, watch.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/children.h"
#include "sim/programs/folders.h"
#include "sim/programs/options.h"

namespace cutaway::sim {

namespace {

struct SpaceRow {
  char letter;
  std::uint64_t flag;
  std::string_view file;
};
constexpr SpaceRow kSpaces[] = {
    {'m', abi::clone::kNewNs, "mnt"},        {'u', abi::clone::kNewUts, "uts"},
    {'i', abi::clone::kNewIpc, "ipc"},       {'n', abi::clone::kNewNet, "net"},
    {'p', abi::clone::kNewPid, "pid"},       {'U', abi::clone::kNewUser, "user"},
    {'C', abi::clone::kNewCgroup, "cgroup"},
};

const std::vector<LongOption>& space_names() {
  static const std::vector<LongOption> names = {
      {"mount", 'm'},   {"uts", 'u'},           {"ipc", 'i'},
      {"net", 'n'},     {"pid", 'p'},           {"user", 'U'},
      {"cgroup", 'C'},  {"fork", 'f'},          {"root", 'r'},
      {"wd", 'w'},      {"map-root-user", 'r'}, {"target", 't', true},
      {"no-fork", 'F'}, {"mount-proc", 'P'},    {"all", 'a'}};
  return names;
}

Co<int> fail(Sys sys, std::string applet, std::string what, std::int64_t err) {
  auto telling = put(sys, 2,
                     applet + ": " + what + ": " +
                         std::string(abi::errno_text(static_cast<abi::Errno>(-err))) + "\n");
  co_await telling;
  co_return 1;
}

std::string shell_of(const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    if (starts_with(entry, "SHELL=") && entry.size() > 6) return entry.substr(6);
  }
  return "/bin/sh";
}

Co<std::int64_t> number(Sys sys, abi::Sys which) {
  const std::vector<Arg> none;
  co_return co_await sys.call(which, none);
}

/// uid and gid 0 of the new user namespace are who asked.
Co<int> map_root(Sys sys, std::int64_t uid, std::int64_t gid) {
  struct File {
    std::string path, text;
  };
  const std::vector<File> files = {{"/proc/self/setgroups", "deny"},
                                   {"/proc/self/uid_map", "0 " + decimal(uid) + " 1"},
                                   {"/proc/self/gid_map", "0 " + decimal(gid) + " 1"}};
  for (const File& file : files) {
    const std::int64_t fd = co_await sys.open(file.path, abi::o::kWronly);
    if (fd < 0) co_return 1;
    co_await sys.write(fd, file.text);
    co_await sys.close(fd);
  }
  co_return 0;
}

struct Unshared {
  std::vector<std::string> words, env;
  bool mounts = false, proc = false;
};

/// Behind unshare(2): nothing that is mounted goes back, then the program.
Co<int> enter_unshared(Sys sys, Unshared what) {
  if (what.mounts) {
    const std::int64_t made =
        co_await sys.mount("none", "/", "", abi::ms::kRec | abi::ms::kPrivate, "");
    if (made < 0) {
      auto failing = fail(sys, "unshare", "can't mount none on / (type , flags 0x44000)", made);
      co_return co_await failing;
    }
  }
  if (what.proc) co_await sys.mount("proc", "/proc", "proc", 0, "");
  auto becoming = become(sys, "unshare", what.words, what.env);
  co_return co_await becoming;
}
Program unshared_main(Sys sys, State state) {
  auto entering = enter_unshared(sys, std::any_cast<Unshared>(state.more));
  co_return co_await entering;
}

}  // namespace

Co<int> applet_unshare(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+muinpUCrfP", "[OPTIONS] [PROG ARGS]", &options,
                             space_names());
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  auto asking_uid = number(sys, abi::Sys::geteuid);
  const std::int64_t uid = co_await asking_uid;
  auto asking_gid = number(sys, abi::Sys::getegid);
  const std::int64_t gid = co_await asking_gid;
  std::uint64_t flags = 0;
  for (const SpaceRow& row : kSpaces) {
    if (options.has(row.letter)) flags |= row.flag;
  }
  if (options.has('r')) flags |= abi::clone::kNewUser;
  if (options.has('P')) flags |= abi::clone::kNewNs;
  const std::int64_t done = co_await sys.unshare(flags);
  if (done < 0) {
    auto failing = fail(sys, "unshare", "unshare(0x" + hex(flags) + ")", done);
    co_return co_await failing;
  }
  if (options.has('r')) {
    auto mapping = map_root(sys, uid, gid);
    co_await mapping;
  }
  Unshared what;
  what.words = options.rest;
  if (what.words.empty()) what.words.push_back(shell_of(state.env));
  what.env = state.env;
  what.mounts = (flags & abi::clone::kNewNs) != 0;
  what.proc = options.has('P');
  if (!options.has('f')) {
    auto entering = enter_unshared(sys, what);
    co_return co_await entering;
  }
  State child;
  child.more = what;
  auto running = run_entry(sys, unshared_main, child);
  co_return co_await running;
}

namespace {

struct Entered {
  std::vector<std::string> words, env;
};
Program entered_main(Sys sys, State state) {
  const Entered what = std::any_cast<Entered>(state.more);
  auto becoming = become(sys, "nsenter", what.words, what.env);
  co_return co_await becoming;
}

}  // namespace

Co<int> applet_nsenter(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+muinpUCt:Frwa", "[OPTIONS] [PROG ARGS]", &options,
                             space_names());
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  const std::string target = options.value('t', "self");
  std::vector<std::pair<std::int64_t, std::uint64_t>> files;
  // All files are opened before the first setns: afterwards /proc may be another one. The user
  // namespace comes first: it gives the rights for the others.
  for (const char letter : std::string_view("UimnpuC")) {
    for (const SpaceRow& row : kSpaces) {
      if (row.letter != letter || !(options.has(letter) || options.has('a'))) continue;
      const std::string path = "/proc/" + target + "/ns/" + std::string(row.file);
      const std::int64_t fd = co_await sys.open(path, 0);
      if (fd < 0) {
        auto telling = put(sys, 2, cannot("nsenter", "can't open", path, fd));
        co_await telling;
        co_return 1;
      }
      files.emplace_back(fd, row.flag);
    }
  }
  bool pid_space = false;
  for (const auto& [fd, flag] : files) {
    const std::int64_t done = co_await sys.setns(fd, flag);
    if (done < 0) {
      auto failing = fail(sys, "nsenter", "setns()", done);
      co_return co_await failing;
    }
    pid_space = pid_space || flag == abi::clone::kNewPid;
    co_await sys.close(fd);
  }
  Entered what{options.rest, state.env};
  if (what.words.empty()) what.words.push_back(shell_of(state.env));
  State child;
  child.more = what;
  // Only children are in the other pid namespace.
  if (pid_space && !options.has('F')) {
    auto running = run_entry(sys, entered_main, child);
    co_return co_await running;
  }
  auto becoming = become(sys, "nsenter", what.words, what.env);
  co_return co_await becoming;
}

Co<int> applet_chroot(Sys sys, State state) {
  if (state.argv.size() < 2) {
    auto telling = put(sys, 2, usage_text("chroot", "NEWROOT [PROG ARGS]"));
    co_await telling;
    co_return 1;
  }
  const std::string root = state.argv[1];
  const std::int64_t done = co_await sys.chroot(root);
  if (done < 0) {
    auto telling = put(sys, 2, cannot("chroot", "can't change root directory to", root, done));
    co_await telling;
    co_return 1;
  }
  co_await sys.chdir("/");
  std::vector<std::string> words(state.argv.begin() + 2, state.argv.end());
  if (words.empty()) words = {shell_of(state.env), "-i"};
  auto becoming = become(sys, "chroot", words, state.env);
  co_return co_await becoming;
}

Co<int> applet_setsid(Sys sys, State state) {
  Options options;
  auto taking = take_options(sys, state.argv, "+c", "[-c] PROG ARGS", &options);
  const bool fine = co_await taking;
  if (!fine) co_return 1;
  if (options.rest.empty()) {
    auto telling = put(sys, 2, usage_text("setsid", "[-c] PROG ARGS"));
    co_await telling;
    co_return 1;
  }
  // A group's leader cannot have a session of its own: a child does it.
  const std::int64_t session = co_await sys.setsid();
  State child;
  child.more = Entered{options.rest, state.env};
  if (session < 0) {
    co_await sys.clone(abi::sig::kChld, entered_main, child);
    co_return 0;
  }
  auto becoming = become(sys, "setsid", options.rest, state.env);
  co_return co_await becoming;
}

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

struct Watcher {
  std::int64_t ns = 0, pid = 0;
  int signal = 0;
};

/// The grandchild of timeout: sleeps, and ends its victim if that still lives.
Program watcher_main(Sys sys, State state) {
  const Watcher watcher = std::any_cast<Watcher>(state.more);
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
    auto telling = put(sys, 2, usage_text("timeout", "[-s SIG] [-k KILL_SECS] SECS PROG ARGS"));
    co_await telling;
    co_return 1;
  }
  Watcher watcher;
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
    auto telling = put(sys, 2, usage_text("watch", "[-n SEC] [-t] PROG ARGS"));
    co_await telling;
    co_return 1;
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
  auto asking = number(sys, abi::Sys::getuid);
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

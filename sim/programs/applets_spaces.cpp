// Programs that change the world they run in before they start another: unshare, nsenter, chroot,
// setsid.
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

Co<int> report_failure(Sys sys, std::string applet, std::string what, std::int64_t err) {
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
      auto failing =
          report_failure(sys, "unshare", "can't mount none on / (type , flags 0x44000)", made);
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
  auto asking_uid = ask_number(sys, abi::Sys::geteuid);
  const std::int64_t uid = co_await asking_uid;
  auto asking_gid = ask_number(sys, abi::Sys::getegid);
  const std::int64_t gid = co_await asking_gid;
  std::uint64_t flags = 0;
  for (const SpaceRow& row : kSpaces) {
    if (options.has(row.letter)) flags |= row.flag;
  }
  if (options.has('r')) flags |= abi::clone::kNewUser;
  if (options.has('P')) flags |= abi::clone::kNewNs;
  const std::int64_t done = co_await sys.unshare(flags);
  if (done < 0) {
    auto failing = report_failure(sys, "unshare", "unshare(0x" + hex(flags) + ")", done);
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
        auto telling = complain(sys, "nsenter", "can't open", path, fd);
        co_return co_await telling;
      }
      files.emplace_back(fd, row.flag);
    }
  }
  bool pid_space = false;
  for (const auto& [fd, flag] : files) {
    const std::int64_t done = co_await sys.setns(fd, flag);
    if (done < 0) {
      auto failing = report_failure(sys, "nsenter", "setns()", done);
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
    auto telling = misused(sys, "chroot", "NEWROOT [PROG ARGS]");
    co_return co_await telling;
  }
  const std::string root = state.argv[1];
  const std::int64_t done = co_await sys.chroot(root);
  if (done < 0) {
    auto telling = complain(sys, "chroot", "can't change root directory to", root, done);
    co_return co_await telling;
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
    auto telling = misused(sys, "setsid", "[-c] PROG ARGS");
    co_return co_await telling;
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

}  // namespace cutaway::sim

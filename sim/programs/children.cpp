#include "sim/programs/children.h"

#include "base/text.h"
#include "sim/programs/applets.h"

namespace cutaway::sim {

std::string path_of(const std::vector<std::string>& env) {
  for (const std::string& entry : env) {
    if (starts_with(entry, "PATH=")) return entry.substr(5);
  }
  return "/bin:/usr/bin";  // confstr(_CS_PATH)
}

namespace {

struct Child {
  std::string applet;
  std::vector<std::string> words, env;
};

Program child_main(Sys sys, State state) {
  const Child child = std::any_cast<Child>(state.more);
  const std::vector<Arg> robust = {Arg::integer(0x1b2e26a0), Arg::integer(24)};
  co_await sys.call(abi::Sys::set_robust_list, robust);
  const AppletRow* applet = find_applet(child.words.at(0));
  if (applet != nullptr && applet->in_shell) {
    const std::vector<Arg> name = {Arg::integer(15), Arg::bytes(child.words[0])};  // PR_SET_NAME
    co_await sys.call(abi::Sys::prctl, name);
    state.argv = child.words;
    state.env = child.env;
    auto running = applet->run(sys, state);
    co_return co_await running;
  }
  auto becoming = become(sys, child.applet, child.words, child.env, true);
  co_return co_await becoming;
}

}  // namespace

Co<int> become(Sys sys, std::string applet, std::vector<std::string> words,
               std::vector<std::string> env, bool spawned) {
  const std::string name = words.at(0);
  std::int64_t failed = -static_cast<std::int64_t>(abi::Errno::kENOENT);
  if (name.find('/') != std::string::npos) {
    failed = co_await sys.execve(name, words, env);
  } else if (find_applet(name) != nullptr) {
    const std::string self = "/proc/self/exe";
    failed = co_await sys.execve(self, words, env);
  } else {
    for (const std::string& folder : split(path_of(env), ':')) {
      const std::string place = (folder.empty() ? "." : folder) + "/" + name;
      const std::int64_t tried = co_await sys.execve(place, words, env);
      if (tried != -static_cast<std::int64_t>(abi::Errno::kENOENT)) failed = tried;
    }
  }
  auto telling = put(sys, 2, cannot(applet, spawned ? "" : "can't execute", name, failed));
  co_await telling;
  co_return failed == -static_cast<std::int64_t>(abi::Errno::kENOENT) ? 127 : 126;
}

Co<int> run_entry(Sys sys, Entry entry, State state) {
  constexpr std::uint64_t fork =
      abi::clone::kChildCleartid | abi::clone::kChildSettid | abi::sig::kChld;
  const std::int64_t pid = co_await sys.clone(fork, entry, state);
  if (pid < 0) co_return 126;
  std::int64_t ended = co_await sys.wait4(pid, 0);
  while (ended == -static_cast<std::int64_t>(abi::Errno::kEINTR))
    ended = co_await sys.wait4(pid, 0);
  const std::int64_t status = ended > 0 ? sys.reply().out.at(0) : 0;
  const auto signal = static_cast<int>(status & 0x7f);
  co_return signal != 0 ? 128 + signal : static_cast<int>(status >> 8 & 0xff);
}

// busybox's spawn_and_wait: the smallest applets run right here, others in a fork of this program.
Co<int> run_child(Sys sys, std::string applet_name, std::vector<std::string> words,
                  std::vector<std::string> env) {
  const AppletRow* applet = find_applet(words.at(0));
  State state;
  if (applet != nullptr && applet->nofork) {
    state.argv = words;
    state.env = env;
    auto running = applet->run(sys, state);
    co_return co_await running;
  }
  state.more = Child{applet_name, words, env};
  auto running = run_entry(sys, child_main, state);
  co_return co_await running;
}

Co<int> ask_stack_limit(Sys sys) {
  const std::vector<Arg> args = {Arg::integer(0), Arg::integer(3), Arg{},
                                 Arg::integer(0x7ffd1f9e0000)};
  co_await sys.call(abi::Sys::prlimit64, args);
  co_return 0;
}

}  // namespace cutaway::sim

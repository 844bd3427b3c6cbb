// Git Bash on Windows: its window (mintty) is no console to Windows' own programs, docker's client
// among them: they see pipes. winpty starts one of them with a console.
#include "sim/programs/programs.h"

#include "sim/core/sys.h"

namespace cutaway::sim {

namespace {
constexpr std::string_view kToolFolders[] = {"/usr/local/bin/", "/usr/bin/"};
}  // namespace

/// The shell, whose programs read a pipe. (What is typed does not get through it here: FIDELITY.)
Program git_bash(Sys sys, State state) {
  co_await sys.pipe2(0);
  const std::int64_t in = sys.reply().out.at(0);
  co_await sys.dup2(in, 0);
  co_await sys.close(in);
  state.argv[0] = "sh";
  const std::string shell = "/bin/sh";
  const std::vector<std::string> argv = state.argv, env = state.env;
  co_await sys.execve(shell, argv, env);
  co_return 127;
}

/// The program behind it gets the window as its stdin.
Program winpty(Sys sys, State state) {
  const std::string window = "/dev/tty";
  const std::int64_t fd = co_await sys.open(window, abi::o::kRdwr);
  if (fd >= 0) {
    co_await sys.dup2(fd, 0);
    co_await sys.close(fd);
  }
  const std::vector<std::string> argv(state.argv.begin() + 1, state.argv.end());
  const std::vector<std::string> env = state.env;
  const std::string name = argv.empty() ? std::string() : argv.front();
  for (const std::string_view folder : kToolFolders) {
    const std::string path = std::string(folder) + name;
    co_await sys.execve(path, argv, env);
  }
  const std::string text = "winpty: error: cannot start '" + name + "'\n";
  co_await sys.write(2, text);
  co_return 1;
}

}  // namespace cutaway::sim

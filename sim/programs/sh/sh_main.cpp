// sh: where its commands come from (-c, a file, stdin), and its end.
#include <algorithm>

#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/sh/sh_builtin.h"
#include "sim/programs/sh/sh_interactive.h"
#include "sim/programs/sh/sh_jobs.h"
#include "sim/programs/sh/sh_trap.h"

namespace cutaway::sim::sh {

namespace {

struct Start {
  std::optional<std::string> script;  ///< -c
  std::string file;                   ///< "": stdin
  std::size_t rest = 1;               ///< where $1 … begin
};

/// What is left to be parsed of a file, and where it comes from.
struct Source {
  std::int64_t fd = 0;
  std::string text;
  int line = 1;
  bool ended = false;
};

Co<int> read_more(Sys sys, Source* source) {
  constexpr std::uint64_t piece = 1023;  // ash's buffer
  const std::int64_t got = co_await sys.read(source->fd, piece);
  if (got <= 0)
    source->ended = true;
  else
    source->text += sys.reply().data;
  co_return 0;
}

/// The next command; reads on as long as one is not complete.
Co<Parsed> next_command(Sys sys, Source* source) {
  while (true) {
    if (!source->text.empty() || source->ended) {
      Parsed parsed = parse_command(source->text, source->line);
      const bool enough = source->ended || (!parsed.wants_more && !parsed.at_end);
      if (enough) co_return parsed;
    }
    auto reading = read_more(sys, source);
    co_await reading;
  }
}

Co<int> run_source(Sys sys, Shell* shell, Source source) {
  while (!shell->leaving()) {
    auto reading = next_command(sys, &source);
    Parsed parsed = co_await reading;
    source.text.erase(0, parsed.length);
    source.line += parsed.lines;
    if (!parsed.tree.error.empty()) {
      shell->line = parsed.tree.error_line;
      auto raising = raise_error(sys, shell, parsed.tree.error);
      co_return co_await raising;
    }
    if (parsed.root < 0 && parsed.at_end) break;
    if (parsed.root < 0) continue;
    const int root = parsed.root;
    if (shell->option('n')) continue;
    shell->tree = std::make_shared<const Tree>(std::move(parsed.tree));
    auto running = run_node(sys, shell, root, Way{});
    co_await running;
  }
  co_return shell->status;
}

/// Options and what they leave: -c SCRIPT [NAME [ARG…]], FILE [ARG…], -s.
Co<bool> read_start(Sys sys, Shell* shell, std::vector<std::string> argv, Start* start) {
  std::size_t at = 1;
  auto taking = take_options(sys, shell, argv, &at);
  const bool fine = co_await taking;
  if (!fine) co_return false;
  if (at < argv.size() && (argv[at] == "-" || argv[at] == "--")) ++at;
  if (shell->option('c')) {
    if (at >= argv.size()) {
      auto raising = raise_error(sys, shell, "-c requires an argument");
      co_await raising;
      co_return false;
    }
    start->script = argv[at++];
  } else if (at < argv.size() && !shell->option('s')) {
    start->file = argv[at];
  } else {
    start->rest = at;
    shell->arguments = {argv[0]};
    shell->options.insert('s');
    shell->arguments.insert(shell->arguments.end(), argv.begin() + static_cast<std::ptrdiff_t>(at),
                            argv.end());
    co_return true;
  }
  shell->arguments.assign(argv.begin() + static_cast<std::ptrdiff_t>(at), argv.end());
  if (shell->arguments.empty()) {
    shell->arguments.push_back(argv[0]);
    co_return true;
  }
  shell->name = shell->arguments[0];
  shell->command = shell->name;
  co_return true;
}

Co<int> open_script(Sys sys, Shell* shell, std::string path) {
  constexpr int keep_at = 10;
  constexpr int dup_cloexec = 1030;
  std::int64_t fd = co_await sys.open(path, abi::o::kCloexec);
  if (fd < 0) {
    const std::string why(abi::errno_text(static_cast<abi::Errno>(-fd)));
    shell->command.reset();
    shell->name = shell->applet;
    auto raising = raise_error(sys, shell, "can't open '" + path + "': " + why);
    co_return co_await raising;
  }
  shell->script_fd = co_await sys.fcntl(fd, dup_cloexec, keep_at);
  co_await sys.close(fd);
  co_return 0;
}

Co<int> run_start(Sys sys, Shell* shell, Start start) {
  if (start.script) {
    auto running = run_text(sys, shell, *start.script, 0, Way{true, false});
    co_return co_await running;
  }
  if (shell->interactive) {
    auto talking = run_interactive(sys, shell);
    co_return co_await talking;
  }
  Source source;
  source.fd = shell->script_fd > 0 ? shell->script_fd : 0;
  auto running = run_source(sys, shell, source);
  co_return co_await running;
}

/// Commands from a terminal: the shell is interactive (-i), and then it controls its jobs (-m).
Co<int> decide_manner(Sys sys, Shell* shell, bool never_controls) {
  bool talks = shell->option('i');
  if (!talks && shell->option('s')) {
    auto asking = asks_people(sys);
    talks = co_await asking;
  }
  shell->interactive = talks;
  if (talks) shell->options.insert('i');
  if (talks && !never_controls) shell->options.insert('m');
  auto arranging = arrange_signals(sys, shell);
  co_await arranging;
  if (talks) {
    auto greeting = greet(sys, shell);
    co_await greeting;
  }
  auto controlling = control_jobs(sys, shell, shell->option('m'));
  co_return co_await controlling;
}

}  // namespace

Co<int> run_shell(Sys sys, Shell* shell, std::vector<std::string> argv) {
  auto beginning = begin_shell(sys, shell);
  co_await beginning;
  Start start;
  const bool plus_m = std::find(argv.begin(), argv.end(), "+m") != argv.end();
  auto reading = read_start(sys, shell, argv, &start);
  const bool fine = co_await reading;
  if (!fine) co_return 2;
  if (!start.file.empty()) {
    auto opening = open_script(sys, shell, start.file);
    co_await opening;
    if (shell->leaving()) co_return shell->status;
  }
  auto deciding = decide_manner(sys, shell, plus_m);
  co_await deciding;
  auto running = run_start(sys, shell, start);
  co_await running;
  auto trapping = run_exit_trap(sys, shell);
  const int status = co_await trapping;
  auto ending = control_jobs(sys, shell, false);
  co_await ending;
  co_return status;
}

}  // namespace cutaway::sim::sh

namespace cutaway::sim {

Co<int> applet_sh(Sys sys, State state) {
  sh::Shell shell;
  const std::string called = state.argv[0];
  shell.applet = called.substr(called.rfind('/') + 1);
  shell.name = called;
  shell.arguments = {called};
  sh::import_environment(shell, state.env);
  auto running = sh::run_shell(sys, &shell, state.argv);
  co_return co_await running;
}

}  // namespace cutaway::sim

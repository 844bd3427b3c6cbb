// busybox's applets. Each gets its arguments in state.argv (argv[0] is its own name).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/core/sys.h"

namespace cutaway::sim {

using Applet = Co<int> (*)(Sys, State);
struct AppletRow {
  std::string_view name;
  Applet run;
  bool in_shell = false;  ///< NOEXEC: a fork of the shell runs it without an execve
};
const std::vector<AppletRow>& applet_rows();
const AppletRow* find_applet(std::string_view name);

Co<int> applet_echo(Sys sys, State state);
Co<int> applet_cat(Sys sys, State state);
Co<int> applet_hostname(Sys sys, State state);
Co<int> applet_uname(Sys sys, State state);
Co<int> applet_sleep(Sys sys, State state);
Co<int> applet_true(Sys sys, State state);
Co<int> applet_false(Sys sys, State state);
Co<int> applet_pwd(Sys sys, State state);
Co<int> applet_env(Sys sys, State state);
Co<int> applet_id(Sys sys, State state);
Co<int> applet_whoami(Sys sys, State state);
Co<int> applet_ls(Sys sys, State state);
Co<int> applet_mkdir(Sys sys, State state);
Co<int> applet_touch(Sys sys, State state);
Co<int> applet_rm(Sys sys, State state);
Co<int> applet_ps(Sys sys, State state);
Co<int> applet_kill(Sys sys, State state);
Co<int> applet_test(Sys sys, State state);
Co<int> applet_wc(Sys sys, State state);
Co<int> applet_head(Sys sys, State state);
Co<int> applet_grep(Sys sys, State state);
Co<int> applet_sh(Sys sys, State state);

/// Writes all of `text` to a descriptor.
Co<int> put(Sys sys, std::int64_t fd, std::string text);
/// The rest of a descriptor's bytes.
Co<std::string> slurp(Sys sys, std::int64_t fd, std::uint64_t count = 4096);
/// The whole file, or from stdin when the path is "-"; `err` is 0 or a positive errno.
struct Slurped {
  std::string text;
  int err = 0;
};
Co<Slurped> slurp_path(Sys sys, std::string path);
/// "cat: can't open 'x': No such file or directory\n"
std::string cannot(std::string_view applet, std::string_view what, std::string_view path,
                   std::int64_t negative_errno);
/// The same on stdout through stdio, for its first words.
Co<int> print(Sys sys, std::string text);
/// What stdio does before it first writes to stdout: is it a terminal?
Co<bool> stdout_is_terminal(Sys sys);

}  // namespace cutaway::sim

// busybox's applets. Each gets its arguments in state.argv (argv[0] is its own name).
#pragma once

#include <algorithm>
#include <iterator>
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
  bool nofork = false;    ///< NOFORK: whoever starts it runs it himself
};
const std::vector<AppletRow>& applet_rows();
const AppletRow* find_applet(std::string_view name);

Co<int> applet_awk(Sys sys, State state);
Co<int> applet_base64(Sys sys, State state);
Co<int> applet_basename(Sys sys, State state);
Co<int> applet_busybox(Sys sys, State state);
Co<int> applet_cat(Sys sys, State state);
Co<int> applet_chgrp(Sys sys, State state);
Co<int> applet_chmod(Sys sys, State state);
Co<int> applet_chown(Sys sys, State state);
Co<int> applet_chroot(Sys sys, State state);
Co<int> applet_cp(Sys sys, State state);
Co<int> applet_cut(Sys sys, State state);
Co<int> applet_date(Sys sys, State state);
Co<int> applet_dd(Sys sys, State state);
Co<int> applet_df(Sys sys, State state);
Co<int> applet_dirname(Sys sys, State state);
Co<int> applet_du(Sys sys, State state);
Co<int> applet_echo(Sys sys, State state);
Co<int> applet_env(Sys sys, State state);
Co<int> applet_expr(Sys sys, State state);
Co<int> applet_false(Sys sys, State state);
Co<int> applet_find(Sys sys, State state);
Co<int> applet_free(Sys sys, State state);
Co<int> applet_grep(Sys sys, State state);
Co<int> applet_groups(Sys sys, State state);
Co<int> applet_head(Sys sys, State state);
Co<int> applet_hostname(Sys sys, State state);
Co<int> applet_httpd(Sys sys, State state);
Co<int> applet_ip(Sys sys, State state);
Co<int> applet_nc(Sys sys, State state);
Co<int> applet_netstat(Sys sys, State state);
Co<int> applet_nslookup(Sys sys, State state);
Co<int> applet_ping(Sys sys, State state);
Co<int> applet_wget(Sys sys, State state);
Co<int> applet_id(Sys sys, State state);
Co<int> applet_kill(Sys sys, State state);
Co<int> applet_ln(Sys sys, State state);
Co<int> applet_ls(Sys sys, State state);
Co<int> applet_mkdir(Sys sys, State state);
Co<int> applet_mkfifo(Sys sys, State state);
Co<int> applet_mknod(Sys sys, State state);
Co<int> applet_mktemp(Sys sys, State state);
Co<int> applet_mount(Sys sys, State state);
Co<int> applet_mv(Sys sys, State state);
Co<int> applet_nproc(Sys sys, State state);
Co<int> applet_taskset(Sys sys, State state);
Co<int> applet_nsenter(Sys sys, State state);
Co<int> applet_printf(Sys sys, State state);
Co<int> applet_ps(Sys sys, State state);
Co<int> applet_pwd(Sys sys, State state);
Co<int> applet_readlink(Sys sys, State state);
Co<int> applet_realpath(Sys sys, State state);
Co<int> applet_rev(Sys sys, State state);
Co<int> applet_rm(Sys sys, State state);
Co<int> applet_rmdir(Sys sys, State state);
Co<int> applet_sed(Sys sys, State state);
Co<int> applet_seq(Sys sys, State state);
Co<int> applet_setsid(Sys sys, State state);
Co<int> applet_sh(Sys sys, State state);
Co<int> applet_sha256sum(Sys sys, State state);
Co<int> applet_sleep(Sys sys, State state);
Co<int> applet_sort(Sys sys, State state);
Co<int> applet_stat(Sys sys, State state);
Co<int> applet_su(Sys sys, State state);
Co<int> applet_sync(Sys sys, State state);
Co<int> applet_tail(Sys sys, State state);
Co<int> applet_tar(Sys sys, State state);
Co<int> applet_tee(Sys sys, State state);
Co<int> applet_test(Sys sys, State state);
Co<int> applet_time(Sys sys, State state);
Co<int> applet_timeout(Sys sys, State state);
Co<int> applet_top(Sys sys, State state);
Co<int> applet_touch(Sys sys, State state);
Co<int> applet_tr(Sys sys, State state);
Co<int> applet_true(Sys sys, State state);
Co<int> applet_truncate(Sys sys, State state);
Co<int> applet_tty(Sys sys, State state);
Co<int> applet_umount(Sys sys, State state);
Co<int> applet_uname(Sys sys, State state);
Co<int> applet_uniq(Sys sys, State state);
Co<int> applet_unshare(Sys sys, State state);
Co<int> applet_uptime(Sys sys, State state);
Co<int> applet_watch(Sys sys, State state);
Co<int> applet_wc(Sys sys, State state);
Co<int> applet_which(Sys sys, State state);
Co<int> applet_whoami(Sys sys, State state);
Co<int> applet_xargs(Sys sys, State state);
Co<int> applet_yes(Sys sys, State state);

template <std::size_t N>
bool is_one_of(const std::string_view (&all)[N], std::string_view word) {
  return std::find(std::begin(all), std::end(all), word) != std::end(all);
}
/// Writes all of `text` to a descriptor.
Co<int> put(Sys sys, std::int64_t fd, std::string text);
/// A call that takes nothing and gives a number.
Co<std::int64_t> ask_number(Sys sys, abi::Sys which);
/// The rest of a descriptor's bytes.
Co<std::string> slurp(Sys sys, std::int64_t fd, std::uint64_t count = 4096);
/// The whole file, or from stdin when the path is "-"; `err` is 0 or a positive errno.
struct Slurped {
  std::string text;
  int err = 0;
};
Co<Slurped> slurp_path(Sys sys, std::string path);
/// The names in a folder, without "." and ".."; none when it cannot be read.
Co<std::vector<std::string>> names_in_folder(Sys sys, std::string path);
/// rm -r: 0, or 1 with its complaint said.
Co<int> remove_tree(Sys sys, std::string path, bool recursive, bool force);
/// "2", "0.5", "3m", "inf": nanoseconds, −1 if it is none.
std::int64_t duration_ns(std::string text);
/// "No such file or directory"
std::string reason_of(std::int64_t negative_errno);
/// Says so on stderr; 1.
Co<int> fail_with(Sys sys, std::string text);
/// "cat: can't open 'x': No such file or directory\n"
std::string cannot(std::string_view applet, std::string_view what, std::string_view path,
                   std::int64_t negative_errno);
/// Says so on stderr; 1, the status of an applet that could not.
Co<int> complain(Sys sys, std::string applet, std::string what, std::string path,
                 std::int64_t negative_errno);
/// On stdout through stdio, for its first words.
Co<int> print(Sys sys, std::string text);
/// "BusyBox v1.35.0 (Debian …)"
std::string_view busybox_banner();
/// "BusyBox v1.35.0 … Usage: NAME WORDS\n"
std::string usage_text(std::string_view name, std::string_view words);
/// Says so on stderr; 1.
Co<int> misused(Sys sys, std::string name, std::string words);
/// What stdio does before it first writes to stdout: is it a terminal?
Co<bool> stdout_is_terminal(Sys sys);

}  // namespace cutaway::sim

// busybox: many small programs in one file. Which one is decided by the name it is called by.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/programs.h"
#include "sim/programs/standins/standins.h"
#include "sim/programs/startup.h"

namespace cutaway::sim {

// NOLINTNEXTLINE(readability-function-size): data
const std::vector<AppletRow>& applet_rows() {
  static const std::vector<AppletRow> rows = {
      {"[", applet_test, false, true},
      {"[[", applet_test, false, true},
      {"ash", applet_sh},
      {"awk", applet_awk, true},
      {"base64", applet_base64},
      {"basename", applet_basename, true},
      {"busybox", applet_busybox},
      {"cat", applet_cat},
      {"chgrp", applet_chgrp, true},
      {"chmod", applet_chmod, true},
      {"chown", applet_chown, true},
      {"chroot", applet_chroot, true},
      {"cp", applet_cp, true},
      {"cut", applet_cut, true},
      {"date", applet_date, true},
      {"dd", applet_dd, true},
      {"df", applet_df, true},
      {"dirname", applet_dirname, true},
      {"du", applet_du},
      {"echo", applet_echo, false, true},
      {"egrep", applet_grep},
      {"env", applet_env, true},
      {"expr", applet_expr, true},
      {"false", applet_false, false, true},
      {"fgrep", applet_grep},
      {"find", applet_find, true},
      {"free", applet_free, true},
      {"grep", applet_grep},
      {"groups", applet_groups, true},
      {"head", applet_head, true},
      {"hostname", applet_hostname, true},
      {"httpd", applet_httpd},
      {"id", applet_id, true},
      {"ip", applet_ip},
      {"kill", applet_kill, false, true},
      {"ln", applet_ln, true},
      {"ls", applet_ls, true},
      {"mkdir", applet_mkdir, true},
      {"mkfifo", applet_mkfifo, true},
      {"mknod", applet_mknod, true},
      {"mktemp", applet_mktemp, true},
      {"mount", applet_mount},
      {"mv", applet_mv, true},
      {"nc", applet_nc},
      {"netstat", applet_netstat},
      {"nproc", applet_nproc, true},
      {"nsenter", applet_nsenter},
      {"nslookup", applet_nslookup},
      {"ping", applet_ping},
      {"printf", applet_printf, false, true},
      {"ps", applet_ps, true},
      {"pwd", applet_pwd, false, true},
      {"readlink", applet_readlink, true},
      {"realpath", applet_realpath, true},
      {"rev", applet_rev},
      {"rm", applet_rm, true},
      {"rmdir", applet_rmdir, true},
      {"sed", applet_sed},
      {"seq", applet_seq, true},
      {"setsid", applet_setsid},
      {"sh", applet_sh},
      {"sha256sum", applet_sha256sum, true},
      {"sleep", applet_sleep},
      {"sort", applet_sort, true},
      {"stat", applet_stat, true},
      {"su", applet_su},
      {"sync", applet_sync, true},
      {"tail", applet_tail},
      {"tar", applet_tar},
      {"taskset", applet_taskset},
      {"tee", applet_tee},
      {"test", applet_test, false, true},
      {"time", applet_time},
      {"timeout", applet_timeout},
      {"top", applet_top},
      {"touch", applet_touch, true},
      {"tr", applet_tr},
      {"true", applet_true, false, true},
      {"truncate", applet_truncate, true},
      {"tty", applet_tty, true},
      {"umount", applet_umount, true},
      {"uname", applet_uname, true},
      {"uniq", applet_uniq},
      {"unshare", applet_unshare},
      {"uptime", applet_uptime, true},
      {"watch", applet_watch},
      {"wc", applet_wc},
      {"wget", applet_wget},
      {"which", applet_which, true},
      {"whoami", applet_whoami, true},
      {"xargs", applet_xargs, true},
      {"yes", applet_yes, true},
  };
  return rows;
}

const AppletRow* find_applet(std::string_view name) {
  for (const AppletRow& row : applet_rows()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

std::string_view busybox_banner() { return "BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)"; }

std::string usage_text(std::string_view name, std::string_view words) {
  return std::string(busybox_banner()) + " multi-call binary.\n\nUsage: " + std::string(name) +
         " " + std::string(words) + "\n";
}

Co<int> misused(Sys sys, std::string name, std::string words) {
  auto telling = put(sys, 2, usage_text(name, words));
  co_await telling;
  co_return 1;
}

// busybox without a name of another applet behind it.
Co<int> applet_busybox(Sys sys, State state) {
  const bool lists = state.argv.size() > 1 && state.argv[1] == "--list";
  std::string names;
  for (const AppletRow& row : applet_rows()) {
    if (lists)
      names += std::string(row.name) + "\n";
    else
      names += (names.empty() ? "\t" : ", ") + std::string(row.name);
  }
  std::string text = names;
  if (!lists)
    text = std::string(busybox_banner()) +
           " multi-call binary.\n\nUsage: busybox [function [arguments]...]\n\nCurrently defined "
           "functions:\n" +
           names + "\n";
  auto writing = print(sys, text);
  co_return co_await writing;
}

Program busybox(Sys sys, State state) {
  std::string name = state.argv.empty() ? std::string() : state.argv[0];
  name = name.substr(name.rfind('/') + 1);
  const bool names_another = state.argv.size() > 1 && state.argv[1].substr(0, 2) != "--";
  if (name == "busybox" && names_another) {
    state.argv.erase(state.argv.begin());
    name = state.argv[0];
  }
  auto starting = static_startup(sys, name);
  co_await starting;
  const AppletRow* row = find_applet(name);
  if (row == nullptr) {
    const std::string text = name + ": applet not found\n";
    auto telling = put(sys, 2, text);
    co_await telling;
    co_return 127;
  }
  auto running = row->run(sys, state);
  co_return co_await running;
}

ProgramTable default_programs() {
  ProgramTable programs;
  // Pages touched at the start and sizes of the binaries: Debian 12's busybox-static, a static
  // hello.
  programs.add(
      {"busybox", busybox, 83, 1982256, "busybox: sh, echo, cat, ls, ps, id, sleep … in one file"});
  programs.add({"docker-init", docker_init, 40, 720'000,
                "pid 1 of --init: starts a program, passes signals on, reaps"});
  programs.add({"hello-world", hello_world, 6, 13256, "prints a greeting and ends"});
  add_stand_ins(programs);
  return programs;
}

}  // namespace cutaway::sim

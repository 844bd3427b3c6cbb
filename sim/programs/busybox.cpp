// busybox: many small programs in one file. Which one is decided by the name it is called by.
#include "base/text.h"
#include "sim/programs/applets.h"
#include "sim/programs/programs.h"
#include "sim/programs/startup.h"

namespace cutaway::sim {

const std::vector<AppletRow>& applet_rows() {
  static const std::vector<AppletRow> rows = {
      {"[", applet_test},
      {"ash", applet_sh},
      {"cat", applet_cat},
      {"echo", applet_echo},
      {"env", applet_env, true},
      {"false", applet_false},
      {"grep", applet_grep},
      {"head", applet_head, true},
      {"hostname", applet_hostname, true},
      {"id", applet_id, true},
      {"kill", applet_kill},
      {"ls", applet_ls, true},
      {"mkdir", applet_mkdir, true},
      {"printenv", applet_env},
      {"ps", applet_ps, true},
      {"pwd", applet_pwd},
      {"rm", applet_rm, true},
      {"sh", applet_sh},
      {"sleep", applet_sleep},
      {"test", applet_test},
      {"touch", applet_touch, true},
      {"true", applet_true},
      {"uname", applet_uname, true},
      {"wc", applet_wc},
      {"whoami", applet_whoami, true},
  };
  return rows;
}

const AppletRow* find_applet(std::string_view name) {
  for (const AppletRow& row : applet_rows()) {
    if (row.name == name) return &row;
  }
  return nullptr;
}

Program busybox(Sys sys, State state) {
  std::string name = state.argv.empty() ? std::string() : state.argv[0];
  name = name.substr(name.rfind('/') + 1);
  if (name == "busybox" && state.argv.size() > 1) {
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
  programs.add({"hello-world", hello_world, 6, 13256, "prints a greeting and ends"});
  return programs;
}

}  // namespace cutaway::sim

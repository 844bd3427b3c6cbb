#include "app/cli/verbs.h"

#include "base/os/files.h"
#include "base/text.h"

namespace cutaway::app {

const std::vector<VerbRow>& verb_rows() {
  static const std::vector<VerbRow> rows = {
      {"view", "view [INPUT | TRACE | --live [SOCKET]]", "the app: see it, step through it",
       cmd_view},
      {"sim", "sim INPUT [-q] [--trace F] [--json] [--plan]", "run it in the simulator", cmd_sim},
      {"real", "real INPUT [-q] [--trace F] [--json] [--plan] [--break STEP] [--live [SOCKET]]",
       "run it for real, on this Linux", cmd_real},
      {"compare", "compare INPUT | A B [--json] [--all]",
       "both sides next to each other, each difference explained", cmd_compare},
      {"watch", "watch --pid N | --container ID | --cgroup PATH [--for 5s] [--trace F]",
       "trace something that runs already", cmd_watch},
      {"shell", "shell [--side sim|real]", "a prompt that takes docker commands", cmd_shell},
      {"render", "render INPUT [--at N] -o x.png|x.svg | --video x.mp4|x.gif",
       "the picture without a window", cmd_render},
      {"explain", "explain INPUT --at N", "the picture in words", cmd_explain},
      {"world", "world INPUT --at N [--pointer /tasks/1]", "what is at that moment, as JSON",
       cmd_world},
      {"trace", "trace info|print|convert|filter F", "read and convert traces", cmd_trace},
      {"scenario", "scenario list|show|check|programs", "the bundled scenarios", cmd_scenario},
      {"lesson", "lesson list|show|check", "the lessons", cmd_lesson},
      {"litmus", "litmus fuzz --seed S --count N [--family F] [--json]",
       "random programs on both kernels", cmd_litmus},
      {"image", "image ls", "images of the real side", cmd_image},
      {"ps", "ps", "containers of the real side", cmd_ps},
      {"logs", "logs CONTAINER", "output of a container of the real side", cmd_logs},
      {"prune", "prune", "remove all that the real side made", cmd_prune},
      {"fidelity", "fidelity", "what the simulation leaves out", cmd_fidelity},
      {"doctor", "doctor [--json]", "what this machine can do, and what falls back", cmd_doctor},
  };
  return rows;
}

namespace {

constexpr std::string_view kInputHelp =
    "INPUT is a scenario file, the id of a bundled scenario (cutaway scenario list),\n"
    "or a docker command: cutaway sim -- docker run busybox echo hi there\n"
    "or several: cutaway sim -e 'docker pull busybox' -e 'docker images'\n";

std::string help() {
  std::string text = "cutaway shows what a container really is.\n\n";
  for (const VerbRow& row : verb_rows()) {
    const std::string name(row.name);
    text += "  " + name + std::string(10 - name.size(), ' ') + std::string(row.says) +
            (row.run == nullptr ? " (not yet)" : "") + "\n";
  }
  text += "\n";
  text += kInputHelp;
  text += "\ncutaway VERB --help tells more.\n";
  return text;
}

Invocation split_dashes(const std::vector<std::string>& args) {
  Invocation invocation;
  for (std::size_t i = 1; i < args.size(); ++i) {
    if (!invocation.has_dashes && args[i] == "--") {
      invocation.has_dashes = true;
    } else {
      (invocation.has_dashes ? invocation.after_dashes : invocation.own).push_back(args[i]);
    }
  }
  return invocation;
}

}  // namespace

int report(const Error& error) {
  std::string text = "cutaway: ";
  if (error.code == ErrorCode::NotYet) text += "not yet: ";
  if (error.code == ErrorCode::Cannot) text += "cannot ";
  // A message that opens with FILE:LINE stands alone, so that editors can jump there.
  const bool placed =
      error.code == ErrorCode::Usage && error.message.find(": /") != std::string::npos;
  text = placed ? error.message : text + error.message;
  if (!error.hint.empty()) text += " (" + error.hint + ")";
  os::write_err(text + "\n");
  return error.code == ErrorCode::Usage || error.code == ErrorCode::NotYet ? 2 : 1;
}

int run_cutaway(const std::vector<std::string>& args) {
  if (args.empty() || args[0] == "--help" || args[0] == "-h" || args[0] == "help") {
    os::write_out(help());
    return args.empty() ? 2 : 0;
  }
  if (args[0] == "--version") {
    os::write_out("cutaway 0.1\n");
    return 0;
  }
  std::vector<std::string> names;
  for (const VerbRow& row : verb_rows()) {
    if (row.name == args[0]) {
      if (row.run == nullptr) return report({ErrorCode::NotYet, "cutaway " + args[0], {}});
      return row.run(split_dashes(args));
    }
    names.emplace_back(row.name);
  }
  const std::string near = nearest(args[0], names);
  const std::string hint =
      near.empty() ? "cutaway --help lists the verbs" : "did you mean '" + near + "'?";
  return report({ErrorCode::Usage, "unknown verb '" + args[0] + "'", hint});
}

}  // namespace cutaway::app

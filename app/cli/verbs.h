// Cutaway's own command line: one table of verbs, one file for each (cmd_<verb>.cpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cutaway::app {

/// What stands behind the verb: our own options up to "--", and what comes after it.
struct Invocation {
  std::vector<std::string> own;
  std::vector<std::string> after_dashes;
  bool has_dashes = false;
};

/// Returns the exit status.
using VerbFunction = int (*)(const Invocation&);

struct VerbRow {
  std::string_view name;
  std::string_view form;  ///< "sim INPUT [-q] …"
  std::string_view says;  ///< one line of help
  VerbFunction run;       ///< null: not yet
};

const std::vector<VerbRow>& verb_rows();

/// All of `cutaway …`; arguments without the program's name.
int run_cutaway(const std::vector<std::string>& args);

/// Prints the error as the contract says it ("cutaway: not yet …") and gives the exit status.
int report(const Error& error);

int cmd_sim(const Invocation& invocation);
int cmd_real(const Invocation& invocation);
int cmd_ps(const Invocation& invocation);
int cmd_logs(const Invocation& invocation);
int cmd_image(const Invocation& invocation);
int cmd_prune(const Invocation& invocation);
int cmd_compare(const Invocation& invocation);
int cmd_world(const Invocation& invocation);
int cmd_explain(const Invocation& invocation);
int cmd_render(const Invocation& invocation);
int cmd_shell(const Invocation& invocation);
int cmd_view(const Invocation& invocation);
int cmd_trace(const Invocation& invocation);
int cmd_scenario(const Invocation& invocation);
int cmd_lesson(const Invocation& invocation);
int cmd_litmus(const Invocation& invocation);
int cmd_fidelity(const Invocation& invocation);
int cmd_doctor(const Invocation& invocation);
int cmd_watch(const Invocation& invocation);

}  // namespace cutaway::app

// cutaway doctor: what this machine can do for the real side, each thing tried; nothing is changed
// by it.

#include "app/cli/options.h"
#include "app/cli/wrapped.h"
#include "base/json_value.h"
#include "base/os/files.h"
#include "base/os/probe.h"

namespace cutaway::app {

namespace {

struct Check {
  const char* id;
  const char* serves;    ///< what it is good for
  const char* fallback;  ///< what happens without it
  os::Probe (*probe)();
};

constexpr Check kChecks[] = {
    {"root", "real containers as docker makes them",
     "containers in a user namespace: one user, no limits, no meters", os::probe_root},
    {"userns", "real containers without root",
     "real containers only as root; for others the simulator and --plan", os::probe_user_namespace},
    {"cgroup", "limits and meters of real containers",
     "without root: containers without limits; as root: none are started", os::probe_cgroup},
    {"overlay", "one image under many containers",
     "each container gets a copy of its image's files", os::probe_overlay},
    {"ebpf", "tracing with the least delay (not used yet)", "tracing with ptrace, slower",
     os::probe_ebpf},
    {"ptrace", "tracing what we start ourselves",
     "real containers without a trace (cutaway real -q)", os::probe_ptrace},
    {"seccomp", "the filter of calls, as docker sets it",
     "real containers with --security-opt seccomp=unconfined", os::probe_seccomp},
    {"display", "the app's window",
     "pictures as files (cutaway render) and words (cutaway explain)", os::probe_display},
    {"btf", "ebpf programs that fit this kernel", "tracing with ptrace, slower", os::probe_btf},
};

Json doctor_json() {
  Json checks = Json::array();
  for (const Check& check : kChecks) {
    const os::Probe probe = check.probe();
    checks.push_back({{"id", check.id},
                      {"ok", probe.ok},
                      {"detail", probe.detail},
                      {"fallback", probe.ok ? "" : check.fallback}});
  }
  return {{"checks", std::move(checks)}};
}

std::string doctor_text(std::size_t width) {
  std::string text;
  for (const Check& check : kChecks) {
    const os::Probe probe = check.probe();
    const std::string id = check.id;
    text += wrapped((probe.ok ? "ok       " : "missing  ") + id + std::string(9 - id.size(), ' '),
                    check.serves, width);
    text += wrapped("         found:   ", probe.detail, width);
    if (!probe.ok) text += wrapped("         instead: ", check.fallback, width);
  }
  text += "\n";
  text +=
      wrapped("", "The simulator needs none of these; cutaway real and cutaway compare do.", width);
  return text;
}

}  // namespace

int cmd_doctor(const Invocation& invocation) {
  CLI::App options("What this machine can do, and what falls back.", "cutaway doctor");
  bool json = false;
  options.add_flag("--json", json, "one JSON object");
  if (const auto done = parse_options(options, invocation)) return *done;
  const std::string text = json ? doctor_json().dump(2) + "\n"
                                : doctor_text(static_cast<std::size_t>(os::terminal_columns()));
  return os::write_out(text) ? 0 : 1;
}

}  // namespace cutaway::app

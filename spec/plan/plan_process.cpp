// Steps that turn a task which stands in its new surroundings into the container's program: shared
// by run (the container's first process) and exec (a process that joins it).
#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

using abi::Errno;
using abi::Sys;

namespace {

// A terminal of the container's own devpts (the first of that instance, so its number is 0): its
// master goes to the engine through the console socket, its other end becomes stdin, stdout and
// stderr. TIOCGPTPEER opens it without a path that somebody could have replaced (CVE-2025-52565).
std::vector<PlanCall> terminal_calls(bool console) {
  constexpr std::uint64_t kNoctty = 0400, kUnlock = 0x40045431, kPeer = 0x5441, kControl = 0x540E;
  constexpr std::int64_t kConsoleSocket = 101;  // where the shim gets it
  std::vector<PlanCall> calls = {
      keep(open("/dev/ptmx", abi::o::kRdwr | kNoctty | abi::o::kCloexec), "master"),
      call(Sys::ioctl, {text("$master"), integer(kUnlock), Arg{}}),  // TIOCSPTLCK, 0
      keep(call(Sys::ioctl, {text("$master"), integer(kPeer), integer(abi::o::kRdwr | kNoctty)}),
           "terminal"),
      call(Sys::sendmsg, {integer(kConsoleSocket), text("$master"), integer(0)}),
      call(Sys::ioctl, {text("$terminal"), integer(kControl), integer(0)})};  // TIOCSCTTY
  if (console) {
    calls.push_back(
        call(Sys::mknod, {text("/dev/console"), integer(abi::mode::kRegular | 0620), integer(0)}));
    calls.push_back(mount(text("/dev/pts/0"), "/dev/console", Arg{}, abi::ms::kBind));
  }
  for (int fd = 0; fd < 3; ++fd) calls.push_back(call(Sys::dup2, {text("$terminal"), integer(fd)}));
  calls.push_back(call(Sys::close, {text("$terminal")}));
  calls.push_back(call(Sys::close, {text("$master")}));
  calls.push_back(call(Sys::close, {integer(kConsoleSocket)}));
  return calls;
}

PlanStep session(const PlanInput& input, bool first) {
  PlanStep step{"session", Who::Init, {call(Sys::setsid, {})}};
  if (input.tty) append(step, terminal_calls(first));
  return step;
}

PlanStep no_new_privileges(const PlanInput&) {
  return {"nnp", Who::Init, {call(Sys::prctl, {integer(38), integer(1)})}};  // PR_SET_NO_NEW_PRIVS
}

PlanStep seccomp_load(const PlanInput&) {
  return {"seccomp.load",
          Who::Init,
          {call(Sys::seccomp, {integer(1), integer(0), text("docker-default")})}};
}

PlanStep cap_bound(const PlanInput& input) {
  PlanStep step{"cap.bound", Who::Init, {}};
  for (int cap = 0; cap < abi::kCapabilityCount; ++cap) {
    if ((input.capabilities >> cap & 1U) == 0) {
      step.calls.push_back(call(Sys::prctl, {integer(24), integer(cap)}));  // PR_CAPBSET_DROP
    }
  }
  return step;
}

PlanStep id_set(const PlanInput& input) {
  PlanStep step{"id.set", Who::Init, {}};
  step.calls.push_back(call(Sys::prctl, {integer(8), integer(1)}));  // PR_SET_KEEPCAPS
  // Without root setgroups was given up before a group could be mapped.
  if (!input.plain_user)
    step.calls.push_back(
        call(Sys::setgroups,
             {integer(static_cast<std::int64_t>(input.groups.size())), number_list(input.groups)}));
  step.calls.push_back(
      call(Sys::setresgid, {integer(input.gid), integer(input.gid), integer(input.gid)}));
  step.calls.push_back(
      call(Sys::setresuid, {integer(input.uid), integer(input.uid), integer(input.uid)}));
  step.calls.push_back(call(Sys::prctl, {integer(8), integer(0)}));
  return step;
}

PlanStep cap_set(const PlanInput& input) {
  const std::uint64_t held =
      input.uid == 0 ? input.capabilities : 0;  // other users start with none in force
  return {
      "cap.set",
      Who::Init,
      {call(Sys::capset, {Arg{}, capability_sets(held, held)}),
       call(Sys::prctl, {integer(47), integer(4)})}};  // PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL
}

// execvp(3): with a slash the path as it stands, else along PATH until one is there and may be run.
PlanStep exec(const PlanInput& input) {
  PlanStep step{"exec", Who::Init, {call(Sys::chdir, {text(input.workdir)})}};
  for (const std::string& path : program_candidates(input)) {
    step.calls.push_back(
        tolerate(call(Sys::execve, {text(path), Arg::list(input.argv), Arg::list(input.env)}),
                 {Errno::kENOENT, Errno::kENOTDIR, Errno::kEACCES}));
  }
  return step;
}

}  // namespace

// Without no_new_privs a filter needs CAP_SYS_ADMIN, so it comes before the capabilities go
// (seccomp(2)); with it, it is the last thing before execve.
void add_process_steps(const PlanInput& input, bool first, Plan& plan) {
  const auto add = [&plan](PlanStep step) { plan.steps.push_back(std::move(step)); };
  add(session(input, first));
  if (input.seccomp && !input.no_new_privileges) add(seccomp_load(input));
  add(cap_bound(input));
  add(id_set(input));
  add(cap_set(input));
  if (input.no_new_privileges) add(no_new_privileges(input));
  if (input.seccomp && input.no_new_privileges) add(seccomp_load(input));
  add(exec(input));
}

}  // namespace cutaway::spec

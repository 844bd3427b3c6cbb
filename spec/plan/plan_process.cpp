// Steps that turn a task which stands in its new surroundings into the container's program: shared
// by run (the container's first process) and exec (a process that joins it).
#include "base/text.h"
#include "spec/plan/plan_parts.h"

namespace cutaway::spec {

using abi::Errno;
using abi::Sys;

namespace {

PlanStep session(const PlanInput& input) {
  PlanStep step{"session", Who::Init, {call(Sys::setsid, {})}};
  if (input.tty)
    step.calls.push_back(call(Sys::ioctl, {integer(0), integer(0x540E), integer(0)}));  // TIOCSCTTY
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
void add_process_steps(const PlanInput& input, Plan& plan) {
  const auto add = [&plan](PlanStep step) { plan.steps.push_back(std::move(step)); };
  add(session(input));
  if (input.seccomp && !input.no_new_privileges) add(seccomp_load(input));
  add(cap_bound(input));
  add(id_set(input));
  add(cap_set(input));
  if (input.no_new_privileges) add(no_new_privileges(input));
  if (input.seccomp && input.no_new_privileges) add(seccomp_load(input));
  add(exec(input));
}

}  // namespace cutaway::spec

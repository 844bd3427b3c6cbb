// prctl(2) and seccomp(2): what a task lays down for itself and its children to come.
#include "trace/effects/families.h"

namespace cutaway {
namespace {

// include/uapi/linux/prctl.h
constexpr std::int64_t kSetDumpable = 4, kSetKeepcaps = 8, kSetName = 15, kSetSeccomp = 22,
                       kCapbsetDrop = 24, kSetChildSubreaper = 36, kSetNoNewPrivs = 38,
                       kCapAmbient = 47;
constexpr std::int64_t kAmbientRaise = 2, kAmbientLower = 3, kAmbientClearAll = 4;

void set_mode(Credentials& credentials, bool strict) {
  credentials.seccomp = strict ? SeccompMode::Strict : SeccompMode::Filter;
  if (!strict) ++credentials.seccomp_filters;
}

void load_seccomp(const Call& call, bool strict) {
  Credentials now = call.task().credentials;
  set_mode(now, strict);
  call.emit(TaskCredentialsSet{now});
}

void change_ambient(const Call& call, std::int64_t operation, std::uint64_t bit) {
  Credentials now = call.task().credentials;
  if (operation == kAmbientRaise)
    now.ambient |= bit;
  else if (operation == kAmbientLower)
    now.ambient &= ~bit;
  else if (operation == kAmbientClearAll)
    now.ambient = 0;
  if (now.ambient != call.task().credentials.ambient) call.emit(TaskCredentialsSet{now});
}

}  // namespace

void effect_prctl(const Call& call) {
  if (call.ret() < 0) return;
  Credentials now = call.task().credentials;
  const std::int64_t option = call.number(0);
  const std::uint64_t bit =
      call.number(1) >= 0 && call.number(1) < 64 ? std::uint64_t{1} << call.number(1) : 0;
  if (option == kSetDumpable) {
    call.emit(TaskDumpableSet{call.number(1) == 1});
  } else if (option == kSetName) {
    call.emit(TaskNamed{call.text(1).substr(0, kCommMax)});
  } else if (option == kSetChildSubreaper) {
    call.emit_for(call.task().leader, TaskSubreaperSet{call.number(1) != 0});  // of the process
  } else if (option == kSetSeccomp) {
    load_seccomp(call, call.number(1) == 1);
  } else if (option == kSetKeepcaps) {
    now.keep_capabilities = call.number(1) != 0;
    call.emit(TaskCredentialsSet{now});
  } else if (option == kSetNoNewPrivs) {
    now.no_new_privs = true;
    call.emit(TaskCredentialsSet{now});
  } else if (option == kCapbsetDrop) {
    now.bounding &= ~bit;
    call.emit(TaskCredentialsSet{now});
  } else if (option == kCapAmbient) {
    const std::uint64_t raised =
        call.number(2) >= 0 && call.number(2) < 64 ? std::uint64_t{1} << call.number(2) : 0;
    change_ambient(call, call.number(1), raised);
  }
}

void effect_seccomp(const Call& call) {
  constexpr std::int64_t kStrict = 0, kFilter = 1;
  constexpr std::uint64_t kAllThreads = 1;  // SECCOMP_FILTER_FLAG_TSYNC
  if (call.ret() < 0 || (call.number(0) != kStrict && call.number(0) != kFilter)) return;
  load_seccomp(call, call.number(0) == kStrict);
  if ((call.bits(1) & kAllThreads) == 0) return;
  std::vector<TaskId> others;
  call.world().tasks.each([&](const Task& task) {
    if (task.leader == call.task().leader && task.id != call.self() && !task.zombie())
      others.push_back(task.id);
  });
  for (const TaskId other : others) {
    Credentials theirs = call.world().tasks.at(other).credentials;
    set_mode(theirs, false);
    theirs.no_new_privs = theirs.no_new_privs || call.task().credentials.no_new_privs;
    call.emit_for(other, TaskCredentialsSet{theirs});
  }
}

}  // namespace cutaway

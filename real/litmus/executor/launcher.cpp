// The launcher: outside of every sandbox, a child of the supervisor, in the sandboxes' cgroup. For
// each line "new" it clones a process with all its namespaces new, gives it its ids, and tells how
// it ended; for "machine" one that stays root of the machine (tier R), where that may be. It stays
// small: cloning it costs little, and who is born in a cgroup need not be moved there, which makes
// the kernel wait for all cpus.
#include <linux/errno.h>
#include <linux/sched.h>

#include "real/litmus/executor/executor.h"
#include "real/runtime/helper/files.h"

namespace cutaway::litmus {

namespace {

using Words = helper::Line<256>;

constexpr long kNamespaces = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWNET |
                             CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;
/// Tier R has those of the machine. Its mounts are its own, and so are its numbers: its pid 1 takes
/// all others along when it ends.
constexpr long kFewNamespaces = CLONE_NEWPID | CLONE_NEWNS;
constexpr long kSigchld = 17, kSigkill = 9, kEmptyPath = 0x1000, kCloseOnExec = 02000000;

void say(const Words& words) {
  kernel(sys::kWrite, real::kLitmusControlFd, address(words.text), static_cast<long>(words.size));
}

/// Ignored signals and the mask stay with execve (signal(7)): here they end.
void plain_signals() {
  constexpr int kLast = 64;
  const std::uint64_t none[4] = {};
  for (int signal = 1; signal <= kLast; ++signal)
    kernel(sys::kSigaction, signal, address(none), 0, 8);
  kernel(sys::kSigprocmask, 2, address(none), 0, 8);
}

/// Nobody but the sandbox's root, whatever the launcher is. Then the program anew: its memory
/// belongs to the sandbox's user namespace (ptrace(2), "mm->user_ns"), as a program's there would.
[[noreturn]] void become_init(Tier tier, long gate) {
  char byte = 0;
  if (kernel(sys::kRead, gate, address(&byte), 1) != 1) fail(Failure::NoIds);
  const bool ids = kernel(sys::kSetgroups, 0, 0) == 0 && kernel(sys::kSetresgid, 0, 0, 0) == 0 &&
                   kernel(sys::kSetresuid, 0, 0, 0) == 0;
  if (!ids) fail(Failure::NoIds);
  plain_signals();
  const char* argv[] = {"litmus", tier == Tier::U ? "init" : "machine", nullptr};
  const char* env[] = {nullptr};
  kernel(sys::kExecveat, real::kLitmusProgramFd, address(""), address(argv), address(env),
         kEmptyPath);
  fail(Failure::NoLauncher);
}

/// Writes a map and reads it again: the kernel's word for it.
bool map_ids(long pid, const char* name) {
  Words folder, map;
  folder.add("/proc/").add(pid);
  map.add("0 ").add(static_cast<long>(area().id_base)).add(" ");
  map.add(static_cast<long>(real::kLitmusIdCount)).add("\n");
  if (helper::write_file(folder.text, name, map.text, map.size) < 0) return false;
  char text[256];
  const long size = helper::read_file(folder.text, name, text, sizeof text);
  std::uint64_t base = 0;
  return good_map(text, size, base) && base == area().id_base;
}

void make_sandbox(Tier tier) {
  int gate[2];
  if (kernel(sys::kPipe2, address(gate), kCloseOnExec) != 0) fail(Failure::NoLauncher);
  const long namespaces = tier == Tier::U ? kNamespaces : kFewNamespaces;
  const long pid = kernel(sys::kClone, namespaces | kSigchld, 0, 0, 0, 0);
  if (pid == 0) {
    kernel(sys::kClose, gate[1]);
    become_init(tier, gate[0]);
  }
  kernel(sys::kClose, gate[0]);
  if (pid < 0) {
    kernel(sys::kClose, gate[1]);
    return say(Words().add("error clone ").add(-pid).add("\n"));
  }
  const bool mapped = tier == Tier::R || (map_ids(pid, "/uid_map") && map_ids(pid, "/gid_map"));
  if (mapped) {
    say(Words().add("pid ").add(pid).add("\n"));
    kernel(sys::kWrite, gate[1], address("1"), 1);
  } else {
    kernel(sys::kKill, pid, kSigkill);
  }
  kernel(sys::kClose, gate[1]);
  int status = 0;
  while (kernel(sys::kWait4, pid, address(&status), 0, 0) == -EINTR) {
  }
  say(mapped ? Words().add("ended ").add(long{status}).add("\n") : Words().add("error map 1\n"));
}

void say_whether_kept() {
  const char* const why = why_kept();
  say(Words().add(why == nullptr ? "disposable" : why).add("\n"));
}

struct Row {
  const char* line;
  void (*act)();
};
constexpr Row kLines[] = {{"new", [] { make_sandbox(Tier::U); }},
                          {"machine",
                           [] {
                             if (why_kept() != nullptr) fail(Failure::Kept);
                             make_sandbox(Tier::R);
                           }},
                          {"disposable?", say_whether_kept}};

}  // namespace

void launch_sandboxes() {
  constexpr long kParentDeath = 1, kSetName = 15;
  kernel(sys::kPrctl, kParentDeath, kSigkill, 0, 0, 0);
  kernel(sys::kPrctl, kSetName, address("cutaway-litmus"));
  kernel(sys::kUmask, 022);
  map_area(real::kLitmusAreaFd);
  char line[16] = {};
  // One line is one message (SOCK_SEQPACKET); nothing: the supervisor has gone.
  while (true) {
    const long size = kernel(sys::kRead, real::kLitmusControlFd, address(line), sizeof line - 1);
    if (size <= 0) break;
    line[size] = '\0';
    for (const Row& row : kLines) {
      if (helper::same(line, row.line)) row.act();
    }
  }
  kernel(sys::kExitGroup, 0);
  __builtin_unreachable();
}

}  // namespace cutaway::litmus

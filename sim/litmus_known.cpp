#include "sim/litmus_known.h"

namespace cutaway::sim {

// NOLINTNEXTLINE(readability-function-size): a table
const std::vector<spec::FuzzKnown>& litmus_known() {
  constexpr std::string_view kNumbers =
      "A fork that fails in a pid namespace whose first process is gone uses up a number of the "
      "namespaces above.";
  constexpr std::string_view kWhose =
      "Which of several ended children comes first is by their numbers, not by when they became "
      "somebody's children.";
  constexpr std::string_view kUnbindable =
      "Since Linux 6.17 a copy of the mounts for a new namespace is not unbindable any more; here "
      "it stays so.";
  constexpr std::string_view kGone =
      "Who was ended by a signal can be named until somebody has waited for it: how soon that is.";
  constexpr std::string_view kPlaces =
      "A working folder is a place by path: when it was removed, nothing is known of it any more.";
  constexpr std::string_view kOffsets =
      "A folder's offset counts bytes; on a tmpfs it is a cookie, and at the end 2147483647.";
  constexpr std::string_view kBacklog =
      "How many may wait to be accepted is not counted, only who waits.";
  static const std::vector<spec::FuzzKnown> rows = {
      {"pids", "fork", "ok", "ok", kNumbers},
      {"pids", "clone", "ok", "ok", kNumbers},
      {"tasks", "wait4", "ok", "ok", kWhose},
      {"tasks", "waitid", "ok", "ok", kWhose},
      {"pids", "wait4", "ok", "ok", kWhose},
      {"threads", "wait4", "ok", "ok", kWhose},
      {"threads", "wait4", "ok", "ECHILD",
       "Which of several threads that wait for the same child gets it."},
      {"pids", "kill", "ESRCH", "ok",
       "Of several that one signal ends, a parent and its child, who of them ends first."},
      {"signals", "kill", "ESRCH", "ok", kGone},
      {"mounts", "mount", "EINVAL", "ok", kUnbindable},
      {"mounts", "mount", "EINVAL", "ENOTDIR", kUnbindable},
      {"mounts", "read", "ok", "ok", kUnbindable},
      {"mounts", "*", "ENOENT", "ok", kPlaces},
      {"mounts", "umount2", "EBUSY", "ok",
       "Linux makes the caller's own root read-only instead of unmounting it."},
      {"overlay", "fchmod", "ok", "EEXIST",
       "A file of a lower layer that was removed on the overlay cannot be copied up any more."},
      {"overlay", "rename", "ok", "ESTALE",
       "Two names of one lower file that were linked on the overlay."},
      {"overlay", "lstat", "ENOENT", "ok",
       "A rename that fails with EXDEV has copied up the target's folder by then."},
      {"overlay", "getdents64", "ok", "ok",
       "A rename that fails with EXDEV has copied up the target's folder by then."},
      {"files", "lseek", "ok", "ok", kOffsets},
      {"files", "getdents64", "ok", "ok", kOffsets},
      {"files", "sendfile", "ok", "ok",
       "A file that is sent to its own end grows while it is read."},
      {"files", "readlink", "ok", "ok",
       "An open file that lost the name it was opened by is shown under another of its names."},
      {"sockets", "connect", "EISCONN", "EAGAIN", kBacklog},
      {"sockets", "connect", "ok", "EAGAIN", kBacklog},
      {"users", "write", "ok", "EPERM",
       "Whether a user namespace's maker had CAP_SETFCAP is not kept, which a map of root needs."},
  };
  return rows;
}

}  // namespace cutaway::sim

// setuid(2), setreuid(2), setresuid(2), the same for groups, setgroups(2). Effects compute what a
// successful call changes; here: is it allowed?
#include <algorithm>

#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

bool maps(const Ask& ask, bool group, std::int64_t id) {
  std::uint32_t unused = 0;
  const auto number = static_cast<std::uint32_t>(id);
  return group ? kernel_gid(ask.world, user_ns_of(ask.task), number, unused)
               : kernel_uid(ask.world, user_ns_of(ask.task), number, unused);
}

/// Which of its ids an unprivileged task may choose for an argument.
enum Own : unsigned { kReal = 1, kEffective = 2, kSaved = 4, kAny = 7 };

struct AskedId {
  std::int64_t id = -1;
  unsigned own = kAny;
};

bool is_own(const Ask& ask, bool group, const AskedId& asked) {
  const Credentials& who = ask.task.credentials;
  const std::uint32_t ids[] = {group ? who.gid : who.uid, group ? who.egid : who.euid,
                               group ? who.sgid : who.suid};
  std::uint32_t wanted = 0;
  const auto number = static_cast<std::uint32_t>(asked.id);
  const bool known = group ? kernel_gid(ask.world, user_ns_of(ask.task), number, wanted)
                           : kernel_uid(ask.world, user_ns_of(ask.task), number, wanted);
  for (unsigned i = 0; known && i < 3; ++i) {
    if ((asked.own >> i & 1U) != 0 && ids[i] == wanted) return true;
  }
  return false;
}

/// −1 leaves an id as it is. First all must mean something, then all be allowed.
Decision set_ids(const Ask& ask, bool group, const std::vector<AskedId>& wanted) {
  const bool privileged = capable(ask.world, ask.task, group ? cap::kSetgid : cap::kSetuid);
  const auto stays = [](const AskedId& asked) { return static_cast<std::int32_t>(asked.id) == -1; };
  for (const AskedId& asked : wanted) {
    if (!stays(asked) && !maps(ask, group, asked.id)) return refuse(abi::Errno::kEINVAL);
  }
  for (const AskedId& asked : wanted) {
    if (!stays(asked) && !privileged && !is_own(ask, group, asked))
      return refuse(abi::Errno::kEPERM);
  }
  return answer(0);
}

Decision set_one(const Ask& ask, bool group) {
  if (static_cast<std::int32_t>(ask.integer(0)) == -1) return refuse(abi::Errno::kEINVAL);
  return set_ids(ask, group, {{ask.integer(0), kReal | kSaved}});
}

Decision set_two(const Ask& ask, bool group) {
  return set_ids(ask, group, {{ask.integer(0), kReal | kEffective}, {ask.integer(1), kAny}});
}

Decision set_three(const Ask& ask, bool group) {
  return set_ids(ask, group, {{ask.integer(0)}, {ask.integer(1)}, {ask.integer(2)}});
}

}  // namespace

Decision decide_setuid(const Ask& ask) { return set_one(ask, false); }
Decision decide_setgid(const Ask& ask) { return set_one(ask, true); }
Decision decide_setreuid(const Ask& ask) { return set_two(ask, false); }
Decision decide_setregid(const Ask& ask) { return set_two(ask, true); }
Decision decide_setresuid(const Ask& ask) { return set_three(ask, false); }
Decision decide_setresgid(const Ask& ask) { return set_three(ask, true); }

/// user_namespaces(7): not before gid_map is written, never where /proc/PID/setgroups says "deny".
Decision decide_setgroups(const Ask& ask) {
  const Namespace* ns = ask.world.namespaces.find(user_ns_of(ask.task));
  const bool usable =
      ns != nullptr && (!ns->parent || (!ns->gid_map.empty() && !ns->setgroups_denied));
  if (!usable || !capable(ask.world, ask.task, cap::kSetgid)) return refuse(abi::Errno::kEPERM);
  if (ask.integer(0) < 0 || ask.integer(0) > 65536) return refuse(abi::Errno::kEINVAL);
  if (ask.request.args.size() > 1) {
    for (const Arg& group : ask.request.args[1].items) {
      if (!maps(ask, true, group.value)) return refuse(abi::Errno::kEINVAL);
    }
  }
  return answer(0);
}

}  // namespace cutaway::sim

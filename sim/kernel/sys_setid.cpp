// setuid(2), setreuid(2), setresuid(2), the same for groups, setgroups(2). Effects compute what a
// successful call changes; here: is it allowed?
#include <algorithm>

#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

NsId user_ns(const Ask& ask) { return ask.task.in(NsKind::User); }

bool maps(const Ask& ask, bool group, std::int64_t id) {
  std::uint32_t unused = 0;
  const auto number = static_cast<std::uint32_t>(id);
  return group ? kernel_gid(ask.world, user_ns(ask), number, unused)
               : kernel_uid(ask.world, user_ns(ask), number, unused);
}

/// The ids that an unprivileged task may choose among: its real, effective and saved one.
std::vector<std::uint32_t> own_ids(const Ask& ask, bool group) {
  const Credentials& who = ask.task.credentials;
  if (group) return {who.gid, who.egid, who.sgid};
  return {who.uid, who.euid, who.suid};
}

bool is_own(const Ask& ask, bool group, std::int64_t id) {
  std::uint32_t kernel_id = 0;
  const auto number = static_cast<std::uint32_t>(id);
  const bool known = group ? kernel_gid(ask.world, user_ns(ask), number, kernel_id)
                           : kernel_uid(ask.world, user_ns(ask), number, kernel_id);
  const std::vector<std::uint32_t> own = own_ids(ask, group);
  return known && std::find(own.begin(), own.end(), kernel_id) != own.end();
}

/// −1 leaves an id as it is.
Decision set_ids(const Ask& ask, bool group, const std::vector<std::int64_t>& wanted) {
  const bool privileged = capable(ask.world, ask.task, group ? cap::kSetgid : cap::kSetuid);
  for (const std::int64_t id : wanted) {
    if (static_cast<std::int32_t>(id) == -1) continue;
    if (!maps(ask, group, id)) return refuse(abi::Errno::kEINVAL);
    if (!privileged && !is_own(ask, group, id)) return refuse(abi::Errno::kEPERM);
  }
  return answer(0);
}

Decision set_one(const Ask& ask, bool group) {
  if (static_cast<std::int32_t>(ask.integer(0)) == -1) return refuse(abi::Errno::kEINVAL);
  return set_ids(ask, group, {ask.integer(0)});
}

}  // namespace

Decision decide_setuid(const Ask& ask) { return set_one(ask, false); }
Decision decide_setgid(const Ask& ask) { return set_one(ask, true); }
Decision decide_setreuid(const Ask& ask) {
  return set_ids(ask, false, {ask.integer(0), ask.integer(1)});
}
Decision decide_setregid(const Ask& ask) {
  return set_ids(ask, true, {ask.integer(0), ask.integer(1)});
}
Decision decide_setresuid(const Ask& ask) {
  return set_ids(ask, false, {ask.integer(0), ask.integer(1), ask.integer(2)});
}
Decision decide_setresgid(const Ask& ask) {
  return set_ids(ask, true, {ask.integer(0), ask.integer(1), ask.integer(2)});
}

/// user_namespaces(7): not before gid_map is written, never where /proc/PID/setgroups says "deny".
Decision decide_setgroups(const Ask& ask) {
  const Namespace* ns = ask.world.namespaces.find(user_ns(ask));
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

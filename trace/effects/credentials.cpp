// credentials(7), capabilities(7): setuid(2) and its family, capset(2), prctl(2), seccomp(2).
#include <algorithm>

#include "trace/effects/families.h"
#include "trace/world/id_map.h"

namespace cutaway {
namespace {

constexpr int kSetgidCapability = 6, kSetuidCapability = 7;

bool has_capability(const Credentials& credentials, int capability) {
  return (credentials.effective >> capability & 1) != 0;
}

std::uint32_t kernel_id(const Call& call, IdKind kind, std::size_t argument,
                        std::uint32_t otherwise) {
  const auto id = static_cast<std::uint32_t>(call.bits(argument));
  if (id == kUnchanged) return otherwise;
  return to_kernel_id(call.world(), call.task().in(NsKind::User), kind, id).value_or(otherwise);
}

/// Leaving or taking up uid 0 changes the capabilities (capabilities(7), "Effect of user ID
/// changes").
void fix_capabilities(const Call& call, const Credentials& old, Credentials& now) {
  const std::optional<std::uint32_t> root =
      to_kernel_id(call.world(), call.task().in(NsKind::User), IdKind::User, 0);
  if (!root) return;
  const bool was = old.uid == *root || old.euid == *root || old.suid == *root;
  const bool is = now.uid == *root || now.euid == *root || now.suid == *root;
  if (was && !is) {
    if (!old.keep_capabilities) now.permitted = now.effective = 0;
    now.ambient = 0;
  }
  if (old.euid == *root && now.euid != *root) now.effective = 0;
  if (old.euid != *root && now.euid == *root) now.effective = now.permitted;
}

void set_users(const Call& call, std::uint32_t real, std::uint32_t effective, std::uint32_t saved) {
  const Credentials old = call.task().credentials;
  Credentials now = old;
  now.uid = real;
  now.euid = now.fsuid = effective;
  now.suid = saved;
  fix_capabilities(call, old, now);
  commit_credentials(call, now);
}

void set_groups_of_task(const Call& call, std::uint32_t real, std::uint32_t effective,
                        std::uint32_t saved) {
  Credentials now = call.task().credentials;
  now.gid = real;
  now.egid = now.fsgid = effective;
  now.sgid = saved;
  commit_credentials(call, now);
}

std::uint64_t capability_set(const Arg& sets, std::string_view name) {
  const Arg* found = field(sets, name);
  if (found == nullptr) return 0;
  auto bits = static_cast<std::uint64_t>(found->value);
  for (const Arg& item : found->items) {
    const int capability = abi::capability_of(item.text);
    if (capability >= 0) bits |= std::uint64_t{1} << capability;
  }
  return bits;
}

}  // namespace

void commit_credentials(const Call& call, const Credentials& now) {
  const Credentials old = call.task().credentials;
  call.emit(TaskCredentialsSet{now});
  // kernel/cred.c: who changed its ids, or gained capabilities, must not be looked into any more.
  const bool ids = old.euid != now.euid || old.egid != now.egid || old.fsuid != now.fsuid ||
                   old.fsgid != now.fsgid;
  if ((ids || (now.permitted & ~old.permitted) != 0) && call.task().dumpable)
    call.emit(TaskDumpableSet{false});
}

void effect_setuid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  const std::uint32_t id = kernel_id(call, IdKind::User, 0, old.euid);
  if (has_capability(old, kSetuidCapability))
    set_users(call, id, id, id);
  else
    set_users(call, old.uid, id, old.suid);
}

void effect_setgid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  const std::uint32_t id = kernel_id(call, IdKind::Group, 0, old.egid);
  if (has_capability(old, kSetgidCapability))
    set_groups_of_task(call, id, id, id);
  else
    set_groups_of_task(call, old.gid, id, old.sgid);
}

/// setreuid(2): the saved id follows the effective one when the real id is given, or the effective
/// one becomes another than the real one was.
void effect_setreuid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  const std::uint32_t real = kernel_id(call, IdKind::User, 0, old.uid),
                      effective = kernel_id(call, IdKind::User, 1, old.euid);
  const bool real_given = static_cast<std::uint32_t>(call.bits(0)) != kUnchanged;
  const bool effective_given = static_cast<std::uint32_t>(call.bits(1)) != kUnchanged;
  set_users(call, real, effective,
            real_given || (effective_given && effective != old.uid) ? effective : old.suid);
}
void effect_setregid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  const std::uint32_t real = kernel_id(call, IdKind::Group, 0, old.gid),
                      effective = kernel_id(call, IdKind::Group, 1, old.egid);
  const bool real_given = static_cast<std::uint32_t>(call.bits(0)) != kUnchanged;
  const bool effective_given = static_cast<std::uint32_t>(call.bits(1)) != kUnchanged;
  set_groups_of_task(
      call, real, effective,
      real_given || (effective_given && effective != old.gid) ? effective : old.sgid);
}

void effect_setresuid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  set_users(call, kernel_id(call, IdKind::User, 0, old.uid),
            kernel_id(call, IdKind::User, 1, old.euid), kernel_id(call, IdKind::User, 2, old.suid));
}
void effect_setresgid(const Call& call) {
  if (call.ret() < 0) return;
  const Credentials& old = call.task().credentials;
  set_groups_of_task(call, kernel_id(call, IdKind::Group, 0, old.gid),
                     kernel_id(call, IdKind::Group, 1, old.egid),
                     kernel_id(call, IdKind::Group, 2, old.sgid));
}

/// setfsuid(2) tells of no failure: the id is taken when it is one of the task's own, or with
/// CAP_SETUID.
void effect_setfsuid(const Call& call) {
  Credentials now = call.task().credentials;
  const std::uint32_t id = kernel_id(call, IdKind::User, 0, now.fsuid);
  const bool own = id == now.uid || id == now.euid || id == now.suid || id == now.fsuid;
  if (id == now.fsuid || (!own && !has_capability(now, kSetuidCapability))) return;
  now.fsuid = id;
  commit_credentials(call, now);
}
void effect_setfsgid(const Call& call) {
  Credentials now = call.task().credentials;
  const std::uint32_t id = kernel_id(call, IdKind::Group, 0, now.fsgid);
  const bool own = id == now.gid || id == now.egid || id == now.sgid || id == now.fsgid;
  if (id == now.fsgid || (!own && !has_capability(now, kSetgidCapability))) return;
  now.fsgid = id;
  commit_credentials(call, now);
}

void effect_setgroups(const Call& call) {
  if (call.ret() < 0) return;
  Credentials now = call.task().credentials;
  now.groups.clear();
  for (const Arg& item : call.arg(1).items) {
    const auto id = static_cast<std::uint32_t>(item.value);
    const auto kernel = to_kernel_id(call.world(), call.task().in(NsKind::User), IdKind::Group, id);
    if (kernel) now.groups.push_back(*kernel);
  }
  std::sort(now.groups.begin(), now.groups.end());  // groups_sort in kernel/groups.c
  call.emit(TaskCredentialsSet{now});
}

void effect_capset(const Call& call) {
  if (call.ret() < 0) return;
  Credentials now = call.task().credentials;
  now.effective = capability_set(call.arg(1), "effective") & abi::kAllCapabilities;
  now.permitted = capability_set(call.arg(1), "permitted") & abi::kAllCapabilities;
  now.inheritable = capability_set(call.arg(1), "inheritable") & abi::kAllCapabilities;
  now.ambient &= now.permitted & now.inheritable;
  commit_credentials(call, now);
}

}  // namespace cutaway

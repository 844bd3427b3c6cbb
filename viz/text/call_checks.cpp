#include "viz/text/call_checks.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "spec/seccomp.h"
#include "trace/event/shape.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/walk.h"
#include "viz/text/call_path.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {

namespace {

using abi::Errno;
using abi::Sys;

constexpr std::size_t kShownPath = 40;

/// Numbers of include/uapi/linux/capability.h.
constexpr int kChown = 0, kSetgid = 6, kSetuid = 7, kSysChroot = 18, kSysAdmin = 21, kMknod = 27;

/// Where a capability must be held: in the asker's own user namespace, in the one that owns a
/// namespace of the asker's, or in the machine's first.
enum class Over { Own, OfMounts, OfHostname, Machine };

struct RightRow {
  Sys call;
  int capability;
  Over over;
};
/// capabilities(7) and the calls' own checks in the kernel (ns_capable, may_mount, capable).
constexpr RightRow kRights[] = {
    {Sys::mount, kSysAdmin, Over::OfMounts},
    {Sys::umount2, kSysAdmin, Over::OfMounts},
    {Sys::pivot_root, kSysAdmin, Over::OfMounts},
    {Sys::move_mount, kSysAdmin, Over::OfMounts},
    {Sys::fsopen, kSysAdmin, Over::OfMounts},
    {Sys::fsmount, kSysAdmin, Over::OfMounts},
    {Sys::mount_setattr, kSysAdmin, Over::OfMounts},
    {Sys::chroot, kSysChroot, Over::Own},
    {Sys::sethostname, kSysAdmin, Over::OfHostname},
    {Sys::setdomainname, kSysAdmin, Over::OfHostname},
    {Sys::setns, kSysAdmin, Over::Own},
    {Sys::setgroups, kSetgid, Over::Own},
    {Sys::setuid, kSetuid, Over::Own},
    {Sys::setreuid, kSetuid, Over::Own},
    {Sys::setresuid, kSetuid, Over::Own},
    {Sys::setgid, kSetgid, Over::Own},
    {Sys::setregid, kSetgid, Over::Own},
    {Sys::setresgid, kSetgid, Over::Own},
    {Sys::chown, kChown, Over::Own},
    {Sys::lchown, kChown, Over::Own},
    {Sys::fchownat, kChown, Over::Own},
};

std::int64_t argument_number(const Syscall& call, std::size_t n) {
  return n < call.args.size() && call.args[n].tag == ArgTag::Integer ? call.args[n].value : 0;
}

/// clone3(2) has its flags in a structure.
std::uint64_t flags_of_struct(const Syscall& call) {
  if (call.args.empty() || call.args[0].tag != ArgTag::Struct) return 0;
  const Arg& arg = call.args[0];
  for (std::size_t i = 0; i < arg.keys.size() && i < arg.items.size(); ++i) {
    if (arg.keys[i] == "flags") return static_cast<std::uint64_t>(arg.items[i].value);
  }
  return 0;
}

/// Some calls ask only for some arguments.
std::optional<RightRow> row_of(const Syscall& call) {
  const auto bits = static_cast<std::uint64_t>(argument_number(call, 0));
  const std::uint64_t flags = call.sys == Sys::clone3 ? flags_of_struct(call) : bits;
  const bool births = call.sys == Sys::clone || call.sys == Sys::clone3 || call.sys == Sys::unshare;
  if (births) {
    std::uint64_t spaces = 0;
    for (int kind = 0; kind < kNsKinds; ++kind)
      spaces |= ns_clone_flag(static_cast<cutaway::NsKind>(kind));
    // With a user namespace of its own the new task has all rights over the others.
    const bool asks = (flags & spaces) != 0 && (flags & ns_clone_flag(cutaway::NsKind::User)) == 0;
    return asks ? std::optional(RightRow{call.sys, kSysAdmin, Over::Own}) : std::nullopt;
  }
  if (call.sys == Sys::mknod || call.sys == Sys::mknodat) {
    const auto mode =
        static_cast<std::uint32_t>(argument_number(call, call.sys == Sys::mknod ? 1 : 2));
    const std::uint32_t type = mode & abi::mode::kType;
    const bool device = type == abi::mode::kChar || type == abi::mode::kBlock;
    return device ? std::optional(RightRow{call.sys, kMknod, Over::Machine}) : std::nullopt;
  }
  for (const RightRow& row : kRights) {
    if (row.call == call.sys) return row;
  }
  return std::nullopt;
}

NsId first_user_ns(const World& world, NsId user_ns) {
  const Namespace* at = world.namespaces.find(user_ns);
  while (at != nullptr && at->parent) at = world.namespaces.find(at->parent);
  return at == nullptr ? NsId{} : at->id;
}

NsId owner_of(const World& world, NsId ns) {
  const Namespace* found = world.namespaces.find(ns);
  return found == nullptr ? NsId{} : found->owner;
}

NsId counts_in(const World& world, const cutaway::Task& task, Over over) {
  const NsId own = task.in(cutaway::NsKind::User);
  NsId found = own;
  if (over == Over::OfMounts) found = owner_of(world, task.in(cutaway::NsKind::Mnt));
  if (over == Over::OfHostname) found = owner_of(world, task.in(cutaway::NsKind::Uts));
  if (over == Over::Machine) found = first_user_ns(world, own);
  return found ? found : own;  // a World that does not know owners: its own
}

/// cap_capable (security/commoncap.c): held in that user namespace or in one around it.
bool holds(const World& world, const cutaway::Task& task, const RightCheck& check) {
  const std::uint64_t bit = std::uint64_t{1} << check.capability;
  const bool raised = (task.credentials.effective & bit) != 0;
  return raised && descends_from(world, check.user_ns, task.in(cutaway::NsKind::User));
}

/// "1 here is 4711 there"; empty on the host, where there is one number.
std::string pid_answer(const cutaway::Task& found, std::int64_t asked) {
  if (found.pid() == asked) return {};
  return decimal(asked) + " here is " + decimal(found.pid()) + " there";
}

std::string pid_answer(const World& world, const cutaway::Task& task, const Happening& now) {
  const SyscallShape& shape = syscall_shape(now.call->sys);
  const NsId ns = task.in(cutaway::NsKind::Pid);
  std::int64_t asked = 0;
  for (std::size_t i = 0; i < shape.args.size(); ++i) {
    if (shape.args[i].kind == ArgKind::Pid && argument_number(*now.call, i) > 0)
      asked = argument_number(*now.call, i);
  }
  static constexpr Sys kTellPids[] = {Sys::getpid, Sys::getppid, Sys::gettid, Sys::clone,
                                      Sys::clone3, Sys::fork,    Sys::vfork,  Sys::wait4};
  const bool tells =
      std::find(std::begin(kTellPids), std::end(kTellPids), now.call->sys) != std::end(kTellPids);
  if (tells && now.answered && now.call->ret > 0) asked = now.call->ret;
  const cutaway::Task* found =
      asked > 0 ? task_by_pid_in(world, ns, static_cast<std::int32_t>(asked)) : nullptr;
  return found == nullptr ? std::string() : pid_answer(*found, asked);
}

std::string place_words(const World& world, const Location& where) {
  const Mount* mount = world.mounts.find(where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  if (fs == nullptr) return {};
  if (!fs->is("overlay")) return fs->type + ":" + where.path;
  const auto held = overlay_find(world, *fs, where.path);
  if (!held) return {};
  return (held->upper ? "upper" : "layer") + where.path;
}

bool is_translated(const World& world, const AskedPath& asked) {
  const Mount* mount = world.mounts.find(asked.where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : world.filesystems.find(mount->fs);
  return fs != nullptr && (fs->is("overlay") || asked.path != asked.where.path);
}

/// "/etc/hosts here is upper/etc/hosts": what this path is in the caller's own mounts.
std::string path_answer(const World& world, const cutaway::Task& task, const Syscall& call) {
  if (family_of(call.sys) != CallFamily::File) return {};
  const auto asked = path_of_arguments(world, task, call);
  // Where nothing lies between, it is called so by everybody.
  if (!asked || !is_translated(world, *asked)) return {};
  const std::string place = place_words(world, asked->where);
  if (place.empty()) return {};
  return short_path(short_ids(asked->path), kShownPath) + " here is " +
         short_path(short_ids(place), kShownPath);
}

/// "0 here is 300000 there": what a user's number is to the kernel.
std::string user_answer(const World& world, const cutaway::Task& task) {
  const std::uint32_t there = task.credentials.euid;
  const std::uint32_t here = shown_id(world, task.in(cutaway::NsKind::User), IdKind::User, there);
  if (here == there) return {};
  return decimal(std::int64_t{here}) + " here is " + decimal(std::int64_t{there}) + " there";
}

std::string hostname_answer(const World& world, const cutaway::Task& task) {
  const Namespace* ns = world.namespaces.find(task.in(cutaway::NsKind::Uts));
  return ns == nullptr || ns->hostname.empty() ? "" : "the name here is " + ns->hostname;
}

}  // namespace

FilterCheck filter_check(const World& world, const cutaway::Task& task, const Happening& now) {
  FilterCheck check;
  const Syscall& call = *now.call;
  const Credentials& who = task.credentials;
  // The World is the one after the call: what this very call has loaded did not stand in its way.
  const bool loads = (call.sys == Sys::seccomp || call.sys == Sys::prctl) &&
                     std::any_of(now.effects.begin(), now.effects.end(), [](const auto& effect) {
                       return std::holds_alternative<TaskCredentialsSet>(effect.second.body);
                     });
  check.loaded = who.seccomp == SeccompMode::Filter && !(loads && who.seccomp_filters <= 1);
  if (!check.loaded || !now.answered || call.err == Errno::kOk) return check;
  std::array<std::uint64_t, 6> args{};
  for (std::size_t i = 0; i < args.size(); ++i)
    args[i] = static_cast<std::uint64_t>(argument_number(call, i));
  const spec::SeccompContext context{who.bounding, world.machine.kernel};
  const Errno said = spec::SeccompProfile::docker().answer(context, call.sys, args);
  if (said == call.err) check.answer = said;
  return check;
}

std::optional<RightCheck> right_check(const World& world, const cutaway::Task& task,
                                      const Syscall& call) {
  const auto row = row_of(call);
  if (!row) return std::nullopt;
  RightCheck check;
  check.capability = row->capability;
  check.user_ns = counts_in(world, task, row->over);
  const Namespace* users = world.namespaces.find(check.user_ns);
  check.host = users == nullptr || !users->parent;
  // A call that went well is the better witness: a real World may not know who owns what.
  const bool went_well = call.returned && call.err == Errno::kOk;
  check.held = went_well || holds(world, task, check);
  const bool has_bit = (task.credentials.effective >> check.capability & 1U) != 0;
  check.held_elsewhere = !check.held && has_bit && task.in(cutaway::NsKind::User) != check.user_ns;
  return check;
}

std::string right_words(const World& world, const RightCheck& check) {
  std::string name(abi::capability_name(check.capability));
  if (starts_with(name, "CAP_")) name = name.substr(4);
  const Namespace* users = world.namespaces.find(check.user_ns);
  const std::string where =
      check.host || users == nullptr ? std::string() : " in user " + ns_number(*users);
  return name + where + (check.held ? ": has it" : ": lacks it");
}

std::string table_answer(const World& world, const cutaway::Task& task, const Happening& now,
                         Column column) {
  switch (column) {
    case Column::Pid:
      return pid_answer(world, task, now);
    case Column::Mount:
      return path_answer(world, task, *now.call);
    case Column::User:
      return user_answer(world, task);
    case Column::Uts:
      return hostname_answer(world, task);
    case Column::Net:
    case Column::Cpu:
    case Column::Memory:
      break;
  }
  return {};
}

}  // namespace cutaway::viz

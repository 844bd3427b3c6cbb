// capget(2), capset(2), prctl(2), seccomp(2).
#include "sim/kernel/handlers.h"
#include "sim/kernel/rights.h"
#include "trace/world/lookup.h"

namespace cutaway::sim {
namespace {

// prctl options (linux/prctl.h).
enum : std::int64_t {
  kSetPdeathsig = 1,
  kGetPdeathsig = 2,
  kGetDumpable = 3,
  kSetDumpable = 4,
  kGetKeepcaps = 7,
  kSetKeepcaps = 8,
  kSetName = 15,
  kGetName = 16,
  kGetSeccomp = 21,
  kSetSeccomp = 22,
  kCapbsetRead = 23,
  kCapbsetDrop = 24,
  kSetChildSubreaper = 36,
  kGetChildSubreaper = 37,
  kSetNoNewPrivs = 38,
  kGetNoNewPrivs = 39,
  kCapAmbient = 47,
};
constexpr std::int64_t kAmbientIsSet = 1, kAmbientRaise = 2, kAmbientLower = 3,
                       kAmbientClearAll = 4;

bool is_capability(std::int64_t number) { return number >= 0 && number < abi::kCapabilityCount; }
bool in_set(std::uint64_t set, std::int64_t number) { return ((set >> number) & 1U) != 0; }

/// capset's three sets: bits, or a list of names as documents write them.
std::uint64_t bits_of(const Arg& arg) {
  if (arg.tag == ArgTag::Integer) return static_cast<std::uint64_t>(arg.value);
  std::uint64_t bits = 0;
  for (const Arg& name : arg.items) {
    const int number = abi::capability_of(name.text);
    if (number >= 0) bits |= std::uint64_t{1} << number;
  }
  return bits;
}
std::uint64_t capability_set(const Arg& data, std::string_view key) {
  for (std::size_t i = 0; i < data.keys.size() && i < data.items.size(); ++i) {
    if (data.keys[i] == key) return bits_of(data.items[i]);
  }
  return 0;
}

/// prctl(2), PR_SET_SECCOMP and seccomp(2), ERRORS: EACCES without no_new_privs and CAP_SYS_ADMIN.
Decision install_filter(const Ask& ask) {
  const bool allowed =
      ask.task.credentials.no_new_privs || capable(ask.world, ask.task, cap::kSysAdmin);
  if (!allowed) return refuse(abi::Errno::kEACCES);
  if (ask.task.credentials.seccomp == SeccompMode::Strict) return refuse(abi::Errno::kEINVAL);
  return answer(0);
}

Decision ambient(const Ask& ask) {
  const Credentials& who = ask.task.credentials;
  const std::int64_t number = ask.integer(2);
  if (ask.integer(1) == kAmbientClearAll) return answer(0);
  if (!is_capability(number)) return refuse(abi::Errno::kEINVAL);
  switch (ask.integer(1)) {
    case kAmbientIsSet:
      return answer(in_set(who.ambient, number) ? 1 : 0);
    case kAmbientLower:
      return answer(0);
    case kAmbientRaise:
      return in_set(who.permitted & who.inheritable, number) ? answer(0)
                                                             : refuse(abi::Errno::kEPERM);
    default:
      return refuse(abi::Errno::kEINVAL);
  }
}

Decision bounding(const Ask& ask, bool drop) {
  const std::int64_t number = ask.integer(1);
  if (!is_capability(number)) return refuse(abi::Errno::kEINVAL);
  if (!drop) return answer(in_set(ask.task.credentials.bounding, number) ? 1 : 0);
  return capable(ask.world, ask.task, cap::kSetpcap) ? answer(0) : refuse(abi::Errno::kEPERM);
}

Decision name_of(const Ask& ask) {
  Decision decision = answer(0);
  decision.reply.data = ask.task.comm;
  decision.filled.emplace_back(1, Arg::bytes(ask.task.comm));
  return decision;
}

}  // namespace

Decision decide_capget(const Ask& ask) {
  const Credentials& who = ask.task.credentials;
  Decision decision = answer(0);
  decision.reply.out = {static_cast<std::int64_t>(who.effective),
                        static_cast<std::int64_t>(who.permitted),
                        static_cast<std::int64_t>(who.inheritable)};
  Arg data;
  data.tag = ArgTag::Struct;
  data.keys = {"effective", "permitted", "inheritable"};
  for (const std::int64_t set : decision.reply.out) data.items.push_back(Arg::integer(set));
  decision.filled.emplace_back(1, std::move(data));
  return decision;
}

/// capabilities(7), "Programmatically adjusting capability sets" (cap_capset in
/// security/commoncap.c).
Decision decide_capset(const Ask& ask) {
  if (ask.request.args.size() < 2) return refuse(abi::Errno::kEFAULT);
  const Credentials& who = ask.task.credentials;
  const Arg& data = ask.request.args[1];
  const std::uint64_t effective = capability_set(data, "effective"),
                      permitted = capability_set(data, "permitted"),
                      inheritable = capability_set(data, "inheritable");
  const bool setpcap = capable(ask.world, ask.task, cap::kSetpcap);
  if ((inheritable & ~(who.inheritable | who.permitted)) != 0 && !setpcap)
    return refuse(abi::Errno::kEPERM);
  if ((inheritable & ~(who.inheritable | who.bounding)) != 0) return refuse(abi::Errno::kEPERM);
  if ((permitted & ~who.permitted) != 0) return refuse(abi::Errno::kEPERM);
  if ((effective & ~permitted) != 0) return refuse(abi::Errno::kEPERM);
  return answer(0);
}

Decision decide_prctl(const Ask& ask) {
  const Credentials& who = ask.task.credentials;
  switch (ask.integer(0)) {
    case kGetDumpable:
      return answer(ask.task.dumpable ? 1 : 0);
    case kGetKeepcaps:
      return answer(who.keep_capabilities ? 1 : 0);
    case kGetSeccomp:
      return answer(static_cast<std::int64_t>(who.seccomp));
    case kGetNoNewPrivs:
      return answer(who.no_new_privs ? 1 : 0);
    case kGetChildSubreaper: {
      Decision decision = answer(0);
      decision.reply.out = {ask.task.subreaper ? 1 : 0};
      return decision;
    }
    case kSetPdeathsig:
      return ask.bits(1) > 64 ? refuse(abi::Errno::kEINVAL) : answer(0);
    case kSetDumpable:
    case kSetKeepcaps:
      return ask.bits(1) > 1 ? refuse(abi::Errno::kEINVAL) : answer(0);
    case kSetNoNewPrivs:
      return ask.integer(1) != 1 ? refuse(abi::Errno::kEINVAL) : answer(0);
    case kSetSeccomp:
      return install_filter(ask);
    case kGetName:
      return name_of(ask);
    case kSetName:
    case kSetChildSubreaper:
      return answer(0);
    case kCapbsetRead:
      return bounding(ask, false);
    case kCapbsetDrop:
      return bounding(ask, true);
    case kCapAmbient:
      return ambient(ask);
    default:
      return refuse(abi::Errno::kEINVAL);
  }
}

Decision decide_seccomp(const Ask& ask) {
  constexpr std::int64_t set_strict = 0, set_filter = 1, get_action_avail = 2;
  switch (ask.integer(0)) {
    case set_strict:
      return ask.task.credentials.seccomp == SeccompMode::Filter ? refuse(abi::Errno::kEINVAL)
                                                                 : answer(0);
    case set_filter:
      return install_filter(ask);
    case get_action_avail:
      return answer(0);
    default:
      return refuse(abi::Errno::kEINVAL);
  }
}

}  // namespace cutaway::sim

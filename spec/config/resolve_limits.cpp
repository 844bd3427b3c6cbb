// Limits: none asked, none set. The checks and words are those of the daemon's
// verifyPlatformContainerResources.
#include "base/text.h"
#include "spec/config/resolve.h"
#include "spec/docker_messages.h"
#include "trace/world/cpus.h"

namespace cutaway::spec {

namespace {

constexpr std::int64_t kMemoryMin = 6 << 20;
constexpr std::int64_t kPeriodUs = 100'000;  ///< what --cpus is turned into
constexpr std::int64_t kSharesMin = 2;
constexpr std::int64_t kSharesMax = 262144;

std::string check_memory(const LimitOptions& asked, bool update) {
  const std::int64_t memory = asked.memory_bytes, swap = asked.memory_swap_bytes,
                     soft = asked.memory_reservation_bytes;
  if (memory != 0 && memory < kMemoryMin) return say::memory_minimum();
  if (memory > 0 && swap > 0 && swap < memory) {
    return "Minimum memoryswap limit should be larger than memory limit, see usage";
  }
  if (memory == 0 && swap > 0 && !update)
    return "You should always set the Memory limit when using Memoryswap limit, see usage";
  if (soft > 0 && soft < kMemoryMin) return "Minimum memory reservation allowed is 6MB";
  if (memory > 0 && soft > 0 && memory < soft) {
    return "Minimum memory limit can not be less than memory reservation limit, see usage";
  }
  return "";
}

// Of memory nodes this machine has one, as most have.
std::string check_cpuset(const LimitOptions& asked, const DaemonFacts& facts) {
  const std::string all = facts.cpus > 1 ? "0-" + decimal(facts.cpus - 1) : "0";
  CpuSet wanted;
  if (!parse_cpu_list(asked.cpuset_cpus, wanted))
    return "Invalid value " + asked.cpuset_cpus +
           " for cpuset cpus: invalid format: " + asked.cpuset_cpus;
  if (!wanted.empty() && wanted.back() >= facts.cpus) {
    return "Requested CPUs are not available - requested " + asked.cpuset_cpus +
           ", available: " + all;
  }
  if (!parse_cpu_list(asked.cpuset_mems, wanted))
    return "Invalid value " + asked.cpuset_mems +
           " for cpuset mems: invalid format: " + asked.cpuset_mems;
  if (!wanted.empty() && wanted.back() > 0) {
    return "Requested memory nodes are not available - requested " + asked.cpuset_mems +
           ", available: 0";
  }
  return "";
}

std::string check_cpu(const LimitOptions& asked, const DaemonFacts& facts) {
  if (asked.nano_cpus != 0 && asked.cpu_period_us != 0)
    return "Conflicting options: Nano CPUs and CPU Period cannot both be set";
  if (asked.nano_cpus != 0 && asked.cpu_quota_us != 0)
    return "Conflicting options: Nano CPUs and CPU Quota cannot both be set";
  if (asked.nano_cpus < 0 || asked.nano_cpus > facts.cpus * 1'000'000'000) {
    const std::string cpus = decimal(facts.cpus);
    return "range of CPUs is from 0.01 to " + cpus + ".00, as there are only " + cpus +
           " CPUs available";
  }
  if (asked.cpu_period_us != 0 && (asked.cpu_period_us < 1000 || asked.cpu_period_us > 1'000'000)) {
    return "CPU cfs period can not be less than 1ms (i.e. 1000) or larger than 1s (i.e. 1000000)";
  }
  if (asked.cpu_quota_us > 0 && asked.cpu_quota_us < 1000)
    return "CPU cfs quota can not be less than 1ms (i.e. 1000)";
  if (asked.cpu_shares < 0) return "shares: invalid argument";
  return check_cpuset(asked, facts);
}

std::string check_others(const LimitOptions& asked) {
  if (asked.shm_bytes < 0) return "SHM size can not be less than 0";
  if (asked.oom_score_adj < -1000 || asked.oom_score_adj > 1000) {
    return "Invalid value " + decimal(asked.oom_score_adj) +
           ", range for oom score adj is [-1000, 1000]";
  }
  return "";
}

std::int64_t clamp_shares(std::int64_t shares) {
  if (shares == 0) return 0;
  return shares < kSharesMin ? kSharesMin : shares > kSharesMax ? kSharesMax : shares;
}

void set_nano_cpus(ConfigLimits& limits, std::int64_t nano_cpus) {
  limits.nano_cpus = nano_cpus;
  limits.cpu_period_us = kPeriodUs;
  limits.cpu_quota_us = nano_cpus / (1'000'000'000 / kPeriodUs);
}

// --cpus comes to a period and a quota: once one way was taken, the other is closed (docker's
// UpdateContainer).
std::string check_cpu_conflict(const ConfigLimits& limits, const LimitOptions& asked) {
  const bool by_cpus = limits.nano_cpus > 0;
  if (asked.nano_cpus > 0 && !by_cpus && limits.cpu_period_us > 0)
    return "Conflicting options: Nano CPUs cannot be updated as CPU Period has already been set";
  if (asked.nano_cpus > 0 && !by_cpus && limits.cpu_quota_us > 0)
    return "Conflicting options: Nano CPUs cannot be updated as CPU Quota has already been set";
  if (asked.cpu_period_us > 0 && by_cpus)
    return "Conflicting options: CPU Period cannot be updated as NanoCPUs has already been set";
  if (asked.cpu_quota_us > 0 && by_cpus)
    return "Conflicting options: CPU Quota cannot be updated as NanoCPUs has already been set";
  return "";
}

// A container that never had a limit has no limit with swap either: docker then asks for both.
std::string update_memory(ConfigLimits& limits, const LimitOptions& asked) {
  const bool memory = asked.memory_bytes != 0;
  if (memory && asked.memory_bytes > limits.memory_swap_bytes && asked.memory_swap_bytes == 0)
    return say::memory_above_swap();
  if (memory) limits.memory_bytes = asked.memory_bytes;
  if (asked.memory_swap_bytes != 0) limits.memory_swap_bytes = asked.memory_swap_bytes;
  if (asked.memory_reservation_bytes != 0)
    limits.memory_reservation_bytes = asked.memory_reservation_bytes;
  return "";
}

void update_cpu(ConfigLimits& limits, const LimitOptions& asked) {
  if (asked.cpu_shares != 0) limits.cpu_shares = clamp_shares(asked.cpu_shares);
  if (asked.nano_cpus != 0) set_nano_cpus(limits, asked.nano_cpus);
  if (asked.cpu_period_us != 0) limits.cpu_period_us = asked.cpu_period_us;
  if (asked.cpu_quota_us != 0 && limits.nano_cpus == 0) limits.cpu_quota_us = asked.cpu_quota_us;
  if (!asked.cpuset_cpus.empty()) limits.cpuset_cpus = asked.cpuset_cpus;
  if (!asked.cpuset_mems.empty()) limits.cpuset_mems = asked.cpuset_mems;
}

}  // namespace

std::string check_update(const UpdateOptions& asked, const DaemonFacts& facts) {
  const std::string memory = check_memory(asked.limits, true);
  return memory.empty() ? check_cpu(asked.limits, facts) : memory;
}

std::string update_config(ContainerConfig& config, const UpdateOptions& asked) {
  ConfigLimits limits = config.limits;
  const std::string conflict = check_cpu_conflict(limits, asked.limits);
  if (!conflict.empty()) return conflict;
  const std::string memory = update_memory(limits, asked.limits);
  if (!memory.empty()) return memory;
  update_cpu(limits, asked.limits);
  if (asked.limits.pids != 0) limits.pids = asked.limits.pids > 0 ? asked.limits.pids : 0;
  if (asked.restart) {
    const bool none = asked.restart->name.empty() || asked.restart->name == "no";
    if (config.auto_remove && !none) return say::no_restart_with_auto_remove();
    config.restart = *asked.restart;
  }
  config.limits = limits;
  return "";
}

Status replay_updates(ContainerConfig& config, const std::vector<std::vector<std::string>>& words) {
  for (const std::vector<std::string>& each : words) {
    const Parsed parsed = parse_docker(each);
    const auto* command = std::get_if<Command>(&parsed);
    if (command == nullptr || command->verb != Verb::Update)
      return fail(ErrorCode::Failed, "the container's record cannot be read");
    const std::string wrong = update_config(config, command->get<UpdateOptions>());
    if (!wrong.empty()) return fail(ErrorCode::Failed, wrong);
  }
  return {};
}

std::string resolve_limits(Resolving& r) {
  const LimitOptions& asked = r.run.limits;
  for (const std::string& complaint :
       {check_memory(asked, false), check_cpu(asked, r.facts), check_others(asked)}) {
    if (!complaint.empty()) return complaint;
  }
  ConfigLimits& limits = r.config.limits;
  limits.memory_bytes = asked.memory_bytes;
  limits.memory_swap_bytes = asked.memory_swap_bytes;
  if (asked.memory_bytes > 0 && asked.memory_swap_bytes == 0)
    limits.memory_swap_bytes = asked.memory_bytes * 2;
  limits.memory_reservation_bytes = asked.memory_reservation_bytes;
  limits.memory_swappiness = asked.memory_swappiness;
  if (asked.shm_bytes > 0) limits.shm_bytes = asked.shm_bytes;
  limits.cpu_period_us = asked.cpu_period_us;
  limits.cpu_quota_us = asked.cpu_quota_us;
  if (asked.nano_cpus > 0) set_nano_cpus(limits, asked.nano_cpus);
  limits.cpu_shares = clamp_shares(asked.cpu_shares);
  limits.cpuset_cpus = asked.cpuset_cpus;
  limits.cpuset_mems = asked.cpuset_mems;
  limits.pids = asked.pids > 0 ? asked.pids : 0;
  limits.oom_kill_disable = asked.oom_kill_disable;
  limits.oom_score_adj = asked.oom_score_adj;
  return "";
}

}  // namespace cutaway::spec

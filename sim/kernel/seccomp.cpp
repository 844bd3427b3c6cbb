// The filter that docker gives its containers (spec/seccomp.h): no BPF is run, the profile itself
// is asked.
#include "sim/kernel/seccomp.h"

#include "spec/seccomp.h"

namespace cutaway::sim {

abi::Errno seccomp_verdict(const Ask& ask) {
  if (ask.task.credentials.seccomp != SeccompMode::Filter) return abi::Errno::kOk;
  // The filter is made when the container starts, with the capabilities that it is given then;
  // they stay in the bounding set.
  const spec::SeccompContext context{ask.task.credentials.bounding, ask.world.machine.kernel};
  std::array<std::uint64_t, 6> args{};
  for (std::size_t i = 0; i < args.size(); ++i) args[i] = ask.bits(i);
  return spec::SeccompProfile::docker().answer(context, ask.request.sys, args);
}

}  // namespace cutaway::sim

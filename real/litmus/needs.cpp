#include "real/litmus/needs.h"

#include <unistd.h>

#include "base/text.h"
#include "real/engine/cgroups.h"
#include "real/sys/files.h"

namespace cutaway::real {

namespace {

Status cannot(const std::string& what) {
  return fail(ErrorCode::Cannot, "run this litmus program: " + what);
}

const char* mode_name(CgroupMode mode) {
  constexpr const char* kNames[] = {"no cgroups", "v1", "hybrid", "v2"};
  return kNames[static_cast<std::size_t>(mode)];
}

Status check_machine(const spec::Litmus& litmus) {
  const Result<CgroupHost>& host = cgroup_host();
  if (!host) return fail(host.error());
  const std::string here = mode_name(host->mode());
  if (!litmus.cgroup_version.empty() && litmus.cgroup_version != here)
    return cannot("it asks for cgroup " + litmus.cgroup_version + ", this machine has " + here);
  const long cpus = ::sysconf(_SC_NPROCESSORS_ONLN);
  if (litmus.cpus != 0 && litmus.cpus != cpus)
    return cannot("it asks for " + decimal(litmus.cpus) + " cpus, this machine has " +
                  decimal(cpus));
  return {};
}

/// What a document may need: a file system of that name, known to the kernel.
bool has_filesystem(const std::string& name) {
  const auto known = read_text("/proc/filesystems");
  return known && ("\n" + *known).find("\t" + name + "\n") != std::string::npos;
}

/// Who would make the calls is the one to say it (executor/disposable.cpp).
Status check_disposable(const LitmusLauncher& launcher) {
  constexpr int kPatienceMs = 5000;
  TRY(launcher.say("disposable?"));
  TRY_ASSIGN(const std::string answer, launcher.hear(kPatienceMs));
  if (answer == "disposable") return {};
  return cannot(
      "it is of tier R: as root of the whole machine it may change what stays, so it runs only in "
      "the guest of ./test vm, and this is not that one (" +
      answer + ")");
}

}  // namespace

Status check_needs(const spec::Litmus& litmus, const LitmusLauncher& launcher) {
  if (litmus.tier_r) TRY(check_disposable(launcher));
  TRY(check_machine(litmus));
  for (const std::string& need : litmus.needs) {
    if (!has_filesystem(need)) return cannot("it needs " + need + ", which this kernel has not");
  }
  return {};
}

}  // namespace cutaway::real

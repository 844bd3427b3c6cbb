#include "real/litmus/cage.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "base/text.h"
#include "real/cgroup/control_file.h"
#include "real/engine/cgroups.h"
#include "real/engine/record.h"
#include "real/sys/files.h"
#include "real/sys/rootless.h"
#include "spec/plan/limits.h"

namespace cutaway::real {

namespace {

constexpr const char* kName = "litmus-";
// DESIGN §7.
constexpr std::int64_t kMemory = 128 << 20, kPids = 64, kCpuPpm = 500'000;
constexpr std::int64_t kPeriodUs = 100'000;
/// The launcher is in there as well, and is no part of the program.
constexpr std::int64_t kOwnPids = 1;

std::string cage_name(const ProcessId& process) {
  return kName + decimal(process.pid) + "-" +
         decimal(static_cast<std::int64_t>(process.start_ticks));
}

/// A new cpuset of v1 takes no member before it has cpus and memory nodes (cpuset(7)).
Status fill_cpuset(const std::string& folder) {
  for (const char* file : {"/cpuset.cpus", "/cpuset.mems"}) {
    TRY_ASSIGN(const std::string given, read_control(folder + "/.." + file));
    TRY(write_control(folder + file, given));
  }
  return {};
}

}  // namespace

LitmusCage::LitmusCage(CgroupDriver driver, std::string id, Fd held)
    : driver_(std::move(driver)), id_(std::move(id)), held_(std::move(held)) {}

std::vector<std::string> LitmusCage::folders() const {
  std::vector<std::string> all;
  for (const CgroupHierarchy* each : driver_.host().used())
    all.push_back(each->mounted + driver_.path_of(id_));
  return all;
}

Result<std::unique_ptr<LitmusCage>> LitmusCage::make() {
  static_cast<void>(prune_cages());  // of who was killed
  TRY_ASSIGN(Fd held, hold_cgroups());
  TRY_ASSIGN(CgroupDriver driver, cgroup_driver());
  static int count = 0;
  const std::string id = cage_name(process_of(::getpid())) + "-" + decimal(count++);
  std::unique_ptr<LitmusCage> cage(new LitmusCage(std::move(driver), id, std::move(held)));
  for (const CgroupHierarchy* each : cage->driver_.host().used()) {
    const std::string folder = each->mounted + cage->driver_.path_of(id);
    if (::mkdir(folder.c_str(), 0755) != 0) return os_fail("mkdir", folder, errno);
    if (each->version == 1 && each->has("cpuset")) TRY(fill_cpuset(folder));
  }
  return cage;
}

LitmusCage::~LitmusCage() {
  static_cast<void>(driver_.kill_all(id_));
  static_cast<void>(driver_.remove(id_));
  held_.reset();
  static_cast<void>(release_cgroups());
}

Status LitmusCage::add(pid_t pid) const {
  for (const std::string& folder : folders())
    TRY(write_control(folder + "/cgroup.procs", decimal(pid)));
  return {};
}

Status LitmusCage::limit(const spec::Litmus& litmus) {
  spec::PlanInput input;
  input.cgroup_version = driver_.host().plan_version();
  input.memory_bytes = litmus.memory_bytes > 0 ? litmus.memory_bytes : kMemory;
  input.pids = (litmus.pids > 0 ? litmus.pids : kPids) + kOwnPids;
  const std::int64_t ppm = litmus.cpu_ppm > 0 ? litmus.cpu_ppm : kCpuPpm;
  input.cpu_period_us = kPeriodUs;
  input.cpu_quota_us = ppm * kPeriodUs / 1'000'000;
  const bool same = memory_ == input.memory_bytes && pids_ == input.pids && cpu_ == ppm;
  if (same) return {};
  spec::PlanInput before = input;
  before.memory_bytes = memory_;
  before.pids = pids_;
  before.cpu_quota_us = cpu_ * kPeriodUs / 1'000'000;
  for (const spec::CgroupSetting& setting : spec::changed_settings(before, input))
    TRY(driver_.set_limit(id_, setting));
  memory_ = input.memory_bytes;
  pids_ = input.pids;
  cpu_ = ppm;
  return {};
}

std::vector<std::string> prune_cages() {
  std::vector<std::string> told;
  if (is_rootless()) return told;
  const auto driver = cgroup_driver();
  if (!driver) return told;
  for (const std::string& id : driver->list()) {
    if (!starts_with(id, kName)) continue;
    const std::vector<std::string> words = split(id, '-');
    std::int64_t pid = 0;
    if (words.size() != 4 || !parse_decimal(words[1], pid)) continue;
    const ProcessId now = process_of(static_cast<int>(pid));
    if (is_alive(now) && starts_with(id, cage_name(now) + "-")) continue;
    const bool gone = driver->kill_all(id).has_value() && driver->remove(id).has_value();
    if (gone) told.push_back("cgroup " + driver->path_of(id));
  }
  return told;
}

}  // namespace cutaway::real

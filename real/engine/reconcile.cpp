#include "real/engine/reconcile.h"

#include <unistd.h>

#include <cerrno>
#include <csignal>

#include "base/os/probe.h"
#include "base/text.h"
#include "real/engine/process.h"
#include "real/engine/root.h"
#include "real/engine/start.h"
#include "real/sys/files.h"
#include "spec/docker_messages.h"

namespace cutaway::real {

namespace {

constexpr int kPatienceMs = 2000;

// Where each hierarchy is mounted.
std::vector<std::string> hierarchies() {
  std::vector<std::string> mounts;
  const auto mountinfo = read_text("/proc/self/mountinfo");
  if (!mountinfo) return mounts;
  const os::CgroupMounts found = os::cgroup_mounts(*mountinfo);
  for (const auto& mount : found.v1) mounts.push_back(mount.second);
  if (!found.v2.empty()) mounts.push_back(found.v2);
  return mounts;
}

Status end_members(const std::string& folder) {
  const auto members = read_text(folder + "/cgroup.procs");
  if (!members) return {};
  for (const std::string& line : split(*members, '\n')) {
    std::int64_t pid = 0;
    if (!parse_decimal(line, pid) || pid <= 0) continue;
    const ProcessId process = process_of(static_cast<int>(pid));
    const auto fd = open_process(process);
    if (!fd) continue;
    // It was in our cgroup when we looked; that it still is the same process the descriptor says.
    const auto now = read_text(folder + "/cgroup.procs");
    if (!now || ("\n" + *now).find("\n" + line + "\n") == std::string::npos) continue;
    signal_process(*fd, SIGKILL);
    wait_for_end(process, kPatienceMs);
  }
  return {};
}

// A shim that ended leaves its word in the bundle; one that was killed leaves none.
void put_right(Machine& machine, ContainerRecord& record) {
  const auto word = read_text(machine.state.bundle(record.id) + "/exit");
  const End end = parse_end(word ? *word : std::string());
  static_cast<void>(clear_cgroups(record.id));
  const auto config = config_of(record);
  static_cast<void>(finish_container(machine, record, end, false));
  if (config && config->auto_remove) static_cast<void>(remove_record(machine, record, "--rm"));
}

// Its end is about to be written by whoever watches it, or nobody will.
bool has_ended_unseen(const ContainerRecord& record) {
  return record.state == RunState::Running && !is_alive(record.shim);
}

}  // namespace

std::vector<ContainerRecord> current_records(Machine& machine) {
  std::vector<ContainerRecord> records = machine.state.records();
  for (ContainerRecord& record : records) {
    if (has_ended_unseen(record)) put_right(machine, record);
  }
  return machine.state.records();
}

Result<ContainerRecord> find_current(Machine& machine, std::string_view target) {
  current_records(machine);
  auto found = machine.state.find(target);
  if (!found) return fail(ErrorCode::Failed, spec::say::no_such_container(target));
  return found;
}

Status clear_cgroups(std::string_view id) {
  for (const std::string& mounted : hierarchies()) {
    const std::string folder = mounted + "/cutaway-" + std::string(id);
    if (!exists(folder)) continue;
    TRY(end_members(folder));
    for (int tries = 0; ::rmdir(folder.c_str()) != 0; ++tries) {
      if (errno == ENOENT) break;
      if (errno != EBUSY || tries == 50) return os_fail("rmdir", folder, errno);
      ::usleep(10'000);
    }
  }
  return {};
}

Status remove_record(Machine& machine, const ContainerRecord& record, std::string_view reason) {
  TRY(clear_cgroups(record.id));
  TRY(unmount_root(machine.state, record.id));
  TRY(machine.state.forget(record.id));
  TRY(machine.images.release(record.id));
  if (machine.story != nullptr)
    machine.story->tell("container.remove", machine.story->number_of(record.id),
                        ContainerRemoved{std::string(reason)});
  return {};
}

}  // namespace cutaway::real

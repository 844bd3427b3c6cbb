// The other files of /proc: those of a task, and those of the machine.
#include "base/text.h"
#include "trace/world/charges.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_content.h"

namespace cutaway {
namespace {

std::string strings(const std::vector<std::string>& all) {
  std::string text;
  for (const std::string& each : all) text += each + std::string(1, '\0');
  return text;
}

/// cgroups(7): "hierarchy:controllers:path"; the unified one is number 0 and comes last.
std::string cgroup_lines(const World& world, const Task& viewer, const Task& task) {
  std::vector<std::string> lines;
  std::string unified;
  for (const CgroupId id : task.cgroups) {
    const Cgroup* cgroup = world.cgroups.find(id);
    const Hierarchy* hierarchy =
        cgroup == nullptr ? nullptr : world.hierarchies.find(cgroup->hierarchy);
    if (hierarchy == nullptr) continue;
    const std::string path = cgroup_path_seen_by(world, viewer, *cgroup) + "\n";
    if (hierarchy->version == 2)
      unified = "0::" + path;
    else
      lines.push_back(decimal(hierarchy->id.value) + ":" + join(hierarchy->controllers, ",") + ":" +
                      path);
  }
  std::string text;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) text += *line;
  return text + unified;
}

std::string right(std::int64_t number, std::size_t width) {
  const std::string digits = decimal(number);
  return std::string(digits.size() < width ? width - digits.size() : 0, ' ') + digits;
}

/// user_namespaces(7): "outside" is an id of the reader's namespace; the reader in it sees its
/// parent's.
std::string id_map_lines(const World& world, const Task& viewer, const Task& task, IdKind kind) {
  const Namespace* ns = world.namespaces.find(task.in(NsKind::User));
  if (ns == nullptr) return {};
  if (!ns->parent) return right(0, 10) + " " + right(0, 10) + " " + right(4294967295, 10) + "\n";
  const NsId seen_from = viewer.in(NsKind::User) == ns->id ? ns->parent : viewer.in(NsKind::User);
  std::string text;
  for (const IdMapping& line : kind == IdKind::User ? ns->uid_map : ns->gid_map) {
    const std::int64_t outside =
        from_kernel_id(world, seen_from, kind, line.outside).value_or(4294967295U);
    text += right(line.inside, 10) + " " + right(outside, 10) + " " + right(line.count, 10) + "\n";
  }
  return text;
}

std::string fdinfo(const World& world, const Task& task, const std::string& fd) {
  std::int64_t number = 0;
  const OpenFile* file = parse_decimal(fd, number) ? file_of(world, task, number) : nullptr;
  if (file == nullptr) return {};
  return "pos:\t" + decimal(file->offset) + "\nflags:\t0" + octal(file->flags) + "\nmnt_id:\t" +
         decimal(file->where.mount.value) + "\nino:\t" + decimal(file->inode.value) + "\n";
}

std::string maps(const Task& task) {
  if (task.exe.empty()) return {};
  return "00400000-00401000 r-xp 00000000 fe:01 1                          " + task.exe +
         "\n7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0                          [stack]\n";
}

std::string limits() {
  return "Limit                     Soft Limit           Hard Limit           Units     \n"
         "Max processes             7777                 7777                 processes \n"
         "Max open files            1048576              1048576              files     \n";
}

std::string memory_lines(const World& world) {
  const std::int64_t total = world.machine.memory / 1024,
                     used = pages_in_use(world) * (kPageBytes / 1024);
  const std::int64_t free = total > used ? total - used : 0;
  const auto line = [](const char* name, std::int64_t kib) {
    const std::string label = std::string(name) + ":";
    return label + std::string(16 - label.size(), ' ') + right(kib, 8) + " kB\n";
  };
  return line("MemTotal", total) + line("MemFree", free) + line("MemAvailable", free) +
         line("Buffers", 0) + line("Cached", 0) + line("SwapCached", 0) + line("Active", used) +
         line("Inactive", 0) + line("SwapTotal", 0) + line("SwapFree", 0) +
         line("AnonPages", used) + line("Shmem", 0) + line("Slab", 0) + line("SReclaimable", 0) +
         line("SUnreclaim", 0);
}

std::string uptime_seconds(std::int64_t ns) {
  const std::string hundredths = decimal(ns / 10'000'000 % 100);
  return decimal(ns / 1'000'000'000) + "." + (hundredths.size() < 2 ? "0" : "") + hundredths;
}

std::string load_line(const World& world) {
  std::int64_t running = 0, all = 0;
  std::int32_t last = 0;
  world.tasks.each([&](const Task& task) {
    ++all;
    if (task.state == TaskState::Running || task.state == TaskState::Runnable) ++running;
    if (task.pid() > last) last = task.pid();
  });
  return "0.00 0.00 0.00 " + decimal(running) + "/" + decimal(all) + " " + decimal(last) + "\n";
}

std::string processor_lines(const World& world) {
  std::string text;
  for (std::int64_t cpu = 0; cpu < world.machine.cpus; ++cpu)
    text += "processor\t: " + decimal(cpu) +
            "\nvendor_id\t: Cutaway\nmodel name\t: Cutaway simulated CPU (" + world.machine.arch +
            ")\nsiblings\t: " + decimal(world.machine.cpus) + "\ncore id\t\t: " + decimal(cpu) +
            "\ncpu cores\t: " + decimal(world.machine.cpus) + "\n\n";
  return text;
}

/// /proc/stat: all time that tasks have used, on all cpus.
std::string stat_lines(const World& world) {
  std::int64_t used = 0, running = 0;
  world.tasks.each([&](const Task& task) {
    used += task.cpu_time;
    if (task.state == TaskState::Running) ++running;
  });
  const std::int64_t ticks = used / 10'000'000,
                     idle = world.now * world.machine.cpus / 10'000'000 - ticks;
  std::string text =
      "cpu  " + decimal(ticks) + " 0 0 " + decimal(idle > 0 ? idle : 0) + " 0 0 0 0 0 0\n";
  for (std::int64_t cpu = 0; cpu < world.machine.cpus; ++cpu)
    text += "cpu" + decimal(cpu) + " 0 0 0 0 0 0 0 0 0 0\n";
  return text + "processes " + decimal(world.counters.task) + "\nprocs_running " +
         decimal(running) + "\nprocs_blocked 0\n";
}

std::string cgroups_lines(const World& world) {
  std::string text = "#subsys_name\thierarchy\tnum_cgroups\tenabled\n";
  world.hierarchies.each([&](const Hierarchy& hierarchy) {
    std::int64_t count = 0;
    world.cgroups.each(
        [&](const Cgroup& cgroup) { count += cgroup.hierarchy == hierarchy.id ? 1 : 0; });
    for (const std::string& controller : hierarchy.controllers)
      text += controller + "\t" + decimal(hierarchy.version == 2 ? 0 : hierarchy.id.value) + "\t" +
              decimal(count) + "\t1\n";
  });
  return text;
}

/// A value under /proc/sys as it was written, in the reader's namespaces or for the machine.
std::string sysctl(const World& world, const Task& viewer, const std::string& path,
                   const std::string& initial) {
  std::string name = path.substr(std::string_view("/sys/").size());
  for (char& c : name) c = c == '/' ? '.' : c;
  const Namespace* uts = world.namespaces.find(viewer.in(NsKind::Uts));
  if (uts != nullptr && name == "kernel.hostname") return uts->hostname + "\n";
  if (uts != nullptr && name == "kernel.domainname")
    return (uts->domainname.empty() ? "(none)" : uts->domainname) + "\n";
  if (name == "kernel.osrelease") return world.machine.kernel + "\n";
  if (name == "kernel.version") return "#1 SMP PREEMPT_DYNAMIC\n";
  for (const NsKind kind : {NsKind::Net, NsKind::Ipc, NsKind::User}) {
    const Namespace* ns = world.namespaces.find(viewer.in(kind));
    if (ns == nullptr) continue;
    const auto written = ns->sysctls.find(name);
    if (written != ns->sysctls.end()) return written->second + "\n";
  }
  const auto written = world.sysctls.find(name);
  return written == world.sysctls.end() ? initial : written->second + "\n";
}

}  // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): a list of names and what they hold
std::string proc_task_content(const World& world, const Task& viewer, const Filesystem& proc,
                              const ProcPlace& place) {
  if (place.rest.empty() || place.rest.size() > 2) return {};
  const Task& task = *place.task;
  const std::string& file = place.rest.front();
  if (place.rest.size() == 2) {
    if (file == "fdinfo") return fdinfo(world, task, place.rest[1]);
    return file == "net" ? proc_net_text(world, task.in(NsKind::Net), place.rest[1])
                         : std::string{};
  }
  const AddressSpace* space = world.address_spaces.find(task.memory);
  const std::int64_t pages = space == nullptr ? 0 : space->pages;
  const Namespace* user = world.namespaces.find(task.in(NsKind::User));
  if (file == "status") return proc_status(world, viewer, proc, task);
  if (file == "stat") return proc_stat(world, proc, task);
  if (file == "statm") return decimal(pages) + " " + decimal(pages) + " 0 1 0 0 0\n";
  if (file == "cmdline") return task.zombie() ? std::string{} : strings(task.argv);
  if (file == "environ") return task.zombie() ? std::string{} : strings(task.env);
  if (file == "comm") return task.comm + "\n";
  if (file == "cgroup") return cgroup_lines(world, viewer, task);
  if (file == "mounts") return proc_mounts(world, viewer, task);
  if (file == "mountinfo") return proc_mountinfo(world, viewer, task);
  if (file == "uid_map") return id_map_lines(world, viewer, task, IdKind::User);
  if (file == "gid_map") return id_map_lines(world, viewer, task, IdKind::Group);
  if (file == "setgroups") return user != nullptr && user->setgroups_denied ? "deny\n" : "allow\n";
  if (file == "oom_score_adj") return decimal(task.oom_score_adj) + "\n";
  if (file == "oom_score")
    return decimal(pages * 1000 / (world.machine.memory / kPageBytes + 1) + task.oom_score_adj) +
           "\n";
  if (file == "maps") return maps(task);
  if (file == "limits") return limits();
  if (file == "wchan") return task.state == TaskState::Blocked ? task.in_call : "0";
  return {};
}

std::string proc_system_content(const World& world, const Task& viewer, const std::string& path) {
  const FixedEntry* row = fixed_find(proc_tree(), path);
  if (row == nullptr) return {};
  const std::string initial(row->text);
  if (starts_with(path, "/sys/")) return sysctl(world, viewer, path, initial);
  if (path == "/meminfo") return memory_lines(world);
  if (path == "/uptime")
    return uptime_seconds(world.now) + " " + uptime_seconds(world.now * world.machine.cpus) + "\n";
  if (path == "/loadavg") return load_line(world);
  if (path == "/cpuinfo") return processor_lines(world);
  if (path == "/stat") return stat_lines(world);
  if (path == "/cgroups") return cgroups_lines(world);
  if (path == "/version")
    return "Linux version " + world.machine.kernel +
           " (cutaway@simulated) (gcc 12.2.0) #1 SMP PREEMPT_DYNAMIC\n";
  return initial;
}

}  // namespace cutaway

// Writing to computed files: /proc/PID/uid_map and its like (user_namespaces(7)), /proc/sys
// (proc(5)), cgroup files (cgroups(7)).
#include "base/text.h"
#include "trace/effects/families.h"
#include "trace/world/id_map.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_tables.h"

namespace cutaway {
namespace {

/// Lines "inside outside count"; `outside` is an id of the parent namespace, kept as the kernel's
/// own.
std::vector<IdMapping> parse_map(const World& world, const Namespace& ns, IdKind kind,
                                 const std::string& text) {
  std::vector<IdMapping> map;
  for (const std::string& line : split(text, '\n')) {
    std::vector<std::int64_t> numbers;
    for (const std::string& word : split(line, ' ')) {
      std::int64_t number = 0;
      if (parse_decimal(trim(word), number)) numbers.push_back(number);
    }
    if (numbers.size() != 3) continue;
    const auto outside =
        to_kernel_id(world, ns.parent, kind, static_cast<std::uint32_t>(numbers[1]));
    map.push_back(IdMapping{static_cast<std::uint32_t>(numbers[0]), outside.value_or(kOverflowId),
                            static_cast<std::uint32_t>(numbers[2])});
  }
  return map;
}

void write_user_namespace(const Call& call, const Task& task, const std::string& file,
                          const std::string& text) {
  const Namespace* ns = call.world().namespaces.find(task.in(NsKind::User));
  if (ns == nullptr) return;
  NsMapped mapped{ns->id, ns->uid_map, ns->gid_map, ns->setgroups_denied};
  if (file == "uid_map") mapped.uid_map = parse_map(call.world(), *ns, IdKind::User, text);
  if (file == "gid_map") mapped.gid_map = parse_map(call.world(), *ns, IdKind::Group, text);
  if (file == "setgroups") mapped.setgroups_denied = trim(text) == "deny";
  call.emit(std::move(mapped));
}

void write_task_file(const Call& call, const ProcPlace& place, const std::string& text) {
  if (place.rest.size() != 1) return;
  const std::string& file = place.rest.front();
  const TaskId id = place.task->id;
  std::int64_t number = 0;
  if (file == "uid_map" || file == "gid_map" || file == "setgroups")
    write_user_namespace(call, *place.task, file, text);
  if (file == "oom_score_adj" && parse_decimal(trim(text), number))
    call.emit_for(id, TaskOomScoreSet{static_cast<std::int32_t>(number)});
  if (file == "comm") call.emit_for(id, TaskNamed{std::string(trim(text)).substr(0, 15)});
}

/// The namespace that a sysctl belongs to; none: the whole machine.
NsId namespace_of(const Task& task, const std::string& name) {
  if (starts_with(name, "net.")) return task.in(NsKind::Net);
  for (const char* ipc : {"kernel.msg", "kernel.sem", "kernel.shm", "fs.mqueue."}) {
    if (starts_with(name, ipc)) return task.in(NsKind::Ipc);
  }
  return starts_with(name, "user.") ? task.in(NsKind::User) : NsId{};
}

void write_sysctl(const Call& call, std::string name, const std::string& text) {
  const std::string value(trim(text));
  const Namespace* uts = call.world().namespaces.find(call.task().in(NsKind::Uts));
  for (char& c : name) c = c == '/' ? '.' : c;
  if (name == "kernel.hostname" && uts != nullptr)
    call.emit(NsHostnameSet{uts->id, value, {}});
  else if (name == "kernel.domainname" && uts != nullptr)
    call.emit(NsHostnameSet{uts->id, uts->hostname, value});
  else
    call.emit(SysctlSet{namespace_of(call.task(), name), name, value});
}

void write_proc(const Call& call, const Filesystem& fs, const std::string& path,
                const std::string& text) {
  constexpr std::string_view kSys = "/sys/";
  if (starts_with(path, kSys)) {
    write_sysctl(call, path.substr(kSys.size()), text);
    return;
  }
  const std::optional<ProcPlace> place = proc_place(call.world(), fs, path);
  if (place) write_task_file(call, *place, text);
}

}  // namespace

void write_virtual(const Call& call, const OpenFile& file, const std::string& text) {
  const Mount* mount = call.world().mounts.find(file.where.mount);
  const Filesystem* fs = mount == nullptr ? nullptr : call.world().filesystems.find(mount->fs);
  if (fs == nullptr) return;
  if (fs->is("proc")) write_proc(call, *fs, file.where.path, text);
  if (!fs->is("cgroup") && !fs->is("cgroup2")) return;
  const std::optional<CgroupPlace> place = cgroup_place(call.world(), *fs, file.where.path);
  if (place && !place->file.empty()) write_cgroup_file(call, *place->cgroup, place->file, text);
}

}  // namespace cutaway

// Cgroups: every limit and counter under the name of its file.
#include <algorithm>

#include "base/text.h"
#include "trace/world/cgroup_files.h"
#include "trace/world/lookup.h"
#include "trace/world/virtual_content.h"
#include "viz/player/inspect_parts.h"
#include "viz/text/people.h"
#include "viz/text/world_words.h"

namespace cutaway::viz {
namespace {

Origin limited(CgroupId cgroup, const std::string& file) {
  return set_by<CgroupLimited>(
      [cgroup, file](const CgroupLimited& set) { return set.id == cgroup && set.file == file; });
}
Origin created(CgroupId cgroup) {
  return set_by<CgroupCreated>([cgroup](const CgroupCreated& made) { return made.id == cgroup; });
}
Origin counted_by(CgroupId cgroup, const std::string& file) {
  return set_by<CgroupUsage>([cgroup, file](const CgroupUsage& count) {
    return count.id == cgroup && starts_with(count.file, file);
  });
}

/// As the file itself says it. Bytes also as people say them.
std::string limit_words(const std::string& file, const std::string& value) {
  std::int64_t bytes = 0;
  const bool size = starts_with(file, "memory.") && parse_cgroup_bytes(value, bytes);
  if (!size || bytes == kCgroupMax || bytes < 1024) return value;
  return value + "  " + memory_words(bytes);
}

bool is_limit(const CgroupFile& file) {
  return file.kind == CgroupFile::Kind::Limit || file.kind == CgroupFile::Kind::Bytes;
}

/// Files that this cgroup has.
std::vector<const CgroupFile*> files_of(const World& world, const Cgroup& cgroup) {
  const std::vector<std::string> on = enabled_controllers(world, cgroup);
  std::vector<const CgroupFile*> files;
  for (const CgroupFile& file : cgroup_files()) {
    if (cgroup_file(world, cgroup, file.name) != &file) continue;
    const bool enabled =
        file.controller.empty() || std::find(on.begin(), on.end(), file.controller) != on.end();
    const bool placed =
        file.where == CgroupFile::Where::Everywhere ||
        (file.where == CgroupFile::Where::NotRoot) == static_cast<bool>(cgroup.parent);
    if (enabled && placed) files.push_back(&file);
  }
  return files;
}

std::string written(const Cgroup& cgroup, const CgroupFile& file) {
  const auto found = cgroup.limits.find(std::string(file.name));
  return found == cgroup.limits.end() ? std::string(file.initial) : found->second;
}

/// The one that the picture's lid stands for.
bool is_chief(std::string_view controller, std::string_view file) {
  constexpr std::string_view kOfMemory[] = {"memory.max", "memory.limit_in_bytes"};
  constexpr std::string_view kOfCpu[] = {"cpu.max", "cpu.cfs_quota_us"};
  const auto& chiefs = controller == "memory" ? kOfMemory : kOfCpu;
  return std::find(std::begin(chiefs), std::end(chiefs), file) != std::end(chiefs);
}

void add_limit_files(const Inspected& at, const Cgroup& cgroup,
                     const std::vector<const CgroupFile*>& files, Facts& facts) {
  facts.title("Limits");
  for (const CgroupFile* file : files) {
    if (!is_limit(*file) || file->controller.empty()) continue;
    const std::string name(file->name);
    const bool set = cgroup.limits.count(name) != 0;
    const std::string says = limit_words(name, written(cgroup, *file));
    facts.value(name, says.empty() ? "–" : says,
                set ? limited(cgroup.id, name) : created(cgroup.id),
                is_chief(at.subject.name, name));
  }
}

void add_counters(const Inspected& at, const Cgroup& cgroup,
                  const std::vector<const CgroupFile*>& files, Facts& facts) {
  const cutaway::Task* viewer = host_task(at.world);
  if (viewer == nullptr) return;
  facts.title("Usage");
  for (const CgroupFile* file : files) {
    using Kind = CgroupFile::Kind;
    const std::string name(file->name);
    const bool counts = file->kind == Kind::Usage || file->kind == Kind::Flat ||
                        (file->kind == Kind::Computed && !file->controller.empty());
    if (!counts) continue;
    const std::string text = cgroup_content(at.world, *viewer, {&cgroup, name});
    const std::vector<std::string> lines = split(trim(text), '\n');
    for (const std::string& line : lines) {
      facts.value(&line == &lines.front() ? name : "", line.empty() ? "–" : line,
                  counted_by(cgroup.id, name));
    }
  }
}

/// Who may use it besides the machine's root (delegation, cgroup-v2.rst).
void add_owners(const Cgroup& cgroup, Facts& facts) {
  const auto who = [](std::uint32_t uid, std::uint32_t gid) {
    return "user " + decimal(uid) + ", group " + decimal(gid);
  };
  if (cgroup.uid != 0) facts.value("made by", who(cgroup.uid, cgroup.gid), created(cgroup.id));
  for (const auto& [file, given] : cgroup.attributes) {
    facts.value(file.empty() ? "belongs to" : file, who(given.uid, given.gid),
                set_by<CgroupAttributesSet>([id = cgroup.id, file = file](const auto& set) {
                  return set.id == id && set.file == file;
                }));
  }
}

void add_cgroup(const Inspected& at, const Cgroup& cgroup, Facts& facts) {
  facts.title("Cgroup");
  facts.value("path", short_ids(cgroup.path), created(cgroup.id));
  facts.value("members", decimal(cgroup.tasks),
              set_by<CgroupAttached>(
                  [id = cgroup.id](const CgroupAttached& attached) { return attached.id == id; }));
  add_owners(cgroup, facts);
  const std::vector<const CgroupFile*> files = files_of(at.world, cgroup);
  add_limit_files(at, cgroup, files, facts);
  add_counters(at, cgroup, files, facts);
}

const Cgroup* asked_cgroup(const Inspected& at) {
  const cutaway::Task* task = face_of(at.world, at.subject.container);
  return task == nullptr ? nullptr : cgroup_of(at.world, *task, at.subject.name);
}

}  // namespace

void add_limits(const Inspected& at, const cutaway::Container& container, Facts& facts) {
  bool any = false;
  for (const char* controller : {"memory", "cpu", "pids"}) {
    const Cgroup* cgroup = cgroup_made_for(at.world, container, controller);
    if (cgroup == nullptr) continue;
    for (const auto& [file, value] : cgroup->limits) {
      if (!starts_with(file, std::string(controller) + ".")) continue;
      if (!any) facts.title("Limits");
      any = true;
      facts.value(file, limit_words(file, value), limited(cgroup->id, file));
    }
  }
}

void inspect_cgroup(const Inspected& at, Facts& facts) {
  const Cgroup* cgroup = asked_cgroup(at);
  if (cgroup == nullptr) return say_gone(at, facts);
  add_cgroup(at, *cgroup, facts);
}

void inspect_cpu(const Inspected& at, Facts& facts) {
  facts.title("cpu" + decimal(at.subject.number));
  std::size_t runs = 0;
  at.world.tasks.each([&](const cutaway::Task& task) {
    if (task.cpu != at.subject.number) return;
    ++runs;
    facts.value("runs", task_tag(at.world, task.id), set_by<TaskOn>().by(task.id), true);
    facts.value("used so far", duration_words(task.cpu_time), set_by<TaskOff>().by(task.id));
  });
  if (runs == 0) facts.words("Nobody runs on it at this moment.");
}

}  // namespace cutaway::viz

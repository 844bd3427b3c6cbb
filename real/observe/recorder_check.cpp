// Comparisons with /proc: at the end of each step, at execve and at a task's end.
#include "base/text.h"
#include "real/observe/proc_files.h"
#include "real/observe/proc_text.h"
#include "real/observe/recorder_impl.h"
#include "trace/world/lookup.h"

namespace cutaway::real {
namespace {

bool changes_mounts(abi::Sys sys) {
  return sys == abi::Sys::mount || sys == abi::Sys::umount2 || sys == abi::Sys::pivot_root;
}

/// A write to a computed file may move a task, or set a limit.
bool writes_computed_file(const World& world, const SeenTask& task) {
  const Task* who = world.tasks.find(task.id);
  if (who == nullptr || task.call->sys != abi::Sys::write || task.call->args.empty()) return false;
  const OpenFile* file = file_of(world, *who, task.call->args[0].value);
  return file != nullptr && file->kind == FileKind::Virtual;
}

/// SIGKILL breaks a tracing stop at any moment (ptrace(2), "Death under ptrace"): then what was
/// read is of a task on its way out, half of it given back already.
bool is_in_tracing_stop(int tid) {
  const StatusFields status = parse_status(proc_text(tid, "status"));
  const auto state = status.find("State");
  return state != status.end() && starts_with(state->second, "t");
}

}  // namespace

/// Another task's call may have done its work in the kernel while the World does not have it yet.
Unsettled Recorder::Impl::unsettled(const SeenTask& task) const {
  Unsettled out;
  const Task* own = world().tasks.find(task.id);
  for (const auto& each : seen) {
    const SeenTask& other = each.second;
    // Who sleeps in a call has not done yet what it is for.
    if (&other == &task || !other.call || other.told_blocked) continue;
    const Task* found = world().tasks.find(other.id);
    if (changes_mounts(other.call->sys)) out.mounts = true;
    if (writes_computed_file(world(), other)) out.cgroups = true;
    if (own != nullptr && found != nullptr && found->fds == own->fds) out.descriptors = true;
  }
  return out;
}

void Recorder::Impl::check(SeenTask& task, bool half_seen) {
  if (!options.check || task.ended) return;
  const Unsettled moving = unsettled(task);
  task.check_due = moving.mounts || moving.cgroups;
  World mended = world();
  const std::vector<Difference> differences =
      compare_with_proc(mended, task.id, task.tid, self, discoverer, moving);
  if (!is_in_tracing_stop(task.tid)) return;
  ++counts.checks;
  if (differences.empty()) return;
  const Acting acting(*this, &task, How::Read);
  if (!half_seen) {
    counts.differences += static_cast<std::int64_t>(differences.size());
    ++counts.corrections;
    note_differences(task, differences);
  }
  append(task.id, Snapshot{std::make_shared<const World>(std::move(mended))}, How::Read);
}

void Recorder::Impl::note_differences(const SeenTask& task,
                                      const std::vector<Difference>& differences) {
  const Task& who = world().tasks.at(task.id);
  const std::string name = who.comm + "[" + decimal(who.pid()) + "]";
  for (const Difference& each : differences)
    append(
        task.id,
        Note{name + ": " + each.what + ": World " + each.world + ", /proc " + each.real, "check"},
        How::Read);
}

}  // namespace cutaway::real
